using GenieLoad.Model;

namespace GenieLoad.Engine.Runs;

/// <summary>The errors of <c>Runs</c>; the name of a factory is the id of its error.</summary>
internal static class RunsErrors
{
    public static GenieLoadException NoDataFolder() => new(
        nameof(NoDataFolder),
        ErrorKind.NotReady,
        "This account has no data folder in which runs could be kept.",
        $"Set the environment variable {RunStore.HomeVariable} to a folder.");

    public static GenieLoadException InvalidDataFolder(string home) => new(
        nameof(InvalidDataFolder),
        ErrorKind.InvalidInput,
        $"'{home.Replace("\0", "\\0", StringComparison.Ordinal)}' holds a NUL character and is no data folder.",
        $"Set the environment variable {RunStore.HomeVariable} to a folder.");

    public static GenieLoadException RunFolderNotWritable(string path, Exception inner) => new(
        nameof(RunFolderNotWritable),
        ErrorKind.WriteFailed,
        $"The run folder '{path}' cannot be written: {inner.Message}",
        $"Free space or grant the right to write there, or set {RunStore.HomeVariable} to another folder.",
        path,
        inner);

    public static GenieLoadException RunFolderInUse(string path, Exception? inner = null) => new(
        nameof(RunFolderInUse),
        ErrorKind.Conflict,
        $"The folder '{path}' already holds a run.",
        "Give another folder.",
        path,
        inner);

    public static GenieLoadException RunStillRunning(string path) => new(
        nameof(RunStillRunning),
        ErrorKind.Conflict,
        $"The run in '{path}' is still running in another process.",
        "Wait for its end, or stop it there.",
        path);

    public static GenieLoadException RunAlive(string path, Heartbeat last) => new(
        nameof(RunStillRunning),
        ErrorKind.Conflict,
        $"The run in '{path}' is still running: process {last.ProcessId} on '{last.Host}' gave a sign of life less than "
            + $"{Heartbeat.Fresh.TotalSeconds:0} s ago, "
            + "and no lock could tell that it has ended since.",
        $"Wait for its end, or stop it there. If that process is gone, try again after {Heartbeat.Fresh.TotalSeconds:0} s.",
        path);

    public static GenieLoadException PlanChanged(string path, string planHash, string runHash, bool planKnowsItself) => new(
        nameof(PlanChanged),
        ErrorKind.InvalidData,
        planKnowsItself
            ? $"The run cannot be resumed: '{path}' is the plan of another run. Its hash is {planHash}, and run.json names {runHash}."
            : $"The run cannot be resumed: '{path}' was changed after the run began. Its questions give the hash {planHash}, "
                + $"and run.json names {runHash}.",
        "Put the plan.json with which the run began back, from a copy of its folder, or run the load test again with Invoke-GenieLoadTest.",
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
        "Close what holds its files open, or grant the right to delete there.",
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
        $"'{path}' does not read as a run of GenieLoad, and nothing was deleted: {reason}"
            + (strangers.Count == 0 ? "" : $" GenieLoad did not write {StrangerNames.InWords(strangers)}."),
        "A damaged run is deleted only from the store, under its own id, and when it holds nothing but GenieLoad's files. "
            + "Delete others with Remove-Item.",
        path,
        inner);

    public static GenieLoadException RunIsAnother(string path, string runId, string expected) => new(
        nameof(RunIsAnother),
        ErrorKind.Conflict,
        $"'{path}' holds run {runId}, not run {expected}; nothing was deleted.",
        "Read the run again with Get-GenieRun, or give its id.",
        path);

    public static GenieLoadException StoreUnreadable(string path, Exception inner) => new(
        nameof(StoreUnreadable),
        ErrorKind.InvalidData,
        $"The runs in '{path}' cannot be listed: {inner.Message}",
        $"Grant the right to read there, or set {RunStore.HomeVariable} to another folder.",
        path,
        inner);

    public static GenieLoadException TargetInsideRun(string path, string runFolder) => new(
        nameof(TargetInsideRun),
        ErrorKind.InvalidInput,
        $"'{path}' lies in '{runFolder}', the folder of a run; nothing was written.",
        "Give a path outside that folder: whatever lies there belongs to the stored run.",
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

    public static GenieLoadException JournalWriteFailed(string path, Exception inner) => new(
        nameof(JournalWriteFailed),
        ErrorKind.WriteFailed,
        $"The run could not be written to '{path}': {inner.Message}",
        "Free space on that disk. What was written before is kept; read it with Get-GenieRun.",
        path,
        inner);

    public static GenieLoadException RunFolderGone(string path) => new(
        nameof(RunFolderGone),
        ErrorKind.WriteFailed,
        $"The folder of the run was deleted, moved or changed while the run was going on: '{path}' is no longer the file that was opened.",
        "Keep the run that came back, with Export-GenieRun: it holds what was finished. Then run the load test again, "
            + "or resume the run from where its folder is now.",
        path);

    public static GenieLoadException RunNotFound(string runId, string runsPath) => new(
        nameof(RunNotFound),
        ErrorKind.NotFound,
        $"There is no run '{runId}' in '{runsPath}'.",
        $"List the runs with Get-GenieRun, or read one from any folder with -Path. {RunStore.HomeVariable} moves the store.",
        runId);

    public static GenieLoadException NoRunYet(string? scenarioName, string runsPath) => new(
        nameof(NoRunYet),
        ErrorKind.NotFound,
        scenarioName is null ? $"There is no run in '{runsPath}'." : $"There is no run of scenario '{scenarioName}' in '{runsPath}'.",
        $"Make one with Invoke-GenieLoadTest, or list what there is with Get-GenieRun. {RunStore.HomeVariable} moves the store.",
        scenarioName);

    public static GenieLoadException NotARunFolder(string path) => new(
        nameof(NotARunFolder),
        ErrorKind.NotFound,
        $"'{path}' is not the folder of a run: there is no run.json in it.",
        "Give the folder that holds run.json, or that file.",
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
}
