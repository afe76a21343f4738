using GenieLoad.Engine.Http;

namespace GenieLoad.Engine.Mlflow.Artifacts;

/// <summary>Brings files to where a run keeps them: the scheme of its artifact address says how, never the tracking address.</summary>
/// <param name="server">The tracking server.</param>
/// <param name="isDatabricks">Whether it is a Databricks workspace.</param>
/// <param name="skipFilesApi">Whether Databricks' Files API is not tried for runs.</param>
internal sealed class ArtifactRouter(MlflowServer server, bool isDatabricks, bool skipFilesApi)
{
    private const string ProxyPath = "/api/2.0/mlflow-artifacts/artifacts";
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
        ArtifactRoot target = RootOf(run);
        string? root = target.Scheme switch
        {
            "mlflow-artifacts" => ProxyRoot(target),
            "http" or "https" => WebRoot(target),
            "dbfs" when isDatabricks => FilesApiRoot(target),
            _ => null,
        };
        if (root is null)
            return null;
        Dictionary<string, StoredFile> found = new(StringComparer.Ordinal);
        foreach (Artifact artifact in artifacts)
        {
            Uri address = new($"{root}/{Uri.EscapeDataString(artifact.Name)}");
            // Not tried again: some servers answer 500 for a file that is missing, and the list tells it as well.
            HttpCall call = MlflowServer.Call(HttpMethod.Get, address) with
            {
                Authorization = server.AuthorizationFor(address), IsRepeatable = false,
            };
            try
            {
                found[artifact.Name] = StoredFile.Of((await server.SendAsync(call, cancellationToken).ConfigureAwait(false)).Span);
            }
            catch (ApiException)
            {
                return null;
            }
        }
        return found;
    }

    private async Task<ArtifactOutcome> RouteAsync(StoredRun run, IReadOnlyList<Artifact> artifacts, CancellationToken cancellationToken)
    {
        ArtifactRoot target = RootOf(run);
        switch (target.Scheme)
        {
            case "mlflow-artifacts":
                return await ProxyAsync(ProxyRoot(target), artifacts, cancellationToken).ConfigureAwait(false);
            case "http" or "https":
                return await ProxyAsync(WebRoot(target), artifacts, cancellationToken).ConfigureAwait(false);
            case "" or "file":
                // A server says which folder; on whose machine that is, a tunnel hides. Only a folder that the user named is written.
                return ArtifactOutcome.OutOfReach(
                    "the artifact store is a folder of the server's own machine; start the server with --serve-artifacts, "
                        + "or name the folder by -TrackingUri");
            case "dbfs" when isDatabricks && IsRunFolder(target):
                return await DatabricksRunAsync(run, FilesApiRoot(target), artifacts, cancellationToken).ConfigureAwait(false);
            case "dbfs" when isDatabricks && FilesApiRoot(target) is string volume:
                await FilesApiAsync(volume, artifacts, cancellationToken).ConfigureAwait(false);
                return ArtifactOutcome.Done;
            case "s3" when !isDatabricks:
                return await _signed.PutByPresignedUrlAsync(run, artifacts, cancellationToken).ConfigureAwait(false);
            default:
                return ArtifactOutcome.OutOfReach(
                    $"the artifact store is {target.Scheme}: storage that only accepts files from clients with their own key");
        }
    }

    private ArtifactRoot RootOf(StoredRun run) =>
        ArtifactRoot.Parse(run.ArtifactUri) ?? throw MlflowErrors.UnusableMlflowValue(server.Location, "artifact_uri", run.ArtifactUri);

    /// <summary>mlflow-artifacts:///path names no host: the tracking server's own.</summary>
    private string ProxyRoot(ArtifactRoot target) =>
        (target.Host is null ? server.Location : Other(target, server.Root.Scheme)) + ProxyPath + target.EscapedPath;

    private string WebRoot(ArtifactRoot target) => Other(target, target.Scheme) + target.EscapedPath;

    /// <summary>Origin of an address that the server names for the files; they go nowhere less safe than the server itself is.</summary>
    private string Other(ArtifactRoot target, string scheme)
    {
        string origin = $"{scheme}://{target.Host}";
        return Uri.TryCreate(origin, UriKind.Absolute, out Uri? address) && server.MaySendFilesTo(address)
            ? origin
            : throw MlflowErrors.UnusableMlflowValue(
                server.Location, "artifact_uri", $"{target.Scheme}://{target.Host}{target.EscapedPath}");
    }

    private async Task<ArtifactOutcome> ProxyAsync(string root, IReadOnlyList<Artifact> artifacts, CancellationToken cancellationToken)
    {
        foreach (Artifact artifact in artifacts)
        {
            Uri address = new($"{root}/{Uri.EscapeDataString(artifact.Name)}");
            // The answer is {} from older servers and nothing from newer ones: only the list that is read back later counts.
            await server.SendAsync(
                MlflowServer.Call(HttpMethod.Put, address) with
                {
                    Content = artifact.ToContent, Authorization = server.AuthorizationFor(address),
                },
                cancellationToken).ConfigureAwait(false);
        }
        return ArtifactOutcome.Done;
    }

    private async Task<ArtifactOutcome> DatabricksRunAsync(
        StoredRun run, string? root, IReadOnlyList<Artifact> artifacts, CancellationToken cancellationToken)
    {
        if (root is not null)
        {
            try
            {
                await FilesApiAsync(root, artifacts, cancellationToken).ConfigureAwait(false);
                return ArtifactOutcome.Done;
            }
            catch (ApiException e) when (!e.Failure.CredentialRefused)
            {
                // Not every workspace has this way. The other one begins with a call to the same host, which says what else is wrong.
                _filesApiIsOff = true;
            }
        }
        return await _signed.PutByCredentialsAsync(run, artifacts, cancellationToken).ConfigureAwait(false);
    }

    private static bool IsRunFolder(ArtifactRoot target) => target is { Host: null, Segments: ["databricks", "mlflow-tracking", ..] };

    /// <summary>Where the Files API has the files of a run; <see langword="null"/> where it has not.</summary>
    private string? FilesApiRoot(ArtifactRoot target)
    {
        string? folder = target switch
        {
            { Host: null, Segments: ["Volumes", _, ..] } => target.EscapedPath,
            { Host: null, Segments: ["databricks", "mlflow-tracking", string experiment, string runId, ..] } when !_filesApiIsOff
                && target.Segments.Count > 4 =>
                $"/WorkspaceInternal/Mlflow/Artifacts/{Uri.EscapeDataString(experiment)}/Runs/{Uri.EscapeDataString(runId)}"
                + (target with { Segments = [.. target.Segments.Skip(4)] }).EscapedPath,
            _ => null,
        };
        return folder is null ? null : $"{server.Location}/api/2.0/fs/files{folder}";
    }

    private async Task FilesApiAsync(string root, IReadOnlyList<Artifact> artifacts, CancellationToken cancellationToken)
    {
        foreach (Artifact artifact in artifacts)
        {
            Uri address = new($"{root}/{Uri.EscapeDataString(artifact.Name)}?overwrite=true");
            await server.SendAsync(
                MlflowServer.Call(HttpMethod.Put, address) with
                {
                    Content = artifact.ToContent,
                    Authorization = server.AuthorizationFor(address),
                    Headers = [KeyValuePair.Create("Content-Type", "application/octet-stream")],
                },
                cancellationToken).ConfigureAwait(false);
        }
    }
}
