using GenieLoad.Engine.Runs.Archives;
using GenieLoad.Model;

namespace GenieLoad.Engine.Runs.Merging;

/// <summary>Finds the folders of runs in what somebody has collected: folders, archives, logs. What is unpacked goes with it.</summary>
internal sealed class RunSources : IDisposable
{
    // Artifacts of a pipeline lie a few folders deep.
    private const int MostDepth = 8;

    private readonly List<(RunFolder Folder, string Origin, bool IsNamed)> _found = [];
    private string? _unpacked;
    private int _places;

    /// <summary>The folders, where each came from, and whether it was named itself or found in something larger.</summary>
    public IReadOnlyList<(RunFolder Folder, string Origin, bool IsNamed)> Found => _found;

    /// <summary>Looks at a path.</summary>
    /// <param name="path">
    /// A folder of a run or its <c>run.json</c>, a folder that holds some, an archive, or a text with log blocks.
    /// </param>
    /// <exception cref="GenieLoadException"><c>NoRunFound</c>, or an error of an archive.</exception>
    public void Add(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        string full = Path.GetFullPath(path);
        int before = _found.Count;
        if (Directory.Exists(full))
            AddFolder(full);
        else if (!File.Exists(full))
            throw MergingErrors.NoRunFound(path);
        else if (Path.GetFileName(full) == "run.json")
            AddFolder(Path.GetDirectoryName(full)!);
        else if (RunArchive.IsOne(full))
            AddArchive(full, full);
        else
            AddLog(full);
        if (_found.Count == before)
            throw MergingErrors.NoRunFound(path);
    }

    /// <summary>Deletes what was unpacked.</summary>
    public void Dispose()
    {
        if (_unpacked is null)
            return;
        try
        {
            Directory.Delete(_unpacked, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A left-over temporary folder, which its owner alone can read, must not hide what became of the merge.
        }
    }

    private void AddFolder(string path)
    {
        if (new RunFolder(path).Exists)
        {
            _found.Add((new RunFolder(path), path, true));
            return;
        }
        var options = new EnumerationOptions
        {
            RecurseSubdirectories = true, MaxRecursionDepth = MostDepth, AttributesToSkip = FileAttributes.ReparsePoint,
        };
        foreach (string manifest in Directory.EnumerateFiles(path, "run.json", options).Order(StringComparer.Ordinal))
        {
            string folder = Path.GetDirectoryName(manifest)!;
            if (!MergedFolder.IsUnfinished(folder))
                _found.Add((new RunFolder(folder), folder, false));
        }
    }

    private void AddArchive(string path, string origin)
    {
        foreach (RunFolder folder in RunArchive.Unpack(path, NewPlace()))
            _found.Add((folder, origin, true));
    }

    private void AddLog(string path)
    {
        foreach (string archive in RunLogBlock.Find(path, NewPlace()))
            AddArchive(archive, path);
    }

    private string NewPlace()
    {
        _unpacked ??= Directory.CreateTempSubdirectory("genieload-merge-").FullName;
        string place = Path.Combine(_unpacked, FormattableString.Invariant($"{++_places}"));
        RunFolder.CreateForOwnerOnly(place);
        return place;
    }
}
