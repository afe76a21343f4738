using System.Globalization;
using System.Text;
using GenieLoad.Engine.Http;
using GenieLoad.Engine.Mlflow.Wire;
using GenieLoad.Engine.Paging;

namespace GenieLoad.Engine.Mlflow.Artifacts;

/// <summary>Uploads straight into cloud storage, by addresses that the tracking server signs.</summary>
/// <param name="server">The tracking server.</param>
internal sealed class SignedUploads(MlflowServer server)
{
    private const long BlockBytes = 10L * 1024 * 1024;

    // What every Azure operation takes; anything else that comes with a credential belongs to some of them only and makes the others fail.
    private static readonly HashSet<string> AzureHeaders = new(StringComparer.OrdinalIgnoreCase)
    {
        "x-ms-version", "x-ms-date", "x-ms-client-request-id", "x-ms-lease-id",
        "x-ms-encryption-key", "x-ms-encryption-key-sha256", "x-ms-encryption-algorithm",
    };

    private static readonly HashSet<string> FramingHeaders = new(StringComparer.OrdinalIgnoreCase)
    {
        "Host", "Connection", "Content-Length", "Transfer-Encoding", "Expect", "Upgrade", "TE", "Trailer", "Authorization",
        "Proxy-Authorization", "Cookie",
    };

    /// <summary>Databricks: one call signs the addresses of all files of a run.</summary>
    /// <exception cref="ApiException">A call was given up.</exception>
    public async Task<ArtifactOutcome> PutByCredentialsAsync(
        StoredRun run, IReadOnlyList<Artifact> artifacts, CancellationToken cancellationToken)
    {
        Dictionary<string, WireCredential> signed = await SignAsync(run, artifacts, cancellationToken).ConfigureAwait(false);
        foreach (Artifact artifact in artifacts)
        {
            try
            {
                await UploadAsync(CredentialOf(signed, artifact), artifact, cancellationToken).ConfigureAwait(false);
            }
            catch (ApiException e) when (e.Failure.HttpStatus is 401 or 403)
            {
                // A signature lives for minutes; the files before this one may have taken longer. Once more with a fresh one.
                Dictionary<string, WireCredential> fresh = await SignAsync(run, [artifact], cancellationToken).ConfigureAwait(false);
                await UploadAsync(CredentialOf(fresh, artifact), artifact, cancellationToken).ConfigureAwait(false);
            }
        }
        return ArtifactOutcome.Done;
    }

    /// <summary>Open source with S3: one signed address for each file, where the server is new enough and has the right to sign.</summary>
    /// <exception cref="ApiException">A call was given up.</exception>
    public async Task<ArtifactOutcome> PutByPresignedUrlAsync(
        StoredRun run, IReadOnlyList<Artifact> artifacts, CancellationToken cancellationToken)
    {
        foreach (Artifact artifact in artifacts)
        {
            PresignedUploadReply reply;
            try
            {
                reply = await server.PostAsync(
                    "/api/2.0/mlflow/artifacts/presigned-upload-url", new PresignedUploadRequest(run.RunId, artifact.Name),
                    MlflowJson.Relaxed.PresignedUploadRequest, MlflowJson.Relaxed.PresignedUploadReply, cancellationToken)
                        .ConfigureAwait(false);
            }
            catch (ApiException e) when (e.Failure is { HttpStatus: 400 or 404 or 405 or 500 or 501 })
            {
                return ArtifactOutcome.OutOfReach(
                    "the artifact store is S3, and the server does not sign uploads to it (MLflow 3.12 or newer "
                        + "with rights on the bucket does)");
            }
            Uri address = SignedAddress(reply.PresignedUrl, "presigned_url");
            await SendAsync(
                HttpMethod.Put, address, artifact.ToContent, reply.Headers ?? new Dictionary<string, string>(), cancellationToken)
                .ConfigureAwait(false);
        }
        return ArtifactOutcome.Done;
    }

    private async Task<Dictionary<string, WireCredential>> SignAsync(
        StoredRun run, IReadOnlyList<Artifact> artifacts, CancellationToken cancellationToken)
    {
        Dictionary<string, WireCredential> signed = new(StringComparer.Ordinal);
        string[] paths = [.. artifacts.Select(artifact => artifact.Name)];
        PageWalk pages = server.Pages("artifacts/credentials-for-write");
        string? page = null;
        do
        {
            WriteCredentialsReply reply = await server.PostAsync(
                "/api/2.0/mlflow/artifacts/credentials-for-write", new WriteCredentialsRequest(run.RunId, paths, page),
                MlflowJson.Relaxed.WriteCredentialsRequest, MlflowJson.Relaxed.WriteCredentialsReply, cancellationToken, pages: pages)
                    .ConfigureAwait(false);
            foreach (WireCredential credential in (reply.CredentialInfos ?? []).Where(credential => credential?.Path is not null))
                signed[credential.Path!] = credential;
            page = pages.Next(reply.NextPageToken);
        }
        while (page is not null);
        return signed;
    }

    private static WireCredential CredentialOf(Dictionary<string, WireCredential> signed, Artifact artifact) =>
        signed.TryGetValue(artifact.Name, out WireCredential? credential)
            ? credential
            : throw Unusable($"no address was signed for {artifact.Name}");

    private Task UploadAsync(WireCredential credential, Artifact artifact, CancellationToken cancellationToken)
    {
        Uri address = SignedAddress(credential.SignedUri, "signed_uri");
        Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase);
        foreach (WireHeader header in (credential.Headers ?? []).Where(header => header is { Name: not null, Value: not null }))
            headers[header.Name!] = header.Value!;
        return credential.Type switch
        {
            "AWS_PRESIGNED_URL" or "GCP_SIGNED_URL" => SendAsync(HttpMethod.Put, address, artifact.ToContent, headers, cancellationToken),
            "AZURE_SAS_URI" => PutBlobAsync(address, artifact, headers, cancellationToken),
            "AZURE_ADLS_GEN2_SAS_URI" => PutDataLakeAsync(address, artifact, ForAzure(headers), cancellationToken),
            string other => throw Unusable($"an address of the unknown type {other} was signed"),
            null => throw Unusable("an address without a type was signed"),
        };
    }

    /// <summary>Azure blob: blocks, then the list that makes them a file, and says what kind of file.</summary>
    private async Task PutBlobAsync(Uri address, Artifact artifact, Dictionary<string, string> headers, CancellationToken cancellationToken)
    {
        StringBuilder list = new("<?xml version=\"1.0\" encoding=\"utf-8\"?><BlockList>");
        Dictionary<string, string> blockHeaders = ForAzure(headers, "x-ms-encryption-scope");
        blockHeaders["x-ms-blob-type"] = "BlockBlob";
        Dictionary<string, string> listHeaders = ForAzure(
            headers, "x-ms-encryption-scope", "x-ms-blob-", "x-ms-meta-", "x-ms-tags", "x-ms-access-tier");
        listHeaders.Remove("x-ms-blob-type");
        int number = 0;
        foreach (Artifact block in artifact.Parts(BlockBytes))
        {
            // All ids of a blob must have one length.
            string id = Convert.ToBase64String(Encoding.ASCII.GetBytes((number++).ToString("D8", CultureInfo.InvariantCulture)));
            await SendAsync(
                HttpMethod.Put, With(address, $"comp=block&blockid={Uri.EscapeDataString(id)}"), block.ToContent, blockHeaders,
                cancellationToken)
                .ConfigureAwait(false);
            list.Append("<Uncommitted>").Append(id).Append("</Uncommitted>");
        }
        byte[] body = Encoding.UTF8.GetBytes(list.Append("</BlockList>").ToString());
        await SendAsync(HttpMethod.Put, With(address, "comp=blocklist"), () => new ByteArrayContent(body), listHeaders, cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>Azure Data Lake: make the file, append to it, then flush; one append may flush itself.</summary>
    private async Task PutDataLakeAsync(
        Uri address, Artifact artifact, Dictionary<string, string> headers, CancellationToken cancellationToken)
    {
        await SendAsync(HttpMethod.Put, With(address, "resource=file"), Empty, headers, cancellationToken).ConfigureAwait(false);
        bool single = artifact.Length <= BlockBytes;
        long position = 0;
        foreach (Artifact part in artifact.Parts(BlockBytes))
        {
            string query = string.Create(CultureInfo.InvariantCulture, $"action=append&position={position}{(single ? "&flush=true" : "")}");
            await SendAsync(HttpMethod.Patch, With(address, query), part.ToContent, headers, cancellationToken).ConfigureAwait(false);
            position += part.Length;
        }
        if (!single)
        {
            string flush = string.Create(CultureInfo.InvariantCulture, $"action=flush&position={position}");
            await SendAsync(HttpMethod.Patch, With(address, flush), Empty, headers, cancellationToken).ConfigureAwait(false);
        }
    }

    // The signature is in the address: the server's own credential must not go there.
    private Task<ReadOnlyMemory<byte>> SendAsync(
        HttpMethod method, Uri address, Func<HttpContent> content, IReadOnlyDictionary<string, string> headers,
        CancellationToken cancellationToken) =>
        server.SendAsync(
            MlflowServer.Call(method, address) with { Content = content, Headers = [.. headers.Where(IsHarmless)] }, cancellationToken);

    /// <summary>What would make another request of ours, or no request at all, is left out; a signature never covers it.</summary>
    private static bool IsHarmless(KeyValuePair<string, string> header) =>
        !FramingHeaders.Contains(header.Key) && header.Value is not null && header.Value.All(c => c is >= ' ' and <= '~');

    /// <summary>Those that an operation takes.</summary>
    /// <param name="headers">All that came with a credential.</param>
    /// <param name="more">Beginnings of those that this operation takes beside the common ones.</param>
    private static Dictionary<string, string> ForAzure(Dictionary<string, string> headers, params string[] more) =>
        headers.Where(header => AzureHeaders.Contains(header.Key)
                || more.Any(beginning => header.Key.StartsWith(beginning, StringComparison.OrdinalIgnoreCase)))
            .ToDictionary(StringComparer.OrdinalIgnoreCase);

    private static ByteArrayContent Empty() => new([]);

    // The signature covers the address as it was signed: the query is added to, never rewritten.
    private static Uri With(Uri address, string query) => new($"{address.OriginalString}{(address.Query.Length > 0 ? "&" : "?")}{query}");

    private Uri SignedAddress(string? text, string field) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? address) && address.Host.Length > 0 && address.UserInfo.Length == 0
            && server.MayUploadTo(address)
            ? address
            : throw Unusable($"{field} is no https address");

    private static ApiException Unusable(string reason) =>
        new("credentials-for-write", new ApiFailure(FailureKind.Rejected, "UNUSABLE_CREDENTIAL", reason));
}
