using GenieLoad.Engine.Http;
using GenieLoad.Engine.Randomness;

namespace GenieLoad.Engine.Statements;

/// <summary>
/// Asks the query history for statements until it is done with them. It shows them while they run, and has their last times some seconds
/// after their end; what it does not show within five minutes it will hardly show.
/// </summary>
internal static class StatementFetch
{
    // Seconds after the last answer.
    private static readonly double[] Rounds = [5, 15, 30, 60, 120, 180, 240, 300];

    /// <summary>Asks. Failures are told by the sources.</summary>
    /// <param name="sources">What is wanted of which workspace.</param>
    /// <param name="time">Clock of the waits.</param>
    /// <param name="endedAt">Instant of the last answer, UTC.</param>
    /// <param name="seed">Seed of the waits between tries.</param>
    /// <param name="round">Called at the beginning and after each round.</param>
    /// <param name="stop">Ends it early; what is known by then stays known.</param>
    public static async Task AskAsync(
        IReadOnlyList<StatementSource> sources, TimeProvider time, DateTime endedAt, int seed, Action round, CancellationToken stop)
    {
        double age = Math.Max(0, (time.GetUtcNow().UtcDateTime - endedAt).TotalSeconds);
        long began = time.GetTimestamp();
        // A run of yesterday is asked for once.
        double[] rounds = age >= Rounds[^1] ? [age] : [.. Rounds.Where(at => at >= age)];
        round();
        try
        {
            foreach (double at in rounds)
            {
                StatementSource[] open = [.. sources.Where(source => !source.IsDone)];
                if (open.Length == 0)
                    return;
                double wait = at - age - time.GetElapsedTime(began).TotalSeconds;
                if (wait > 0)
                    await Task.Delay(TimeSpan.FromSeconds(wait), time, stop).ConfigureAwait(false);
                foreach (StatementSource source in open)
                {
                    var calls = new CallPolicy(SeededRandom.For(seed, "statements", 0))
                    {
                        Caller = "Query history",
                        IsWaitedFor = at == rounds[^1],
                        Deadline = time.GetTimestamp() + (long)(LongestRoundSeconds * time.TimestampFrequency),
                    };
                    await source.AskAsync(calls, stop).ConfigureAwait(false);
                }
                round();
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // What is known by now is kept.
        }
    }

    // For tries again within one round.
    private const double LongestRoundSeconds = 60;
}
