using System.Globalization;
using System.Text.Json;
using GenieLoad.Engine.Json;

namespace GenieLoad.Engine.Credentials;

/// <summary>Reads the answer of those who issue tokens, in the forms they are known to use.</summary>
internal static class TokenAnswer
{
    private const double LongestSeconds = 100L * 365 * 86_400;

    /// <summary>The token; <see langword="null"/> where there is none.</summary>
    /// <param name="json">UTF-8 JSON.</param>
    /// <param name="now">The present, from which a remaining lifetime is counted.</param>
    public static IssuedToken? Read(ReadOnlyMemory<byte> json, DateTimeOffset now)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(MendedJson.Of(json));
            JsonElement root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
                return null;
            string? token = Text(root, "access_token") ?? Text(root, "accessToken");
            return string.IsNullOrEmpty(token) || token.Contains('\ufffd', StringComparison.Ordinal)
                ? null
                : new IssuedToken(token, Expiry(root, now));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static DateTimeOffset? Expiry(JsonElement root, DateTimeOffset now)
    {
        if (Number(root, "expires_in") is double left)
            return now.AddSeconds(left);
        if (Number(root, "expires_on") is double epoch)
            return DateTimeOffset.UnixEpoch.AddSeconds(epoch);
        string? instant = Text(root, "expiry") ?? Text(root, "expires_on") ?? Text(root, "expiresOn");
        // The Azure CLI writes expiresOn without a zone, in this machine's.
        return DateTimeOffset.TryParse(instant, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out DateTimeOffset at)
            ? at.ToUniversalTime()
            : null;
    }

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>A number, which Azure writes as a text.</summary>
    private static double? Number(JsonElement root, string name)
    {
        if (!root.TryGetProperty(name, out JsonElement value))
            return null;
        string text = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            && number is >= 0 and < LongestSeconds
            ? number
            : null;
    }
}
