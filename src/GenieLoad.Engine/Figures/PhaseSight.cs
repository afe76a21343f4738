using GenieLoad.Model;

namespace GenieLoad.Engine.Figures;

/// <summary>
/// How long phases took over all answers, those in which no poll saw the phase included. A change between two polls is estimated at one
/// instant between them, so a phase that came and went there is estimated as 0, and the time that it took lies in the phases beside it;
/// where a poll saw it, it is estimated as longer than it was by as much on average. With changes that fall anywhere between two polls, the
/// mean over all answers is therefore right, where the mean over those in which it was seen is as much too long as polls are rare.
/// </summary>
internal static class PhaseSight
{
    /// <summary>Least share of answers, in percent, in which a poll saw a phase for it to be judged or compared.</summary>
    public const double LeastPercent = 80;

    /// <summary>
    /// Share of the rows that may have entered a phase in which a poll saw it, in percent; <see langword="null"/> without any.
    /// </summary>
    /// <param name="phase">The phase.</param>
    /// <param name="rows">Rows of answers.</param>
    public static double? SeenPercent(Phase phase, IEnumerable<QuestionResult> rows)
    {
        QuestionResult[] entered = [.. rows.Where(row => phase.Estimate(row) is not null)];
        return entered.Length == 0 ? null : 100.0 * entered.Count(row => phase.Seconds(row) is not null) / entered.Length;
    }

    /// <summary>Adds to the figures of a phase the bracket of its mean and the share in which a poll saw it.</summary>
    /// <param name="figures">The figures.</param>
    /// <param name="phase">The phase.</param>
    /// <param name="rows">Rows of answers.</param>
    public static LatencyFigures AddTo(LatencyFigures figures, Phase phase, IReadOnlyCollection<QuestionResult> rows)
    {
        QuestionResult[] bounded = [.. rows.Where(row => phase.Estimate(row) is not null && phase.Upper(row) is not null)];
        return figures with
        {
            SeenPercent = SeenPercent(phase, rows),
            LowerMeanSeconds = bounded.Length == 0 ? null : bounded.Average(row => phase.Lower(row) ?? 0),
            UpperMeanSeconds = bounded.Length == 0 ? null : bounded.Average(phase.Upper),
        };
    }
}
