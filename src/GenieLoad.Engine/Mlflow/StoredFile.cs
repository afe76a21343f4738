using System.Security.Cryptography;
using GenieLoad.Engine.Files;

namespace GenieLoad.Engine.Mlflow;

/// <summary>A file as a store gives it back.</summary>
/// <param name="Length">Length in bytes.</param>
/// <param name="Hash">SHA-256 of its content; <see langword="null"/> where the store told its length only.</param>
internal sealed record StoredFile(long Length, byte[]? Hash = null)
{
    /// <summary>Longest file that is fetched to be compared, in bytes; beyond it the length has to do.</summary>
    public const long MostBytesCompared = 4 * 1024 * 1024;

    /// <summary>A file whose bytes are at hand.</summary>
    public static StoredFile Of(ReadOnlySpan<byte> content) => new(content.Length, SHA256.HashData(content));

    /// <summary>A file on disk, hashed as long as it is not too long.</summary>
    public static StoredFile Of(FileInfo file)
    {
        if (file.Length > MostBytesCompared)
            return new StoredFile(file.Length);
        using Stream stream = BoundedFile.OpenRead(file.FullName, MostBytesCompared);
        return new StoredFile(file.Length, SHA256.HashData(stream));
    }

    /// <summary>Whether this is that file.</summary>
    public bool Is(Artifact artifact) =>
        Length == artifact.Length && (Hash is null || artifact.Hash().AsSpan().SequenceEqual(Hash));
}
