using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using GenieLoad.Engine.Files;
using GenieLoad.Model;

namespace GenieLoad.Engine.Runs;

/// <summary>Reads a run back from its folder alone, also one that is running or that ended without a word.</summary>
public static class RunReader
{
    /// <summary>Reads a run with all its rows.</summary>
    /// <param name="path">The run's folder, or the <c>run.json</c> in it.</param>
    /// <param name="warn">Told of lines that cannot be used; they are left out.</param>
    /// <returns>
    /// The run. A planned question without a row is <see cref="Outcome.Interrupted"/> when it had been sent, and
    /// <see cref="Outcome.NotStarted"/> otherwise.
    /// </returns>
    /// <exception cref="GenieLoadException">
    /// <c>NotARunFolder</c>, <c>RunUnreadable</c>, <c>RunFormatTooNew</c>.
    /// </exception>
    public static LoadRun Read(string path, Action<string>? warn = null) => ReadFolder(FolderOf(path), warn).Run;

    /// <summary>Reads a run that came to an early end, to go on with it.</summary>
    /// <param name="path">The run's folder, or the <c>run.json</c> in it.</param>
    /// <param name="warn">Told of lines that cannot be used; they are left out.</param>
    /// <exception cref="GenieLoadException">
    /// As <see cref="Read"/>; <c>RunStillRunning</c>, <c>NothingToResume</c>, <c>CannotResume</c>.
    /// </exception>
    public static UnfinishedRun ReadUnfinished(string path, Action<string>? warn = null)
    {
        RunFolder folder = FolderOf(path);
        (RunManifest manifest, LoadRun run) = ReadFolder(folder, warn);
        if (run.State == RunState.Running)
            throw RunsErrors.RunStillRunning(folder.Path);
        UnfinishedRun unfinished = new(folder, manifest, run);
        if (unfinished.Finished.Count == run.Results.Count)
            throw RunsErrors.NothingToResume(run);
        if (manifest.Settings is null)
            throw RunsErrors.CannotResume(run, "its folder does not tell how it was run.");
        if (manifest.Settings.ExcludeText)
            throw RunsErrors.CannotResume(run, "the texts of its questions were not kept (-ExcludeText).");
        return unfinished;
    }

    private static RunFolder FolderOf(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        bool isManifest = Path.GetFileName(path) == "run.json" && File.Exists(path);
        return new RunFolder(isManifest ? Path.GetDirectoryName(Path.GetFullPath(path))! : path);
    }

    private static (RunManifest Manifest, LoadRun Run) ReadFolder(RunFolder folder, Action<string>? warn)
    {
        (RunManifest manifest, string state) = ReadManifest(folder);
        Plan plan = ReadWhole(folder.PlanPath, BoundedFile.WholeSize, RunJson.Lines.Plan, RunFileChecks.Fault);
        Dictionary<int, QuestionResult> rows;
        try
        {
            rows = ReadRows(folder, manifest.Header, plan, warn);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw RunsErrors.RunUnreadable(folder.Path, exception.Message, exception);
        }

        double lastEnd = rows.Values.Max(row => row.CompletedOffsetSeconds) ?? 0;
        RunStanding standing = new(
            state,
            manifest.CompletedAt ?? (state == RunState.Running ? null : rows.Values.Max(row => row.CompletedAt?.ToUniversalTime()) ?? manifest.Header.StartedAt),
            manifest.TotalDurationSeconds ?? lastEnd)
        {
            StopCause = manifest.StopCause,
            Reason = manifest.StateReason,
            Generator = manifest.Generator,
            Interruptions = manifest.Interruptions ?? new RowList<RunInterruption>([]),
        };
        return (manifest, RunSummarizer.Summarize(manifest.Header, plan, rows.Values, standing, folder.Path));
    }

    /// <summary>Reads what the manifest says, and no rows.</summary>
    internal static StoredRun Identify(RunFolder folder)
    {
        (RunManifest manifest, string state) = ReadManifest(folder);
        RunHeader header = manifest.Header;
        return new StoredRun(folder, header.RunId, header.ScenarioName, header.Name, header.StartedAt, state);
    }

    private static (RunManifest Manifest, string State) ReadManifest(RunFolder folder)
    {
        if (!folder.Exists)
            throw RunsErrors.NotARunFolder(folder.Path);

        // The lock first: a run that ends between the two looks has then written its manifest already.
        bool held = folder.IsHeld();
        string path = folder.ManifestPath;
        RefuseNewerFormat(path);
        RunManifest manifest = ReadWhole(path, BoundedFile.SmallSize, RunJson.Lines.RunManifest, RunFileChecks.Fault);
        bool died = manifest.State == RunState.Running && !held;
        return (manifest, died ? RunState.Interrupted : manifest.State);
    }

    private static Dictionary<int, QuestionResult> ReadRows(RunFolder folder, RunHeader header, Plan plan, Action<string>? warn)
    {
        Dictionary<int, PlannedQuestion> planned = plan.Questions.ToDictionary(question => question.Index);

        // A later line of a question replaces an earlier one.
        Dictionary<int, QuestionResult> rows = [];
        foreach (QuestionResult row in JsonLinesReader.Read(folder.ResultsPath, RunJson.Lines.QuestionResult, RunFileChecks.IsSound, warn))
        {
            if (planned.ContainsKey(row.Index))
                rows[row.Index] = row;
            else
                warn?.Invoke($"'{folder.ResultsPath}' has a row for question {row.Index}, which is not in the plan; it was left out.");
        }

        Dictionary<int, StartMark> marks = [];
        foreach (StartMark mark in JsonLinesReader.Read(folder.StartedPath, RunJson.Lines.StartMark, RunFileChecks.IsSound, warn))
            marks[mark.Index] = marks.TryGetValue(mark.Index, out StartMark? earlier) ? earlier.With(mark) : mark;
        foreach ((int index, StartMark mark) in marks)
        {
            if (!rows.ContainsKey(index) && planned.TryGetValue(index, out PlannedQuestion? question))
                rows[index] = UnfinishedQuestion.Interrupted(header, question, mark);
        }

        return rows;
    }

    /// <summary>Looks at the format alone: a newer manifest may lack what this version wants, and the reason is then the format.</summary>
    private static void RefuseNewerFormat(string path)
    {
        try
        {
            using Stream stream = BoundedFile.OpenRead(path, BoundedFile.SmallSize);
            using JsonDocument document = JsonDocument.Parse(stream);
            if (document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("formatVersion", out JsonElement version)
                && version.TryGetInt32(out int number)
                && number > RunManifest.CurrentFormatVersion)
            {
                throw RunsErrors.RunFormatTooNew(path, number);
            }
        }
        catch (Exception exception) when (IsUnreadable(exception))
        {
            throw RunsErrors.RunUnreadable(path, exception.Message, exception);
        }
    }

    private static T ReadWhole<T>(string path, long maximumBytes, JsonTypeInfo<T> type, Func<T, string?> fault)
    {
        try
        {
            using Stream stream = BoundedFile.OpenRead(path, maximumBytes);
            T value = JsonSerializer.Deserialize(stream, type) ?? throw RunsErrors.RunUnreadable(path, "it holds nothing.");
            return fault(value) is { } reason ? throw RunsErrors.RunUnreadable(path, reason) : value;
        }
        catch (Exception exception) when (IsUnreadable(exception))
        {
            throw RunsErrors.RunUnreadable(path, exception.Message, exception);
        }
    }

    private static bool IsUnreadable(Exception exception) =>
        exception is JsonException or IOException or UnauthorizedAccessException or InvalidOperationException;
}
