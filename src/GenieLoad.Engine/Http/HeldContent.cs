using System.Net;

namespace GenieLoad.Engine.Http;

/// <summary>A body that holds its connection until it is disposed of, and then says so, once.</summary>
internal sealed class HeldContent : HttpContent
{
    private readonly HttpContent _body;
    private Action? _released;

    /// <summary>Watches a body, which is disposed with this.</summary>
    /// <param name="body">The body.</param>
    /// <param name="released">Is told.</param>
    public HeldContent(HttpContent body, Action released)
    {
        (_body, _released) = (body, released);
        foreach ((string name, IEnumerable<string> values) in body.Headers)
            Headers.TryAddWithoutValidation(name, values);
    }

    protected override Task<Stream> CreateContentReadStreamAsync() => _body.ReadAsStreamAsync();

    protected override Task<Stream> CreateContentReadStreamAsync(CancellationToken cancellationToken) =>
        _body.ReadAsStreamAsync(cancellationToken);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
        _body.CopyToAsync(stream, context, cancellationToken);

    protected override bool TryComputeLength(out long length)
    {
        length = _body.Headers.ContentLength ?? 0;
        return _body.Headers.ContentLength is not null;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _body.Dispose();
            Interlocked.Exchange(ref _released, null)?.Invoke();
        }
        base.Dispose(disposing);
    }
}
