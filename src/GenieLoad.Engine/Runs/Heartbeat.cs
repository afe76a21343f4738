using System.Text.Json;

namespace GenieLoad.Engine.Runs;

/// <summary>What <c>run.lock</c> holds: who runs the run, his last sign of life, and how far questions may have been sent.</summary>
internal sealed record Heartbeat
{
    /// <summary>
    /// Length of the text in bytes, blanks at its end included: one sector of a disk, which is written whole or not at all.
    /// </summary>
    public const int Length = 512;

    /// <summary>How long a sign of life is one.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromSeconds(30);

    /// <summary>Name of the machine; <see langword="null"/> when nobody runs it.</summary>
    public string? Host { get; init; }

    /// <summary>Number of the process; <see langword="null"/> when nobody runs it.</summary>
    public int? ProcessId { get; init; }

    /// <summary>Tells two takers of one process apart.</summary>
    public Guid? Taker { get; init; }

    /// <summary>Last sign of life, UTC; <see langword="null"/> when nobody runs it.</summary>
    public DateTime? At { get; init; }

    /// <summary>Whether the file is locked as well: whoever gets the lock then knows that the process is gone.</summary>
    public bool? Locked { get; init; }

    /// <summary>Questions sent so far.</summary>
    public int? SentCount { get; init; }

    /// <summary>No question has been sent later than so many seconds of the run.</summary>
    public double? SentUntilSeconds { get; init; }

    /// <summary>Whether it has to be taken for that of a living process, by somebody who was not kept out by a lock.</summary>
    /// <param name="now">Now, UTC.</param>
    /// <param name="locksWork">Whether locks work for whoever asks.</param>
    public bool IsAlive(DateTime now, bool locksWork) =>
        At is { } at && now - at < Fresh && (!locksWork || Locked != true || Host != Environment.MachineName);

    /// <summary>The file's text.</summary>
    public byte[] ToBytes()
    {
        byte[] text = JsonSerializer.SerializeToUtf8Bytes(this, RunJson.Lines.Heartbeat);
        byte[] padded = new byte[Math.Max(Length, text.Length + 1)];
        padded.AsSpan().Fill((byte)' ');
        text.CopyTo(padded, 0);
        padded[^1] = (byte)'\n';
        return padded;
    }

    /// <summary>Reads a lock file; <see langword="null"/> where it holds none, as in folders of earlier versions.</summary>
    public static Heartbeat? Read(FileStream file) => Of(TextOf(file));

    /// <summary>The text of a lock file.</summary>
    public static byte[] TextOf(FileStream file)
    {
        byte[] text = new byte[Length];
        return text[..RandomAccess.Read(file.SafeFileHandle, text, 0)];
    }

    /// <summary>What the text says; <see langword="null"/> where it says nothing.</summary>
    public static Heartbeat? Of(ReadOnlySpan<byte> text)
    {
        try
        {
            Heartbeat? read = JsonSerializer.Deserialize(text, RunJson.Lines.Heartbeat);
            return read?.SentUntilSeconds is double.NaN or < 0 ? null : read;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
