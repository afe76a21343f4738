using System.Globalization;
using System.Text.RegularExpressions;

namespace GenieLoad.Engine.Scenarios.Arrivals;

/// <summary>
/// Arrivals in a time as people write it: <c>20/min</c>, <c>0.5/s</c>, <c>300/h</c>. The decimal sign is a point in every culture.
/// </summary>
/// <param name="PerMinute">
/// Arrivals per minute, 0 to 600,000. Per minute, because that is how Genie's limits are told, and exact for them.
/// </param>
/// <param name="Text">As it was written.</param>
internal readonly partial record struct Rate(double PerMinute, string Text)
{
    /// <summary>The forms, in words for an error's remedy.</summary>
    public const string Forms = "'20/min', '0.5/s' or '300/h'";

    /// <summary>Greatest rate, per second.</summary>
    public const double MaximumPerSecond = 10_000;

    /// <summary>Reads a rate.</summary>
    /// <returns><see langword="null"/> when it is none, or one above the greatest.</returns>
    public static Rate? Parse(string? text)
    {
        Match match = Form().Match(text ?? "");
        if (!match.Success)
            return null;
        double number = double.Parse(match.Groups["number"].ValueSpan, CultureInfo.InvariantCulture);
        double perMinute = match.Groups["unit"].Value.ToLowerInvariant()[0] switch { 's' => number * 60, 'h' => number / 60, _ => number };
        return perMinute <= MaximumPerSecond * 60 ? new Rate(perMinute, text!.Trim()) : null;
    }

    /// <summary>As it was written.</summary>
    public override string ToString() => Text;

    [GeneratedRegex(
        @"^\s*(?<number>[0-9]+(?:\.[0-9]+)?)\s*/\s*(?<unit>s|sec|second|m|min|minute|h|hour)\s*$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Form();
}
