using GenieLoad.Engine.Running;
using GenieLoad.Engine.Running.Stopping;
using GenieLoad.Model;

namespace GenieLoad.Engine.Sessions.Evaluating;

/// <summary>
/// When the middle of a load is reached: at half of its planned time, or when half of its questions have ended, whichever comes first.
/// Users of a closed test have no planned time, only questions.
/// </summary>
internal sealed class MiddleOfLoad
{
    private readonly TaskCompletionSource _half = new();
    private readonly TimeProvider _time;
    private readonly int _halfOfQuestions;
    private int _finished;

    /// <param name="plan">What is asked.</param>
    /// <param name="budget">What may end it before.</param>
    /// <param name="time">The clock.</param>
    public MiddleOfLoad(Plan plan, RunBudget budget, TimeProvider time)
    {
        _time = time;
        int questions = Math.Min(plan.QuestionCount, budget.MostQuestions ?? int.MaxValue);
        _halfOfQuestions = (questions + 1) / 2;
        Seconds = plan.UserCount is null
            ? Math.Min(PlannedSeconds(plan), budget.MaximumDurationSeconds ?? double.PositiveInfinity) / 2
            : null;
    }

    /// <summary>Seconds from the start to half of the planned time; <see langword="null"/> where there is no planned time.</summary>
    public double? Seconds { get; }

    /// <summary>Whether it was reached.</summary>
    public bool IsReached { get; private set; }

    /// <summary>A question has ended.</summary>
    public void Finished()
    {
        if (Interlocked.Increment(ref _finished) == _halfOfQuestions)
            _half.TrySetResult();
    }

    /// <summary>Waits for it from the start of the load on.</summary>
    /// <param name="over">Cancelled when the load is over.</param>
    /// <returns>Whether it was reached.</returns>
    public async Task<bool> ReachedAsync(CancellationToken over)
    {
        try
        {
            Task planned = Seconds is double seconds ? RunClock.Sleep(_time, seconds, over) : Task.Delay(Timeout.Infinite, over);
            await (await Task.WhenAny(planned, _half.Task).ConfigureAwait(false)).ConfigureAwait(false);
            IsReached = true;
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            IsReached = false;
        }
        return IsReached;
    }

    /// <summary>The time over which the questions go out, at the pace of the plan.</summary>
    private static double PlannedSeconds(Plan plan)
    {
        double last = plan.Questions.Count == 0 ? 0 : plan.Questions.Max(question => question.PlannedSeconds);
        double paced = plan.QuestionsPerMinute is double pace and > 0
            ? Math.Max(0, plan.QuestionCount - (plan.PaceBurst ?? 1)) * 60 / pace
            : 0;
        return Math.Max(last, paced);
    }
}
