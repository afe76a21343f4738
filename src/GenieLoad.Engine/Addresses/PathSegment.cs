namespace GenieLoad.Engine.Addresses;

/// <summary>
/// One part of an address between two slashes, made from a name that somebody else chose. <see cref="Uri"/> folds dots after escaping, so a
/// name of two dots would call what lies one level higher: such a name becomes no part of any address.
/// </summary>
internal static class PathSegment
{
    /// <summary>Most characters of a name; file systems take no more either.</summary>
    public const int Longest = 255;

    /// <summary>
    /// Whether a name stays one part of an address, whoever reads it: not empty, not only dots and blanks, without slash, backslash,
    /// percent sign, control character or half a character, at most <see cref="Longest"/> characters.
    /// </summary>
    /// <param name="name">A file's name, for example.</param>
    public static bool IsOne(string? name)
    {
        if (name is not { Length: > 0 and <= Longest } || name.AsSpan().Trim(". ").IsEmpty)
            return false;
        for (int i = 0; i < name.Length; i++)
        {
            if (name[i] is '/' or '\\' or '%' || char.IsControl(name[i]))
                return false;
            if (!char.IsSurrogate(name[i]))
                continue;
            if (i + 1 >= name.Length || !char.IsSurrogatePair(name[i], name[i + 1]))
                return false;
            i++;
        }
        return true;
    }

    /// <summary>Whether every part of a path between slashes is one by itself; a path that begins or ends with a slash is not.</summary>
    /// <param name="path">Such as <c>responses/0001.json</c>.</param>
    public static bool AreAll(string? path) => path is not null && path.Split('/').All(IsOne);

    /// <summary>The name as part of an address, escaped.</summary>
    /// <param name="name">A name for which <see cref="IsOne"/> holds.</param>
    /// <exception cref="ArgumentException">
    /// It is none: whoever asks has to look first, and to say what is wrong in its own words.
    /// </exception>
    public static string Escape(string name) =>
        IsOne(name) ? Uri.EscapeDataString(name) : throw new ArgumentException("It is not one part of an address.", nameof(name));
}
