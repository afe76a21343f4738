namespace GenieLoad.Engine.Mlflow.Artifacts;

/// <summary>Writes files into a folder that the server, which keeps them there too, must be able to see.</summary>
internal static class LocalFiles
{
    /// <summary>Writes the files, each whole or not at all.</summary>
    /// <param name="folder">The run's folder; <c>artifacts</c> below run below experiment.</param>
    /// <param name="isServerHere">Whether the server is on this machine.</param>
    /// <param name="artifacts">The files.</param>
    /// <param name="cancellationToken">Gives up between bytes.</param>
    public static async Task<ArtifactOutcome> PutAsync(
        string folder, bool isServerHere, IReadOnlyList<Artifact> artifacts, CancellationToken cancellationToken)
    {
        // A server on another machine hands out a path of its own disk. Only where the store itself is mounted here is it ours to write.
        string? store = Path.GetDirectoryName(Path.GetDirectoryName(Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(folder))));
        if (!isServerHere && !(store is { Length: > 1 } && Directory.Exists(store)))
            return ArtifactOutcome.OutOfReach("the artifact store is a folder of the server's own machine");
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return ArtifactOutcome.OutOfReach($"the artifact store is a folder that cannot be written: {e.Message}");
        }
        foreach (Artifact artifact in artifacts)
            await WriteAsync(Path.Combine(folder, artifact.Name), artifact, cancellationToken).ConfigureAwait(false);
        return ArtifactOutcome.Done;
    }

    /// <summary>Those of the files that are in a folder.</summary>
    public static IReadOnlyDictionary<string, StoredFile> Find(string folder, IReadOnlyList<Artifact> artifacts) =>
        artifacts.Select(artifact => new FileInfo(Path.Combine(folder, artifact.Name))).Where(file => file.Exists)
            .ToDictionary(file => file.Name, StoredFile.Of, StringComparer.Ordinal);

    /// <summary>The same; <see langword="null"/> where they cannot be read.</summary>
    public static IReadOnlyDictionary<string, StoredFile>? TryFind(string folder, IReadOnlyList<Artifact> artifacts)
    {
        try
        {
            return Find(folder, artifacts);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Whole or not at all. Not flushed to the disk file by file: a thousand flushes take longer than everything else.</summary>
    private static async Task WriteAsync(string path, Artifact artifact, CancellationToken cancellationToken)
    {
        string temporary = $"{path}.{Path.GetRandomFileName()}";
        try
        {
            FileStream stream = new(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1);
            await using (stream.ConfigureAwait(false))
                await artifact.CopyToAsync(stream, cancellationToken).ConfigureAwait(false);
            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
