using GenieLoad.Engine.Running;
using GenieLoad.Model;

namespace GenieLoad.Engine.Telemetry.Metrics;

/// <summary>
/// Counts the questions whose planned time has come. Not safe for several threads; time must not go back.
/// </summary>
/// <param name="plan">The plan.</param>
internal sealed class DueCounter(Plan plan)
{
    private int _next;
    private int _planned;
    private int _due;

    /// <summary>How many are due by now.</summary>
    /// <param name="progress">How far the run is.</param>
    public int Read(RunProgress progress) => Read(progress.ElapsedSeconds, progress.Waiting + progress.InFlight + progress.Done);

    /// <summary>As above.</summary>
    /// <param name="elapsedSeconds">Seconds since the start of the run.</param>
    /// <param name="released">
    /// Questions that were released: of those that follow an answer, the plan does not know the instant, and they are due when they are
    /// released.
    /// </param>
    public int Read(double elapsedSeconds, int released)
    {
        for (; _next < plan.QuestionCount && plan.Questions[_next].PlannedSeconds <= elapsedSeconds; _next++)
            _planned += plan.Questions[_next].AfterIndex is null ? 1 : 0;
        return _due = Math.Max(_due, Math.Max(_planned, released));
    }
}
