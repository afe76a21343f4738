using GenieLoad.Model;

namespace GenieLoad.Engine.Runs;

/// <summary>Deletes a run: its folder, and only what GenieLoad itself put there.</summary>
public sealed class RunRemoval
{
    private readonly RunFolder _folder;

    private RunRemoval(RunFolder folder, string runId)
    {
        _folder = folder;
        RunId = runId;
    }

    /// <summary>Id of the run.</summary>
    public string RunId { get; }

    /// <summary>Looks whether a run can be deleted; nothing is deleted yet.</summary>
    /// <param name="folder">Its folder.</param>
    /// <exception cref="GenieLoadException"><c>NotARunFolder</c>, <c>RunStillRunning</c>.</exception>
    public static RunRemoval Of(RunFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        if (!folder.Exists)
            throw RunsErrors.NotARunFolder(folder.Path);
        if (folder.IsHeld())
            throw RunsErrors.RunStillRunning(folder.Path);
        return new RunRemoval(folder, folder.Name);
    }

    /// <summary>
    /// Deletes it, the manifest first: what is left when that fails half-way is no run any more. A file that somebody else put there stays, and the
    /// folder with it.
    /// </summary>
    /// <exception cref="GenieLoadException"><c>RunNotRemovable</c>.</exception>
    public void CarryOut()
    {
        try
        {
            foreach (string path in _folder.Files)
                File.Delete(path);
            if (!Directory.EnumerateFileSystemEntries(_folder.Path).Any())
                Directory.Delete(_folder.Path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw RunsErrors.RunNotRemovable(_folder.Path, exception);
        }
    }
}
