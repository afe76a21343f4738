using System.Net.Http.Headers;
using GenieLoad.Engine.Randomness;

namespace GenieLoad.Engine.Tests.Campaign;

/// <summary>What the network between GenieLoad and the simulator does to calls.</summary>
internal sealed record NetworkTrouble
{
    /// <summary>Share of calls whose host has no address.</summary>
    public double DnsShare { get; init; }

    /// <summary>Share of calls without a secure connection.</summary>
    public double TlsShare { get; init; }

    /// <summary>Share of calls that are refused.</summary>
    public double ConnectShare { get; init; }

    /// <summary>Share of answers that stop anywhere, with a length as if they were whole.</summary>
    public double CutShare { get; init; }

    /// <summary>Share of answers in whose place somebody's login page comes, with 200.</summary>
    public double PageShare { get; init; }

    /// <summary>Share of calls that are answered, and the answer gets lost.</summary>
    public double SilenceShare { get; init; }

    /// <summary>When there is no network, in seconds from the start; <see langword="null"/> for always there.</summary>
    public double? OfflineFrom { get; init; }

    /// <summary>For how many seconds.</summary>
    public double OfflineFor { get; init; }

    /// <summary>The network before a service.</summary>
    public HttpMessageHandler Before(HttpMessageHandler service, TimeProvider time, int seed) => new Handler(this, service, time, seed);

    private sealed class Handler(NetworkTrouble trouble, HttpMessageHandler service, TimeProvider time, int seed)
        : DelegatingHandler(service)
    {
        private readonly SeededRandom _random = SeededRandom.For(seed, "network", 0);
        private readonly long _start = time.GetTimestamp();

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            (double fate, double where) = Draw();
            if (IsOffline || (fate -= trouble.DnsShare) < 0)
                throw new HttpRequestException(HttpRequestError.NameResolutionError, "No such host is known.");
            if ((fate -= trouble.TlsShare) < 0)
                throw new HttpRequestException(HttpRequestError.SecureConnectionError, "The SSL connection could not be established.");
            if ((fate -= trouble.ConnectShare) < 0)
                throw new HttpRequestException(HttpRequestError.ConnectionError, "Connection refused.");
            HttpResponseMessage response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
            if (IsOffline)
                throw new HttpRequestException(
                    HttpRequestError.Unknown, "The connection broke.", new IOException("Connection reset by peer"));
            if ((fate -= trouble.CutShare) < 0)
                return await CutAsync(response, where, cancellationToken).ConfigureAwait(false);
            if ((fate -= trouble.PageShare) < 0)
                response.Content = new StringContent("<html><title>Sign in</title></html>", new MediaTypeHeaderValue("text/html"));
            else if (fate - trouble.SilenceShare < 0)
                await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken).ConfigureAwait(false);
            return response;
        }

        private bool IsOffline =>
            trouble.OfflineFrom is double from && time.GetElapsedTime(_start).TotalSeconds - from is double since && since >= 0
                && since < trouble.OfflineFor;

        private (double Fate, double Where) Draw()
        {
            lock (_random)
                return (_random.NextDouble(), _random.NextDouble());
        }

        private static async Task<HttpResponseMessage> CutAsync(
            HttpResponseMessage response, double where, CancellationToken cancellationToken)
        {
            byte[] body = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
            response.Content = new ByteArrayContent(body, 0, (int)(body.Length * where));
            return response;
        }
    }
}
