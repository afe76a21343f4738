using System.Security.Cryptography;

namespace GenieLoad.Engine.Mlflow;

/// <summary>A file of a run: bytes in memory, or a part of a file on disk.</summary>
internal sealed class Artifact
{
    private readonly byte[]? _bytes;
    private readonly string? _file;
    private readonly long _offset;

    private Artifact(string name, long length, byte[]? bytes, string? file, long offset)
    {
        Name = name;
        Length = length;
        _bytes = bytes;
        _file = file;
        _offset = offset;
    }

    /// <summary>File name: letters, digits, point, hyphen and underscore only.</summary>
    public string Name { get; }

    /// <summary>Length in bytes.</summary>
    public long Length { get; }

    /// <summary>A file whose bytes are at hand.</summary>
    public static Artifact Of(string name, byte[] bytes) => new(name, bytes.Length, bytes, null, 0);

    /// <summary>A part of a file on disk, read when it is sent.</summary>
    public static Artifact Of(string name, string file, long offset, long length) => new(name, length, null, file, offset);

    /// <summary>The file in parts of at most so many bytes; an empty file has none.</summary>
    public IEnumerable<Artifact> Parts(long mostBytes)
    {
        for (long start = 0; start < Length; start += mostBytes)
            yield return new Artifact(Name, Math.Min(mostBytes, Length - start), _bytes, _file, _offset + start);
    }

    /// <summary>Copies the bytes.</summary>
    public async Task CopyToAsync(Stream target, CancellationToken cancellationToken)
    {
        foreach (ReadOnlyMemory<byte> piece in Pieces())
            await target.WriteAsync(piece, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Copies the bytes to where writing is not waited for, such as a file.</summary>
    public void CopyTo(Stream target)
    {
        foreach (ReadOnlyMemory<byte> piece in Pieces())
            target.Write(piece.Span);
    }

    /// <summary>SHA-256 of the bytes.</summary>
    public async Task<byte[]> HashAsync(CancellationToken cancellationToken)
    {
        if (_bytes is not null)
            return SHA256.HashData(_bytes.AsSpan((int)_offset, (int)Length));
        using MemoryStream copy = new((int)Length);
        await CopyToAsync(copy, cancellationToken).ConfigureAwait(false);
        return SHA256.HashData(copy.GetBuffer().AsSpan(0, (int)copy.Length));
    }

    /// <summary>The bytes, as the body of a request: always with a length, since servers store a chunked body as an empty file.</summary>
    public HttpContent ToContent() => new ArtifactContent(this);

    /// <summary>The bytes in order; each piece is good until the next is asked for.</summary>
    private IEnumerable<ReadOnlyMemory<byte>> Pieces()
    {
        if (_bytes is not null)
        {
            yield return _bytes.AsMemory((int)_offset, (int)Length);
            yield break;
        }
        using FileStream source = new(_file!, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1, useAsync: false);
        source.Position = _offset;
        byte[] buffer = new byte[(int)Math.Min(Length, 128 * 1024)];
        for (long left = Length; left > 0;)
        {
            int read = source.Read(buffer, 0, (int)Math.Min(buffer.Length, left));
            if (read == 0)
                throw new EndOfStreamException($"'{_file}' has become shorter.");
            yield return buffer.AsMemory(0, read);
            left -= read;
        }
    }
}
