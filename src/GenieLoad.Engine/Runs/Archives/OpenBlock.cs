using GenieLoad.Engine.Files;

namespace GenieLoad.Engine.Runs.Archives;

/// <summary>A log block whose end has not come yet. Its archive is written as its lines come.</summary>
/// <param name="runId">Id of the run, as the block names it.</param>
/// <param name="archive">The file to write.</param>
internal sealed class OpenBlock(string runId, string archive) : IDisposable
{
    private const int Quartet = 4;

    private readonly FileStream _file = OwnerFile.Open(archive, FileMode.CreateNew, FileAccess.Write, FileShare.None);
    private string _rest = "";
    private bool _isBroken;

    /// <summary>Id of the run.</summary>
    public string RunId => runId;

    /// <summary>The file.</summary>
    public string Archive => archive;

    /// <summary>Adds a line; one that is not base64 belongs to somebody else who writes into the same log.</summary>
    public void Add(string line)
    {
        if (line.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('+' or '/' or '=')))
            return;
        string text = _rest + line;
        int whole = text.Length / Quartet * Quartet;
        byte[] bytes = new byte[whole / Quartet * 3];
        if (Convert.TryFromBase64Chars(text.AsSpan(0, whole), bytes, out int count))
            _file.Write(bytes, 0, count);
        else
            _isBroken = true;
        _rest = text[whole..];
    }

    /// <summary>Ends it.</summary>
    /// <returns>Whether what came was base64 to its end, and the whole of an archive.</returns>
    public bool Close()
    {
        _file.Dispose();
        return !_isBroken && _rest.Length == 0 && RunArchive.IsWhole(archive);
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _file.Dispose();
}
