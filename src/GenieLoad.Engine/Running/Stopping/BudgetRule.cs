using GenieLoad.Engine.Costs;
using GenieLoad.Engine.Figures;
using GenieLoad.Model;

namespace GenieLoad.Engine.Running.Stopping;

/// <summary>Ends a run that has cost as much as it may.</summary>
/// <param name="budget">What it may cost.</param>
public sealed class BudgetRule(RunBudget budget) : IStopRule
{
    // Of the first few questions a single failure is a large share.
    private const int LeastForShare = 10;

    private readonly object _gate = new();
    private int _finished;
    private int _failed;

    /// <inheritdoc/>
    /// <remarks>The questions that the budget allows have been paid for: they are waited for.</remarks>
    public StopOrder? Started(int count)
    {
        int asked = budget.QuestionsBefore + count;
        if (asked >= budget.MaximumQuestions)
        {
            return Reached(
                FormattableString.Invariant($"{asked} questions were asked, the limit of -MaximumQuestion"), double.PositiveInfinity);
        }
        // Before the question that would exceed it, not after.
        return budget.MaximumCostDbu is double most && asked >= QuestionCost.MostWithin(most)
            ? Reached(
                FormattableString.Invariant(
                    $"{asked} {(asked == 1 ? "question was" : "questions were")} asked, up to {asked * QuestionCost.UpperDbu:0.##} DBU")
                    + FormattableString.Invariant($"; -MaximumCostDbu allows {most:0.##}"),
                double.PositiveInfinity)
            : null;
    }

    /// <inheritdoc/>
    public StopOrder? Finished(QuestionResult result)
    {
        if (!AskedQuestions.IsEnded(result))
            return null;
        int finished;
        int failed;
        lock (_gate)
        {
            finished = ++_finished;
            failed = _failed += result.Success ? 0 : 1;
        }
        if (result.Success)
            return null;
        if (failed >= budget.MaximumFailures)
        {
            return Reached(
                FormattableString.Invariant(
                    $"{failed} {(failed == 1 ? "question" : "questions")} failed, the limit of -MaximumFailure"),
                budget.GraceSeconds);
        }
        double percent = 100.0 * failed / finished;
        return finished >= LeastForShare && percent > budget.MaximumFailurePercent
            ? Reached(
                FormattableString.Invariant(
                    $"{failed} of {finished} questions failed, which is {percent:0.#} %; ")
                    + FormattableString.Invariant($"-MaximumFailure allows {budget.MaximumFailurePercent:0.##} %"),
                budget.GraceSeconds)
            : null;
    }

    /// <inheritdoc/>
    public StopOrder? Progressed(RunProgress progress)
    {
        double elapsed = budget.SecondsBefore + progress.ElapsedSeconds;
        if (elapsed >= budget.MaximumDurationSeconds)
        {
            return Reached(
                FormattableString.Invariant($"{elapsed:0.#} s have passed; -MaximumDuration allows {budget.MaximumDurationSeconds:0.#} s"),
                budget.GraceSeconds);
        }
        return progress.ThrottleSeconds >= budget.MaximumThrottleSeconds
            ? Reached(
                FormattableString.Invariant(
                    $"questions have waited {progress.ThrottleSeconds:0.#} s for the rate limit; ")
                    + FormattableString.Invariant($"-MaximumThrottleSeconds allows {budget.MaximumThrottleSeconds:0.#} s"),
                budget.GraceSeconds)
            : null;
    }

    private static StopOrder Reached(string what, double grace) => new(StopCause.Budget, $"Stopped by the budget: {what}.", grace);
}
