using System.Text.Json;
using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Files;
using GenieLoad.Engine.Json;
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
        if (!File.Exists(path) || Path.GetFileName(path) == "run.json"
            && File.Exists(Path.Combine(Path.GetDirectoryName(path)!, "plan.json")))
            return RunReader.Read(path, warn);
        try
        {
            using Stream stream = BoundedFile.OpenRead(path, BoundedFile.WholeSize);
            LoadRun run = JsonSerializer.Deserialize(stream, RunJson.Pretty.LoadRun)
                ?? throw VerdictsErrors.BaselineUnreadable(path, "it is empty.");
            if (RunFileChecks.Fault(run) is string reason)
                throw VerdictsErrors.BaselineUnreadable(path, reason);
            foreach (QuestionResult row in run.Results)
                RowGate.Redact(row);
            // A file of an older version has none.
            foreach (Evaluation evaluation in run.Evaluations ?? new([]))
                EvaluationGate.RedactWhole(evaluation);
            return run with { Changes = new RowList<RunChange>([.. run.Changes.Select(ChangeGate.Redact)]) };
        }
        catch (Exception exception) when (
            exception is JsonException or IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            // Any file of the machine may be named, and what a parser says of JSON quotes it.
            throw VerdictsErrors.BaselineUnreadable(
                path, JsonTrouble.InWords(exception), exception is IOException or UnauthorizedAccessException ? exception : null);
        }
    }

    /// <summary>The newest run that ended as <c>Completed</c> and can be read; of the shape of the others, where there is one.</summary>
    /// <param name="store">Where to look.</param>
    /// <param name="others">Runs that it is compared with: it is of their scenario, and none of them; none for any.</param>
    /// <param name="warn">Told of what cannot be read.</param>
    /// <exception cref="GenieLoadException"><c>NoRunToCompare</c>.</exception>
    public static LoadRun Latest(RunStore store, IReadOnlyList<LoadRun> others, Action<string>? warn = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(others);
        string? scenario = others.Count > 0 ? others[0].ScenarioName : null;
        return Newest(
            store, scenario, others.Count > 0 ? others[0] : null,
            stored => (scenario is null || stored.ScenarioName == scenario) && others.All(other => other.RunId != stored.RunId),
            warn) ?? throw VerdictsErrors.NoRunToCompare(store.RunsPath, scenario);
    }

    /// <summary>
    /// The newest run of the same scenario and shape that began before a run and ended as <c>Completed</c>; of another shape only where
    /// there is none of the same, with a warning.
    /// </summary>
    /// <param name="store">Where to look.</param>
    /// <param name="run">The run.</param>
    /// <param name="warn">Told of what cannot be read.</param>
    /// <exception cref="GenieLoadException"><c>NoEarlierRun</c>, or an error of <see cref="RunReader"/>.</exception>
    public static LoadRun Previous(RunStore store, LoadRun run, Action<string>? warn = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(run);
        return Newest(
            store, run.ScenarioName, run,
            stored => stored.ScenarioName == run.ScenarioName && stored.StartedAt < run.StartedAt.ToUniversalTime()
                && stored.RunId != run.RunId,
            warn) ?? throw VerdictsErrors.NoEarlierRun(run.ScenarioName, run.RunId);
    }

    private static LoadRun? Newest(
        RunStore store, string? scenario, LoadRun? like, Func<StoredRun, bool> isWanted, Action<string>? warn)
    {
        IEnumerable<StoredRun> candidates = store.List(new StoredRunFilter { ScenarioName = scenario }, warn)
            .Where(stored => stored.State == RunState.Completed && isWanted(stored))
            .OrderByDescending(stored => stored.StartedAt);
        PlanShape? wanted = like is null ? null : PlanShape.Of(like.Plan);
        List<StoredRun> others = [];
        foreach (StoredRun stored in candidates)
        {
            if (Attempt(() => PlanShape.Of(RunReader.ReadPlan(stored.Folder)), warn) is not { } shape)
                continue;
            if (wanted is not null && shape != wanted)
                others.Add(stored);
            else if (Attempt(() => RunReader.Read(stored.Folder.Path, warn), warn) is { } run)
                return run;
        }

        LoadRun? other = others.Select(stored => Attempt(() => RunReader.Read(stored.Folder.Path, warn), warn))
            .FirstOrDefault(run => run is not null);
        if (other is not null)
        {
            warn?.Invoke($"No other run of '{like!.ScenarioName}' has the load of {like.RunId} ({wanted}). "
                + $"It is compared with {other.RunId} ({PlanShape.Of(other.Plan)}).");
        }

        return other;
    }

    /// <summary>A run that cannot be read any more does not keep the one before it from being compared.</summary>
    private static T? Attempt<T>(Func<T> read, Action<string>? warn) where T : class
    {
        try
        {
            return read();
        }
        catch (GenieLoadException exception)
        {
            warn?.Invoke(exception.Message);
            return null;
        }
    }
}
