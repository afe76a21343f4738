using System.Net;
using GenieLoad.Engine.Addresses;
using GenieLoad.Engine.Credentials;
using GenieLoad.Engine.Genie;
using GenieLoad.Engine.Running;
using GenieLoad.Engine.Runs;
using GenieLoad.Engine.Scenarios;
using GenieLoad.Engine.Sessions;
using GenieLoad.Engine.Simulation;
using GenieLoad.Engine.Simulation.Script;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Sessions;

/// <summary>How these tests carry out a load test that is checked.</summary>
public sealed partial class ExpectedCheckTests
{
    private LoadTestSession Rest() => LoadTestSession.Resume(
        UnfinishedRun.Take(_watcher.Run!.RunPath!), settings => new SessionOptions { Run = LoadTestOptions.Of(settings) }, false);

    private async Task<GenieLoadException> Refused(Func<Question[], Question[]> with, LoadTestOptions? load = null)
    {
        if (_simulator is null)
            Start(new SimulatorOptions());
        return await Assert.ThrowsAsync<GenieLoadException>(() => Carry(Session(5, with, load), default));
    }

    private async Task<LoadRun> Run(
        SimulatorOptions options, int count, Func<Question[], Question[]>? with = null)
    {
        Start(options);
        await Carry(Session(count, with), default);
        return _watcher.Run!;
    }

    private void Start(SimulatorOptions options)
    {
        _simulator?.Dispose();
        _options = options;
        _simulator = GenieSimulator.Start(options, _time);
    }

    private LoadTestSession Session(int count, Func<Question[], Question[]>? with = null, LoadTestOptions? load = null) =>
        LoadTestSession.Of(new LoadTestRequest
        {
            Questions = (with ?? (questions => questions))([.. Benchmarks()]),
            Overrides = new ScenarioOverrides { QuestionCount = count, DurationSeconds = 5 * count },
            Seed = 7,
            Store = new RunStore(_temporary.Path),
            CheckAnswer = _checks,
            Options = new SessionOptions { Run = load ?? new LoadTestOptions { StopGraceSeconds = 0 } },
        });

    /// <summary>The benchmarks of the space.</summary>
    private IEnumerable<Question> Benchmarks() => new SpaceContent(_options, 0).Benchmarks
        .Select((benchmark, i) => new Question { Id = $"b{i + 1}", Text = benchmark.Question, ExpectedSql = benchmark.Sql });

    private Task Carry(LoadTestSession session, CancellationToken stop)
    {
        session.Use(
        [
            new Connection
            {
                WorkspaceUrl = WorkspaceAddress.ToText(_simulator!.Uri), SpaceId = _simulator.SpaceId, Credential = "test",
                ConnectedAt = DateTime.UnixEpoch, IsSimulator = true,
            },
        ]);
        return FakeClock.WithoutContext(async () =>
        {
            using (session)
            {
                Task run = session.RunAsync(Open, _time, _watcher, stop);
                // What follows the end of the run's files is on other threads, which must not find that all time has passed meanwhile.
                _time.Until(() =>
                {
                    Thread.SpinWait(2000);
                    return run.IsCompleted;
                });
                await run;
            }
        });
    }

    private GenieApiClient Open(Connection connection, TimeProvider time) => new(
        _simulator!.Uri, TokenCredential.Create(_simulator.Token, "test"), new GenieClientOptions { AttemptTimeoutSeconds = 3600 }, time,
        handler: new Troubled(this));

    /// <summary>A workspace that has trouble with statements, where a test wants that.</summary>
    private sealed class Troubled(ExpectedCheckTests test) : DelegatingHandler(test._simulator!.CreateHandler())
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            bool isStatement = request.Method == HttpMethod.Post && request.RequestUri!.AbsolutePath == "/api/2.0/sql/statements";
            if (isStatement && test._refusesStatements)
                return new HttpResponseMessage(HttpStatusCode.Forbidden);
            bool hasTrouble = isStatement && test._troubled is string text
                && (await request.Content!.ReadAsStringAsync(cancellationToken)).Contains(text, StringComparison.Ordinal);
            return hasTrouble ? new HttpResponseMessage(HttpStatusCode.NotImplemented) : await base.SendAsync(request, cancellationToken);
        }
    }

    private sealed class Watcher : ISessionWatcher
    {
        public LoadRun? Run { get; private set; }

        public List<string> Warnings { get; } = [];

        public List<int> Expected { get; } = [];

        public Action<QuestionResult> WhenFinished { get; set; } = _ => { };

        public void OnBegin(string runId, string runPath)
        {
        }

        public void OnFinished(QuestionResult result) => WhenFinished(result);

        public void OnProgress(RunProgress progress)
        {
        }

        public void OnNotKept(GenieLoadException failure) => throw failure;

        public void OnExpectedAnswers(int done, int count) => Expected.Add(done);

        public Task OnRunAsync(LoadRun run)
        {
            Run = run;
            return Task.CompletedTask;
        }

        public Task WarnAsync(string text)
        {
            Warnings.Add(text);
            return Task.CompletedTask;
        }

        public Task ErrorAsync(GenieLoadException failure) => throw failure;
    }
}
