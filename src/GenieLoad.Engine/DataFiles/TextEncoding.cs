using System.Globalization;
using System.Text;
using GenieLoad.Model;

namespace GenieLoad.Engine.DataFiles;

/// <summary>Encodings by the names that PowerShell gives them, and by those that everybody else does.</summary>
public static class TextEncoding
{
    private static readonly Dictionary<string, Func<Encoding>> Named = new(StringComparer.OrdinalIgnoreCase)
    {
        ["utf8"] = () => new UTF8Encoding(false),
        ["utf8BOM"] = () => new UTF8Encoding(true),
        ["utf8NoBOM"] = () => new UTF8Encoding(false),
        ["unicode"] = () => Encoding.Unicode,
        ["bigendianunicode"] = () => Encoding.BigEndianUnicode,
        ["utf32"] = () => Encoding.UTF32,
        ["bigendianutf32"] = () => new UTF32Encoding(bigEndian: true, byteOrderMark: true),
        ["ascii"] = () => Encoding.ASCII,
        ["ansi"] = () => OfNumber(CultureInfo.CurrentCulture.TextInfo.ANSICodePage),
        ["oem"] = () => OfNumber(CultureInfo.CurrentCulture.TextInfo.OEMCodePage),
    };

    /// <summary>The names that completion offers.</summary>
    public static IEnumerable<string> Names => Named.Keys;

    /// <summary>The encoding of a name.</summary>
    /// <param name="name">
    /// One of <see cref="Names"/> (<c>ansi</c> and <c>oem</c> are those of the current culture), a registered name such as
    /// <c>windows-1250</c>, or the number of a code page.
    /// </param>
    /// <exception cref="GenieLoadException"><c>UnknownEncoding</c>.</exception>
    public static Encoding Of(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        string trimmed = name.Trim();
        try
        {
            if (Named.TryGetValue(trimmed, out Func<Encoding>? named))
                return named();
            if (int.TryParse(trimmed, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
                return OfNumber(number);
            return CodePagesEncodingProvider.Instance.GetEncoding(trimmed) ?? Encoding.GetEncoding(trimmed);
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            throw DataFilesErrors.UnknownEncoding(name);
        }
    }

    private static Encoding OfNumber(int number) => CodePagesEncodingProvider.Instance.GetEncoding(number) ?? Encoding.GetEncoding(number);
}
