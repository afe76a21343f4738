using System.Text;
using System.Text.Json;

namespace GenieLoad.Engine.Credentials;

/// <summary>A token and how long it is good for. Its text never shows the token.</summary>
public sealed class IssuedToken
{
    /// <summary>Takes a token as it was issued.</summary>
    /// <param name="token">The token.</param>
    /// <param name="expiresAt">
    /// Instant from which it is refused, UTC; <see langword="null"/> where nobody says, and then the token itself does if it is a JSON
    /// web token.
    /// </param>
    public IssuedToken(string token, DateTimeOffset? expiresAt)
    {
        Token = token;
        // Year 1 is how programs in Go write that nobody says.
        ExpiresAt = (expiresAt > DateTimeOffset.UnixEpoch ? expiresAt : null) ?? ExpiryOf(token);
    }

    /// <summary>The token.</summary>
    public string Token { get; }

    /// <summary>Instant from which it is refused, UTC; <see langword="null"/> where nobody knows: it is then used until it is
    /// refused.</summary>
    public DateTimeOffset? ExpiresAt { get; }

    /// <summary>Until when it is good; never the token.</summary>
    public override string ToString() => ExpiresAt is null ? "Token" : $"Token until {ExpiresAt:u}";

    /// <summary>What a JSON web token says of its own end (RFC 7519 4.1.4).</summary>
    private static DateTimeOffset? ExpiryOf(string token)
    {
        string[] parts = token.Split('.');
        if (parts.Length != 3 || !token.StartsWith("eyJ", StringComparison.Ordinal))
            return null;
        string payload = parts[1].Replace('-', '+').Replace('_', '/');
        byte[] bytes = new byte[payload.Length];
        if (!Convert.TryFromBase64String(payload.PadRight((payload.Length + 3) / 4 * 4, '='), bytes, out int length))
            return null;
        try
        {
            using JsonDocument claims = JsonDocument.Parse(Encoding.UTF8.GetString(bytes, 0, length));
            return claims.RootElement.ValueKind == JsonValueKind.Object && claims.RootElement.TryGetProperty("exp", out JsonElement end)
                && end.ValueKind == JsonValueKind.Number && end.TryGetInt64(out long seconds) && seconds is > 0 and < 100_000_000_000
                ? DateTimeOffset.FromUnixTimeSeconds(seconds)
                : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
