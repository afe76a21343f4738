using System.Diagnostics;
using System.Globalization;
using GenieLoad.Engine.Genie;
using GenieLoad.Engine.Running;
using GenieLoad.Engine.Runs;
using GenieLoad.Engine.Simulation;
using GenieLoad.Engine.Simulation.Records;
using GenieLoad.Engine.Tests.Runs;
using GenieLoad.Model;
using Xunit.Abstractions;

namespace GenieLoad.Engine.Tests.Campaign;

/// <summary>
/// Load tests over real sockets in a process that is killed under way. What is left is a run that can be read, in which every question that
/// the service saw is known to have been sent.
/// </summary>
public sealed class KillCampaignTests(ITestOutputHelper output) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder _temporary = new();

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public async Task A_killed_run_can_be_read_knows_every_question_that_was_sent_and_is_completed_with_none_asked_twice()
    {
        int rows = 0, interrupted = 0, resumed = 0;
        for (int seed = CampaignSetting.FirstSeed; seed < CampaignSetting.FirstSeed + CampaignSetting.Kills; seed++)
        {
            try
            {
                var plan = new KilledCase(seed);
                using GenieSimulator simulator = GenieSimulator.Start(plan.Simulator);
                var store = new RunStore(_temporary.File($"{seed}"));
                RunAndKill(plan, seed, simulator, store.Root);
                if (Check(plan, store, simulator.Record) is not LoadRun run)
                    continue;
                rows += run.Results.Count(row => row.Outcome is not (Outcome.Interrupted or Outcome.NotStarted));
                interrupted += run.Results.Count(row => row.Outcome == Outcome.Interrupted);
                if (!run.Results.Any(CampaignRun.IsUnfinished))
                    continue;
                Invariants.CheckResumed(await ResumeAsync(run, simulator), run, plan.Plan, simulator.Record, resends: false);
                resumed++;
            }
            catch (Exception e)
            {
                Assert.Fail($"Seed {seed}: {e}\nAgain: GENIELOAD_CAMPAIGN_SEED={seed} tests/campaign 0 1");
            }
        }
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{CampaignSetting.Kills} killed runs: {rows} questions kept, {interrupted} interrupted; {resumed} resumed"));
    }

    private static void RunAndKill(KilledCase plan, int seed, GenieSimulator simulator, string store)
    {
        using Process child = ChildProgram.Start(
            $"{seed}", plan.ByItself ? $"{plan.DiesAtEvent}" : "0", simulator.Uri.ToString(), simulator.SpaceId, simulator.Token, store);
        int events = 0;
        while (child.StandardOutput.ReadLine() is not null)
        {
            if (++events == plan.DiesAtEvent)
                child.Kill();
        }
        Assert.True(child.WaitForExit(Patience), "The child does not end.");
    }

    private static async Task<LoadRun> ResumeAsync(LoadRun run, GenieSimulator simulator)
    {
        using GenieApiClient client = KilledCase.Client(simulator.Uri, simulator.Token);
        using UnfinishedRun unfinished = UnfinishedRun.Take(run.RunPath!);
        return await LoadTest.ResumeAsync(
            [new RunTarget(run.Connections[0], client)], unfinished, LoadTestOptions.Of(unfinished.Settings) with { StopGraceSeconds = 0 },
            resendAmbiguous: false, QuietWatcher.Instance,
            CancellationToken.None).WaitAsync(Patience);
    }

    /// <returns><see langword="null"/> where it died before it had a run.</returns>
    private static LoadRun? Check(KilledCase plan, RunStore store, SimulatorRecord truth)
    {
        if (store.List(null, warning => Assert.Fail(warning)) is not [StoredRun stored])
        {
            Assert.Equal(0, truth.CallCount);
            return null;
        }
        List<string> warnings = [];
        LoadRun run = RunReader.Read(stored.Folder.Path, warnings.Add);
        Assert.All(warnings, warning => Assert.StartsWith("The last line of", warning));
        Assert.True(run.State is RunState.Interrupted or RunState.Completed, $"The run is {run.State}: {run.StopCause}, {run.StateReason}");
        Invariants.Accounts(run, plan.Plan);
        Invariants.AskedOnce(run, truth, resends: false);
        Assert.All(
            run.Results.Where(row => row.Outcome == Outcome.NotStarted),
            row => Assert.True(truth.TimesSent(row.Question) == 0, $"Question {row.Index} was sent, and the folder does not know."));
        Dictionary<string, SimulatedMessage> messages = truth.Messages.ToDictionary(message => message.MessageId);
        Assert.All(
            run.Results.Where(row => row.MessageId is not null), row => Assert.Equal(row.Question, messages[row.MessageId!].Question));
        return run;
    }
}
