using GenieLoad.Model;

namespace GenieLoad.Engine.Runs;

/// <summary>The errors of <c>Runs</c>; the name of a factory is the id of its error.</summary>
internal static class RunsErrors
{
    public static GenieLoadException NoDataFolder() => new(
        nameof(NoDataFolder),
        ErrorKind.NotReady,
        "This account has no data folder for runs.",
        $"Set the environment variable {RunStore.HomeVariable} to a folder.");

    public static GenieLoadException InvalidDataFolder(string home) => new(
        nameof(InvalidDataFolder),
        ErrorKind.InvalidInput,
        $"'{home.Replace("\0", "\\0", StringComparison.Ordinal)}' contains a NUL character and cannot be a data folder.",
        $"Set the environment variable {RunStore.HomeVariable} to a folder.");

    public static GenieLoadException RunFolderNotWritable(string path, Exception inner) => new(
        nameof(RunFolderNotWritable),
        ErrorKind.WriteFailed,
        $"The run folder '{path}' cannot be written: {inner.Message}",
        $"Free disk space or grant write permission, or set {RunStore.HomeVariable} to another folder.",
        path,
        inner);

    public static GenieLoadException RunFolderInUse(string path, Exception? inner = null) => new(
        nameof(RunFolderInUse),
        ErrorKind.Conflict,
        $"The folder '{path}' already contains a run.",
        "Give another folder.",
        path,
        inner);

    public static GenieLoadException RunStillRunning(string path) => new(
        nameof(RunStillRunning),
        ErrorKind.Conflict,
        $"The run in '{path}' is still running in another process.",
        "Wait until it ends, or stop it there.",
        path);

    public static GenieLoadException RunAlive(string path, Heartbeat last) => new(
        nameof(RunStillRunning),
        ErrorKind.Conflict,
        $"The run in '{path}' is still running: process {last.ProcessId} on '{last.Host}' was alive less than "
            + $"{Heartbeat.Fresh.TotalSeconds:0} s ago, "
            + "and whether it has ended since is not known.",
        $"Wait until it ends, or stop it there. If that process is gone, try again after {Heartbeat.Fresh.TotalSeconds:0} s.",
        path);

    public static GenieLoadException PlanChanged(string path, string planHash, string runHash, bool planKnowsItself) => new(
        nameof(PlanChanged),
        ErrorKind.InvalidData,
        planKnowsItself
            ? $"The run cannot be resumed: '{path}' is the plan of another run. Its hash is {planHash}, and run.json names {runHash}."
            : $"The run cannot be resumed: '{path}' was changed after the run began. Its questions have the hash {planHash}, "
                + $"and run.json names {runHash}.",
        "Restore the original plan.json from a copy of the folder, or run the load test again with Invoke-GenieLoadTest.",
        path);

    public static GenieLoadException LockNotAFile(string path) => new(
        nameof(LockNotAFile),
        ErrorKind.Conflict,
        $"'{path}' is a link, a folder or a device, not a file of GenieLoad.",
        "Delete it if it is not needed, then try again.",
        path);

    public static GenieLoadException RunNotRemovable(string path, Exception inner) => new(
        nameof(RunNotRemovable),
        ErrorKind.WriteFailed,
        $"The run in '{path}' could not be deleted: {inner.Message}",
        "Close programs that use its files, or grant permission to delete them.",
        path,
        inner);

    public static GenieLoadException RunIsALink(string path, string target) => new(
        nameof(RunIsALink),
        ErrorKind.InvalidInput,
        $"'{path}' is a link to '{target}'; nothing was deleted.",
        "Give the folder itself to delete the run, or delete the link with Remove-Item.",
        path);

    public static GenieLoadException RunNotRecognized(string path, string reason, IReadOnlyList<string> strangers, Exception inner) => new(
        nameof(RunNotRecognized),
        ErrorKind.InvalidData,
        $"'{path}' is not a valid run, and nothing was deleted: {reason}"
            + (strangers.Count == 0 ? "" : $" GenieLoad did not write {StrangerNames.InWords(strangers)}."),
        "A damaged run is deleted only from the store, under its own id, and if it contains only GenieLoad's files. "
            + "Delete other folders with Remove-Item.",
        path,
        inner);

    public static GenieLoadException RunIsAnother(string path, string runId, string expected) => new(
        nameof(RunIsAnother),
        ErrorKind.Conflict,
        $"'{path}' contains run {runId}, not run {expected}; nothing was deleted.",
        "Read the run again with Get-GenieRun, or give its id.",
        path);

    public static GenieLoadException StoreUnreadable(string path, Exception inner) => new(
        nameof(StoreUnreadable),
        ErrorKind.InvalidData,
        $"The runs in '{path}' cannot be listed: {inner.Message}",
        $"Grant read permission, or set {RunStore.HomeVariable} to another folder.",
        path,
        inner);

    public static GenieLoadException TargetInsideRun(string path, string runFolder) => new(
        nameof(TargetInsideRun),
        ErrorKind.InvalidInput,
        $"'{path}' is in '{runFolder}', the folder of a run; nothing was written.",
        "Give a path outside that folder: its files belong to the stored run.",
        path);

    public static GenieLoadException NothingToResume(LoadRun run) => new(
        nameof(NothingToResume),
        ErrorKind.InvalidInput,
        $"Run {run.RunId} has nothing left to do: every planned question has finished ({run.State}).",
        "Resume runs whose State is Stopped or Interrupted; for the same load again, use Invoke-GenieLoadTest with "
            + "the run's scenario and seed.",
        run.RunId);

    public static GenieLoadException CannotResume(LoadRun run, string reason) => new(
        nameof(CannotResume),
        ErrorKind.InvalidInput,
        $"Run {run.RunId} cannot be resumed: {reason}",
        "Run the load test again with Invoke-GenieLoadTest.",
        run.RunId);

    public static GenieLoadException CannotResumeMerged(LoadRun run) => new(
        nameof(CannotResume),
        ErrorKind.InvalidInput,
        $"Run {run.RunId} cannot be resumed: it was merged from {run.Shards.Count} shards.",
        "Resume its shards with Resume-GenieLoadTest, and merge them again with Merge-GenieRun -Force.",
        run.RunId);

    public static GenieLoadException JournalWriteFailed(string path, Exception inner) => new(
        nameof(JournalWriteFailed),
        ErrorKind.WriteFailed,
        $"The run could not be written to '{path}': {inner.Message}",
        "Free space on that disk. What was written is kept; read it with Get-GenieRun.",
        path,
        inner);

    public static GenieLoadException RunFolderGone(string path) => new(
        nameof(RunFolderGone),
        ErrorKind.WriteFailed,
        $"The folder of the run was deleted, moved or changed during the run: '{path}' is no longer the file that was opened.",
        "Save the returned run with Export-GenieRun: it contains the finished questions. Then run the load test again, "
            + "or resume the run from the folder's new location.",
        path);

    public static GenieLoadException NothingToChange() => new(
        nameof(NothingToChange),
        ErrorKind.InvalidInput,
        "Nothing to change was given.",
        "Give -Paused, -Paused:$false, -QuestionsPerMinute or -WorkerCount.");

    public static GenieLoadException RunNotRunning(string runId, string state) => new(
        nameof(RunNotRunning),
        ErrorKind.InvalidInput,
        $"Run {runId} cannot be changed: it is not running ({state}).",
        "List the running tests with Get-GenieRun -State Running. Resume-GenieLoadTest continues a run that ended early.",
        runId);

    public static GenieLoadException RunDoesNotAnswer(string runId, TimeSpan patience, bool isTaken) => new(
        nameof(RunDoesNotAnswer),
        ErrorKind.Conflict,
        FormattableString.Invariant($"Run {runId} did not answer within {patience.TotalSeconds:0.#} s. ")
            + (isTaken
                ? "It has taken the request, so the change may still be made."
                : "It did not take the request, which was withdrawn: nothing changes."),
        "The test may be ending, checking its answers, or blocked by a slow disk. "
            + (isTaken
                ? "Look at Changes of the run (Get-GenieRun) and at its events.log before you try again."
                : "Look at it with Get-GenieRun, and try again."),
        runId);

    public static GenieLoadException RunNotFound(string runId, string runsPath) => new(
        nameof(RunNotFound),
        ErrorKind.NotFound,
        $"There is no run '{runId}' in '{runsPath}'.",
        runId.AsSpan().ContainsAny('*', '?')
            ? $"An id is wanted here. Get-GenieRun takes wildcards: pipe its runs, as in Get-GenieRun '{runId}' | Remove-GenieRun -WhatIf."
            : $"List the runs with Get-GenieRun, or read one from any folder with -Path. {RunStore.HomeVariable} sets the data folder.",
        runId);

    public static GenieLoadException NoRunYet(StoredRunFilter? filter, string runsPath) => new(
        nameof(NoRunYet),
        ErrorKind.NotFound,
        $"There is no {(filter?.States is { Count: > 0 } states ? string.Join(" or ", states).ToLowerInvariant() + " " : "")}run"
            + $"{(filter?.ScenarioName is null ? "" : $" of scenario '{filter.ScenarioName}'")} in '{runsPath}'.",
        $"Run a test with Invoke-GenieLoadTest, or list the runs with Get-GenieRun. {RunStore.HomeVariable} sets the data folder.",
        filter?.ScenarioName);

    public static GenieLoadException NotARunFolder(string path) => new(
        nameof(NotARunFolder),
        ErrorKind.NotFound,
        $"'{path}' is not the folder of a run: there is no run.json in it.",
        "Give the folder that contains run.json, or that file.",
        path);

    public static GenieLoadException RunUnreadable(string path, string reason, Exception? inner = null) => new(
        nameof(RunUnreadable),
        ErrorKind.InvalidData,
        $"'{path}' cannot be read: {reason}",
        "Restore the file from a copy; a run needs its run.json and plan.json.",
        path,
        inner);

    public static GenieLoadException RunFormatTooNew(string path, int version) => new(
        nameof(RunFormatTooNew),
        ErrorKind.InvalidData,
        $"'{path}' has format {version}; this version of GenieLoad reads formats up to {RunManifest.CurrentFormatVersion}.",
        "Update GenieLoad, or read the run with the version that wrote it.",
        path);

    public static GenieLoadException PlanFileUnreadable(string path, string reason, Exception? inner = null) => new(
        nameof(PlanFileUnreadable),
        ErrorKind.InvalidData,
        $"The plan '{path}' cannot be read: {reason}",
        "Give a file that Export-GeniePlan has written.",
        path,
        inner);

    public static GenieLoadException PlanFileChanged(string path) => new(
        nameof(PlanFileChanged),
        ErrorKind.InvalidData,
        $"The plan '{path}' was changed after it was written: its questions do not match its hash.",
        "Write it again with Export-GeniePlan, and give the same file to all places.",
        path);

    public static GenieLoadException PlanNotWhole(Plan plan, string reason) => new(
        nameof(PlanNotWhole),
        ErrorKind.InvalidInput,
        $"The plan {plan.Name} cannot be exported: {reason}",
        "Make the plan with Get-GenieScenario -Plan, or take it from a whole run that keeps its texts.",
        plan);
}
