namespace GenieLoad.Engine.Http;

/// <summary>One call to a service, before it is sent.</summary>
/// <param name="Name">What it does, for people: <c>GetMessage</c>.</param>
/// <param name="Method">HTTP method.</param>
/// <param name="Address">Full address; every part escaped.</param>
internal sealed record HttpCall(string Name, HttpMethod Method, Uri Address)
{
    /// <summary>Makes the body, anew for every attempt; <see langword="null"/> for none. Every body has a length.</summary>
    public Func<HttpContent>? Content { get; init; }

    /// <summary>More headers, of the request or of its body.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>What is shown to the service; <see langword="null"/> for an address that needs nothing.</summary>
    public IAuthorization? Authorization { get; init; }

    /// <summary>
    /// Whether it hands in something that a service does once for each copy, such as a question, which is then answered and billed twice.
    /// It is not begun again when a run ends, and takes its turn among others of its kind.
    /// </summary>
    public bool IsSubmission { get; init; }

    /// <summary>
    /// Whether its answer is a stream that is read as it comes: the call succeeds with the head, and its value is an
    /// <see cref="OpenAnswer"/>. It goes by HTTP/2 where the service offers it, since it holds a connection for minutes otherwise.
    /// </summary>
    public bool IsStream { get; init; }

    /// <summary>What its answer may repeat, byte for byte, as most polls do.</summary>
    public ReadOnlyMemory<byte> Known { get; init; }

    /// <summary>Whether a second copy changes nothing.</summary>
    public bool IsRepeatable { get; init; }

    /// <summary>
    /// Whether what it asks for was taken or made just now, so that the service may not find it everywhere yet: a 404 is then tried again.
    /// </summary>
    public bool MayComeLater { get; init; }

    /// <summary>
    /// Looks whether an attempt of unknown fate has done what was asked. A call that has this is repeated only when it had not.
    /// </summary>
    public Func<CancellationToken, Task<bool>>? IsDone { get; init; }
}
