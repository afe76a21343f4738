using Microsoft.Extensions.Logging;

namespace GenieLoad.Engine.Http;

/// <summary>
/// Says so, once, where more calls are under way than there may be connections: those beyond wait for one that is free, and nothing
/// of their times tells that wait from the service's own. A stream is under way until it is closed.
/// </summary>
/// <param name="network">The way to the service.</param>
/// <param name="connections">Connections that it may have.</param>
/// <param name="log">Is told.</param>
internal sealed class ConnectionQueue(HttpMessageHandler network, int connections, ILogger log) : DelegatingHandler(network)
{
    private int _calls;
    private int _isTold;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref _calls) > connections && Interlocked.Exchange(ref _isTold, 1) == 0)
        {
            log.LogWarning(
                "More than {Connections} calls at once: further ones wait for a free connection, and their waits count in SubmitSeconds, "
                + "DetectionSeconds and FetchSeconds, and in agent mode in every time from the send on, such as AcknowledgedSeconds and "
                + "FirstItemSeconds. Ask fewer questions at once, or raise the limit of open files (ulimit -n)",
                connections);
        }
        bool isHeld = false;
        try
        {
            HttpResponseMessage response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
            // A connection of HTTP/2 carries many streams.
            if (response.Version.Major < 2 && request is StreamRequest)
            {
                response.Content = new HeldContent(response.Content, () => Interlocked.Decrement(ref _calls));
                isHeld = true;
            }
            return response;
        }
        finally
        {
            if (!isHeld)
                Interlocked.Decrement(ref _calls);
        }
    }
}
