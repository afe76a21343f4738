using System.Text.RegularExpressions;
using GenieLoad.Engine.Files;
using GenieLoad.Model;

namespace GenieLoad.Engine.Runs;

/// <summary>
/// Deletes a run: its folder, and only what GenieLoad itself put there. That is a folder whose <c>run.json</c> reads as a run; or, in the
/// store and under a run's id, one that holds nothing but our own files: what a process leaves that is killed before it writes the
/// manifest, or a disk that loses it.
/// </summary>
public sealed partial class RunRemoval
{
    private readonly RunStore? _store;
    private readonly string[] _own;

    private RunRemoval(RunFolder folder, RunStore? store, string[] own, IReadOnlyList<string> strangers, string runId, string subject)
    {
        Folder = folder;
        _store = store;
        _own = own;
        Strangers = strangers;
        RunId = runId;
        Subject = subject;
    }

    /// <summary>Its folder.</summary>
    public RunFolder Folder { get; }

    /// <summary>Id of the run.</summary>
    public string RunId { get; }

    /// <summary>What is to be deleted, in words: a run, a damaged run, or what is left of one.</summary>
    public string Subject { get; }

    /// <summary>Names of what GenieLoad did not write, or not as a file: it stays, and the folder with it.</summary>
    public IReadOnlyList<string> Strangers { get; }

    /// <summary>Looks whether a run can be deleted; nothing is deleted yet.</summary>
    /// <param name="folder">Its folder.</param>
    /// <param name="store">The store in which what is left of a run may be deleted too; none without it.</param>
    /// <param name="expectedRunId">Id of the run that must be in there; any without it.</param>
    /// <exception cref="GenieLoadException">
    /// <c>NotARunFolder</c>, <c>RunIsALink</c>, <c>RunNotRecognized</c>, <c>RunFormatTooNew</c>, <c>RunIsAnother</c>,
    /// <c>RunStillRunning</c>, <c>RunNotRemovable</c>.
    /// </exception>
    public static RunRemoval Of(RunFolder folder, RunStore? store = null, string? expectedRunId = null)
    {
        ArgumentNullException.ThrowIfNull(folder);
        if (new DirectoryInfo(folder.Path).LinkTarget is { } target)
            throw RunsErrors.RunIsALink(folder.Path, target);
        if (!Directory.Exists(folder.Path))
            throw RunsErrors.NotARunFolder(folder.Path);
        (string[] own, string[] strangers) = Content(folder);
        bool isLeftover = strangers.Length == 0 && store?.HasPlaceFor(folder) == true;
        (string runId, string subject) = Recognize(folder, own, strangers, isLeftover);
        if (expectedRunId is not null && runId != expectedRunId)
            throw RunsErrors.RunIsAnother(folder.Path, runId, expectedRunId);
        if (folder.IsHeld())
            throw RunsErrors.RunStillRunning(folder.Path);
        return new RunRemoval(folder, store, own, strangers, runId, subject);
    }

    /// <summary>
    /// Deletes it, the manifest first: what is left when that fails half-way is no run any more. What somebody else put there stays, and
    /// the folder with it.
    /// </summary>
    /// <exception cref="GenieLoadException">
    /// As <see cref="Of"/>: a person may have taken a while to agree, and the folder is looked at again.
    /// </exception>
    public void CarryOut()
    {
        RunRemoval now = Of(Folder, _store, RunId);
        try
        {
            // Nobody resumes it meanwhile, and afterwards there is nothing to resume.
            string lockName = Path.GetFileName(Folder.LockPath);
            using (now.Strangers.Contains(lockName) ? null : RunLock.Take(Folder, TimeProvider.System))
            {
                foreach (string name in now._own.Where(name => name != lockName))
                    File.Delete(Path.Combine(Folder.Path, name));
            }
            if (!now.Strangers.Contains(lockName))
                File.Delete(Folder.LockPath);
            if (!Directory.EnumerateFileSystemEntries(Folder.Path).Any())
                Directory.Delete(Folder.Path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw RunsErrors.RunNotRemovable(Folder.Path, exception);
        }
    }

    private static (string RunId, string Subject) Recognize(RunFolder folder, string[] own, string[] strangers, bool isLeftover)
    {
        if (!own.Contains(Path.GetFileName(folder.ManifestPath)))
            return isLeftover ? (folder.Name, $"what is left of run {folder.Name}") : throw RunsErrors.NotARunFolder(folder.Path);
        try
        {
            string runId = RunReader.Identify(folder).RunId;
            return (runId, $"run {runId}");
        }
        catch (GenieLoadException exception) when (exception.ErrorId == nameof(RunsErrors.RunUnreadable))
        {
            return isLeftover
                ? (folder.Name, $"damaged run {folder.Name}")
                : throw RunsErrors.RunNotRecognized(folder.Path, exception.Message, strangers, exception);
        }
    }

    /// <summary>
    /// Parts what is in the folder. Ours is a file on a disk under one of our names: a link would lead elsewhere, and we make none. The
    /// manifest comes first and the lock last.
    /// </summary>
    private static (string[] Own, string[] Strangers) Content(RunFolder folder)
    {
        try
        {
            string[] names = [.. folder.OwnFiles.Select(path => Path.GetFileName(path))];
            ILookup<bool, string> found = Directory.EnumerateFileSystemEntries(folder.Path).Select(path => Path.GetFileName(path))
                .Order(StringComparer.Ordinal)
                .ToLookup(name => (names.Contains(name) || IsHalfWritten(name, names))
                    && FileKind.IsOwnFile(Path.Combine(folder.Path, name)));
            return ([.. found[true].OrderBy(name => Array.IndexOf(names, name) is >= 0 and int place ? place : 1)], [.. found[false]]);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw RunsErrors.RunNotRemovable(folder.Path, exception);
        }
    }

    /// <summary>
    /// Whether a file is what <see cref="AtomicFile"/> leaves when its process is killed before it moves the file into place.
    /// </summary>
    private static bool IsHalfWritten(string name, string[] names) =>
        TemporaryName().Match(name) is { Success: true } match && names.Contains(match.Groups["name"].Value);

    [GeneratedRegex(@"^\.(?<name>.+)\.[a-z0-9]{8}\.[a-z0-9]{3}\z", RegexOptions.CultureInvariant)]
    private static partial Regex TemporaryName();
}
