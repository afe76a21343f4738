namespace GenieLoad.Engine.Genie;

/// <summary>One call to the service, before it is sent.</summary>
/// <param name="Operation">What it does.</param>
/// <param name="Method">HTTP method.</param>
/// <param name="Path">Path and query, with every part escaped.</param>
/// <param name="Body">JSON to send; <see langword="null"/> for none.</param>
internal sealed record ApiCall(Operation Operation, HttpMethod Method, string Path, byte[]? Body = null)
{
    /// <summary>
    /// Whether what it asks for was taken or made just now, so that the service may not find it everywhere yet: a 404 is then tried again.
    /// </summary>
    public bool MayComeLater { get; init; }

    /// <summary>Asks a question: a second copy would be a second question, answered and billed.</summary>
    public bool AsksQuestion => Operation is Operation.StartConversation or Operation.CreateMessage;

    /// <summary>Can be repeated without changing anything.</summary>
    public bool IsIdempotent => Method == HttpMethod.Get || Method == HttpMethod.Delete || Operation == Operation.GetToken;
}
