using System.Text.Json;

namespace GenieLoad.Engine.Sessions.Places;

/// <summary>What the process of a shard writes about itself. It is another machine's text: what cannot be read is left out.</summary>
public static class PlaceStatus
{
    private const int MostWarnings = 10;

    /// <summary>Reads it.</summary>
    /// <param name="text">The JSON.</param>
    /// <param name="lives">Whether the process lives.</param>
    /// <param name="output">The end of what PowerShell said there, where it does not.</param>
    public static PlaceSight Read(string text, bool lives, string? output)
    {
        ArgumentNullException.ThrowIfNull(text);
        JsonElement status = Parse(text);
        // Numbers as names would be taken too.
        PlaceStage stage = Text(status, "stage") is string word && Enum.TryParse(word, out PlaceStage known) && $"{known}" == word
            ? known
            : PlaceStage.Preparing;
        bool isAtItsEnd = stage is PlaceStage.Ended or PlaceStage.Refused;
        return new PlaceSight
        {
            Stage = lives || isAtItsEnd ? stage : PlaceStage.Gone,
            Planned = Count(status, "planned"),
            Succeeded = Count(status, "succeeded"),
            Failed = Count(status, "failed"),
            InFlight = Count(status, "inFlight"),
            RunPath = Text(status, "runPath"),
            ErrorId = Text(status, "errorId"),
            ErrorText = Text(status, "errorText") ?? (lives || isAtItsEnd ? null : output),
            Warnings = status.TryGetProperty("warnings", out JsonElement warnings) && warnings.ValueKind == JsonValueKind.Array
                ? [
                    .. warnings.EnumerateArray().Take(MostWarnings)
                        .Where(one => one.ValueKind == JsonValueKind.String).Select(one => $"{one}"),
                ]
                : [],
        };
    }

    private static JsonElement Parse(string text)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            // Not written to its end: what was there before counts again at the next look.
        }
        using JsonDocument empty = JsonDocument.Parse("{}");
        return empty.RootElement.Clone();
    }

    private static string? Text(JsonElement status, string name) =>
        status.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String
            && value.GetString() is { Length: > 0 } text
            ? text
            : null;

    private static int Count(JsonElement status, string name) =>
        status.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number
            && value.TryGetInt32(out int count) && count > 0 ? count : 0;
}
