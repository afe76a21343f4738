using System.Text;

namespace GenieLoad.Engine.Logging;

/// <summary>A text and the pieces that are to be taken out of it, found in any order; a mark stands in place of each.</summary>
/// <param name="text">The text. Everybody looks at the whole of it, whatever others have found.</param>
internal sealed class CutText(string text)
{
    private List<(int Start, int End)>? _pieces;

    /// <summary>The text, whole.</summary>
    public string Whole => text;

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
