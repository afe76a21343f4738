using GenieLoad.Engine.Genie;
using GenieLoad.Engine.Genie.Credentials;
using GenieLoad.Engine.Runs;
using GenieLoad.Engine.Running;
using GenieLoad.Engine.Simulation;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Campaign;

/// <summary>Carries out a case in this process, on a clock of its own, and says what came of it.</summary>
internal static class CampaignRun
{
    /// <summary>Runs a case.</summary>
    /// <param name="plan">The case.</param>
    /// <param name="store">Where the run is kept.</param>
    /// <returns>The run, and what the simulator says of it.</returns>
    public static async Task<(LoadRun Run, SimulatorRecord Truth)> Of(CampaignCase plan, RunStore store)
    {
        var clock = new CampaignClock();
        using GenieSimulator simulator = GenieSimulator.Start(plan.Simulator, clock);
        using var stop = new CancellationTokenSource();
        List<ITimer> events = [.. plan.ClockSteps.Select(step => clock.After(step.At, () => clock.SetWallClock(step.Seconds)))];
        if (plan.StopAfterSeconds is double stopAfter)
            events.Add(clock.After(stopAfter, stop.Cancel));
        if (plan.RevokeAfterSeconds is double revokeAfter)
            events.Add(clock.After(revokeAfter, simulator.RevokeIssuedTokens));
        var context = new CredentialContext { Environment = _ => null, Time = clock, Handler = plan.Network.Before(simulator.CreateHandler(), clock, plan.Seed) };
        ICredential credential = plan.ByOAuth
            ? new OAuthCredential(simulator.Uri, simulator.ClientId, simulator.ClientSecret, "campaign", context)
            : TokenCredential.Create(simulator.Token, "campaign");
        using var client = new GenieApiClient(
            simulator.Uri, credential, new GenieClientOptions { Retry = plan.Retry }, clock,
            handler: plan.Network.Before(simulator.CreateHandler(), clock, plan.Seed + 1));
        var connection = new Connection
        {
            WorkspaceUrl = "https://simulated.example", SpaceId = simulator.SpaceId, Credential = "campaign", ConnectedAt = DateTime.UnixEpoch,
            IsSimulator = true,
        };
        LoadRun run = await clock.Drive(() =>
            LoadTest.RunAsync(client, connection, plan.Plan, plan.Options, store, QuietWatcher.Instance, stop.Token)).ConfigureAwait(false);
        events.ForEach(timer => timer.Dispose());
        return (run, simulator.Record);
    }
}
