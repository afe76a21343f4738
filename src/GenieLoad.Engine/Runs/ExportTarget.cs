using GenieLoad.Model;

namespace GenieLoad.Engine.Runs;

/// <summary>
/// Keeps what a user has written to a path of his own out of the folders of runs: an export named <c>run.json</c> or <c>responses.jsonl</c>
/// there would take the place of the run that it was made from.
/// </summary>
public static class ExportTarget
{
    // As many as Linux follows; more are a loop.
    private const int MostLinks = 40;

    /// <summary>Refuses a file or folder that lies in the folder of a run, at any depth, also by way of links.</summary>
    /// <param name="path">What is to be written.</param>
    /// <exception cref="GenieLoadException"><c>TargetInsideRun</c>.</exception>
    public static void RefuseInsideRun(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        RunStore? store = RunStore.IfAny();
        string full = Path.GetFullPath(path);
        int links = MostLinks;
        foreach (string way in (string[])[full, RealPath(full, ref links)])
        {
            for (string? folder = way; folder is not null; folder = Path.GetDirectoryName(folder))
            {
                if (IsRun(new RunFolder(folder), store))
                    throw RunsErrors.TargetInsideRun(path, folder);
            }
        }
    }

    /// <summary>
    /// Whether a folder is that of a run, whatever has become of its files. The file system is asked and not the text of the path, so that
    /// upper and lower case count where it counts them. A <c>run.json</c> alone is none unless it reads as a manifest: exports have that
    /// name too.
    /// </summary>
    private static bool IsRun(RunFolder folder, RunStore? store)
    {
        if (store?.HasPlaceFor(folder) == true && Directory.Exists(folder.Path))
            return true;
        if (File.Exists(folder.PlanPath) && File.Exists(folder.StartedPath))
            return true;
        if (!folder.Exists)
            return false;
        try
        {
            RunReader.Identify(folder);
            return true;
        }
        catch (GenieLoadException exception)
        {
            return exception.ErrorId == nameof(RunsErrors.RunFormatTooNew);
        }
    }

    /// <summary>The path with every link on the way replaced by what it leads to. What does not exist yet leads nowhere.</summary>
    private static string RealPath(string path, ref int links)
    {
        if (Path.GetDirectoryName(path) is not { } parent)
            return path;
        string realParent = RealPath(parent, ref links);
        string here = Path.Combine(realParent, Path.GetFileName(path));
        return LinkTarget(here) is { } target && links-- > 0 ? RealPath(Path.GetFullPath(target, realParent), ref links) : here;
    }

    private static string? LinkTarget(string path)
    {
        try
        {
            return new FileInfo(path).LinkTarget;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
