using GenieLoad.Engine.Http.Retries;

namespace GenieLoad.Engine.Http;

/// <summary>How a service is talked to.</summary>
/// <param name="Retry">How failed calls are tried again.</param>
/// <param name="AttemptSeconds">Most seconds of one attempt.</param>
/// <param name="LongestAnswer">Most bytes of an answer, after decompression.</param>
internal sealed record ExchangeOptions(RetryOptions Retry, double AttemptSeconds, int LongestAnswer)
{
    /// <summary>Headers of every request that does not bring them itself.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [HttpHandlers.UserAgent(HttpHandlers.ProductName)];

    /// <summary>Tells which failures of this service would only come again, beside those that say so themselves.</summary>
    public Func<ApiFailure, bool>? WillRepeat { get; init; }
}
