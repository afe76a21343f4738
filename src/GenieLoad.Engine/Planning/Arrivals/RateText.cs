using System.Globalization;
using System.Text.RegularExpressions;

namespace GenieLoad.Engine.Planning.Arrivals;

/// <summary>
/// Reads a rate as people write it: <c>20/min</c>, <c>0.5/s</c>, <c>300/h</c>. The decimal sign is a point in every culture.
/// </summary>
public static partial class RateText
{
    /// <summary>The forms, in words for an error's remedy.</summary>
    public const string Forms = "'20/min', '0.5/s' or '300/h'";

    /// <summary>Greatest rate, per second.</summary>
    public const double MaximumPerSecond = 10_000;

    /// <summary>Reads a rate.</summary>
    /// <param name="text">What was written.</param>
    /// <param name="perMinute">Arrivals per minute, 0 to 600,000. Per minute, because that is how Genie's limits are told, and exact for
    /// them.</param>
    /// <returns>Whether it is a rate within the range.</returns>
    public static bool TryParse(string? text, out double perMinute)
    {
        perMinute = 0;
        Match match = Form().Match(text ?? "");
        if (!match.Success)
            return false;
        double number = double.Parse(match.Groups["number"].ValueSpan, CultureInfo.InvariantCulture);
        perMinute = match.Groups["unit"].Value.ToLowerInvariant()[0] switch { 's' => number * 60, 'h' => number / 60, _ => number };
        return perMinute <= MaximumPerSecond * 60;
    }

    /// <summary>A rate per minute as text.</summary>
    /// <param name="perMinute">Arrivals per minute.</param>
    public static string Format(double perMinute) => perMinute.ToString("0.######", CultureInfo.InvariantCulture) + "/min";

    /// <summary>A rate that <see cref="ScenarioRules"/> has checked.</summary>
    internal static double PerMinute(string? text) =>
        TryParse(text, out double rate) ? rate : throw PlanningErrors.InvalidRate("Rate", text, null);

    [GeneratedRegex(
        @"^\s*(?<number>[0-9]+(?:\.[0-9]+)?)\s*/\s*(?<unit>s|sec|second|m|min|minute|h|hour)\s*$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Form();
}
