using System.Text.RegularExpressions;

namespace GenieLoad.Engine.Planning.Arrivals;

/// <summary>A rate that holds for a time.</summary>
/// <param name="PerMinute">Arrivals per minute; 0 for a pause.</param>
/// <param name="Seconds">How long, above 0.</param>
internal readonly record struct Stage(double PerMinute, double Seconds)
{
    /// <summary>Arrivals in it, fractions included.</summary>
    public double Arrivals => PerMinute * Seconds / 60;
}

/// <summary>Reads stages as people write them: <c>10/min for 5m, 30/min for 5m</c>.</summary>
internal static partial class StagesText
{
    /// <summary>Most stages.</summary>
    public const int MaximumCount = 1000;

    /// <summary>Reads stages.</summary>
    /// <returns><see langword="null"/> when they are none.</returns>
    public static IReadOnlyList<Stage>? Parse(string? text)
    {
        List<Stage> stages = [];
        foreach (string part in (text ?? "").Split(','))
        {
            Match match = Form().Match(part);
            if (!match.Success
                || !RateText.TryParse(match.Groups["rate"].Value, out double perMinute)
                || !DurationText.TryParse(match.Groups["time"].Value, out double seconds)
                || !(seconds > 0 && seconds <= ScenarioRules.MaximumDurationSeconds))
            {
                return null;
            }
            stages.Add(new Stage(perMinute, seconds));
        }
        // Each is sensible by itself, and a thousand of a month are a lifetime.
        bool isSensible = stages.Count <= MaximumCount && stages.Sum(stage => stage.Seconds) <= ScenarioRules.MaximumDurationSeconds;
        return isSensible && stages.Any(stage => stage.PerMinute > 0) ? stages : null;
    }

    /// <summary>Arrivals in all of them, as a whole number.</summary>
    public static double Arrivals(IEnumerable<Stage> stages) => Math.Round(stages.Sum(stage => stage.Arrivals));

    [GeneratedRegex(@"^\s*(?<rate>[0-9.]+\s*/\s*[a-z]+)\s+(?:for\s+)?(?<time>\S.*)$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Form();
}
