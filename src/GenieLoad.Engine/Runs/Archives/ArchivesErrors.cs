using GenieLoad.Engine.Files;
using GenieLoad.Engine.Logging;
using GenieLoad.Model;

namespace GenieLoad.Engine.Runs.Archives;

/// <summary>The errors of <c>Runs/Archives</c>; the name of a factory is the id of its error.</summary>
internal static class ArchivesErrors
{
    public static GenieLoadException ArchiveUnreadable(string path, string reason, Exception? inner = null) => new(
        nameof(ArchiveUnreadable),
        ErrorKind.InvalidData,
        $"The archive '{path}' cannot be read: {reason}",
        "Copy it again from where it was made, or give the folder of the run.",
        path,
        inner);

    public static GenieLoadException ArchiveTooLarge(string path, long maximumBytes) => new(
        nameof(ArchiveTooLarge),
        ErrorKind.InvalidData,
        $"The archive '{path}' unpacks to more than {BoundedFile.InWords(maximumBytes)}, which is too much for its size.",
        "Unpack it by hand if you know where it comes from, and give the folder.",
        path);

    public static GenieLoadException LogBlockCut(string path, string runId, string reason) => new(
        nameof(LogBlockCut),
        ErrorKind.InvalidData,
        $"The log block of run {ShownValue.Of(runId)} in '{path}' is not whole: {reason}",
        "Fetch the whole log (kubectl logs without --tail and --since), or give the folder of the run.",
        path);

    public static GenieLoadException RunNotPacked(string runId, string? path) => new(
        nameof(RunNotPacked),
        ErrorKind.NotFound,
        path is null ? $"Run {runId} has no folder on this machine." : $"The folder '{path}' of run {runId} cannot be read.",
        "Read the run with Get-GenieRun where its folder is, and export it there.",
        runId);
}
