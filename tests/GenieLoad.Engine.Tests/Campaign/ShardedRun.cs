using GenieLoad.Engine.Credentials;
using GenieLoad.Engine.Genie;
using GenieLoad.Engine.Planning;
using GenieLoad.Engine.Running;
using GenieLoad.Engine.Runs;
using GenieLoad.Engine.Simulation;
using GenieLoad.Engine.Simulation.Records;
using GenieLoad.Engine.Tests.Running;
using GenieLoad.Engine.Tests.Runs;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Campaign;

/// <summary>One plan from several places at once against one simulated space, all on one fake clock.</summary>
internal sealed class ShardedRun : IDisposable
{
    private readonly CampaignClock _clock = new();
    private readonly GenieSimulator _simulator;
    private readonly TemporaryFolder _temporary = new();
    private readonly List<GenieApiClient> _clients = [];

    public ShardedRun(SimulatorOptions simulator) => _simulator = GenieSimulator.Start(simulator, _clock);

    public SimulatorRecord Truth => _simulator.Record;

    /// <summary>Seconds by which the wall clock of a shard is ahead; none unless set.</summary>
    public Func<int, double> AheadSeconds { get; init; } = _ => 0;

    /// <summary>Seconds after which a shard begins to get ready.</summary>
    public Func<int, double> ReadyAfterSeconds { get; init; } = _ => 0;

    /// <summary>Seconds after which a shard dies, and after how many more it is resumed; never unless set.</summary>
    public Func<int, (double At, double Pause)?> Death { get; init; } = _ => null;

    /// <summary>Start that all share, UTC; 5 s after the clock begins unless set.</summary>
    public DateTime StartAt { get; init; } = new DateTime(2026, 11, 23, 12, 0, 5, DateTimeKind.Utc);

    /// <summary>The runs of all shards, in their order, to their end.</summary>
    public Task<LoadRun[]> RunAsync(Plan plan, int count) => _clock.Drive(() =>
        Task.WhenAll(Enumerable.Range(1, count).Select(number => OneAsync(plan, new Shard(number, count)))));

    public void Dispose()
    {
        _clients.ForEach(client => client.Dispose());
        _simulator.Dispose();
        _temporary.Dispose();
    }

    private async Task<LoadRun> OneAsync(Plan plan, Shard shard)
    {
        var time = new PlaceClock(_clock, AheadSeconds(shard.Number));
        var client = new GenieApiClient(
            _simulator.Uri, TokenCredential.Create(_simulator.Token, "test"), new GenieClientOptions(), time,
            handler: _simulator.CreateHandler());
        _clients.Add(client);
        RunTarget target = new(
            new RunConnection { Name = "simulated", WorkspaceUrl = "https://simulated.example", SpaceId = _simulator.SpaceId }, client);
        RunStart start = new() { At = StartAt, Shard = shard, Place = $"place {shard.Number}" };
        RunStore store = new(_temporary.File($"shard{shard.Number}"));
        await Task.Delay(TimeSpan.FromSeconds(ReadyAfterSeconds(shard.Number)), _clock).ConfigureAwait(false);
        using var stop = new CancellationTokenSource();
        (double At, double Pause)? death = Death(shard.Number);
        using ITimer? killer = death is null ? null : _clock.After(death.Value.At, stop.Cancel);
        LoadRun run = await LoadTest.RunAsync(
            [target], plan, new LoadTestOptions { StopGraceSeconds = 0 }, store, QuietWatcher.Instance, stop.Token, start: start)
            .ConfigureAwait(false);
        if (death is null || run.State == RunState.Completed)
            return run;
        DeadRun.Kill(run.RunPath!);
        await Task.Delay(TimeSpan.FromSeconds(death.Value.Pause), _clock).ConfigureAwait(false);
        using UnfinishedRun unfinished = UnfinishedRun.Take(run.RunPath!, time: time);
        return await LoadTest.ResumeAsync(
            [target], unfinished, LoadTestOptions.Of(unfinished.Settings), resendAmbiguous: false, QuietWatcher.Instance,
            CancellationToken.None).ConfigureAwait(false);
    }
}
