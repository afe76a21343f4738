using GenieLoad.Engine.Addresses;
using GenieLoad.Engine.Genie;
using GenieLoad.Engine.Http.Retries;
using GenieLoad.Engine.Running;
using GenieLoad.Engine.Running.Stopping;
using GenieLoad.Engine.Runs;
using GenieLoad.Engine.Scenarios;
using GenieLoad.Engine.Sessions;
using GenieLoad.Engine.Simulation;
using GenieLoad.Engine.Simulation.Records;
using GenieLoad.Engine.Tests.Runs;
using GenieLoad.Model;
using Microsoft.Extensions.Time.Testing;

namespace GenieLoad.Engine.Tests.Sessions;

public sealed class LoadTestSessionTests : IDisposable
{
    private readonly TemporaryFolder _temporary = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));
    private readonly Heard _heard = new();
    private GenieSimulator _simulator;

    public LoadTestSessionTests() => _simulator = GenieSimulator.Start(new SimulatorOptions(), _time);

    private Connection Here => To();

    private LoadTestRequest Five => new()
    {
        Overrides = new ScenarioOverrides { QuestionCount = 5, DurationSeconds = 10 }, Seed = 7, Store = new RunStore(_temporary.Path),
    };

    [Fact]
    public async Task Nothing_is_sent_before_the_session_runs()
    {
        using LoadTestSession session = LoadTestSession.Of(Five);
        session.Use([Here]);

        Assert.Equal((0, 5), (_simulator.Record.CallCount, session.Preview!.QuestionCount));
        Assert.Empty(Directory.GetFileSystemEntries(_temporary.Path));

        await Run(session);
        Assert.Equal(5, _simulator.Record.QuestionCount);
    }

    [Fact]
    public async Task A_run_keeps_the_fingerprint_of_its_space_where_it_may_see_it_and_asks_no_question_for_it()
    {
        List<string?> fingerprints = [];
        foreach (SimulatorOptions options in new SimulatorOptions[]
        {
            new(), new(), new() { SpaceVersion = 2 }, new() { BenchmarkCount = 11 }, new() { SpaceRight = SimulatedRight.CanRun },
        })
        {
            Restart(options);
            await Run(Five);
            Assert.Equal(5, _simulator.Record.QuestionCount);
            LoadRun run = Assert.IsType<LoadRun>(_heard.Run);
            Assert.Equal(RunState.Completed, run.State);
            fingerprints.Add(Assert.Single(RunReader.Read(run.RunPath!).Connections).SpaceFingerprint);
        }
        Assert.Matches("^[0-9a-f]{64}$", fingerprints[0]);
        Assert.Equal(fingerprints[0], fingerprints[1]);
        Assert.Equal(3, fingerprints[..4].Distinct().Count());
        Assert.Null(fingerprints[4]);
    }

    [Fact]
    public async Task Conversations_are_deleted_before_the_run_is_handed_over()
    {
        // They are deleted side by side on other threads, which no fake clock drives.
        Restart(new SimulatorOptions { TimeScale = 1000 }, TimeProvider.System);
        _heard.WhenRun = () => _heard.Say($"deleted {_simulator.Record.CountOf(SimulatedOperation.DeleteConversation, 200)}");

        using LoadTestSession session = LoadTestSession.Of(Five with
        {
            Overrides = new ScenarioOverrides { QuestionCount = 5, DurationSeconds = 0 },
            Options = new SessionOptions { RemovesConversations = true },
        });
        session.Use([Here]);
        await session.RunAsync(Open, TimeProvider.System, _heard, CancellationToken.None);

        Assert.Equal(["run Completed", "deleted 5"], _heard.Said);
    }

    [Fact]
    public void What_is_about_to_happen_is_told_with_its_retries_and_polls()
    {
        var run = new LoadTestOptions { Retry = new RetryOptions { MaximumRetries = 3, BaseSeconds = 2, JitterSeconds = 0.5 } };

        using LoadTestSession session = LoadTestSession.Of(Five with { Options = new SessionOptions { Run = run } });

        Assert.Contains("Questions:      5,", session.Describe(), StringComparison.Ordinal);
        Assert.EndsWith(
            """
              Retries:        3 retries, 2 s doubled up to 60 s, jitter 0.5 s; Retry-After up to 120 s
              Polls:          1 s, then x 1.5 up to 5 s; after 120 s up to 60 s
            """, session.Describe(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_question_is_asked_before_the_session_is_prepared()
    {
        Restart(new SimulatorOptions { TimeScale = 1000 }, TimeProvider.System);
        using LoadTestSession session = LoadTestSession.Of(Five with
        {
            Overrides = new ScenarioOverrides { QuestionCount = 1, DurationSeconds = 0 },
        });
        session.Use([Here]);
        TaskCompletionSource prepared = new();
        TaskCompletionSource begun = new();
        _heard.WhenBegun = begun.SetResult;

        Task run = session.RunAsync(Open, TimeProvider.System, _heard, CancellationToken.None, () => prepared.Task);
        await Task.WhenAny(begun.Task, run, Task.Delay(500));
        Assert.False(begun.Task.IsCompleted);

        prepared.SetResult();
        await run;
        Assert.True(begun.Task.IsCompleted);
    }

    [Fact]
    public async Task In_real_time_the_way_of_a_question_is_compiled_first()
    {
        Restart(new SimulatorOptions { TimeScale = 1000 }, TimeProvider.System);
        using LoadTestSession session = LoadTestSession.Of(Five with
        {
            Overrides = new ScenarioOverrides { QuestionCount = 1, DurationSeconds = 0 },
        });
        session.Use([Here]);

        await session.RunAsync(Open, _heard, CancellationToken.None);

        Assert.True(CompiledPath.IsReady);
    }

    [Fact]
    public async Task Conversations_stay_unless_they_are_to_go()
    {
        await Run(Five);

        Assert.Equal(0, _simulator.Record.CountOf(SimulatedOperation.DeleteConversation));
    }

    [Fact]
    public async Task A_demanded_threshold_fails_the_session_after_the_run_is_handed_over()
    {
        LoadTestRequest request = Five with { Thresholds = ["QuestionCount >= 6"] };

        GenieLoadException e = await Assert.ThrowsAsync<GenieLoadException>(() => Run(request with { FailOnThreshold = true }));

        Assert.Equal("ThresholdMissed", e.ErrorId);
        Assert.Equal(["run Completed"], _heard.Said);
        await Run(request);
    }

    [Fact]
    public async Task What_a_rule_ended_is_a_warning_that_says_how_to_go_on()
    {
        await Run(Five with { Options = new SessionOptions { Budget = new RunBudget { MaximumQuestions = 2 } } });

        Assert.Equal("run Stopped", _heard.Said[0]);
        Assert.Matches("^warning .*3 of 5 questions were not asked; Resume-GenieLoadTest 20261123-", _heard.Said[1]);
    }

    [Fact]
    public async Task A_service_that_refuses_for_good_is_an_error_after_the_run()
    {
        Restart(new SimulatorOptions { FailedShare = 1, FailedErrorType = "WAREHOUSE_ACCESS_MISSING_EXCEPTION" });

        await Run(Five);

        Assert.Equal(["run Stopped", "error ServiceRefused"], _heard.Said);
    }

    [Fact]
    public async Task A_service_that_refuses_for_good_is_asked_on_where_that_is_wanted()
    {
        Restart(new SimulatorOptions { FailedShare = 1, FailedErrorType = "WAREHOUSE_ACCESS_MISSING_EXCEPTION" });

        await Run(Five with { Options = new SessionOptions { SkipsServiceRule = true } });

        Assert.Equal(["run Completed"], _heard.Said);
        Assert.Equal(5, _simulator.Record.QuestionCount);
    }

    [Theory]
    [InlineData("high_load", false, false)]
    [InlineData("high_load", true, true)]
    [InlineData(null, false, true)]
    public void Consent_is_for_tests_that_are_not_small_by_design(string? scenario, bool changed, bool asks)
    {
        using LoadTestSession session = LoadTestSession.Of(Five with
        {
            Scenario = scenario is null ? null : BuiltInScenarios.All.Single(one => one.Name == scenario),
            Overrides = scenario is null || changed ? new ScenarioOverrides { QuestionCount = 500 } : new ScenarioOverrides(),
        });
        session.Use([To(isSimulator: false)]);
        Assert.Equal(asks, session.AsksForConsent);

        session.Use([Here]);
        Assert.False(session.AsksForConsent);
    }

    [Fact]
    public void One_space_and_several_connections_do_not_go_together()
    {
        LoadTestRequest request = Five with { Connections = [To("a"), To("b")], SpaceId = "s" };

        Assert.Equal("OneSpaceForSeveralConnections", Assert.Throws<GenieLoadException>(() => LoadTestSession.Of(request)).ErrorId);
    }

    [Fact]
    public void A_connection_without_a_space_is_refused_before_anything_is_sent()
    {
        using LoadTestSession session = LoadTestSession.Of(Five);

        Assert.Equal("NoSpace", Assert.Throws<GenieLoadException>(() => session.Use([To(hasSpace: false)])).ErrorId);
    }

    [Fact]
    public async Task The_rest_of_a_run_asks_the_workspace_of_the_run_under_its_name()
    {
        await Run(Five with { Options = new SessionOptions { Budget = new RunBudget { MaximumQuestions = 2 } } });
        using (LoadTestSession session = Rest())
        {
            Assert.Equal("OtherWorkspace",
                Assert.Throws<GenieLoadException>(() => session.Use([To(workspace: "https://other.example")])).ErrorId);
            Assert.Equal("NotOfThisRun", Assert.Throws<GenieLoadException>(
                () => session.Use([To("a"), To("b")])).ErrorId);
            session.Use([To("renamed")]);
            Assert.Equal(
                "Ask 3 questions, keep 2 questions already finished; Genie 0.54 to 2.58 DBU for a service principal", session.Describe());
        }

        // Disposed unused, it has given the run back.
        using LoadTestSession again = Rest();
        again.Use([Here]);
        await Run(again);
        Assert.Equal(5, _simulator.Record.QuestionCount);
        Assert.Equal("run Completed", _heard.Said[^1]);
    }

    [Theory]
    [InlineData(1, SimulatedRight.CanManage, SimulatedRight.CanManage, false)]
    [InlineData(2, SimulatedRight.CanManage, SimulatedRight.CanManage, true)]
    [InlineData(2, SimulatedRight.CanManage, SimulatedRight.CanRun, false)]
    [InlineData(2, SimulatedRight.CanRun, SimulatedRight.CanManage, false)]
    public async Task The_rest_of_a_run_is_warned_of_where_the_space_has_changed_and_both_times_could_be_seen(
        int version, SimulatedRight before, SimulatedRight after, bool isSaid)
    {
        Restart(new SimulatorOptions { SpaceRight = before });
        Uri workspace = _simulator.Uri;
        await Run(Five with { Options = new SessionOptions { Budget = new RunBudget { MaximumQuestions = 2 } } });
        _heard.Said.Clear();
        Restart(new SimulatorOptions { SpaceVersion = version, SpaceRight = after });
        using LoadTestSession session = Rest();
        session.Use([To(workspace: WorkspaceAddress.ToText(workspace))]);
        await Run(session);

        Assert.Equal(isSaid, _heard.Said.Exists(said => said.Contains("has changed since the run began", StringComparison.Ordinal)));
        Assert.Equal("run Completed", _heard.Said[^1]);
    }

    public void Dispose()
    {
        _simulator.Dispose();
        _temporary.Dispose();
    }

    private Connection To(
        string? name = null, string? workspace = null, bool hasSpace = true, bool isSimulator = true) => new()
    {
        Name = name, WorkspaceUrl = workspace ?? WorkspaceAddress.ToText(_simulator.Uri), SpaceId = hasSpace ? _simulator.SpaceId : null,
        Credential = "test", ConnectedAt = DateTime.UnixEpoch, IsSimulator = isSimulator,
    };

    private LoadTestSession Rest() => LoadTestSession.Resume(
        UnfinishedRun.Take(_heard.Run!.RunPath!), settings => new SessionOptions { Run = LoadTestOptions.Of(settings) }, false);

    private async Task Run(LoadTestRequest request)
    {
        using LoadTestSession session = LoadTestSession.Of(request);
        session.Use([Here]);
        await Run(session);
    }

    private Task Run(LoadTestSession session) => _time.Drive(() => session.RunAsync(Open, _time, _heard, CancellationToken.None));

    private GenieApiClient Open(Connection connection, TimeProvider time) => _simulator.Open(time);

    private void Restart(SimulatorOptions options, TimeProvider? time = null)
    {
        _simulator.Dispose();
        _simulator = GenieSimulator.Start(options, time ?? _time);
    }

    /// <summary>What the session said, in order.</summary>
    private sealed class Heard : ISessionWatcher
    {
        private readonly List<string> _said = [];

        public List<string> Said => _said;

        public LoadRun? Run { get; private set; }

        public Action? WhenRun { get; set; }

        public Action? WhenBegun { get; set; }

        public void Say(string what) => _said.Add(what);

        public void OnBegin(string runId, string runPath) => WhenBegun?.Invoke();

        public void OnFinished(QuestionResult result)
        {
        }

        public void OnProgress(RunProgress progress)
        {
        }

        public void OnNotKept(GenieLoadException failure) => Say($"not kept {failure.ErrorId}");

        public Task OnRunAsync(LoadRun run)
        {
            Run = run;
            Say($"run {run.State}");
            WhenRun?.Invoke();
            return Task.CompletedTask;
        }

        public Task WarnAsync(string text)
        {
            Say($"warning {text}");
            return Task.CompletedTask;
        }

        public Task ErrorAsync(GenieLoadException failure)
        {
            Say($"error {failure.ErrorId}");
            return Task.CompletedTask;
        }
    }
}
