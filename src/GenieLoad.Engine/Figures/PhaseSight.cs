using GenieLoad.Model;

namespace GenieLoad.Engine.Figures;

/// <summary>
/// How long phases took over all answers, those in which no poll saw the phase included. A change between two polls is estimated at one
/// instant between them, so a phase that came and went there is estimated as 0, and the time that it took lies in the phases beside it;
/// where
/// a poll saw it, it is estimated as longer than it was by as much on average. With changes that fall anywhere between two polls, the
/// mean over
/// all answers is therefore right, where the mean over those in which it was seen is as much too long as polls are rare.
/// </summary>
internal static class PhaseSight
{
    /// <summary>Least share of answers, in percent, in which a poll saw a phase for it to be judged or compared.</summary>
    public const double LeastPercent = 80;

    private static readonly Dictionary<string, Phase> Phases = new(StringComparer.OrdinalIgnoreCase)
    {
        ["FetchingMetadata"] = new(row => row.FetchingMetadataSeconds, row => row.FetchingMetadataLowerSeconds,
            row => row.FetchingMetadataUpperSeconds),
        ["FilteringContext"] = new(row => row.FilteringContextSeconds, row => row.FilteringContextLowerSeconds,
            row => row.FilteringContextUpperSeconds),
        ["AskingAi"] = new(row => row.AskingAiSeconds, row => row.AskingAiLowerSeconds, row => row.AskingAiUpperSeconds),
        ["PendingWarehouse"] = new(
            row => row.PendingWarehouseSeconds, row => row.PendingWarehouseLowerSeconds, row => row.PendingWarehouseUpperSeconds,
                OfQuery: true),
        ["ExecutingQuery"] = new(
            row => row.ExecutingQuerySeconds, row => row.ExecutingQueryLowerSeconds, row => row.ExecutingQueryUpperSeconds, OfQuery: true),
    };

    /// <summary>The name of a time as a phase that polls can miss; <see langword="null"/> for any other time.</summary>
    public static string? PhaseOf(string measure) => Phases.ContainsKey(measure) ? measure : null;

    /// <summary>
    /// What a row says of a phase: its estimate, 0 where no poll saw it; <see langword="null"/> where it cannot have been entered.
    /// </summary>
    /// <param name="phase">Name of the phase.</param>
    /// <param name="row">The row.</param>
    public static double? Estimate(string phase, QuestionResult row) => Phases[phase].Estimate(row);

    /// <summary>
    /// Share of the rows that may have entered a phase in which a poll saw it, in percent; <see langword="null"/> without any.
    /// </summary>
    /// <param name="phase">Name of the phase.</param>
    /// <param name="rows">Rows of answers.</param>
    public static double? SeenPercent(string phase, IEnumerable<QuestionResult> rows)
    {
        QuestionResult[] entered = [.. rows.Where(row => Phases[phase].Estimate(row) is not null)];
        return entered.Length == 0 ? null : 100.0 * entered.Count(row => Phases[phase].Seconds(row) is not null) / entered.Length;
    }

    /// <summary>Figures of a phase over all rows, with the bracket of the mean and the share in which a poll saw it.</summary>
    /// <param name="phase">Name of the phase.</param>
    /// <param name="rows">Rows of answers.</param>
    public static LatencyFigures Figures(string phase, IReadOnlyCollection<QuestionResult> rows)
    {
        Phase of = Phases[phase];
        QuestionResult[] bounded = [.. rows.Where(row => of.Estimate(row) is not null && of.Upper(row) is not null)];
        return LatencyFiguresCalculator.Calculate(phase, rows.Select(of.Estimate)) with
        {
            SeenPercent = SeenPercent(phase, rows),
            LowerMeanSeconds = bounded.Length == 0 ? null : bounded.Average(row => of.Lower(row) ?? 0),
            UpperMeanSeconds = bounded.Length == 0 ? null : bounded.Average(of.Upper),
        };
    }

    private sealed record Phase(
        Func<QuestionResult, double?> Seconds, Func<QuestionResult, double?> Lower, Func<QuestionResult, double?> Upper,
            bool OfQuery = false)
    {
        public double? Estimate(QuestionResult row) => Seconds(row) ?? (Upper(row) is null || (OfQuery && HasNoQuery(row)) ? null : 0);

        private static bool HasNoQuery(QuestionResult row) =>
            row.AnswerKind is AnswerKind.Text or AnswerKind.Clarification && row is { StatementId: null, Sql: null };
    }
}
