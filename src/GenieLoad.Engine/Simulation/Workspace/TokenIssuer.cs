using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using GenieLoad.Engine.Randomness;
using GenieLoad.Engine.Simulation.Script;

namespace GenieLoad.Engine.Simulation.Workspace;

/// <summary>What a token is good for.</summary>
internal enum TokenStanding
{
    Unknown,
    Good,
    Forbidden,
}

/// <summary>Knows the tokens of a workspace and issues them by OAuth client credentials.</summary>
internal sealed class TokenIssuer
{
    private readonly ConcurrentDictionary<string, long> _expiryByToken = new(StringComparer.Ordinal);
    private readonly SimulatorOptions _options;
    private readonly SimulatorClock _clock;
    private readonly string _basic;
    private int _issued;

    public TokenIssuer(SimulatorOptions options, SimulatorClock clock)
    {
        _options = options;
        _clock = clock;
        Token = options.Token ?? "sim-" + Hex.Draw(SeededRandom.For(options.Seed, "token", 0));
        ClientId = options.ClientId ?? Hex.DrawDashed(SeededRandom.For(options.Seed, "client-id", 0));
        ClientSecret = options.ClientSecret ?? "sim-secret-" + Hex.Draw(SeededRandom.For(options.Seed, "client-secret", 0));
        _basic = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{ClientId}:{ClientSecret}"));
    }

    public string Token { get; }

    public string ClientId { get; }

    public string ClientSecret { get; }

    public TokenStanding Check(string? authorization, long now)
    {
        const string Scheme = "Bearer ";
        if (authorization is null || !authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            return TokenStanding.Unknown;
        string token = authorization[Scheme.Length..].Trim();
        if (token == Token || (_expiryByToken.TryGetValue(token, out long expiry) && now < expiry))
            return TokenStanding.Good;
        return token == _options.ForbiddenToken ? TokenStanding.Forbidden : TokenStanding.Unknown;
    }

    /// <summary>Who shows a good token: whoever holds the static one, or the OAuth client.</summary>
    public string UserOf(string? authorization) =>
        authorization?.EndsWith(Token, StringComparison.Ordinal) == true ? nameof(Token) : nameof(ClientId);

    /// <summary>As the billing tables name a user of <see cref="UserOf"/>.</summary>
    public string IdentityOf(string user) => user == nameof(ClientId) ? ClientId : "simulated-user@example.com";

    /// <summary>Forgets every issued token.</summary>
    public void Revoke() => _expiryByToken.Clear();

    public SimulatedReply Issue(SimulatedRequest request, long now)
    {
        if (request.Authorization != _basic)
            return Refusal(401, "invalid_client", "Client authentication failed");
        string form = Encoding.UTF8.GetString(request.Body.Span);
        if (SimulatedRequest.Value(form, "grant_type") != "client_credentials")
            return Refusal(400, "unsupported_grant_type", "Only client_credentials is supported");
        string scope = SimulatedRequest.Value(form, "scope") is { Length: > 0 } asked ? asked : "all-apis";
        int number = Interlocked.Increment(ref _issued);
        string token = string.Create(
            CultureInfo.InvariantCulture, $"sim-oauth-{number}-{Hex.Draw(SeededRandom.For(_options.Seed, "oauth-token", number))}");
        _expiryByToken[token] = now + _clock.Ticks(_options.TokenLifetimeSeconds);
        return SimulatedReply.Ok(json =>
        {
            json.WriteString("access_token", token);
            json.WriteString("token_type", "Bearer");
            json.WriteNumber("expires_in", _options.TokenLifetimeSeconds);
            json.WriteString("scope", scope);
        });
    }

    public static SimulatedReply Discover(Uri baseAddress) => SimulatedReply.Ok(json =>
    {
        string issuer = new Uri(baseAddress, "oidc").AbsoluteUri;
        json.WriteString("issuer", issuer);
        json.WriteString("authorization_endpoint", issuer + "/v1/authorize");
        json.WriteString("token_endpoint", issuer + "/v1/token");
        GenieJson.WriteStrings(json, "scopes_supported", ["all-apis", "offline_access", "openid"]);
        GenieJson.WriteStrings(json, "grant_types_supported", ["client_credentials"]);
        GenieJson.WriteStrings(json, "token_endpoint_auth_methods_supported", ["client_secret_basic"]);
    });

    private static SimulatedReply Refusal(int status, string error, string description) => new(status, GenieJson.Write(json =>
    {
        json.WriteString("error", error);
        json.WriteString("error_description", description);
    }));
}
