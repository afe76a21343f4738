using System.Net.Http.Headers;

namespace GenieLoad.Engine.Mlflow;

/// <summary>One call, before it is sent.</summary>
/// <param name="Method">HTTP method.</param>
/// <param name="Uri">Full address.</param>
internal sealed record MlflowCall(HttpMethod Method, Uri Uri)
{
    /// <summary>Makes the body, anew for each attempt. Every body has a length.</summary>
    public Func<HttpContent>? Content { get; init; }

    /// <summary>Whether a second copy changes nothing.</summary>
    public bool IsRepeatable { get; init; } = true;

    /// <summary>Gives what is shown to the server; <see langword="null"/> for an address that is signed itself.</summary>
    public Func<CancellationToken, ValueTask<AuthenticationHeaderValue?>>? Authorize { get; init; }

    /// <summary>More headers.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];
}
