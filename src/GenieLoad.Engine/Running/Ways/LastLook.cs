namespace GenieLoad.Engine.Running.Ways;

/// <summary>
/// Waits between looks at a question. The last look comes shortly before its deadline: an answer that was in time must not count as late
/// because looks were rare.
/// </summary>
/// <param name="time">Clock of the run.</param>
/// <param name="questionTimeoutSeconds">Seconds that the question has.</param>
internal readonly struct LastLook(TimeProvider time, double questionTimeoutSeconds)
{
    private const double MostSeconds = 1;
    private const double Share = 0.05;

    /// <summary>Waits for the next look.</summary>
    /// <param name="trace">Of the question.</param>
    /// <param name="seconds">How long, if the last look is not sooner.</param>
    /// <param name="stop">Ends it at once.</param>
    /// <returns><see langword="false"/> where the last look has been: then the deadline has come.</returns>
    public ValueTask<bool> WaitAsync(QuestionTrace trace, double seconds, CancellationToken stop)
    {
        double lastLook = Math.Min(MostSeconds, questionTimeoutSeconds * Share);
        double left = time.GetElapsedTime(time.GetTimestamp(), trace.Calls.Deadline!.Value).TotalSeconds;
        bool mayLook = left > lastLook;
        double wait = mayLook ? Math.Min(seconds, left - lastLook) : left;
        // In real time every question in flight waits here, most of its time: one object, instead of a method, a delay, a timer and a
        // registration that wait for each other.
        return time is PacingClock pacing
            ? pacing.PollWaitAsync(TimeSpan.FromSeconds(Math.Max(0, wait)), mayLook, stop)
            : SleepAsync(wait, mayLook, stop);
    }

    private async ValueTask<bool> SleepAsync(double seconds, bool result, CancellationToken stop)
    {
        await RunClock.Sleep(time, seconds, stop).ConfigureAwait(false);
        return result;
    }
}
