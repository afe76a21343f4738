using System.Text.Json;
using GenieLoad.Engine.Files;
using GenieLoad.Engine.Runs;
using GenieLoad.Model;

namespace GenieLoad.Engine.Mlflow;

/// <summary>
/// The responses of a run on disk: where each question's line begins, so that none need be in memory before it is sent. Open until it is
/// disposed, since each line is read twice.
/// </summary>
internal sealed class ResponseFile : IDisposable
{
    private readonly FileStream _file;
    private readonly Dictionary<int, (long Offset, long Length)> _lines;
    private readonly long _wholeLength;

    private ResponseFile(FileStream file, Dictionary<int, (long Offset, long Length)> lines, long wholeLength)
    {
        _file = file;
        _lines = lines;
        _wholeLength = wholeLength;
    }

    /// <summary>The responses of a run; <see langword="null"/> when its folder is not on this machine or holds none.</summary>
    public static ResponseFile? Find(LoadRun run)
    {
        string? path = run.RunPath is null ? null : new RunFolder(run.RunPath).ResponsesPath;
        return File.Exists(path) && !FileKind.IsPipeOrDevice(path) ? Read(path) : null;
    }

    /// <summary>All responses, a torn last line left out.</summary>
    public Artifact Whole(string name) => Artifact.Of(name, _file, 0, _wholeLength);

    /// <summary>One question's response; <see langword="null"/> where there is none.</summary>
    public Artifact? Line(string name, int index) =>
        _lines.TryGetValue(index, out (long Offset, long Length) line) ? Artifact.Of(name, _file, line.Offset, line.Length) : null;

    public void Dispose() => _file.Dispose();

    private static ResponseFile Read(string path)
    {
        FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1);
        try
        {
            return Read(stream);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    private static ResponseFile Read(FileStream stream)
    {
        Dictionary<int, (long, long)> lines = [];
        byte[] buffer = new byte[256 * 1024];
        // The index stands at the head of its line, so the head is all that is parsed.
        byte[] head = new byte[256];
        int headLength = 0;
        long lineStart = 0;
        long position = 0;
        for (int read; (read = stream.Read(buffer)) > 0;)
        {
            ReadOnlySpan<byte> rest = buffer.AsSpan(0, read);
            while (rest.Length > 0)
            {
                int end = rest.IndexOf((byte)'\n');
                ReadOnlySpan<byte> piece = end < 0 ? rest : rest[..end];
                int taken = Math.Min(piece.Length, head.Length - headLength);
                piece[..taken].CopyTo(head.AsSpan(headLength));
                headLength += taken;
                position += piece.Length;
                if (end < 0)
                    break;
                if (IndexOf(head.AsSpan(0, headLength)) is int index)
                    lines[index] = (lineStart, position - lineStart);
                lineStart = ++position;
                headLength = 0;
                rest = rest[(end + 1)..];
            }
        }
        return new ResponseFile(stream, lines, lineStart);
    }

    private static int? IndexOf(ReadOnlySpan<byte> head)
    {
        try
        {
            var reader = new Utf8JsonReader(head, isFinalBlock: false, default);
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1 && reader.ValueTextEquals("index"u8))
                    return reader.Read() && reader.TryGetInt32(out int index) ? index : null;
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // A line that is not what it should be has no question; it is still part of the whole file.
        }
        return null;
    }
}
