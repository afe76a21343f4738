using GenieLoad.Engine.Genie;

namespace GenieLoad.Engine.Mlflow.Artifacts;

/// <summary>Brings files to where a run keeps them: the scheme of its artifact address says how, never the tracking address.</summary>
/// <param name="server">The tracking server.</param>
/// <param name="isDatabricks">Whether it is a Databricks workspace.</param>
/// <param name="skipFilesApi">Whether Databricks' Files API is not tried for runs.</param>
internal sealed class ArtifactRouter(MlflowServer server, bool isDatabricks, bool skipFilesApi)
{
    private const string ProxyPath = "/api/2.0/mlflow-artifacts/artifacts";
    private const string RunRoot = "/databricks/mlflow-tracking/";
    private const string VolumeRoot = "/Volumes/";

    private readonly SignedUploads _signed = new(server);
    private volatile bool _filesApiIsOff = skipFilesApi;

    /// <summary>Writes the files of a run.</summary>
    /// <exception cref="Model.GenieLoadException">The store is the right one, and refuses or cannot be reached.</exception>
    public Task<ArtifactOutcome> PutAsync(StoredRun run, IReadOnlyList<Artifact> artifacts, CancellationToken cancellationToken) =>
        server.ExplainAsync("store a file", () => RouteAsync(run, artifacts, cancellationToken));

    /// <summary>The files themselves, where the server gives them to us; <see langword="null"/> where one of them cannot be had.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async Task<IReadOnlyDictionary<string, StoredFile>?> FetchAsync(
        StoredRun run, IReadOnlyList<Artifact> artifacts, CancellationToken cancellationToken)
    {
        (string scheme, string rest) = Split(run.ArtifactUri);
        if (scheme is "" or "file")
            return WorkspaceAddress.IsLoopback(server.Root) ? LocalFiles.TryFind(LocalPath(scheme, run), artifacts) : null;
        string? root = scheme switch
        {
            "mlflow-artifacts" => ProxyRoot(rest),
            "http" or "https" => run.ArtifactUri.TrimEnd('/'),
            "dbfs" when isDatabricks => FilesApiFolder(rest) is string folder ? FilesApiRoot(folder) : null,
            _ => null,
        };
        if (root is null)
            return null;
        Dictionary<string, StoredFile> found = new(StringComparer.Ordinal);
        foreach (Artifact artifact in artifacts)
        {
            Uri address = new($"{root}/{Uri.EscapeDataString(artifact.Name)}");
            // Not tried again: some servers answer 500 for a file that is missing, and the list tells it as well.
            var call = new MlflowCall(HttpMethod.Get, address) { Authorize = server.AuthorizationFor(address), IsRepeatable = false };
            try
            {
                found[artifact.Name] = StoredFile.Of(await server.SendAsync(call, cancellationToken).ConfigureAwait(false));
            }
            catch (MlflowCallException)
            {
                return null;
            }
        }
        return found;
    }

    private async Task<ArtifactOutcome> RouteAsync(StoredRun run, IReadOnlyList<Artifact> artifacts, CancellationToken cancellationToken)
    {
        (string scheme, string rest) = Split(run.ArtifactUri);
        switch (scheme)
        {
            case "mlflow-artifacts":
                return await ProxyAsync(ProxyRoot(rest), artifacts, cancellationToken).ConfigureAwait(false);
            case "http" or "https":
                return await ProxyAsync(run.ArtifactUri.TrimEnd('/'), artifacts, cancellationToken).ConfigureAwait(false);
            case "" or "file":
                return await LocalFiles.PutAsync(
                    LocalPath(scheme, run),
                    WorkspaceAddress.IsLoopback(server.Root), artifacts, cancellationToken).ConfigureAwait(false);
            case "dbfs" when isDatabricks && rest.StartsWith(RunRoot, StringComparison.Ordinal):
                return await DatabricksRunAsync(run, FilesApiFolder(rest), artifacts, cancellationToken).ConfigureAwait(false);
            case "dbfs" when isDatabricks && rest.StartsWith(VolumeRoot, StringComparison.Ordinal):
                await FilesApiAsync(rest, artifacts, cancellationToken).ConfigureAwait(false);
                return ArtifactOutcome.Done;
            case "s3" when !isDatabricks:
                return await _signed.PutByPresignedUrlAsync(run, artifacts, cancellationToken).ConfigureAwait(false);
            default:
                return ArtifactOutcome.OutOfReach(
                    $"the artifact store is {scheme}: storage, which takes files only from clients with a key of their own");
        }
    }

    private static string LocalPath(string scheme, StoredRun run) => scheme == "file" ? new Uri(run.ArtifactUri).LocalPath : run.ArtifactUri;

    private string ProxyRoot(string rest)
    {
        if (!rest.StartsWith("//", StringComparison.Ordinal))
            return server.Location + ProxyPath + Escape(rest);
        string hostAndPath = rest[2..];
        int slash = hostAndPath.IndexOf('/', StringComparison.Ordinal);
        (string host, string path) = slash < 0 ? (hostAndPath, "") : (hostAndPath[..slash], hostAndPath[slash..]);
        // mlflow-artifacts:///path names no host: the tracking server's own.
        return (host.Length == 0 ? server.Location : $"{server.Root.Scheme}://{host}") + ProxyPath + Escape(path);
    }

    private async Task<ArtifactOutcome> ProxyAsync(string root, IReadOnlyList<Artifact> artifacts, CancellationToken cancellationToken)
    {
        foreach (Artifact artifact in artifacts)
        {
            Uri address = new($"{root}/{Uri.EscapeDataString(artifact.Name)}");
            // The answer is {} from older servers and nothing from newer ones: only the list that is read back later counts.
            await server.SendAsync(
                new MlflowCall(HttpMethod.Put, address) { Content = artifact.ToContent, Authorize = server.AuthorizationFor(address) },
                cancellationToken).ConfigureAwait(false);
        }
        return ArtifactOutcome.Done;
    }

    private async Task<ArtifactOutcome> DatabricksRunAsync(
        StoredRun run, string? folder, IReadOnlyList<Artifact> artifacts, CancellationToken cancellationToken)
    {
        if (folder is not null)
        {
            try
            {
                await FilesApiAsync(folder, artifacts, cancellationToken).ConfigureAwait(false);
                return ArtifactOutcome.Done;
            }
            catch (MlflowCallException e) when (!e.Failure.TokenRefused)
            {
                // Not every workspace has this way. The other one begins with a call to the same host, which says what else is wrong.
                _filesApiIsOff = true;
            }
        }
        return await _signed.PutByCredentialsAsync(run, artifacts, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Where the Files API has the files of a run; <see langword="null"/> where it has not.</summary>
    private string? FilesApiFolder(string rest)
    {
        if (rest.StartsWith(VolumeRoot, StringComparison.Ordinal))
            return rest;
        return !_filesApiIsOff && rest.StartsWith(RunRoot, StringComparison.Ordinal)
            && rest[RunRoot.Length..].Split('/', 3) is [string experiment, string runId, string folder]
            ? $"/WorkspaceInternal/Mlflow/Artifacts/{experiment}/Runs/{runId}/{folder}"
            : null;
    }

    private string FilesApiRoot(string folder) => $"{server.Location}/api/2.0/fs/files{Escape(folder.TrimEnd('/'))}";

    private async Task FilesApiAsync(string folder, IReadOnlyList<Artifact> artifacts, CancellationToken cancellationToken)
    {
        foreach (Artifact artifact in artifacts)
        {
            Uri address = new($"{FilesApiRoot(folder)}/{Uri.EscapeDataString(artifact.Name)}?overwrite=true");
            await server.SendAsync(
                new MlflowCall(HttpMethod.Put, address)
                {
                    Content = artifact.ToContent,
                    Authorize = server.AuthorizationFor(address),
                    Headers = [KeyValuePair.Create("Content-Type", "application/octet-stream")],
                },
                cancellationToken).ConfigureAwait(false);
        }
    }

    private static string Escape(string path)
    {
        string escaped = string.Join('/', path.Trim('/').Split('/').Select(Uri.EscapeDataString));
        return escaped.Length == 0 ? "" : "/" + escaped;
    }

    /// <summary>Scheme and rest; a drive letter is no scheme.</summary>
    private static (string Scheme, string Path) Split(string uri)
    {
        int colon = uri.IndexOf(':', StringComparison.Ordinal);
        return colon < 2 ? ("", uri) : (uri[..colon].ToLowerInvariant(), uri[(colon + 1)..]);
    }
}
