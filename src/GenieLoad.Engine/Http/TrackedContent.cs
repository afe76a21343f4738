using System.Net;

namespace GenieLoad.Engine.Http;

/// <summary>
/// A body that knows whether any of it was handed to the transport. As long as it was not, the service cannot have accepted the request,
/// and it may be sent again.
/// </summary>
internal sealed class TrackedContent : HttpContent
{
    private readonly HttpContent _body;

    /// <summary>Tracks a body, which is disposed with this.</summary>
    public TrackedContent(HttpContent body)
    {
        _body = body;
        foreach ((string name, IEnumerable<string> values) in body.Headers)
            Headers.TryAddWithoutValidation(name, values);
    }

    /// <summary>Whether the body began to be written.</summary>
    public bool Started { get; private set; }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        Started = true;
        return _body.CopyToAsync(stream, context, cancellationToken);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _body.Headers.ContentLength ?? 0;
        return _body.Headers.ContentLength is not null;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _body.Dispose();
        base.Dispose(disposing);
    }
}
