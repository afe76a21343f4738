namespace GenieLoad.Engine.Genie.Credentials;

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
    public string Kind => "pat";

    /// <summary>A credential of a token.</summary>
    /// <param name="token">The token; blanks around it are dropped.</param>
    /// <param name="description">Where it came from.</param>
    /// <exception cref="Model.GenieLoadException"><c>InvalidToken</c> when it is empty or could not stand in a header.</exception>
    public static TokenCredential Create(string token, string description)
    {
        string trimmed = token.Trim();
        if (trimmed.Length == 0 || trimmed.Any(c => c is <= ' ' or > '~'))
            throw GenieErrors.InvalidToken(description);
        return new TokenCredential(trimmed, description);
    }

    /// <inheritdoc/>
    public ValueTask<string> GetTokenAsync(CancellationToken cancellationToken) => new(_token);

    /// <summary>Where it came from; never the token.</summary>
    public override string ToString() => Description;
}
