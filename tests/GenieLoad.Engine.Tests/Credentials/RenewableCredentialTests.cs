using GenieLoad.Engine.Credentials;
using GenieLoad.Model;
using Microsoft.Extensions.Time.Testing;

namespace GenieLoad.Engine.Tests.Credentials;

public sealed class RenewableCredentialTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));
    private readonly List<TaskCompletionSource<IssuedToken>> _fetches = [];
    private readonly TokenProviderCredential _credential;

    public RenewableCredentialTests() =>
        _credential = new TokenProviderCredential(
            _ =>
            {
                _fetches.Add(new TaskCompletionSource<IssuedToken>());
                return _fetches[^1].Task;
            },
            "test", _time);

    [Fact]
    public async Task One_fetch_serves_all_who_wait()
    {
        Task<string>[] waiting = [.. Enumerable.Range(0, 100).Select(_ => Get())];
        Issue("one", 3600);

        Assert.All(await Task.WhenAll(waiting), token => Assert.Equal("one", token));
        Assert.Equal("one", await Get());
        Assert.Single(_fetches);
    }

    [Fact]
    public async Task Who_stops_waiting_takes_nothing_from_the_others()
    {
        using var stop = new CancellationTokenSource();
        Task<string> impatient = Get(stop.Token);
        Task<string> patient = Get();
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        Issue("one", 3600);
        Assert.Equal("one", await patient);
        Assert.Single(_fetches);
    }

    [Fact]
    public async Task The_last_forty_seconds_of_a_token_are_not_used()
    {
        await First("one", 3600);
        _time.Advance(TimeSpan.FromSeconds(3559));
        Assert.Equal("one", await Get());

        _time.Advance(TimeSpan.FromSeconds(1));
        Task<string> waiting = Get();
        Assert.False(waiting.IsCompleted);
        Issue("two", 3600);

        Assert.Equal("two", await waiting);
    }

    [Fact]
    public async Task A_token_is_renewed_ahead_while_it_is_still_in_use()
    {
        await First("one", 3600);
        _time.Advance(TimeSpan.FromMinutes(39));
        Assert.Equal("one", await Get());
        Assert.Single(_fetches);

        _time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal("one", await Get());
        Assert.Equal("one", await Get());
        Assert.Equal(2, _fetches.Count);
        Issue("two", 3600);

        Assert.Equal("two", await Get());
    }

    [Fact]
    public async Task A_renewal_ahead_that_fails_harms_nobody_and_is_tried_again_after_a_minute()
    {
        await First("one", 3600);
        _time.Advance(TimeSpan.FromMinutes(45));
        Assert.Equal("one", await Get());
        EndFetch(fetch => fetch.SetException(new InvalidOperationException("down")));

        Assert.Equal("one", await Get());
        Assert.Equal(2, _fetches.Count);
        _time.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal("one", await Get());
        Assert.Equal(3, _fetches.Count);
    }

    [Fact]
    public async Task A_failure_reaches_all_who_wait_and_the_next_one_tries_again()
    {
        Task<string>[] waiting = [Get(), Get()];
        _fetches[0].SetException(new InvalidOperationException("client_secret=hidden was wrong"));

        foreach (Task<string> task in waiting)
        {
            GenieLoadException e = await Assert.ThrowsAsync<GenieLoadException>(() => task);
            Assert.Equal("TokenNotObtained", e.ErrorId);
            Assert.DoesNotContain("hidden", e.ToString(), StringComparison.Ordinal);
        }
        Assert.Equal("two", await First("two", 3600));
    }

    [Fact]
    public async Task Only_a_refusal_of_the_current_token_renews_and_only_once()
    {
        await First("one", 3600);
        _time.Advance(TimeSpan.FromMinutes(5));

        Assert.True(_credential.Refused("one"));
        Task<string>[] waiting = [Get(), Get()];
        Assert.True(_credential.Refused("one"));
        Issue("two", 3600);
        Assert.All(await Task.WhenAll(waiting), token => Assert.Equal("two", token));
        Assert.True(_credential.Refused("one"));

        Assert.Equal("two", await Get());
        Assert.Equal(2, _fetches.Count);
    }

    [Fact]
    public async Task A_new_token_that_is_refused_as_well_is_not_replaced_again_and_again()
    {
        await First("one", 3600);
        _credential.Refused("one");
        await First("two", 3600);

        Assert.False(_credential.Refused("two"));
        _time.Advance(TimeSpan.FromSeconds(31));
        Assert.True(_credential.Refused("two"));
    }

    [Fact]
    public async Task A_fetch_that_hangs_is_given_up()
    {
        var hanging = new TokenProviderCredential(
            async stop =>
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, _time, stop);
                throw new InvalidOperationException("cannot be");
            },
            "test", _time);

        GenieLoadException e = await Assert.ThrowsAsync<GenieLoadException>(
            () => _time.Drive(() => hanging.GetTokenAsync(CancellationToken.None).AsTask()));

        Assert.Equal("TokenTooSlow", e.ErrorId);
    }

    [Fact]
    public async Task A_web_token_says_itself_when_it_ends_and_another_is_used_until_it_is_refused()
    {
        long end = _time.GetUtcNow().AddMinutes(10).ToUnixTimeSeconds();
        string payload = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"{{\"exp\":{end}}}")).TrimEnd('=');
        Assert.Equal(_time.GetUtcNow().AddMinutes(10), new IssuedToken($"eyJhbGciOiJub25lIn0.{payload}.x", null).ExpiresAt);

        await First("opaque", null);
        _time.Advance(TimeSpan.FromDays(30));
        Assert.Equal("opaque", await Get());
    }

    [Fact]
    public async Task Year_1_which_programs_in_Go_write_says_nothing_of_a_token_s_end()
    {
        Assert.Null(new IssuedToken("opaque", DateTimeOffset.MinValue).ExpiresAt);
        IssuedToken? read = TokenAnswer.Read("""{"access_token":"opaque","expiry":"0001-01-01T00:00:00Z"}"""u8.ToArray(), _time.GetUtcNow());
        Task<string> waiting = Get();
        EndFetch(fetch => fetch.SetResult(read!));

        Assert.Equal("opaque", await waiting);
        Assert.Equal("opaque", await Get());
    }

    [Fact]
    public async Task A_token_that_could_not_stand_in_a_header_is_refused()
    {
        Task<string> waiting = Get();
        Issue("two words", 3600);

        Assert.Equal("InvalidToken", (await Assert.ThrowsAsync<GenieLoadException>(() => waiting)).ErrorId);
    }

    private Task<string> Get(CancellationToken stop = default) => _credential.GetTokenAsync(stop).AsTask();

    private void Issue(string token, double? seconds) => EndFetch(fetch =>
        fetch.SetResult(new IssuedToken(token, seconds is double left ? _time.GetUtcNow().AddSeconds(left) : null)));

    /// <summary>
    /// Ends the last fetch. What it leads to has happened when this returns: under the test's context it would happen later, on another
    /// thread.
    /// </summary>
    private void EndFetch(Action<TaskCompletionSource<IssuedToken>> end) => FakeClock.WithoutContext(() =>
    {
        end(_fetches[^1]);
        return true;
    });

    private Task<string> First(string token, double? seconds)
    {
        Task<string> waiting = Get();
        Issue(token, seconds);
        return waiting;
    }
}
