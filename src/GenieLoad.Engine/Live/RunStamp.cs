using GenieLoad.Engine.Runs;

namespace GenieLoad.Engine.Live;

/// <summary>
/// What tells without reading it whether a run has changed: length and time of its files, and whether a process is at work on it.
/// </summary>
internal static class RunStamp
{
    /// <summary>The stamp of a run.</summary>
    public static string Of(RunFolder folder) => string.Join('|', new[]
    {
        folder.ManifestPath, folder.PlanPath, folder.ResultsPath, folder.StartedPath, folder.StatementsPath, folder.EvaluationsPath,
        folder.ExpectedPath, folder.SteeringPath,
    }.Select(Of).Append(folder.IsHeld() ? "held" : ""));

    private static string Of(string path)
    {
        FileInfo file = new(path);
        return file.Exists ? FormattableString.Invariant($"{file.Length} {file.LastWriteTimeUtc.Ticks}") : "";
    }
}
