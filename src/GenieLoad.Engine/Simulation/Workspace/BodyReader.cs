using System.Text.Json;

namespace GenieLoad.Engine.Simulation.Workspace;

/// <summary>Reads the small JSON objects that clients send.</summary>
internal static class BodyReader
{
    /// <summary>The text of a member, or <see langword="null"/> when the body is no object with such a member.</summary>
    public static string? Text(ReadOnlyMemory<byte> body, string member)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty(member, out JsonElement value) && value.ValueKind == JsonValueKind.String
                ? value.GetString()
                : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The second: an escape that is half of a character.
            return null;
        }
    }
}
