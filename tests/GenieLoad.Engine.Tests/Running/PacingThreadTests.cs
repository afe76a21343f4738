using GenieLoad.Engine.Credentials;
using GenieLoad.Engine.Genie;
using GenieLoad.Engine.Running;
using GenieLoad.Engine.Running.Stopping;
using GenieLoad.Engine.Runs;
using GenieLoad.Engine.Simulation;
using GenieLoad.Engine.Tests.Figures;
using GenieLoad.Engine.Verdicts;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Running;

/// <summary>The thread that keeps the waits of a run waits for nothing else and computes nothing that lasts.</summary>
public class PacingThreadTests
{
    private const string PacingThread = "GenieLoad pacing";

    private static bool IsPacing => Thread.CurrentThread.Name == PacingThread;

    [Fact]
    public async Task Reports_and_looks_of_rules_are_on_other_threads()
    {
        using var clock = new PacingClock();
        var seen = new Seen();

        await Task.Run(() => CarryOut(clock, seen, atSeconds: 0)).WaitAsync(TimeSpan.FromMinutes(2));

        Assert.True(seen.Finished);
        Assert.False(seen.ReportOnPacingThread, "A report came from the thread of all waits.");
        Assert.False(seen.LookOnPacingThread, "A rule looked on the thread of all waits.");
    }

    [Fact]
    public async Task A_run_whose_last_event_is_the_end_of_a_wait_ends_on_another_thread()
    {
        using var clock = new PacingClock();
        var seen = new Seen { MarkFails = true };

        // Its only question is released after a wait, and ends at once because its mark fails.
        string? endedOn = await Task.Run(() => CarryOut(clock, seen, atSeconds: 0.2)).WaitAsync(TimeSpan.FromMinutes(2));

        Assert.Equal(PacingThread, seen.FinishedOn);
        Assert.NotEqual(PacingThread, endedOn);
    }

    [Fact]
    public async Task A_program_that_prints_a_token_is_not_started_there()
    {
        using var clock = new PacingClock();
        bool? startedThere = null;
        IEnumerable<string> Arguments()
        {
            startedThere = IsPacing;
            yield return "token";
        }
        var program = new ExternalProgram("az", Path.Combine(Path.GetTempPath(), "no-such-program"));

        async Task Ask()
        {
            await Task.Delay(TimeSpan.FromMilliseconds(1), clock).ConfigureAwait(false);
            await program.GetTokenAsync(Arguments(), () => default, "log in", CancellationToken.None).ConfigureAwait(false);
        }

        await Assert.ThrowsAsync<GenieLoadException>(() => Ask().WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.False(startedThere);
    }

    [Fact]
    public void A_question_that_ends_does_not_wait_for_the_look_of_a_threshold()
    {
        bool? passed = null;
        AbortRule rule = null!;
        double? Looked(QuestionResult row)
        {
            passed ??= Task.Run(() => rule.Finished(Rows.Of(100, 0, 0, 1))).Wait(TimeSpan.FromSeconds(20));
            return row.ResponseSeconds;
        }
        rule = new AbortRule(
            [new Threshold("slow < 5", new TimePercentile("slow", 50, Looked), null, "<", 5)], delaySeconds: 0, graceSeconds: 0);
        for (int i = 1; i <= 20; i++)
            rule.Finished(Rows.Of(i, 0, 0, 1));

        rule.Progressed(new RunProgress
        {
            Planned = 200, Waiting = 0, InFlight = 0, Throttled = 0, Succeeded = 20, Failed = 0,
            InFlightByStatus = new Dictionary<string, int>(), ElapsedSeconds = 1, RemainingSeconds = null,
        });

        Assert.True(passed);
    }

    private static async Task<string?> CarryOut(PacingClock clock, Seen seen, double atSeconds)
    {
        using GenieSimulator simulator = GenieSimulator.Start(new SimulatorOptions { AskingAiSeconds = 600 }, TimeProvider.System);
        using var client = new GenieApiClient(
            simulator.Uri, TokenCredential.Create(simulator.Token, "test"), new GenieClientOptions(), clock,
            handler: simulator.CreateHandler());
        var connection = new RunConnection
        {
            Name = "simulated", WorkspaceUrl = "https://simulated.example", SpaceId = simulator.SpaceId,
        };
        var options = new LoadTestOptions { QuestionTimeoutSeconds = 1, ProgressSeconds = 0.05 };
        Plan plan = SimulatedRun.Plan(1, 0, workers: 1);
        plan = plan with { Questions = new RowList<PlannedQuestion>([plan.Questions[0] with { PlannedSeconds = atSeconds }]) };
        try
        {
            await new LoadTestOrchestrator([new RunTarget(connection, client)], plan, options, seen, [seen])
                .RunAsync(DateTime.UtcNow, null, CancellationToken.None).ConfigureAwait(false);
        }
        catch (IOException) when (seen.MarkFails)
        {
        }
        return Thread.CurrentThread.Name;
    }

    private sealed class Seen : IRunObserver, IStopRule
    {
        public bool MarkFails { get; init; }

        public bool Finished { get; private set; }

        public string? FinishedOn { get; private set; }

        public bool ReportOnPacingThread { get; private set; }

        public bool LookOnPacingThread { get; private set; }

        public ValueTask OnStarted(int index, double offsetSeconds) => MarkFails ? throw new IOException("no room") : default;

        public void OnAccepted(int index, string conversationId, string messageId)
        {
        }

        public void OnFinished(QuestionResult result, QuestionResponses responses) =>
            (Finished, FinishedOn) = (true, Thread.CurrentThread.Name);

        public void OnProgress(RunProgress progress) => ReportOnPacingThread |= IsPacing;

        public StopOrder? Progressed(RunProgress progress)
        {
            LookOnPacingThread |= IsPacing;
            return null;
        }
    }
}
