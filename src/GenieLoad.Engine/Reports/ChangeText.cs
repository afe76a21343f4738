using GenieLoad.Model;

namespace GenieLoad.Engine.Reports;

/// <summary>A comparison in words and numbers, as all its reports show them.</summary>
internal static class ChangeText
{
    /// <summary>The verdict in words.</summary>
    public static string Verdict(string verdict) => verdict == ChangeVerdict.NotEnoughData ? "Not enough data" : verdict;

    /// <summary>The sign of a verdict: its shape tells, not its colour alone.</summary>
    public static string Sign(string verdict) => verdict switch
    {
        ChangeVerdict.Better => "\u2713",
        ChangeVerdict.Worse => "\u2715",
        ChangeVerdict.Same => "=",
        _ => "?",
    };

    /// <summary>Class of a verdict in the style sheet.</summary>
    public static string CssClass(string verdict) => verdict switch
    {
        ChangeVerdict.Better => "better",
        ChangeVerdict.Worse => "worse",
        ChangeVerdict.Same => "same",
        _ => "unknown",
    };

    /// <summary>A value with its unit.</summary>
    public static string Value(double? value, string unit) => value switch
    {
        null => ReportNumber.None,
        double.PositiveInfinity => ReportNumber.Seconds(value),
        _ => $"{ReportNumber.Seconds(value)} {unit}",
    };

    /// <summary>A value with its unit and its interval.</summary>
    public static string Value(double? value, double? lower, double? upper, string unit) => lower is null || upper is null
        ? Value(value, unit)
        : $"{Value(value, unit)} ({ReportNumber.Range(lower, upper, ReportNumber.Seconds)})";

    /// <summary>The runs of a side: one by its id, several by the first and how many more.</summary>
    public static string Runs(string first, IReadOnlyCollection<string> all) =>
        all.Count <= 1 ? first : $"{first} and {ReportNumber.Count(all.Count - 1)} more";

    /// <summary>What the change is where it is not the difference of the two values, with the sign that refers to it.</summary>
    public static string? Footnote(IEnumerable<ComparisonRow> rows) =>
        rows.Select(row => row.ShiftBasis).FirstOrDefault(basis => basis is not null) is { } basis
            ? $"* {basis}: not the difference of the two columns." : null;

    /// <summary>The sign of a change that is not the difference of the two values.</summary>
    public static string Mark(ComparisonRow row) => row.ShiftBasis is null ? "" : "*";

    /// <summary>
    /// The least value before whose change is told in percent: the tolerance, as a share of the median response time. What takes less
    /// can grow a thousandfold and nobody feels it.
    /// </summary>
    public static double LeastForPercent(RunComparison comparison) => comparison.TolerancePercent / 100
        * (comparison.Rows.FirstOrDefault(row => row.Figure == "P50ResponseSeconds")?.ReferenceValue ?? 0);

    /// <summary>Whether a change is told in percent.</summary>
    public static bool IsInPercent(ComparisonRow row, double leastForPercent) =>
        row is { ChangePercent: not null, ReferenceValue: { } before } && before >= leastForPercent;

    /// <summary>The change: in percent, in seconds where the value before is small, or in points for what is a percentage.</summary>
    public static string Shift(ComparisonRow row, double leastForPercent) => row switch
    {
        { ChangePercent: { } percent } when IsInPercent(row, leastForPercent) => ReportNumber.Change(percent, "#,0.0") + " %",
        { Shift: { } points } when row.Unit == "%" => ReportNumber.Change(points, "0.0") + " points",
        { Shift: { } shift } => $"{ReportNumber.Change(shift)} {row.Unit}",
        _ => ReportNumber.None,
    };

    /// <summary>The interval of the change, in the unit of the figure.</summary>
    public static string Interval(ComparisonRow row) => row is { ShiftLower: { } lower, ShiftUpper: { } upper }
        ? $"{ReportNumber.Change(lower)} to {ReportNumber.Change(upper)} {(row.Unit == "%" ? "points" : row.Unit)}"
        : ReportNumber.None;

    /// <summary>The p-value.</summary>
    public static string P(double? p) => p switch
    {
        null => ReportNumber.None,
        < 0.001 => "<0.001",
        { } value => FormattableString.Invariant($"{value:0.000}"),
    };

    /// <summary>What the verdict looks at, in one sentence.</summary>
    public static string Basis(RunComparison comparison)
    {
        string how = Pairing(comparison);
        string points = comparison.TolerancePoints == 1 ? "percentage point" : "percentage points";
        return $"{(comparison.Reason.Length == 0 ? "" : Sentence(comparison.Reason) + " ")}The verdict looks at median, "
            + $"tail and success rate. Compared {how}; changes up to "
            + FormattableString.Invariant(
                $"{comparison.TolerancePercent:0.##} %, or {comparison.TolerancePoints:0.##} {points}, count as none.");
    }

    /// <summary>What was compared with what.</summary>
    public static string Pairing(RunComparison comparison) =>
        comparison.ReferenceRunIds.Count + comparison.DifferenceRunIds.Count > 2 ? "run by run" : "question by question";

    private static string Unclear(RunComparison comparison) =>
        comparison.Answers.Count(answer => answer.Verdict == AnswerVerdict.Unclear) is > 0 and int unclear
            ? FormattableString.Invariant($", {unclear} unclear")
            : "";

    /// <summary>How many questions are answered otherwise.</summary>
    public static string Answers(RunComparison comparison) => comparison.ChangedAnswerCount == 0
        ? FormattableString.Invariant($"Answers: nothing shows that any of {comparison.Answers.Count} questions is answered otherwise")
        : FormattableString.Invariant(
            $"Answers: {comparison.ChangedAnswerCount} of {comparison.Answers.Count} questions answered otherwise") + Unclear(comparison);

    private static string Sentence(string text) => char.ToUpperInvariant(text[0]) + text[1..] + ".";
}
