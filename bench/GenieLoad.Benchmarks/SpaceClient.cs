using GenieLoad.Benchmarks.Stub;
using GenieLoad.Engine.Credentials;
using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Genie;
using GenieLoad.Engine.Running;
using GenieLoad.Engine.Runs;
using GenieLoad.Model;

namespace GenieLoad.Benchmarks;

/// <summary>Asks a space of the stub through the engine, exactly as a load test does.</summary>
/// <param name="server">Address of the stub.</param>
/// <param name="spaceId">One of the spaces of <see cref="StubAnswers"/>.</param>
/// <param name="folder">Where runs are kept.</param>
/// <param name="time">Clock of the run.</param>
/// <param name="handler">Way to the stub; <see langword="null"/> for the engine's own.</param>
internal sealed class SpaceClient(Uri server, string spaceId, string folder, TimeProvider time, HttpMessageHandler? handler = null)
    : IDisposable
{
    /// <summary>Shown as a token. The stub looks at none.</summary>
    public const string Token = "dapi0123456789abcdef0123456789abcdef";

    private readonly RunStore _store = new(folder);

    public GenieApiClient Api { get; } = new(server, TokenCredential.Create(Token, "benchmark"), time: time, handler: handler);

    /// <summary>Opens a journal, as a load test does before its first question.</summary>
    public RunJournal OpenJournal(Plan plan)
    {
        DateTime now = DateTime.UtcNow;
        RunFolder run = _store.Create(plan.ScenarioName, now);
        return RunJournal.Open(run, Header(run, plan, now), plan, marksOnOwnThread: true);
    }

    /// <summary>A whole load test.</summary>
    public Task<LoadRun> RunAsync(Plan plan, LoadTestOptions options, IRunWatcher watcher, CancellationToken stop)
    {
        var connection = new Connection
        {
            WorkspaceUrl = server.ToString(), SpaceId = spaceId, Credential = "benchmark", ConnectedAt = DateTime.UtcNow,
        };
        return LoadTest.RunAsync(Api, connection, plan, options, _store, watcher, stop);
    }

    public void Dispose() => Api.Dispose();

    private RunHeader Header(RunFolder run, Plan plan, DateTime startedAt) => new()
    {
        RunId = run.Name,
        Name = plan.Name,
        ScenarioName = plan.ScenarioName,
        WorkspaceUrl = server.ToString(),
        SpaceId = spaceId,
        StartedAt = startedAt,
    };
}
