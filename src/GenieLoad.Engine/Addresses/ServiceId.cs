using System.Buffers;
using System.Text;

namespace GenieLoad.Engine.Addresses;

/// <summary>
/// The id that a service gave something: of a space, a conversation, a message, an attachment, a statement, a run. It comes from an answer
/// or from a file, so it is looked at before it becomes part of an address.
/// </summary>
internal static class ServiceId
{
    /// <summary>Most characters of an id; known ones have 32 to 36.</summary>
    public const int Longest = 128;

    private const int LongestShown = 40;

    // Nothing that an address gives a meaning of its own, and nothing that would have to be escaped.
    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~");

    /// <summary>
    /// Whether a text can be an id: 1 to <see cref="Longest"/> ASCII letters, digits, <c>-</c>, <c>_</c>, <c>.</c> and <c>~</c>, with a
    /// letter or a digit among them. So it is one part of an address (<see cref="PathSegment"/>) and needs no escaping.
    /// </summary>
    /// <param name="id">The text; <see langword="null"/> is none.</param>
    public static bool IsPlausible(string? id) =>
        id is { Length: > 0 and <= Longest } && !id.AsSpan().ContainsAnyExcept(Allowed) && id.AsSpan().IndexOfAnyExcept("-_.~") >= 0;

    /// <summary>The text where it can be an id, otherwise <see langword="null"/>.</summary>
    /// <param name="id">The text.</param>
    public static string? OrNull(string? id) => IsPlausible(id) ? id : null;

    /// <summary>A text that is no id, short and harmless for a message.</summary>
    /// <param name="id">The text.</param>
    public static string Shown(string? id)
    {
        if (string.IsNullOrEmpty(id))
            return "(empty)";
        var text = new StringBuilder();
        foreach (Rune rune in (id.Length <= LongestShown ? id : id[..LongestShown]).EnumerateRunes())
            text.Append(rune.IsAscii && !Rune.IsControl(rune) ? (char)rune.Value : '?');
        return id.Length <= LongestShown ? $"'{text}'" : $"'{text}…' ({id.Length} characters)";
    }

    /// <summary>The first of the places that hold an id; what can be none is passed over.</summary>
    /// <param name="places">The places.</param>
    public static string? First(params string?[] places) => Array.Find(places, IsPlausible);
}
