using System.Net;

namespace GenieLoad.Engine.Mlflow;

/// <summary>A file as the body of a request, with its length.</summary>
/// <param name="artifact">The file.</param>
internal sealed class ArtifactContent(Artifact artifact) : HttpContent
{
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
        artifact.CopyToAsync(stream, cancellationToken);

    protected override bool TryComputeLength(out long length)
    {
        length = artifact.Length;
        return true;
    }
}
