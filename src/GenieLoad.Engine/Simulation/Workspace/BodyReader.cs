using System.Text.Json;

namespace GenieLoad.Engine.Simulation.Workspace;

/// <summary>Reads the small JSON objects that clients send.</summary>
internal static class BodyReader
{
    /// <summary>The text of a member, or <see langword="null"/> when the body is no object with such a member.</summary>
    public static string? Text(ReadOnlyMemory<byte> body, string member) =>
        Read(body, member, value => value.ValueKind == JsonValueKind.String ? value.GetString() : null);

    /// <summary>The whole number of a member, or <see langword="null"/> when the body is no object with such a member.</summary>
    public static int? Number(ReadOnlyMemory<byte> body, string member) => Read<int?>(
        body, member, value => value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number) ? number : null);

    private static T? Read<T>(ReadOnlyMemory<byte> body, string member, Func<JsonElement, T?> of)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty(member, out JsonElement value)
                ? of(value)
                : default;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The second: an escape that is half of a character.
            return default;
        }
    }
}
