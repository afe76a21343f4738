using Microsoft.Extensions.Logging;

namespace GenieLoad.Engine.Http;

/// <summary>
/// Says so, once, where more calls are under way than there may be connections: those beyond wait for one that is free, and nothing
/// of their times tells that wait from the service's own.
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
                + "DetectionSeconds and FetchSeconds. Ask fewer questions at once, or raise the limit of open files (ulimit -n)",
                connections);
        }
        try
        {
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Decrement(ref _calls);
        }
    }
}
