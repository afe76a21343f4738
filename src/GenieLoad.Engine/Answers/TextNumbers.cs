using System.Globalization;
using System.Text.RegularExpressions;

namespace GenieLoad.Engine.Answers;

/// <summary>The numbers that a text names: they carry what it says, while its words change from answer to answer.</summary>
internal static partial class TextNumbers
{
    // Longer texts are cut in rows as well.
    private const int LongestText = 100_000;

    /// <summary>Hash of the numbers, to four significant digits and in any order; of a text without numbers, that of no number.</summary>
    /// <param name="text">The text.</param>
    public static string Signature(string text)
    {
        string[] numbers = [.. Number().Matches(text.Length > LongestText ? text[..LongestText] : text).Select(Value)];
        Array.Sort(numbers, StringComparer.Ordinal);
        return Answers.Signature.Of("numbers " + string.Join(' ', numbers));
    }

    private static string Value(Match match)
    {
        string digits = match.Groups["digits"].Value.Replace(",", "", StringComparison.Ordinal);
        double scale = match.Groups["scale"].Value.ToLowerInvariant() switch
        {
            "k" or "thousand" => 1e3,
            "m" or "million" => 1e6,
            "b" or "bn" or "billion" => 1e9,
            _ => 1,
        };
        return double.TryParse(match.Groups["sign"].Value + digits, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            ? value == 0 ? "0" : (value * scale).ToString("E3", CultureInfo.InvariantCulture)
            : digits;
    }

    // A unit may stand right behind a number, a currency right before it: 12GB, EUR500. A letter that is a scale has no letter behind it.
    [GeneratedRegex(
        @"(?<![\p{L}0-9)])(?<sign>-)?(?<digits>[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])(?:\.[0-9]+)?|[0-9]*\.?[0-9]+(?:[eE][+-]?[0-9]+)?)"
            + @"(?:\s?(?<scale>k|m|bn?|thousand|million|billion)(?!\p{L}))?"
            + @"|(?<digits>[0-9]+(?:\.[0-9]+)?)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
