using GenieLoad.Model;

namespace GenieLoad.PowerShell.Commands;

internal static class RunErrors
{
    public static GenieLoadException FileTakenByAnotherRun(string path) => new(
        nameof(FileTakenByAnotherRun),
        ErrorKind.Conflict,
        $"Another run or capacity in this pipeline was already written to '{path}'.",
        "Give each a different file: -Path { \"$($_.RunId).csv\" }.",
        path);

    public static GenieLoadException RunHasNoFolder(LoadRun run) => new(
        nameof(RunHasNoFolder),
        ErrorKind.InvalidInput,
        $"Run {run.RunId} is not stored in a folder.",
        "Give the id or the folder of the run.",
        run.RunId);

    public static GenieLoadException OneDashboardPerRun(LoadRun first, LoadRun second) => new(
        nameof(OneDashboardPerRun),
        ErrorKind.InvalidInput,
        $"Two runs are given, {first.RunId} and {second.RunId}; a dashboard shows one.",
        "Give one run, such as that of Get-GenieRun -Latest; for the other, use a second window.",
        second.RunId);

    public static GenieLoadException NoRetention() => new(
        nameof(NoRetention),
        ErrorKind.InvalidInput,
        "Neither -OlderThan nor -KeepLatest is given, so every run would be deleted.",
        "Give -OlderThan '30d', -KeepLatest 10, or both.");

    public static GenieLoadException NoRunGiven() => new(
        nameof(NoRunGiven),
        ErrorKind.InvalidInput,
        "The run is empty.",
        "Give a run from Get-GenieRun, its id, its folder, or a .json file of Export-GenieRun.");
}
