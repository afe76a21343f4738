using System.Security.Cryptography;

namespace GenieLoad.Engine.Mlflow;

/// <summary>A file of a run: bytes in memory, or a part of a file on disk.</summary>
internal sealed class Artifact
{
    private readonly byte[]? _bytes;
    private readonly FileStream? _file;
    private readonly long _offset;

    private Artifact(string name, long length, byte[]? bytes, FileStream? file, long offset)
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

    /// <summary>A part of a file on disk, read when it is sent; the file is to stay open, and its position is not used.</summary>
    public static Artifact Of(string name, FileStream file, long offset, long length) => new(name, length, null, file, offset);

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
    public byte[] Hash()
    {
        if (_bytes is not null)
            return SHA256.HashData(_bytes.AsSpan((int)_offset, (int)Length));
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (ReadOnlyMemory<byte> piece in Pieces())
            hash.AppendData(piece.Span);
        return hash.GetHashAndReset();
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
        byte[] buffer = new byte[(int)Math.Min(Length, 128 * 1024)];
        for (long left = Length; left > 0;)
        {
            int read = RandomAccess.Read(
                _file!.SafeFileHandle, buffer.AsSpan(0, (int)Math.Min(buffer.Length, left)), _offset + Length - left);
            if (read == 0)
                throw new EndOfStreamException($"'{_file.Name}' has become shorter.");
            yield return buffer.AsMemory(0, read);
            left -= read;
        }
    }
}
