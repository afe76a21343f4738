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

    /// <summary>
    /// The text of the only message of <c>input</c>, where it is a user's, with text or one part of text as its content;
    /// <see langword="null"/> otherwise.
    /// </summary>
    public static string? UserText(ReadOnlyMemory<byte> body) => Read(body, "input", input =>
    {
        if (input.ValueKind != JsonValueKind.Array || input.GetArrayLength() != 1 || TextOf(input[0], "role") != "user"
            || TextOf(input[0], "type") is not (null or "message") || !input[0].TryGetProperty("content", out JsonElement content))
            return null;
        return content.ValueKind switch
        {
            JsonValueKind.String => content.GetString(),
            JsonValueKind.Array when content.GetArrayLength() == 1 && TextOf(content[0], "type") == "input_text" =>
                TextOf(content[0], "text"),
            _ => null,
        };
    });

    private static string? TextOf(JsonElement element, string member) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(member, out JsonElement value)
        && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

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
