using System.Text.Json;
using GenieLoad.Engine.Runs;
using GenieLoad.Model;

namespace GenieLoad.Engine.Verdicts;

/// <summary>Finds the run that another one is compared against.</summary>
public static class BaselineRun
{
    /// <summary>Reads a run from its folder, the <c>run.json</c> in it, or a <c>.json</c> file that <c>Export-GenieRun</c> wrote.</summary>
    /// <param name="path">Full path.</param>
    /// <param name="warn">Told of lines that cannot be used.</param>
    /// <exception cref="GenieLoadException"><c>BaselineUnreadable</c>, or an error of <see cref="RunReader"/>.</exception>
    public static LoadRun Read(string path, Action<string>? warn = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        if (!File.Exists(path) || Path.GetFileName(path) == "run.json" && File.Exists(Path.Combine(Path.GetDirectoryName(path)!, "plan.json")))
            return RunReader.Read(path, warn);
        try
        {
            using FileStream stream = File.OpenRead(path);
            LoadRun run = JsonSerializer.Deserialize(stream, RunJson.Pretty.LoadRun) ?? throw VerdictsErrors.BaselineUnreadable(path, "it is empty.");
            return RunFileChecks.Fault(run) is string reason ? throw VerdictsErrors.BaselineUnreadable(path, reason) : run;
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            throw VerdictsErrors.BaselineUnreadable(path, exception.Message, exception);
        }
    }

    /// <summary>The newest run of the same scenario that began before a run, ended as <c>Completed</c>, and is not that run.</summary>
    /// <param name="store">Where to look.</param>
    /// <param name="run">The run.</param>
    /// <param name="warn">Told of what cannot be read.</param>
    /// <exception cref="GenieLoadException"><c>NoEarlierRun</c>, or an error of <see cref="RunReader"/>.</exception>
    public static LoadRun Previous(RunStore store, LoadRun run, Action<string>? warn = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(run);
        StoredRun? previous = store.List(run.ScenarioName, warn)
            .Where(stored => stored.ScenarioName == run.ScenarioName && stored.State == RunState.Completed
                && stored.StartedAt < run.StartedAt && stored.RunId != run.RunId)
            .MaxBy(stored => stored.StartedAt);
        return previous is null ? throw VerdictsErrors.NoEarlierRun(run.ScenarioName, run.RunId) : RunReader.Read(previous.Folder.Path, warn);
    }
}
