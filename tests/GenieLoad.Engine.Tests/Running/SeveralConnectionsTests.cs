using System.Text.Json;
using GenieLoad.Engine.Credentials;
using GenieLoad.Engine.Genie;
using GenieLoad.Engine.Planning;
using GenieLoad.Engine.Questions;
using GenieLoad.Engine.Reports;
using GenieLoad.Engine.Running;
using GenieLoad.Engine.Running.Stopping;
using GenieLoad.Engine.Runs;
using GenieLoad.Engine.Simulation;
using GenieLoad.Engine.Simulation.Records;
using GenieLoad.Engine.Tests.Planning;
using GenieLoad.Engine.Tests.Runs;
using GenieLoad.Engine.Tests.Scenarios;
using GenieLoad.Model;
using Microsoft.Extensions.Time.Testing;

namespace GenieLoad.Engine.Tests.Running;

/// <summary>One test that asks two workspaces, each with a token of its own.</summary>
public sealed class SeveralConnectionsTests : IDisposable
{
    private readonly TemporaryFolder _temporary = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public async Task Every_question_goes_to_its_connection_and_says_so_and_the_run_reads_back_the_same()
    {
        Scenario talks = ScenarioRulesTests.Make(questions: 30, seconds: 30) with { TurnsPerConversation = 2, ThinkTime = "1s" };
        (LoadRun run, SimulatorRecord[] truths) = await Run(talks, stopAtOnce: false);

        Assert.Equal(["a", "b"], run.Connections.Select(connection => connection.Name));
        Assert.Equal(30, run.SuccessfulCount);
        foreach ((SimulatorRecord truth, RunConnection connection) in truths.Zip(run.Connections))
        {
            QuestionResult[] own = [.. run.Results.Where(row => row.Connection == connection.Name)];
            Assert.Equal(truth.Messages.Select(message => message.MessageId).Order(), own.Select(row => row.MessageId!).Order());
            Assert.Equal(connection.QuestionCount, own.Length);
            Assert.Equal(own.Length, run.Slices.Single(slice => slice.Slice == "Connection" && slice.Key == connection.Name).Count);
        }
        Assert.Equal(20, run.Connections[0].QuestionCount);
        Assert.Equal((run.Plan.Hash, "https://a.example, https://b.example"), (run.PlanHash, run.WorkspaceUrl));
        LoadRun read = RunReader.Read(run.RunPath!, warning => Assert.Fail(warning));
        Assert.Equal(JsonSerializer.Serialize(run, RunJson.Pretty.LoadRun), JsonSerializer.Serialize(read, RunJson.Pretty.LoadRun));
        Assert.Contains("  a\n    20 of 20 answered", SummaryText.Write(run), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Questions_that_were_never_asked_name_their_connection_too()
    {
        (LoadRun run, _) = await Run(ScenarioRulesTests.Make(questions: 10, seconds: 10), stopAtOnce: true);

        Assert.Equal(RunState.Stopped, run.State);
        Assert.Equal(run.Plan.Questions.Select(question => question.Connection), run.Results.Select(row => row.Connection));
        Assert.Equal(
            run.Results.Select(row => row.Connection),
            RunReader.Read(run.RunPath!, warning => Assert.Fail(warning)).Results.Select(row => row.Connection));
    }

    [Fact]
    public async Task A_plan_for_other_connections_is_refused_and_leaves_nothing_behind()
    {
        Plan plan = PlanBuilder.Build(
            ScenarioRulesTests.Make(questions: 4), SampleQuestions.All,
            new PlanOptions { Seed = 1, Connections = RunConnections.Of([RunConnectionsTests.Make("a"), RunConnectionsTests.Make("b")]) });
        using GenieSimulator simulator = GenieSimulator.Start(new SimulatorOptions(), _time);
        using GenieApiClient client = Client(simulator);

        GenieLoadException e = await Assert.ThrowsAsync<GenieLoadException>(() => LoadTest.RunAsync(
            client, RunConnectionsTests.Make("a"), plan, new LoadTestOptions(), new RunStore(_temporary.Path), new SilentWatcher(),
            CancellationToken.None));

        Assert.Equal("ConnectionMissing", e.ErrorId);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_temporary.Path));
    }

    [Fact]
    public async Task A_run_that_ended_early_is_resumed_on_the_same_connections()
    {
        (LoadRun run, SimulatorRecord[] truths) = await Run(
            ScenarioRulesTests.Make(questions: 10, seconds: 10), stopAtOnce: false, resumeAfter: 4);

        Assert.Equal((RunState.Completed, 10, 1), (run.State, run.SuccessfulCount, run.Interruptions.Count));
        Assert.Equal(run.Connections.Select(connection => connection.QuestionCount), truths.Select(truth => truth.Messages.Count));
        Assert.All(truths.SelectMany(truth => truth.AcceptedByQuestion), question => Assert.Equal(1, question.Value));
    }

    /// <param name="scenario">What is asked.</param>
    /// <param name="stopAtOnce">Whether its user stops it before the first question.</param>
    /// <param name="resumeAfter">Questions after which it ends early and is resumed; 0 to let it be.</param>
    private async Task<(LoadRun Run, SimulatorRecord[] Truths)> Run(Scenario scenario, bool stopAtOnce, int resumeAfter = 0)
    {
        IReadOnlyList<RunConnection> named = RunConnections.Of([RunConnectionsTests.Make("a"), RunConnectionsTests.Make("b")], [2, 1]);
        Plan plan = PlanBuilder.Build(scenario, SampleQuestions.All, new PlanOptions { Seed = 1, Connections = named });
        using GenieSimulator first = GenieSimulator.Start(
            new SimulatorOptions { CallSeconds = 0, Token = "token-a", SpaceId = "space-a" }, _time);
        using GenieSimulator second = GenieSimulator.Start(
            new SimulatorOptions { CallSeconds = 0, Token = "token-b", SpaceId = "space-b" }, _time);
        using GenieApiClient toFirst = Client(first);
        using GenieApiClient toSecond = Client(second);
        RunTarget[] targets = [new RunTarget(named[0], toFirst), new RunTarget(named[1], toSecond)];
        LoadRun run = await _time.Drive(() => LoadTest.RunAsync(
            targets, plan, new LoadTestOptions(), new RunStore(_temporary.Path), new SilentWatcher(), new CancellationToken(stopAtOnce),
            resumeAfter > 0 ? [new BudgetRule(new RunBudget { MaximumQuestions = resumeAfter })] : []));
        if (resumeAfter > 0)
        {
            Assert.Equal(resumeAfter, run.SuccessfulCount);
            using UnfinishedRun unfinished = UnfinishedRun.Take(run.RunPath!);
            run = await _time.Drive(() => LoadTest.ResumeAsync(
                targets, unfinished, LoadTestOptions.Of(unfinished.Settings) with { StopGraceSeconds = 0 }, resendAmbiguous: false,
                new SilentWatcher(),
                CancellationToken.None));
        }
        return (run, [first.Record, second.Record]);
    }

    private GenieApiClient Client(GenieSimulator simulator) => new(
        simulator.Uri, TokenCredential.Create(simulator.Token, "test"), new GenieClientOptions(), _time,
        handler: simulator.CreateHandler());

    private sealed class SilentWatcher : IRunWatcher
    {
        public void OnBegin(string runId, string runPath)
        {
        }

        public void OnFinished(QuestionResult result)
        {
        }

        public void OnNotKept(GenieLoadException failure)
        {
        }

        public void OnProgress(RunProgress progress)
        {
        }
    }
}
