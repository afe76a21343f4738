using GenieLoad.Engine.Logging;
using GenieLoad.Engine.Runs;
using GenieLoad.Engine.Sessions;
using GenieLoad.Engine.Sessions.Places;
using GenieLoad.Engine.Tests.Reports;
using GenieLoad.Model;
using Microsoft.Extensions.Time.Testing;

namespace GenieLoad.Engine.Tests.Sessions.Places;

/// <summary>A test at fake places, on a fake clock; what would be merged is only listed.</summary>
internal sealed class PlacedTest : IDisposable
{
    private readonly DirectoryInfo _store = Directory.CreateTempSubdirectory("genieload-places-");

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 12, 1, 9, 0, 0, TimeSpan.Zero));

    public SessionListener Listener { get; } = new();

    public List<PlacesProgress> Progress { get; } = [];

    /// <summary>Shards that were given to the merge, by number, with what their manifests say.</summary>
    public Dictionary<string, string> Merged { get; } = [];

    public DateTime Start { get; } = new(2026, 12, 1, 9, 0, 0, DateTimeKind.Utc);

    public DateTime Now => Time.GetUtcNow().UtcDateTime;

    public string Store => _store.FullName;

    public IReadOnlyList<string> Left { get; private set; } = [];

    /// <summary>Runs it to its end.</summary>
    public Task RunAsync(params FakePlace[] places) => RunAsync(places, new PlacesOptions { ModuleVersion = "1.2.3" }, default, default);

    public Task RunAsync(FakePlace[] places, PlacesOptions options, CancellationToken stop, CancellationToken leave) =>
        // What was stopped goes on on other threads.
        Time.DriveWithPauses(async () =>
        {
            using PlacedLoadTest test = new(
                ReportRun.Of(12).Plan, places, options, new SessionOptions(), new RunStore(Store), [])
            {
                WorkspaceUrl = "https://w.example", SpaceId = "01ef", Merge = Merge,
            };
            try
            {
                await test.RunAsync(Listener, Time, EngineLog.None, stop, leave);
            }
            finally
            {
                Left = test.Left;
            }
        });

    public void Dispose() => _store.Delete(recursive: true);

    private LoadRun Merge(string folder, RunStore store, Action<string> warn)
    {
        foreach (string shard in Directory.GetDirectories(folder))
            Merged[Path.GetFileName(shard)] = File.ReadAllText(Path.Combine(shard, "run.json"));
        return ReportRun.Of(12);
    }
}
