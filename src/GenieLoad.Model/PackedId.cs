using System.Buffers.Text;
using System.Globalization;

namespace GenieLoad.Model;

/// <summary>
/// A text that is mostly an id of 32 hexadecimal digits, with or without the hyphens of a GUID: those are kept as a number. A row has
/// several that no other row has, and as a text each takes four times as much.
/// </summary>
internal readonly struct PackedId : IEquatable<PackedId>
{
    private const int PlainLength = 32;
    private const int HyphenatedLength = 36;

    private static readonly object Plain = new();
    private static readonly object Hyphenated = new();

    private readonly Guid _number;

    // How the number is written; any other text itself.
    private readonly object? _form;

    private PackedId(string text)
    {
        if (text.Length == PlainLength && IsLowercase(text) && Guid.TryParseExact(text, "N", out _number))
            _form = Plain;
        else if (text.Length == HyphenatedLength && IsLowercase(text) && Guid.TryParseExact(text, "D", out _number))
            _form = Hyphenated;
        else
            _form = text;
    }

    private PackedId(Guid number, object form) => (_number, _form) = (number, form);

    /// <summary>Packs a text in UTF-8, without making it, where it is such an id.</summary>
    /// <param name="text">The text.</param>
    /// <param name="id">The id.</param>
    /// <returns><see langword="false"/> where it is any other text.</returns>
    public static bool TryPack(ReadOnlySpan<byte> text, out PackedId id)
    {
        (char format, object form) = text.Length == PlainLength ? ('N', Plain) : ('D', Hyphenated);
        bool isOne = text.Length is PlainLength or HyphenatedLength;
        isOne &= !text.ContainsAnyInRange((byte)'A', (byte)'Z');
        isOne &= Utf8Parser.TryParse(text, out Guid number, out int taken, format) && taken == text.Length;
        id = isOne ? new PackedId(number, form) : default;
        return isOne;
    }

    /// <summary>Packs a text.</summary>
    public static implicit operator PackedId(string? text) => text is null ? default : new PackedId(text);

    /// <summary>Gives it back, to the letter.</summary>
    public static implicit operator string?(PackedId packed) =>
        packed._form == Plain ? packed._number.ToString("N", CultureInfo.InvariantCulture)
        : packed._form == Hyphenated ? packed._number.ToString("D", CultureInfo.InvariantCulture)
        : (string?)packed._form;

    /// <summary>Whether both are the same text.</summary>
    public bool Equals(PackedId other) => _number == other._number && Equals(_form, other._form);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is PackedId other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_number, _form is string text ? text : null);

    // A parser of GUIDs takes capitals too, and would give small letters back.
    private static bool IsLowercase(string text) =>
        !text.AsSpan().ContainsAnyExceptInRange('-', 'f') && !text.AsSpan().ContainsAnyInRange('A', 'Z');
}
