using GenieLoad.Engine.Capacity;
using GenieLoad.Engine.Planning;
using GenieLoad.Engine.Running;
using GenieLoad.Engine.Runs;
using GenieLoad.Model;

namespace GenieLoad.Engine.Sessions;

/// <summary>A search for a capacity as the runs of its probes tell it.</summary>
/// <param name="Search">What it looks for.</param>
/// <param name="Settings">How its questions were carried out.</param>
/// <param name="Runs">Its probes, in the order in which they were made.</param>
/// <param name="Baseline">The run whose service times it predicts from.</param>
/// <param name="Store">Where its runs are kept.</param>
internal sealed record StoredSearch(
    CapacitySearch Search, RunSettings Settings, IReadOnlyList<LoadRun> Runs, LoadRun Baseline, RunStore Store)
{
    /// <summary>Reads it.</summary>
    /// <param name="probe">Any of its probes.</param>
    /// <param name="store">The store that it is kept in.</param>
    /// <param name="baseline">The baseline; <see langword="null"/> for the run of that id in the store.</param>
    /// <param name="warn">Told of what cannot be read.</param>
    /// <exception cref="GenieLoadException"><c>NotAProbe</c>, <c>BaselineMissing</c>, <c>CannotResume</c>.</exception>
    public static StoredSearch Of(LoadRun probe, RunStore store, LoadRun? baseline, Action<string>? warn)
    {
        RunSettings? settings = probe.RunPath is string path ? RunReader.ReadSettings(new RunFolder(path)) : null;
        if (settings?.Search is not CapacitySearch search)
            throw SessionsErrors.NotAProbe(probe);
        if (search.Questions is null)
            throw RunsErrors.CannotResume(probe, "the texts of its questions were not kept: they are too long together, or left out.");
        // It is where its probe is, whatever store is the default here.
        var folder = new DirectoryInfo(probe.RunPath!);
        if (folder.Parent is { Name: "runs", Parent: DirectoryInfo root })
            store = new RunStore(root.FullName);
        StoredRun[] probes =
        [
            .. store.List(new StoredRunFilter { ScenarioName = ProbePlan.ScenarioName }, warn)
                .Where(stored => RunReader.ReadSettings(stored.Folder)?.Search?.Id == search.Id)
                .OrderBy(stored => stored.StartedAt),
        ];
        if (probes.FirstOrDefault(stored => stored.State == RunState.Running) is StoredRun running)
            throw RunsErrors.RunStillRunning(running.Folder.Path);
        if (probes.Length == 0)
            throw SessionsErrors.NotAProbe(probe);
        if (baseline is not null && baseline.RunId != search.BaselineRunId)
            throw SessionsErrors.OtherBaseline(baseline, search.BaselineRunId);
        return new StoredSearch(
            search, settings, [.. probes.Select(stored => RunReader.Read(stored.Folder.Path, warn))],
            baseline ?? BaselineOf(search, store, warn), store);
    }

    /// <summary>A request to go on with it.</summary>
    /// <param name="request">What the user wants now: budget, store and whether conversations stay.</param>
    /// <param name="options">How questions are carried out, from how they were; as they were unless given.</param>
    public CapacitySessionRequest Complete(
        CapacitySessionRequest request, Func<LoadTestOptions, LoadTestOptions>? options) => request with
    {
        Prediction = new CapacityRequest
        {
            Run = Baseline,
            Slo = Search.Slo,
            ThinkTime = Search.ThinkTime,
            KnownLimit = (
                new AdmissionLimit(Search.LimitPerMinute, Search.LimitBurst, Search.LimitLowerPerMinute, Search.LimitUpperPerMinute),
                Search.LimitSource),
        },
        Questions = Search.Questions,
        TurnsPerConversation = Search.TurnsPerConversation,
        Mode = Search.Mode,
        ModeWeight = Search.ModeWeight,
        UniqueQuestion = Search.IsUnique,
        Store = Store,
        Run = options is null ? LoadTestOptions.Of(Settings) : options(LoadTestOptions.Of(Settings)),
    };

    private static LoadRun BaselineOf(CapacitySearch search, RunStore store, Action<string>? warn)
    {
        try
        {
            return RunReader.Read(store.Find(search.BaselineRunId).Path, warn);
        }
        catch (GenieLoadException)
        {
            throw SessionsErrors.BaselineMissing(search.BaselineRunId);
        }
    }
}
