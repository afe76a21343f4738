using System.Net;
using System.Net.Http.Headers;

namespace GenieLoad.Engine.Genie;

/// <summary>
/// A JSON body that knows whether any of it was handed to the transport. As long as it was not, the service cannot have accepted the
/// request, and it may be sent again.
/// </summary>
/// <param name="json">UTF-8 JSON.</param>
internal sealed class TrackedContent(byte[] json) : HttpContent
{
    /// <summary>Whether the body began to be written.</summary>
    public bool Started { get; private set; }

    public static TrackedContent Create(byte[] json)
    {
        var content = new TrackedContent(json);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json") { CharSet = "utf-8" };
        return content;
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        Started = true;
        await stream.WriteAsync(json, cancellationToken).ConfigureAwait(false);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = json.Length;
        return true;
    }
}
