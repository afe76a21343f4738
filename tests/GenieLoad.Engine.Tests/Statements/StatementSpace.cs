using GenieLoad.Engine.Addresses;
using GenieLoad.Engine.Credentials;
using GenieLoad.Engine.Genie;
using GenieLoad.Engine.Running;
using GenieLoad.Engine.Running.Stopping;
using GenieLoad.Engine.Runs;
using GenieLoad.Engine.Scenarios;
using GenieLoad.Engine.Sessions;
using GenieLoad.Engine.Simulation;
using GenieLoad.Engine.Simulation.Records;
using GenieLoad.Engine.Tests.Runs;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Statements;

/// <summary>A simulated space with its warehouse on a fake clock, load tests of it, and what the query history then says of them.</summary>
internal sealed class StatementSpace : ISessionWatcher, IDisposable
{
    private readonly TemporaryFolder _temporary = new();
    private readonly SimulatorOptions _options;
    private int _finished;
    private int? _waitsBeforeHistory;

    public StatementSpace(SimulatorOptions options)
    {
        _options = options;
        Simulator = GenieSimulator.Start(options, Time);
    }

    public HeldClock Time { get; } = new();

    public GenieSimulator Simulator { get; }

    public List<string> Warnings { get; } = [];

    public List<(int Known, int Wanted)> Progress { get; } = [];

    public LoadRun? Handed { get; private set; }

    public DateTime HandedAt { get; private set; }

    public string? NotKept { get; private set; }

    /// <summary>What happens when a question has finished.</summary>
    public Action<QuestionResult>? WhenFinished { get; set; }

    public string? RunPath { get; private set; }

    /// <summary>Answers a call for the warehouse in place of the simulator; the first one is that before the run.</summary>
    public Func<int, CancellationToken, Task<HttpResponseMessage>>? WarehouseAnswer { get; set; }

    /// <summary>When the warehouse was asked for.</summary>
    public List<DateTimeOffset> WarehouseCalls { get; } = [];

    /// <summary>Instants of the calls to the query history, in seconds after the end of the run.</summary>
    public IEnumerable<double> HistoryCalls(LoadRun run) => Simulator.Record.Calls
        .Where(call => call.Operation == SimulatedOperation.ListQueryHistory)
        .Select(call => (call.ArrivedAt.Utc - run.CompletedAt!.Value.ToUniversalTime()).TotalSeconds);

    public Dictionary<string, SimulatedMessage> Truth => Simulator.Record.Messages.ToDictionary(message => message.MessageId);

    public async Task<LoadRun> RunAsync(
        int questions = 20, double seconds = 20, bool includesStatements = false, bool excludesText = false, int? workers = null,
        int? budget = null)
    {
        using LoadTestSession session = LoadTestSession.Of(new LoadTestRequest
        {
            Overrides = new ScenarioOverrides { QuestionCount = questions, DurationSeconds = seconds, WorkerCount = workers },
            Seed = _options.Seed,
            Store = new RunStore(_temporary.Path),
            Options = new SessionOptions
            {
                IncludesStatements = includesStatements,
                Budget = new RunBudget { MaximumQuestions = budget },
                Run = new LoadTestOptions { ExcludeText = excludesText },
            },
        });
        return await RunAsync(session, budget ?? questions);
    }

    /// <summary>Asks the rest of a run, and then for its statements.</summary>
    public async Task<LoadRun> ResumeAsync(LoadRun run)
    {
        UnfinishedRun unfinished = UnfinishedRun.Take(run.RunPath!);
        int rest = run.Results.Count - unfinished.Finished.Count;
        using LoadTestSession session = LoadTestSession.Resume(
            unfinished, settings => new SessionOptions { Run = LoadTestOptions.Of(settings), IncludesStatements = true },
            resendAmbiguous: false);
        return await RunAsync(session, rest);
    }

    private async Task<LoadRun> RunAsync(LoadTestSession session, int questions)
    {
        session.Use([Connection]);
        (_finished, _waitsBeforeHistory) = (0, null);
        await FakeClock.WithoutContext(() => Drive(
            session.RunAsync((_, time) => Open(time), Time, this, CancellationToken.None), questions));
        return Handed!;
    }

    /// <summary>
    /// Lets time pass while questions are asked and while the history is; in between, files are written on other threads.
    /// </summary>
    private Task Drive(Task run, int questions)
    {
        bool isAtHistory = false;
        int held = 0;
        while (!run.IsCompleted)
        {
            if (_finished < questions || Time.Waits > _waitsBeforeHistory)
            {
                // The thread that has just begun to wait has to come to its end; from then on everything happens in the steps.
                if (_finished >= questions && !isAtHistory)
                    Thread.Sleep(200);
                isAtHistory = _finished >= questions;
                Time.Advance(TimeSpan.FromMilliseconds(10));
            }
            else
            {
                Assert.True(held++ < 60_000, "The run waits for a clock that stands still.");
                Thread.Sleep(1);
            }
        }
        return run;
    }

    public Task<LoadRun> UpdateAsync(LoadRun run, CancellationToken stop = default) =>
        UpdateAsync(StatementUpdate.Of(run.RunPath!, run.RunId, Warnings.Add), stop);

    public Task<LoadRun> UpdateAsync(StatementUpdate update, CancellationToken stop = default)
    {
        update.Progress = OnStatements;
        return Time.Drive(async () =>
        {
            LoadRun updated = await update.RunAsync([Connection], _ => Open(Time), stop);
            Warnings.AddRange(update.Warnings(updated));
            return updated;
        });
    }

    public void OnStatements(int known, int wanted)
    {
        Progress.Add((known, wanted));
        _waitsBeforeHistory ??= Time.Waits;
    }

    public void OnBegin(string runId, string runPath) => RunPath = runPath;

    public void OnFinished(QuestionResult result)
    {
        _finished++;
        WhenFinished?.Invoke(result);
    }

    public void OnProgress(RunProgress progress)
    {
    }

    public void OnNotKept(GenieLoadException failure) => NotKept = failure.ErrorId;

    public Task OnRunAsync(LoadRun run)
    {
        Handed = run;
        HandedAt = Time.GetUtcNow().UtcDateTime;
        return Task.CompletedTask;
    }

    public Task WarnAsync(string text)
    {
        Warnings.Add(text);
        return Task.CompletedTask;
    }

    public Task ErrorAsync(GenieLoadException failure) => throw failure;

    public void Dispose()
    {
        Simulator.Dispose();
        _temporary.Dispose();
    }

    private Connection Connection => new()
    {
        WorkspaceUrl = WorkspaceAddress.ToText(Simulator.Uri), SpaceId = Simulator.SpaceId, Credential = "test",
        ConnectedAt = DateTime.UnixEpoch, IsSimulator = true,
    };

    /// <summary>A way to the space.</summary>
    public GenieApiClient Open(TimeProvider time) => new(
        Simulator.Uri, TokenCredential.Create(Simulator.Token, "test"), new GenieClientOptions(), time,
        handler: new Warehouses(Simulator.CreateHandler(), this));

    private sealed class Warehouses(HttpMessageHandler inner, StatementSpace space) : DelegatingHandler(inner)
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (!request.RequestUri!.AbsolutePath.Contains("/sql/warehouses/", StringComparison.Ordinal))
                return base.SendAsync(request, cancellationToken);
            space.WarehouseCalls.Add(space.Time.GetUtcNow());
            return space.WarehouseCalls.Count > 1 && space.WarehouseAnswer is { } answer
                ? answer(space.WarehouseCalls.Count, cancellationToken)
                : base.SendAsync(request, cancellationToken);
        }
    }
}
