using System.Text.RegularExpressions;

namespace GenieLoad.Engine.Verdicts;

/// <summary>Thresholds that somebody may have in mind who has typed the beginning of one.</summary>
public static partial class ThresholdExamples
{
    /// <summary>Whole thresholds that go on from a figure and what is behind it; none before the name of a figure is whole.</summary>
    /// <param name="typed">What was typed, such as <c>P95ResponseSeconds &lt;=</c>.</param>
    public static IEnumerable<string> Of(string typed)
    {
        ArgumentNullException.ThrowIfNull(typed);
        Match parts = Beginning().Match(typed);
        if (!parts.Success || FigureCatalog.Find(parts.Groups["name"].Value) is not Figure figure)
            return [];
        string comparison = parts.Groups["comparison"].Value;
        if (comparison.Length == 0)
            comparison = OperatorFor(figure.Name);
        string limit = parts.Groups["limit"].Value;
        string[] limits = limit.Length > 0 ? [limit] : Limits(figure, isUpper: comparison[0] == '<');
        return limits.Select(value => $"{figure.Name}{parts.Groups["slice"].Value} {comparison} {value}");
    }

    /// <summary>The operator by which a figure is most often held to a limit.</summary>
    /// <param name="figure">Its name.</param>
    public static string OperatorFor(string figure)
    {
        ArgumentNullException.ThrowIfNull(figure);
        return figure is "SuccessRate" or "SuccessfulCount" || figure.EndsWith("PerSecond", StringComparison.Ordinal) ? ">" : "<";
    }

    private static string[] Limits(Figure figure, bool isUpper) => figure.Unit switch
    {
        "s" => ["10", "30", "60"],
        "%" => isUpper ? ["5", "1"] : ["95", "99"],
        "/s" => ["0.1", "1"],
        _ => ["1", "10"],
    };

    [GeneratedRegex(
        @"^(?<name>[\w.]+)(?:\s+|(?=[{<>]))(?<slice>\{[^}]*\})?\s*(?<comparison>[<>]=?)?\s*(?<limit>\S.*)?$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Beginning();
}
