namespace GenieLoad.Engine.Credentials;

/// <summary>A token that somebody gave: a personal access token, or one made elsewhere.</summary>
public sealed class TokenCredential : ICredential
{
    private readonly string _token;

    private TokenCredential(string token, string description)
    {
        _token = token;
        Description = description;
    }

    /// <inheritdoc/>
    public string Description { get; }

    /// <inheritdoc/>
    public string Kind => AuthType.Pat;

    /// <summary>A credential of a token.</summary>
    /// <param name="token">The token; blanks around it are dropped.</param>
    /// <param name="description">Where it came from.</param>
    /// <exception cref="Model.GenieLoadException"><c>InvalidToken</c> when it is empty or could not stand in a header.</exception>
    public static TokenCredential Create(string token, string description)
    {
        string trimmed = token.Trim();
        Check(trimmed, description);
        return new TokenCredential(trimmed, description);
    }

    /// <summary>Refuses what could not stand in a header.</summary>
    internal static void Check(string token, string description)
    {
        if (token.Length == 0 || token.Any(c => c is <= ' ' or > '~'))
            throw CredentialErrors.InvalidToken(description);
    }

    /// <inheritdoc/>
    public ValueTask<string> GetTokenAsync(CancellationToken cancellationToken) => new(_token);

    /// <summary>Where it came from; never the token.</summary>
    public override string ToString() => Description;
}
