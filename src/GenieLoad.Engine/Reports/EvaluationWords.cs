using GenieLoad.Model;

namespace GenieLoad.Engine.Reports;

/// <summary>What the evaluations of a run say, in words and cells.</summary>
internal static class EvaluationWords
{
    /// <summary>The columns of their table; those with a colon hold numbers.</summary>
    public static IReadOnlyList<string> Columns { get; } =
        ["Evaluation", "Right:", "Accuracy:", "95 % interval:", "Needs review:", "Status"];

    /// <summary>Whether load costs accuracy, or what the only evaluations say; <see langword="null"/> where there is none.</summary>
    public static string? Of(LoadRun run) => run.AccuracyUnderLoad
        ?? (run.Evaluations is { Count: > 0 } all ? string.Join("; ", all.Select(Short)) + "." : null);

    /// <summary>Whether an accuracy fell beyond chance.</summary>
    public static bool HasFallen(LoadRun run) =>
        run.AccuracyChanges?.Any(change => change is { Verdict: AccuracyVerdict.Worse, From: EvaluationTime.Before }) == true;

    /// <summary>The cells of an evaluation, none of which is marked up.</summary>
    public static IReadOnlyList<string> Cells(Evaluation evaluation) =>
    [
        evaluation.When ?? "",
        $"{ReportNumber.Count(evaluation.GoodCount)} of {ReportNumber.Count((long)evaluation.GoodCount + evaluation.BadCount)}",
        evaluation.AccuracyPercent is null ? "" : $"{ReportNumber.Percent(evaluation.AccuracyPercent)} %",
        evaluation.AccuracyLower is null
            ? ""
            : $"{ReportNumber.Range(evaluation.AccuracyLower, evaluation.AccuracyUpper, ReportNumber.Percent)} %",
        ReportNumber.Count(evaluation.NeedsReviewCount),
        evaluation.UnderLoadPercent is double share
            ? $"{evaluation.Status}, {ReportNumber.Percent(Math.Round(share))} % of its time under load"
            : evaluation.Status,
    ];

    private static string Short(Evaluation evaluation) => FormattableString.Invariant(
        $"{evaluation.When} {evaluation.GoodCount} of {evaluation.GoodCount + evaluation.BadCount} benchmarks right")
        + (evaluation.Status == EvaluationStatus.Done ? "" : $" ({evaluation.Status})");
}
