using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Planning;

namespace GenieLoad.Engine.Running;

/// <summary>When a run begins, and which part of a plan it asks from where.</summary>
public sealed record RunStart
{
    /// <summary>At once, the whole plan.</summary>
    public static RunStart Now { get; } = new();

    /// <summary>
    /// The instant from which the plan counts, UTC; <see langword="null"/> for when all is ready. Whoever comes later is late by as much:
    /// the plan is not shifted.
    /// </summary>
    public DateTime? At { get; init; }

    /// <summary>Which part of the plan; <see langword="null"/> for all of it.</summary>
    public Shard? Shard { get; init; }

    /// <summary>Place that a shard asks from.</summary>
    public string? Place { get; init; }

    /// <summary>The header of a run that begins so.</summary>
    /// <param name="header">What else is known of it.</param>
    /// <param name="now">The wall clock, UTC.</param>
    internal RunHeader Of(RunHeader header, DateTime now) => header with
    {
        StartedAt = At ?? now,
        StartLagSeconds = At is DateTime set ? Math.Max(0, (now - set).TotalSeconds) : null,
        Shard = Shard?.ToString(),
        Place = Place,
    };

    /// <summary>
    /// Waits for the instant, on the wall clock: other machines wait for the same. Also ends when nobody wants the run any more.
    /// </summary>
    /// <param name="time">The clock.</param>
    /// <param name="watcher">Hears every second how long it takes.</param>
    /// <param name="stop">Ends the wait.</param>
    /// <param name="aheadSeconds">Seconds before the instant at which it ends already.</param>
    internal async Task WaitAsync(TimeProvider time, IRunWatcher watcher, CancellationToken stop, double aheadSeconds = 0)
    {
        // In steps, since somebody may set the clock meanwhile.
        while (At - time.GetUtcNow().UtcDateTime is TimeSpan ahead && ahead.TotalSeconds - aheadSeconds is > 0 and double left
            && !stop.IsCancellationRequested)
        {
            watcher.OnWaiting(ahead.TotalSeconds);
            try
            {
                await RunClock.Sleep(time, Math.Min(left, 1), stop).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                // The run then ends at once, as a run that is stopped.
            }
        }
    }
}
