using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Files;
using GenieLoad.Engine.Json;
using GenieLoad.Engine.Planning;
using GenieLoad.Model;

namespace GenieLoad.Engine.Runs;

/// <summary>Reads a run back from its folder alone, also one that is running or that ended without a word.</summary>
public static class RunReader
{
    private const int ManyRows = 200_000;

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
    public static LoadRun Read(string path, Action<string>? warn = null) => ReadFolder(FolderOf(path), warn, null).Run;

    /// <summary>Reads a run that came to an early end, to go on with it, under the lock that is then held to its end.</summary>
    /// <param name="path">The run's folder, or the <c>run.json</c> in it.</param>
    /// <param name="warn">As <see cref="UnfinishedRun.Take"/>.</param>
    /// <param name="time">As <see cref="UnfinishedRun.Take"/>.</param>
    internal static UnfinishedRun TakeUnfinished(string path, Action<string>? warn, TimeProvider time)
    {
        RunFolder folder = FolderOf(path);
        if (!folder.Exists)
            throw RunsErrors.NotARunFolder(folder.Path);
        RunLock held = RunLock.Take(folder, time);
        try
        {
            if (held.Weakness is string weakness)
                warn?.Invoke(weakness);
            (RunManifest manifest, LoadRun run, SentQuestions sent) = ReadFolder(folder, warn, held);
            if (run.Shards.Count > 0)
                throw RunsErrors.CannotResumeMerged(run);
            UnfinishedRun unfinished = new(folder, manifest, run, sent, held);
            if (unfinished.Finished.Count == run.Results.Count)
                throw RunsErrors.NothingToResume(run);
            if (manifest.Settings is null)
                throw RunsErrors.CannotResume(run, "its folder does not tell how it was run.");
            if (manifest.Settings.ExcludeText)
                throw RunsErrors.CannotResume(run, "the texts of its questions were not kept (-ExcludeText).");
            RequirePlan(folder, manifest.Header, manifest.Header.Shard is null ? run.Plan : ReadWholePlan(folder));
            if (unfinished.IdTrouble is string trouble)
                warn?.Invoke(trouble);
            return unfinished;
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>A plan that was changed would ask other questions under the run's name. Versions without a hash cannot tell.</summary>
    private static void RequirePlan(RunFolder folder, RunHeader header, Plan plan)
    {
        string hash = PlanHash.Of(plan);
        if ((header.PlanHash ?? plan.Hash) is string expected && expected != hash)
            throw RunsErrors.PlanChanged(folder.PlanPath, hash, expected, planKnowsItself: plan.Hash == hash);
    }

    private static RunFolder FolderOf(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        bool isManifest = Path.GetFileName(path) == "run.json" && File.Exists(path);
        return new RunFolder(isManifest ? Path.GetDirectoryName(Path.GetFullPath(path))! : path);
    }

    private static (RunManifest Manifest, LoadRun Run, SentQuestions Sent) ReadFolder(RunFolder folder, Action<string>? warn, RunLock? own)
    {
        (RunManifest manifest, string state) = ReadManifest(folder, own);
        Plan plan = ReadPlan(folder, manifest);
        RunContent content = ReadContent(folder, manifest, state, plan, warn, own);
        // Marks and lines outlive the collections that happen while a large run is read: a quarter of the memory would stay with them
        // until figures need it. To look for them once costs 2 % of the time.
        if (content.Rows.Count >= ManyRows)
            GC.Collect();
        return (manifest, content.ToRun(folder.Path), content.Sent);
    }

    /// <summary>Reads what a folder holds besides manifest and plan, to work a run out of it, or a larger one.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="manifest">Its manifest.</param>
    /// <param name="state">State of the run, as <see cref="ReadManifest"/> tells it.</param>
    /// <param name="plan">What the run was to ask.</param>
    /// <param name="warn">Told of lines that cannot be used; they are left out.</param>
    /// <param name="own">Its lock, where the reader holds it.</param>
    /// <exception cref="GenieLoadException"><c>RunUnreadable</c>.</exception>
    internal static RunContent ReadContent(
        RunFolder folder, RunManifest manifest, string state, Plan plan, Action<string>? warn, RunLock? own = null)
    {
        try
        {
            PlannedRows rows = ReadRows(folder, plan, warn);
            // Who goes on with the run needs all of them.
            SentQuestions sent = SentQuestions.Read(folder, warn, own is null ? rows : null);
            AddSent(rows, sent, manifest.Header, plan);
            // While it runs its last lines are only on their way.
            if (state != RunState.Running)
                AddThoseThatMayBeSent(rows, sent, manifest, state, plan, own is null ? RunLock.Look(folder).Last : own.Before, warn);
            return new RunContent(manifest, state, plan, rows, sent)
            {
                Statements = StatementFile.Read(folder, warn),
                Evaluations = EvaluationFile.Read(folder, warn),
                Expected = ExpectedFile.Read(folder, warn),
                Changes = SteeringFile.Read(folder, warn),
            };
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw RunsErrors.RunUnreadable(folder.Path, exception.Message, exception);
        }
    }

    /// <summary>Reads what the manifest says, and no rows.</summary>
    internal static StoredRun Identify(RunFolder folder)
    {
        (RunManifest manifest, string state) = ReadManifest(folder, null);
        RunHeader header = manifest.Header;
        return new StoredRun(folder, header.RunId, header.ScenarioName, header.Name, header.StartedAt, state);
    }

    /// <summary>Reads how a run is carried out, and no rows; <see langword="null"/> in folders of versions that did not keep it.</summary>
    internal static RunSettings? ReadSettings(RunFolder folder) => ReadManifest(folder, null).Manifest.Settings;

    /// <summary>Reads what was planned, of a shard its part, and no rows.</summary>
    /// <exception cref="GenieLoadException"><c>RunUnreadable</c>.</exception>
    internal static Plan ReadPlan(RunFolder folder) => ReadPlan(folder, ReadManifest(folder, null).Manifest);

    private static Plan ReadPlan(RunFolder folder, RunManifest manifest) =>
        PlanShards.Of(ReadWholePlan(folder), Shard.TryParse(manifest.Header.Shard));

    /// <summary>Reads what was planned for all shards of a test, and no rows.</summary>
    /// <exception cref="GenieLoadException"><c>RunUnreadable</c>.</exception>
    internal static Plan ReadWholePlan(RunFolder folder) => PlanReader.TryRead(folder.PlanPath)
        ?? ReadWhole(folder.PlanPath, BoundedFile.WholeSize, RunJson.Lines.Plan, RunFileChecks.Fault);

    /// <summary>Reads the manifest, and no rows.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="own">Its lock, where the reader holds it.</param>
    /// <returns>The manifest, and the state of the run: one that nobody is at work on any more is not running.</returns>
    internal static (RunManifest Manifest, string State) ReadManifest(RunFolder folder, RunLock? own = null)
    {
        if (!folder.Exists)
            throw RunsErrors.NotARunFolder(folder.Path);

        // The lock first: a run that ends between the two looks has then written its manifest already.
        bool held = own is null && folder.IsHeld();
        RunManifest manifest = ManifestAt(folder.ManifestPath);
        bool died = manifest.State == RunState.Running && !held;
        return (manifest, died ? RunState.Interrupted : manifest.State);
    }

    private static PlannedRows ReadRows(RunFolder folder, Plan plan, Action<string>? warn)
    {
        // A later line of a question replaces an earlier one.
        PlannedRows rows = new(plan);
        foreach (QuestionResult row in JsonLinesReader.Read(folder.ResultsPath, () => new RowParser(), warn))
        {
            if (!rows.Put(row))
                warn?.Invoke($"'{folder.ResultsPath}' has a row for question {row.Index}, which is not in the plan; it was left out.");
        }

        return rows;
    }

    /// <summary>Adds the rows of questions that were sent, and whose end nobody wrote down.</summary>
    private static void AddSent(PlannedRows rows, SentQuestions sent, RunHeader header, Plan plan)
    {
        foreach (PlannedQuestion question in plan.Questions)
        {
            if (!rows.Has(question.Index) && sent.Marks.TryGetValue(question.Index, out StartedRecord? mark))
                rows.Put(mark.RowOf(header, question));
        }
    }

    /// <summary>Where marks may be missing, every question that was due in time may have been sent, and counts as such.</summary>
    private static void AddThoseThatMayBeSent(
        PlannedRows rows, SentQuestions sent, RunManifest manifest, string state, Plan plan, Heartbeat? last,
        Action<string>? warn)
    {
        bool died = state == RunState.Interrupted;
        if (!sent.IsIncomplete(manifest, died, last, rows))
            return;
        double until = (died ? last?.SentUntilSeconds : manifest.TotalDurationSeconds) ?? double.PositiveInfinity;
        int count = 0;
        foreach (PlannedQuestion question in plan.Questions.Where(
            question => question.PlannedSeconds <= until && !rows.Has(question.Index)))
        {
            var mark = new StartedRecord { Index = question.Index };
            rows.Put(mark.RowOf(manifest.Header, question));
            count++;
        }
        if (count > 0)
            warn?.Invoke($"started.jsonl is incomplete: it is not known whether {count} questions were sent. "
                + "They count as sent (Interrupted).");
    }

    private static RunManifest ManifestAt(string path)
    {
        RunManifest manifest;
        try
        {
            manifest = ReadWhole(path, BoundedFile.SmallSize, RunJson.Lines.RunManifest, RunFileChecks.Fault);
        }
        catch (GenieLoadException) when (FormatOf(path) is > RunManifest.CurrentFormatVersion and int newer)
        {
            // It may lack what this version wants, and the reason is then the format.
            throw RunsErrors.RunFormatTooNew(path, newer);
        }
        return manifest.FormatVersion <= RunManifest.CurrentFormatVersion
            ? manifest
            : throw RunsErrors.RunFormatTooNew(path, manifest.FormatVersion);
    }

    /// <summary>The format of a manifest that cannot be read otherwise; 0 where it does not say.</summary>
    private static int FormatOf(string path)
    {
        try
        {
            using Stream stream = BoundedFile.OpenRead(path, BoundedFile.SmallSize);
            using JsonDocument document = JsonDocument.Parse(stream);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("formatVersion", out JsonElement version)
                && version.TryGetInt32(out int number) ? number : 0;
        }
        catch (Exception exception) when (IsUnreadable(exception))
        {
            return 0;
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
            throw RunsErrors.RunUnreadable(path, JsonTrouble.InWords(exception), InnerOf(exception));
        }
    }

    // What a parser says of JSON quotes it.
    private static Exception? InnerOf(Exception exception) => exception is IOException or UnauthorizedAccessException ? exception : null;

    private static bool IsUnreadable(Exception exception) =>
        exception is JsonException or IOException or UnauthorizedAccessException or InvalidOperationException;
}
