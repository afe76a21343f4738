using System.Text;
using GenieLoad.Engine.Sessions.Places;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Sessions.Places;

/// <summary>A place on a fake clock: its process goes on whether or not its connection does.</summary>
internal sealed class FakePlace(TimeProvider time, string name) : IPlace
{
    private DateTime? _preparedAt;
    private DateTime? _toldAt;
    private DateTime? _startAt;
    private bool _isBroken;

    public string Name => name;

    public string? WorkPath { get; private set; }

    /// <summary>Its clock is so many seconds ahead.</summary>
    public double ClockAhead { get; init; }

    /// <summary>Seconds that every call takes.</summary>
    public double Latency { get; init; } = 0.02;

    public PlaceFacts Facts { get; init; } = new("7.5.1", "1.2.3", "/modules/GenieLoad.psd1");

    public GenieLoadException? PrepareFailure { get; init; }

    /// <summary>Why its process refuses, as it says so; <see langword="null"/> when it does not.</summary>
    public (string Id, string Text)? Refusal { get; init; }

    public double PrepareSeconds { get; init; } = 2;

    /// <summary>Seconds from the start to the end of its shard.</summary>
    public double RunSeconds { get; init; } = 30;

    /// <summary>Seconds after the start at which its process is killed.</summary>
    public double? KilledAfter { get; init; }

    /// <summary>When its connection breaks, and from when on it can be opened again; in seconds since the order.</summary>
    public (double From, double To)? Cut { get; init; }

    /// <summary>Whether a broken connection does not answer instead of saying so.</summary>
    public bool Hangs { get; init; }

    /// <summary>Whether its connection breaks when it is told to begin, once, before it has heard it.</summary>
    public bool BreaksWhenTold { get; set; }

    public bool CannotBeCleaned { get; init; }

    /// <summary>Parts of a file that are read before the connection breaks in the middle of them, once.</summary>
    public int? BreaksAfterParts { get; set; }

    public Dictionary<string, byte[]> Files { get; } = new() { ["run.json"] = Encoding.UTF8.GetBytes($"{{\"of\":\"{name}\"}}") };

    public PlaceOrder? Order { get; private set; }

    public DateTime? StartAt => _startAt;

    public int Starts { get; private set; }

    public bool IsStopped => _toldAt is not null;

    public bool IsCleaned { get; private set; }

    public bool IsDisposed { get; private set; }

    public List<string> Reads { get; } = [];

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    public async Task<PlaceFacts> CheckAsync(CancellationToken stop)
    {
        await CallAsync(stop);
        return Facts;
    }

    public async Task<DateTime> ReadClockAsync(CancellationToken stop)
    {
        await CallAsync(stop);
        DateTime read = Now.AddSeconds(ClockAhead);
        await CallAsync(stop);
        return read;
    }

    public async Task PrepareAsync(PlaceOrder order, CancellationToken stop)
    {
        await CallAsync(stop);
        WorkPath = $"/home/{name}/{order.Id}";
        if (PrepareFailure is not null)
            throw PrepareFailure;
        Order = order;
        _preparedAt = Now;
    }

    public async Task StartAsync(DateTime startAt, CancellationToken stop)
    {
        (_isBroken, BreaksWhenTold) = (_isBroken || BreaksWhenTold, false);
        await CallAsync(stop);
        Starts++;
        _startAt = startAt;
    }

    public async Task<PlaceSight> LookAsync(CancellationToken stop)
    {
        await CallAsync(stop);
        if ((Now - _preparedAt!.Value).TotalSeconds < PrepareSeconds)
            return new PlaceSight { Stage = PlaceStage.Preparing };
        if (Refusal is { } refusal)
            return new PlaceSight { Stage = PlaceStage.Refused, ErrorId = refusal.Id, ErrorText = refusal.Text };
        if (_startAt is not DateTime start)
            return new PlaceSight { Stage = PlaceStage.Ready };
        double ran = (Now.AddSeconds(ClockAhead) - start).TotalSeconds;
        PlaceStage stage = KilledAfter is double killed && ran >= killed ? PlaceStage.Gone
            : ran >= RunSeconds || _toldAt is not null ? PlaceStage.Ended
            : PlaceStage.Running;
        return new PlaceSight
        {
            Stage = stage, RunPath = $"{WorkPath}/store/runs/r", Planned = 6, Succeeded = stage == PlaceStage.Ended ? 6 : 1,
        };
    }

    public async Task StopAsync(CancellationToken stop)
    {
        await CallAsync(stop);
        _toldAt = Now;
    }

    public async Task<IReadOnlyList<PlaceFile>> ListAsync(CancellationToken stop)
    {
        await CallAsync(stop);
        return [.. Files.Select(file => new PlaceFile(file.Key, file.Value.Length))];
    }

    public async Task<byte[]> ReadAsync(string name, long offset, CancellationToken stop)
    {
        if (BreaksAfterParts-- == 0)
            _isBroken = true;
        await CallAsync(stop);
        Reads.Add(FormattableString.Invariant($"{name} {offset}"));
        return Files[name].Skip((int)offset).Take(8).ToArray();
    }

    public async Task CleanAsync(CancellationToken stop)
    {
        await CallAsync(stop);
        if (CannotBeCleaned)
            throw new GenieLoadException("Stays", ErrorKind.WriteFailed, "A file is open.", "Close it.");
        IsCleaned = true;
    }

    public async Task ReopenAsync(CancellationToken stop)
    {
        _isBroken = false;
        await CallAsync(stop);
    }

    public void Dispose() => IsDisposed = true;

    private async Task CallAsync(CancellationToken stop)
    {
        await Task.Delay(TimeSpan.FromSeconds(Latency), time, stop);
        double since = _preparedAt is DateTime prepared ? (Now - prepared).TotalSeconds : -1;
        // Open again only by opening it again.
        _isBroken |= Cut is { } cut && since >= cut.From && since < cut.To;
        if (_isBroken && Hangs)
            await Task.Delay(Timeout.InfiniteTimeSpan, time, stop);
        if (_isBroken)
            throw new PlaceLostException("The transport has ended.");
    }
}
