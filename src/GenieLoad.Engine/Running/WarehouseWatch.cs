using GenieLoad.Engine.Genie.Wire;
using GenieLoad.Engine.Http;
using GenieLoad.Engine.Logging;
using GenieLoad.Engine.Randomness;
using GenieLoad.Model;

namespace GenieLoad.Engine.Running;

/// <summary>
/// Looks every 20 s at the SQL warehouses behind the spaces of a run, beside its way and never on it: no look costs a question, and one
/// that fails is a look less.
/// </summary>
internal sealed class WarehouseWatch : IAsyncDisposable
{
    private const double IntervalSeconds = 20;

    // A look that takes longer says nothing of the instant at which it began. It ends before the next one begins.
    private const double LongestLookSeconds = 10;

    private static readonly RedactedRecord<WarehouseSample> Texts = new(nameof(WarehouseSample.WarehouseId));

    private readonly object _gate = new();
    private readonly CancellationTokenSource _end = new();
    private readonly TimeProvider _time;
    private readonly long _startedAt;
    private readonly double _passedSeconds;
    private readonly Looked[] _warehouses;
    private readonly ITimer? _timer;

    private WarehouseWatch(IReadOnlyList<RunTarget> targets, TimeProvider time, double passedSeconds)
    {
        _time = PacingClock.Beside(time);
        _startedAt = _time.GetTimestamp();
        _passedSeconds = passedSeconds;
        // What may not be seen at the start may not be seen later either.
        _warehouses =
        [
            .. targets.Where(target => target.Connection is { WarehouseId: not null, WarehouseState: not null })
                .DistinctBy(target => (target.Connection.WorkspaceUrl, target.Connection.WarehouseId)).Select(target => new Looked(target)),
        ];
        if (_warehouses.Length == 0)
            return;
        foreach (Looked warehouse in _warehouses)
            Note(warehouse, warehouse.Target.Connection.WarehouseState, warehouse.Target.Connection.WarehouseClusters);
        var interval = TimeSpan.FromSeconds(IntervalSeconds);
        _timer = _time.CreateTimer(_ => LookAtAll(), null, interval, interval);
    }

    /// <summary>Begins to watch.</summary>
    /// <param name="targets">The spaces, each with its warehouse as it was found before the run.</param>
    /// <param name="time">Clock of the run.</param>
    /// <param name="passedSeconds">Seconds of the run that have passed already, where it is resumed.</param>
    public static WarehouseWatch Start(IReadOnlyList<RunTarget> targets, TimeProvider time, double passedSeconds = 0) =>
        new(targets, time, passedSeconds);

    /// <summary>Ends it and says what was seen, in the order of time: each change, and the last look.</summary>
    public async Task<IReadOnlyList<WarehouseSample>> EndAsync()
    {
        await DisposeAsync().ConfigureAwait(false);
        return [.. _warehouses.SelectMany(warehouse => warehouse.Samples).OrderBy(sample => sample.OffsetSeconds)];
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_timer is not null)
            await _timer.DisposeAsync().ConfigureAwait(false);
        await _end.CancelAsync().ConfigureAwait(false);
        foreach (Looked warehouse in _warehouses)
            await warehouse.Look.ConfigureAwait(false);
    }

    private void LookAtAll()
    {
        foreach (Looked warehouse in _warehouses)
            warehouse.Look = LookAsync(warehouse);
    }

    private async Task LookAsync(Looked warehouse)
    {
        try
        {
            TimeProvider clock = warehouse.Target.Client.Time;
            var policy = new CallPolicy(new SeededRandom((ulong)clock.GetTimestamp()))
            {
                Caller = "Warehouse",
                Deadline = clock.GetTimestamp() + (long)(LongestLookSeconds * clock.TimestampFrequency),
            };
            SqlWarehouse now = (await warehouse.Target.Client
                .GetWarehouseAsync(warehouse.Target.Connection.WarehouseId!, policy, _end.Token).ConfigureAwait(false)).Value;
            Note(warehouse, now.State, now.NumClusters);
        }
        catch (Exception)
        {
            // What the run itself does must not depend on it, and a gap says as much as a fault would.
        }
    }

    private void Note(Looked warehouse, string? state, int? clusters)
    {
        WarehouseSample sample = Texts.Redact(new WarehouseSample
        {
            OffsetSeconds = Math.Round(_passedSeconds + _time.GetElapsedTime(_startedAt).TotalSeconds, 3),
            WarehouseId = warehouse.Target.Connection.WarehouseId!,
            State = state,
            Clusters = clusters,
        });
        lock (_gate)
        {
            // The last of several equal ones takes the place of those before it, but for the first.
            List<WarehouseSample> samples = warehouse.Samples;
            if (samples.Count > 1 && IsSame(samples[^1], sample) && IsSame(samples[^2], sample))
                samples.RemoveAt(samples.Count - 1);
            samples.Add(sample);
        }
    }

    private static bool IsSame(WarehouseSample one, WarehouseSample other) => (one.State, one.Clusters) == (other.State, other.Clusters);

    private sealed class Looked(RunTarget target)
    {
        public RunTarget Target { get; } = target;

        public List<WarehouseSample> Samples { get; } = [];

        public Task Look { get; set; } = Task.CompletedTask;
    }
}
