using GenieLoad.Engine.Files;
using GenieLoad.Engine.Runs;
using GenieLoad.Model;

namespace GenieLoad.Engine.Sessions.Places;

/// <summary>
/// Copies the run of a shard from its place, file by file and part by part: so it needs no room on a disk that may be full.
/// </summary>
internal sealed class ShardCollection
{
    // What is a file of a run, and nothing else, becomes a file here: names from elsewhere are data, never paths. The lock is not copied:
    // its last sign of life would be taken for that of a process here.
    private static readonly HashSet<string> Known =
    [
        .. new RunFolder("run").OwnFiles.Select(path => System.IO.Path.GetFileName(path))
            .Where(name => name is not ("run.lock" or "steering-request.json")),
    ];

    private readonly string _place;
    private readonly RunFolder _folder;

    /// <summary>A copy that is begun.</summary>
    /// <param name="place">The place.</param>
    /// <param name="folder">Where it goes; files that are there already are gone on with.</param>
    public ShardCollection(string place, string folder)
    {
        _place = place;
        _folder = new RunFolder(folder);
    }

    /// <summary>Where the copy is.</summary>
    public string Path => _folder.Path;

    /// <summary>Copies what is not copied yet; after a broken connection it is called again and goes on where it was.</summary>
    /// <param name="list">Lists the files.</param>
    /// <param name="read">Reads a part of one.</param>
    /// <returns>Whether there is a run.</returns>
    /// <exception cref="GenieLoadException"><c>StrangeFile</c>, <c>FileNotWritable</c>.</exception>
    public async Task<bool> CopyAsync(Func<Task<IReadOnlyList<PlaceFile>>> list, Func<string, long, Task<byte[]>> read)
    {
        IReadOnlyList<PlaceFile> listed = await list().ConfigureAwait(false);
        PlaceFile[] files = [.. listed.Where(file => Known.Contains(file.Name)).DistinctBy(file => file.Name)];
        if (files.Length == 0)
            return false;
        if (files.FirstOrDefault(file => file.Length is < 0 or > BoundedFile.LinesSize) is { } large)
            throw PlacesErrors.StrangeFile(_place, FormattableString.Invariant($"{large.Name} has {large.Length} bytes."));
        try
        {
            _folder.Create();
            foreach (PlaceFile file in files)
                await CopyAsync(file, read).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw RunsErrors.RunFolderNotWritable(_folder.Path, exception);
        }
        return _folder.Exists;
    }

    private async Task CopyAsync(PlaceFile file, Func<string, long, Task<byte[]>> read)
    {
        string path = System.IO.Path.Combine(_folder.Path, file.Name);
        using FileStream copy = new(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read);
        copy.Seek(0, SeekOrigin.End);
        while (copy.Length < file.Length)
        {
            byte[] part = await read(file.Name, copy.Length).ConfigureAwait(false);
            if (part.Length == 0)
                throw PlacesErrors.StrangeFile(_place, FormattableString.Invariant($"{file.Name} ends before its {file.Length} bytes."));
            copy.Write(part);
            copy.Flush();
        }
    }
}
