using GenieLoad.Engine.Logging;
using GenieLoad.Engine.Mlflow;
using GenieLoad.Engine.Tests.Mlflow.Folders;
using GenieLoad.Engine.Tests.Runs;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Mlflow;

/// <summary>
/// Somewhere to export to, looked at from outside: the test server, a local folder, and the real server whose address is in
/// <c>GENIELOAD_TEST_MLFLOW_URI</c> when that is set (its credential in MLflow's own variables). Every target meets the same assertions.
/// </summary>
internal abstract class MlflowTarget : IDisposable
{
    public const string TestServer = "test server";
    public const string Folder = "folder";

    private readonly TemporaryFolder _scratch = new();

    private static string? RealServer =>
        Environment.GetEnvironmentVariable("GENIELOAD_TEST_MLFLOW_URI") is { Length: > 0 } uri ? uri : null;

    /// <summary>All that are there.</summary>
    public static TheoryData<string> All => RealServer is string uri ? [Folder, TestServer, uri] : [Folder, TestServer];

    /// <summary>Those that keep traces.</summary>
    public static TheoryData<string> Servers => RealServer is string uri ? [TestServer, uri] : [TestServer];

    /// <summary>An experiment of this test alone.</summary>
    public string Experiment { get; } = $"/genieload-tests/{Guid.NewGuid():N}";

    /// <summary>The tracking address.</summary>
    public abstract string Uri { get; }

    public static MlflowTarget Open(string name) => name switch
    {
        TestServer => new ServerTarget(new Uri("http://mlflow.example:5000"), new FakeMlflowServer()),
        Folder => new FolderTarget(),
        _ => new ServerTarget(new Uri(name), new HttpClientHandler { UseProxy = false }),
    };

    public async Task<MlflowExport> ExportAsync(
        LoadRun run, Func<MlflowExportOptions, MlflowExportOptions>? change = null, Action<MlflowProgress>? report = null,
        CancellationToken stop = default)
    {
        var options = new MlflowExportOptions { TrackingUri = Uri, ExperimentName = Experiment };
        using var exporter = new MlflowExporter(
            change?.Invoke(options) ?? options, TimeProvider.System, EngineLog.None, Variable, Handler());
        MlflowExportPlan plan = await exporter.PrepareAsync(run, stop);
        return await exporter.ExportAsync(plan, report, stop);
    }

    /// <summary>Every run of the experiment, files included.</summary>
    public abstract Task<IReadOnlyList<SeenRun>> SeeAsync();

    /// <summary>Every trace of the experiment.</summary>
    public virtual Task<IReadOnlyList<SeenTrace>> SeeTracesAsync() => throw new NotSupportedException();

    /// <summary>Puts the experiment into the trash.</summary>
    public abstract Task DeleteExperimentAsync();

    public virtual void Dispose() => _scratch.Dispose();

    protected string Scratch(string name) => _scratch.File(name);

    /// <summary>The environment that the exporter sees: nothing of this machine's own, but for a real server.</summary>
    protected virtual string? Variable(string name) => null;

    /// <summary>Takes the place of the network; <see langword="null"/> for the network itself.</summary>
    protected virtual Func<HttpMessageHandler>? Handler() => null;
}
