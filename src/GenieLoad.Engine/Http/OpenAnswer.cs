namespace GenieLoad.Engine.Http;

/// <summary>
/// An answer of which the head has come, and whose body is read as it comes: a stream. Disposing it closes the stream, at the service
/// too.
/// </summary>
/// <param name="response">The answer, nothing of its body read yet.</param>
/// <param name="sentAt">Monotonic timestamp at which the call was sent.</param>
public sealed class OpenAnswer(HttpResponseMessage response, long sentAt) : IDisposable
{
    /// <summary>Monotonic timestamp at which the call was sent.</summary>
    public long SentAt { get; } = sentAt;

    /// <summary>
    /// What the service says that the body is, such as <c>text/event-stream</c>; <see langword="null"/> where it does not.
    /// </summary>
    public string? MediaType => response.Content.Headers.ContentType?.MediaType;

    /// <summary>The service's id of the request, for the support desk.</summary>
    internal string? RequestId => CallFault.RequestIdOf(response.Headers);

    /// <summary>The body. Reading it ends with the token given to each read.</summary>
    /// <param name="stop">Ends the wait for it.</param>
    public Task<Stream> ReadAsync(CancellationToken stop) => response.Content.ReadAsStreamAsync(stop);

    /// <inheritdoc/>
    public void Dispose() => response.Dispose();
}
