using GenieLoad.Engine.Credentials;
using GenieLoad.Engine.Genie;
using GenieLoad.Engine.Planning;
using GenieLoad.Engine.Running;
using GenieLoad.Engine.Running.Stopping;
using GenieLoad.Engine.Runs;
using GenieLoad.Engine.Simulation;
using GenieLoad.Engine.Simulation.Records;
using GenieLoad.Engine.Tests.Runs;
using GenieLoad.Model;
using Microsoft.Extensions.Time.Testing;

namespace GenieLoad.Engine.Tests.Running;

/// <summary>A space that outlives a run, so that the run can be broken off and gone on with; all on one fake clock.</summary>
internal sealed class LastingSpace : IDisposable, IRunWatcher
{
    private readonly TemporaryFolder _temporary = new();
    private readonly GenieSimulator _simulator;
    private readonly GenieApiClient _client;

    public LastingSpace(SimulatorOptions simulator)
    {
        Time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));
        _simulator = GenieSimulator.Start(simulator, Time);
        _client = new GenieApiClient(
            _simulator.Uri, TokenCredential.Create(_simulator.Token, "test"), new GenieClientOptions(), Time,
            handler: _simulator.CreateHandler());
    }

    public FakeTimeProvider Time { get; }

    public SimulatorRecord Truth => _simulator.Record;

    public GenieApiClient Client => _client;

    public string SpaceId => _simulator.SpaceId;

    /// <summary>Folder of the run that is under way.</summary>
    public string RunPath { get; private set; } = "";

    /// <summary>Why a run could not be kept.</summary>
    public GenieLoadException? NotKept { get; private set; }

    public Action<QuestionResult>? WhenFinished { get; set; }

    public List<RunProgress> Progress { get; } = [];

    public LoadTestOptions Options { get; init; } = new() { StopGraceSeconds = 0 };

    public string WorkspaceUrl { get; init; } = "https://simulated.example";

    /// <summary>Runs a plan and ends it early, as its user would.</summary>
    public Task<LoadRun> RunAndStop(Plan plan, double afterSeconds) => Time.DriveThenCancel(stop => Run(plan, stop), afterSeconds);

    public Task<LoadRun> Run(Plan plan, params IStopRule[] rules) => Time.Drive(() => Run(plan, CancellationToken.None, rules));

    /// <summary>Goes on with it after a pause.</summary>
    public Task<LoadRun> Resume(
        LoadRun run, double pauseSeconds = 600, bool resendAmbiguous = false, List<string>? warnings = null,
        IReadOnlyList<IStopRule>? rules = null,
        Func<LoadTestOptions, LoadTestOptions>? change = null)
    {
        Time.Advance(TimeSpan.FromSeconds(pauseSeconds));
        using UnfinishedRun unfinished = UnfinishedRun.Take(run.RunPath!, warning => warnings?.Add(warning));
        LoadTestOptions options = LoadTestOptions.Of(unfinished.Settings) with { StopGraceSeconds = 0 };
        return Time.Drive(() => LoadTest.ResumeAsync(
            [new RunTarget(run.Connections[0], _client)], unfinished, change?.Invoke(options) ?? options, resendAmbiguous,
            this, new QuietProbe(),
            CancellationToken.None, rules));
    }

    public void OnBegin(string runId, string runPath) => RunPath = runPath;

    public void OnFinished(QuestionResult result) => WhenFinished?.Invoke(result);

    public void OnNotKept(GenieLoadException failure) => NotKept = failure;

    public void OnProgress(RunProgress progress) => Progress.Add(progress);

    public void Dispose()
    {
        _client.Dispose();
        _simulator.Dispose();
        _temporary.Dispose();
    }

    private Task<LoadRun> Run(Plan plan, CancellationToken stop, params IStopRule[] rules)
    {
        var connection = new Connection
        {
            WorkspaceUrl = WorkspaceUrl, SpaceId = _simulator.SpaceId, Credential = "test", ConnectedAt = DateTime.UnixEpoch,
        };
        return LoadTest.RunAsync([new RunTarget(RunConnections.Of([connection])[0], _client)], plan, Options, new RunStore(_temporary.Path),
            this, new QuietProbe(), stop, rules);
    }

    private sealed class QuietProbe : IGeneratorProbe
    {
        public GeneratorReading Read() => new();
    }
}
