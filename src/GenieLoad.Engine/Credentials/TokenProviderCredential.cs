namespace GenieLoad.Engine.Credentials;

/// <summary>A token that somebody's own code returns, asked for again before it ends or when it is refused.</summary>
/// <param name="provide">Returns a token; never asked twice at once.</param>
/// <param name="origin">Where it came from, for people.</param>
/// <param name="time">Clock of all expiry.</param>
public sealed class TokenProviderCredential(Func<CancellationToken, Task<IssuedToken>> provide, string origin, TimeProvider time)
    : RenewableCredential(origin, time)
{
    /// <inheritdoc/>
    public override string Kind => AuthType.TokenProvider;

    /// <inheritdoc/>
    protected override Task<IssuedToken> FetchAsync(CancellationToken cancellationToken) => provide(cancellationToken);
}
