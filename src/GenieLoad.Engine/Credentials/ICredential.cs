namespace GenieLoad.Engine.Credentials;

/// <summary>Something that yields the token of a call. Every kind of credential is one implementation.</summary>
public interface ICredential
{
    /// <summary>Where it came from, for people: <c>Profile DEFAULT</c>. Never the secret.</summary>
    string Description { get; }

    /// <summary>Short name of its kind, as Databricks' tools name it; see <see cref="AuthType"/>.</summary>
    string Kind { get; }

    /// <summary>The token to send. Called before every attempt; cheap when nothing needs renewing.</summary>
    /// <param name="cancellationToken">Ends the wait of this caller; a renewal goes on for the others.</param>
    /// <exception cref="Model.GenieLoadException">
    /// No token could be had. Kinds <c>Connection</c>, <c>Timeout</c> and <c>Throttled</c> may pass; others will not.
    /// </exception>
    ValueTask<string> GetTokenAsync(CancellationToken cancellationToken);

    /// <summary>Takes note that the service refused a token (HTTP 401, or a text that says it has expired).</summary>
    /// <param name="token">The token that was sent.</param>
    /// <returns>Whether another token is to be had, so that the call may be sent once more.</returns>
    bool Refused(string token) => false;
}
