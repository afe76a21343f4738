namespace GenieLoad.Engine.Genie.Credentials;

/// <summary>Something that yields the token of a call. Every kind of credential is one implementation.</summary>
public interface ICredential
{
    /// <summary>Where it came from, for people: <c>Profile DEFAULT</c>. Never the secret.</summary>
    string Description { get; }

    /// <summary>Short name of its kind for the user agent: <c>pat</c>.</summary>
    string Kind { get; }

    /// <summary>The token to send. Called before every attempt; cheap when nothing needs renewing.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    ValueTask<string> GetTokenAsync(CancellationToken cancellationToken);
}
