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
        int entered = 0;
        int seen = 0;
        foreach (QuestionResult row in rows)
        {
            bool isSeen = phase.Seconds(row) is not null;
            seen += isSeen ? 1 : 0;
            entered += isSeen || phase.Estimate(row) is not null ? 1 : 0;
        }
        return entered == 0 ? null : 100.0 * seen / entered;
    }
}
