using GenieLoad.Engine.Addresses;

namespace GenieLoad.Engine.Http;

/// <summary>Sends what is for one origin (scheme, host, port) one way, and everything else another way.</summary>
/// <param name="origin">An address of that origin.</param>
/// <param name="own">The way to it; disposed with this.</param>
/// <param name="others">The way to all others; disposed with this.</param>
internal sealed class OriginHandler(Uri origin, HttpMessageHandler own, HttpMessageHandler others) : HttpMessageHandler
{
    private readonly HttpMessageInvoker _own = new(own);
    private readonly HttpMessageInvoker _others = new(others);

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        (WorkspaceAddress.IsSameOrigin(request.RequestUri!, origin) ? _own : _others).SendAsync(request, cancellationToken);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _own.Dispose();
            _others.Dispose();
        }
        base.Dispose(disposing);
    }
}
