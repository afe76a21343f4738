using GenieLoad.Engine.Credentials;
using GenieLoad.Engine.Genie;
using GenieLoad.Engine.Running;
using GenieLoad.Engine.Runs;
using GenieLoad.Engine.Simulation;
using GenieLoad.Engine.Simulation.Records;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Campaign;

/// <summary>A case carried out in this process, on a clock of its own.</summary>
internal sealed class CampaignRun : IDisposable
{
    private readonly CampaignCase _case;
    private readonly CampaignClock _clock = new();
    private readonly GenieSimulator _simulator;
    private readonly GenieApiClient _client;

    public CampaignRun(CampaignCase plan)
    {
        _case = plan;
        _simulator = GenieSimulator.Start(plan.Simulator, _clock);
        var context = new CredentialContext { Environment = _ => null, Time = _clock,
            Handler = plan.Network.Before(_simulator.CreateHandler(), _clock, plan.Seed) };
        ICredential credential = plan.ByOAuth
            ? new OAuthCredential(_simulator.Uri, _simulator.ClientId, _simulator.ClientSecret, "campaign", context)
            : TokenCredential.Create(_simulator.Token, "campaign");
        _client = new GenieApiClient(
            _simulator.Uri, credential, new GenieClientOptions { Retry = plan.Retry }, _clock,
            handler: plan.Network.Before(_simulator.CreateHandler(), _clock, plan.Seed + 1));
    }

    /// <summary>What the simulator saw.</summary>
    public SimulatorRecord Truth => _simulator.Record;

    /// <summary>Whether anything of a run is left to do.</summary>
    public static bool IsUnfinished(QuestionResult row) =>
        row is { Outcome: Outcome.Interrupted } or { Outcome: Outcome.NotStarted, ErrorType: null };

    /// <summary>Carries it out, with all that happens in it.</summary>
    public async Task<LoadRun> RunAsync(RunStore store)
    {
        using var stop = new CancellationTokenSource();
        List<ITimer> events = [.. _case.ClockSteps.Select(step => _clock.After(step.At, () => _clock.SetWallClock(step.Seconds)))];
        if (_case.StopAfterSeconds is double stopAfter)
            events.Add(_clock.After(stopAfter, stop.Cancel));
        if (_case.RevokeAfterSeconds is double revokeAfter)
            events.Add(_clock.After(revokeAfter, _simulator.RevokeIssuedTokens));
        var connection = new Connection
        {
            WorkspaceUrl = "https://simulated.example", SpaceId = _simulator.SpaceId, Credential = "campaign",
            ConnectedAt = DateTime.UnixEpoch,
            IsSimulator = true,
        };
        LoadRun run = await _clock.Drive(() =>
            LoadTest.RunAsync(_client, connection, _case.Plan, _case.Options, store, QuietWatcher.Instance, stop.Token))
                .ConfigureAwait(false);
        events.ForEach(timer => timer.Dispose());
        return run;
    }

    /// <summary>Goes on with it after a while; the network is no better than before.</summary>
    public Task<LoadRun> ResumeAsync(LoadRun run)
    {
        _clock.Advance(TimeSpan.FromMinutes(5));
        using UnfinishedRun unfinished = UnfinishedRun.Take(run.RunPath!, warning => Assert.Fail(warning));
        return _clock.Drive(() => LoadTest.ResumeAsync(
            [new RunTarget(run.Connections[0], _client)], unfinished, LoadTestOptions.Of(unfinished.Settings) with { StopGraceSeconds = 0 },
            resendAmbiguous: false, QuietWatcher.Instance,
            CancellationToken.None));
    }

    public void Dispose()
    {
        _client.Dispose();
        _simulator.Dispose();
    }
}
