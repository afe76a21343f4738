using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using GenieLoad.Engine.Files;

namespace GenieLoad.Engine.Runs;

/// <summary>One growing file of a run folder. Not thread-safe: the journal's one writer owns it.</summary>
/// <param name="stream">Where the lines go.</param>
internal sealed class JournalFile(FileStream stream) : IDisposable
{
    private const byte NewLine = (byte)'\n';

    // What one huge line took is given back.
    private const int MostKept = 1 << 20;

    private ArrayBufferWriter<byte> _line = new();
    private bool _dirty;

    /// <summary>
    /// Cuts off what follows the last line break: its writer died in the middle of that line. A missing file is left missing.
    /// </summary>
    public static void CutTornLine(string path)
    {
        if (!File.Exists(path))
            return;
        BoundedFile.RefusePipeOrDevice(path);
        using FileStream file = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
        file.SetLength(TornLine.EndOfWhole(file));
    }

    /// <summary>Adds a value as one line of JSON.</summary>
    public void WriteJson<T>(T value, JsonTypeInfo<T> type) => WriteJson(writer => JsonSerializer.Serialize(writer, value, type));

    /// <summary>Adds what the action writes as one line of JSON.</summary>
    public void WriteJson(Action<Utf8JsonWriter> write)
    {
        try
        {
            using (Utf8JsonWriter writer = new(_line, new JsonWriterOptions { Encoder = RunJson.Lines.Options.Encoder }))
                write(writer);
        }
        catch
        {
            // Half a line must not stand before the next.
            _line = new ArrayBufferWriter<byte>();
            throw;
        }
        WriteLine();
    }

    /// <summary>Adds a line of text.</summary>
    public void WriteText(string line)
    {
        Encoding.UTF8.GetBytes(line, _line);
        WriteLine();
    }

    /// <summary>Hands everything to the operating system, where it survives the death of this process.</summary>
    public void Flush()
    {
        if (!_dirty)
            return;
        stream.Flush();
        _dirty = false;
    }

    /// <summary>Hands everything to the disk, where it survives the death of the machine.</summary>
    public void FlushToDisk()
    {
        stream.Flush(flushToDisk: true);
        _dirty = false;
    }

    /// <summary>Finds out whether the file is where it was opened; one that was deleted takes every line, and keeps none.</summary>
    /// <exception cref="Model.GenieLoadException"><c>RunFolderGone</c>.</exception>
    public void RequirePlace()
    {
        if (!FilePlace.Holds(stream))
            throw RunsErrors.RunFolderGone(stream.Name);
    }

    /// <summary>Closes the file. What a full disk keeps from being written has been reported before.</summary>
    public void Dispose()
    {
        try
        {
            stream.Dispose();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The journal has failed on the same trouble and has said so.
        }
    }

    private void WriteLine()
    {
        _line.GetSpan(1)[0] = NewLine;
        _line.Advance(1);
        stream.Write(_line.WrittenSpan);
        if (_line.Capacity > MostKept)
            _line = new ArrayBufferWriter<byte>();
        else
            _line.ResetWrittenCount();
        _dirty = true;
    }
}
