
namespace GenieLoad.Engine.Mlflow.Wire;

internal sealed record ArtifactListReply(string? RootUri, IReadOnlyList<WireFile>? Files, string? NextPageToken);

internal sealed record WireFile(string? Path, bool? IsDir, long? FileSize);

internal sealed record WriteCredentialsRequest(string RunId, IReadOnlyList<string> Path, string? PageToken);

internal sealed record WriteCredentialsReply(IReadOnlyList<WireCredential>? CredentialInfos, string? NextPageToken);

internal sealed record WireCredential(string? RunId, string? Path, string? SignedUri, string? Type, IReadOnlyList<WireHeader>? Headers);

internal sealed record WireHeader(string? Name, string? Value);

internal sealed record PresignedUploadRequest(string RunId, string Path);

internal sealed record PresignedUploadReply(string? PresignedUrl, IReadOnlyDictionary<string, string>? Headers);
