namespace GenieLoad.Engine.Conversations;

/// <summary>The time between an answer and the next question of a recorded conversation.</summary>
internal static class RecordedPause
{
    /// <summary>Longest time, in seconds, that somebody thinks. Who asks again later than that has come back.</summary>
    public const double LongestThinkSeconds = 1800;

    /// <summary>Seconds from the end of an answer to the next question; 0 where it came before the end.</summary>
    /// <param name="askedAt">When the answered question was asked.</param>
    /// <param name="answerSeconds">Seconds that its answer took.</param>
    /// <param name="nextAt">When the next one was asked.</param>
    public static double Seconds(DateTime askedAt, double answerSeconds, DateTime nextAt) =>
        Math.Max(0, (nextAt - askedAt).TotalSeconds - answerSeconds);
}
