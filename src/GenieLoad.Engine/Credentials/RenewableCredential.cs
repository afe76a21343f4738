using GenieLoad.Model;

namespace GenieLoad.Engine.Credentials;

/// <summary>
/// A credential whose tokens end. Keeps the current token, renews it before its end, and lets one renewal serve all who wait: a load test
/// with a thousand questions in flight asks for a token once an hour, not a thousand times.
/// </summary>
/// <remarks>
/// A token is not used in its last 40 seconds (Azure refuses tokens with less than 30 left). From half its life on, or 20 minutes before
/// its end where that is later, it is renewed ahead while it is still in use, so that no question waits for it; a renewal ahead that
/// fails is tried again after a minute.
/// </remarks>
/// <param name="description">Where it came from, for people.</param>
/// <param name="time">Clock of all expiry.</param>
public abstract class RenewableCredential(string description, TimeProvider time) : ICredential
{
    /// <summary>Most time for one renewal, its own retries included.</summary>
    protected static readonly TimeSpan RenewalLimit = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan UnusedEnd = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan LongestAhead = TimeSpan.FromMinutes(20);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(30);

    private readonly object _gate = new();
    private IssuedToken? _current;
    private DateTimeOffset _issuedAt;
    private DateTimeOffset _renewFrom;
    private bool _replacesRefused;
    private bool _lastWasRefused;
    private TaskCompletionSource<IssuedToken>? _renewal;

    /// <inheritdoc/>
    public string Description { get; } = description;

    /// <inheritdoc/>
    public abstract string Kind { get; }

    /// <summary>Clock of all expiry.</summary>
    protected TimeProvider Time { get; } = time;

    /// <inheritdoc/>
    public async ValueTask<string> GetTokenAsync(CancellationToken cancellationToken)
    {
        IssuedToken? usable;
        TaskCompletionSource<IssuedToken>? mine = null;
        Task<IssuedToken>? renewal;
        lock (_gate)
        {
            DateTimeOffset now = Time.GetUtcNow();
            usable = _current is { ExpiresAt: var end } token && (end is null || now < end - UnusedEnd) ? token : null;
            if (_renewal is null && (usable is null || now >= _renewFrom))
                _renewal = mine = new TaskCompletionSource<IssuedToken>();
            renewal = _renewal?.Task;
        }
        if (mine is not null)
            _ = RenewAsync(mine);
        return usable is not null
            ? usable.Token
            : (await renewal!.WaitAsync(cancellationToken).ConfigureAwait(false)).Token;
    }

    /// <inheritdoc/>
    public bool Refused(string token)
    {
        lock (_gate)
        {
            // Somebody else met the refusal first: there is a newer token, or will be.
            if (_current is null || _current.Token != token)
                return true;
            // A new token that came for a refused one and is refused at once: a third would fare no better.
            if (_replacesRefused && Time.GetUtcNow() - _issuedAt < Fresh)
                return false;
            _current = null;
            _lastWasRefused = true;
            return true;
        }
    }

    /// <summary>Where it came from; never a secret.</summary>
    public override string ToString() => Description;

    /// <summary>Gets a new token. One call at a time.</summary>
    /// <param name="cancellationToken">Cancelled when it takes too long.</param>
    /// <exception cref="GenieLoadException">None could be had.</exception>
    protected abstract Task<IssuedToken> FetchAsync(CancellationToken cancellationToken);

    private async Task RenewAsync(TaskCompletionSource<IssuedToken> renewal)
    {
        using var limit = new CancellationTokenSource(RenewalLimit, Time);
        try
        {
            IssuedToken token = await FetchAsync(limit.Token).ConfigureAwait(false);
            TokenCredential.Check(token.Token, Description);
            Take(token);
            renewal.SetResult(token);
        }
        catch (Exception e)
        {
            lock (_gate)
            {
                _renewal = null;
                _renewFrom = Time.GetUtcNow() + PauseAfterFailure;
            }
            renewal.SetException(e switch
            {
                GenieLoadException => e,
                OperationCanceledException when limit.IsCancellationRequested =>
                    CredentialErrors.TokenTooSlow(Description, RenewalLimit.TotalSeconds),
                OperationCanceledException => CredentialErrors.TokenBrokenOff(Description),
                _ => CredentialErrors.TokenNotObtained(Description, e),
            });
            // Nobody may be waiting for a renewal ahead; its failure is told when the token is needed and still not there.
            _ = renewal.Task.Exception;
        }
    }

    private void Take(IssuedToken token)
    {
        lock (_gate)
        {
            DateTimeOffset now = Time.GetUtcNow();
            _current = token;
            _issuedAt = now;
            _replacesRefused = _lastWasRefused;
            _lastWasRefused = false;
            _renewal = null;
            TimeSpan life = (token.ExpiresAt ?? DateTimeOffset.MaxValue) - now;
            _renewFrom = token.ExpiresAt is DateTimeOffset end
                ? end - (life / 2 < LongestAhead ? life / 2 : LongestAhead)
                : DateTimeOffset.MaxValue;
        }
    }
}
