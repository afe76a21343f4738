using System.Buffers;
using System.Text;

namespace GenieLoad.Engine.Logging;

/// <summary>A text and the pieces that are to be taken out of it, found in any order; a mark stands in place of each.</summary>
/// <param name="text">The text. Everybody looks at the whole of it, whatever others have found.</param>
internal sealed class CutText(string text)
{
    private List<(int Start, int End)>? _pieces;
    private string? _lower;

    /// <summary>The text, whole.</summary>
    public string Whole => text;

    /// <summary>
    /// The text with its ASCII letters in lower case, each character where it is in <see cref="Whole"/>. To search it by characters is
    /// fast; to search without regard to case is 30 times as slow where .NET has no culture data, as in small containers.
    /// </summary>
    public string Lower => _lower ??= string.Create(text.Length, text, static (lower, text) => ToLower(text, lower));

    /// <summary>Writes a text with its ASCII letters in lower case.</summary>
    /// <param name="text">The text.</param>
    /// <param name="lower">Gets it; of the same length.</param>
    public static void ToLower(ReadOnlySpan<char> text, Span<char> lower)
    {
        int done = 0;
        // Letters beyond ASCII stay as they are, one by one.
        while (Ascii.ToLower(text[done..], lower[done..], out int written) == OperationStatus.InvalidData)
        {
            done += written;
            lower[done] = text[done++];
        }
    }

    /// <summary>Takes a piece out. Pieces may overlap.</summary>
    /// <param name="start">Where it begins.</param>
    /// <param name="end">Behind its last character.</param>
    public void Out(int start, int end) => (_pieces ??= []).Add((start, end));

    /// <summary>What is left; the text itself where nothing was taken out.</summary>
    public override string ToString()
    {
        if (_pieces is null)
            return text;
        _pieces.Sort();
        var kept = new StringBuilder(text.Length);
        int from = 0;
        bool isFirst = true;
        foreach ((int start, int end) in _pieces)
        {
            if (isFirst || start > from)
                kept.Append(text, from, start - from).Append(Redactor.Mark);
            from = Math.Max(from, end);
            isFirst = false;
        }
        return kept.Append(text, from, text.Length - from).ToString();
    }
}
