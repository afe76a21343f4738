using System.Globalization;
using System.Text.Json;

namespace GenieLoad.Engine.Json;

/// <summary>Members of JSON whose shape is not fixed: what is missing, or is something else, is <see langword="null"/>.</summary>
internal static class JsonMembers
{
    /// <summary>A member that is not null.</summary>
    public static JsonElement? Member(this JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out JsonElement member)
            && member.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined)
            ? member
            : null;

    /// <summary>A member that is a text, or a number as one.</summary>
    public static string? Text(this JsonElement json, string name) => json.Member(name) switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
        _ => null,
    };

    /// <summary>A member that is a whole number, also as a text.</summary>
    public static long? Number(this JsonElement json, string name) =>
        long.TryParse(json.Text(name), NumberStyles.Integer, CultureInfo.InvariantCulture, out long number) ? number : null;

    /// <summary>The elements of a member that is a list.</summary>
    public static IEnumerable<JsonElement> Elements(this JsonElement json, string name) =>
        json.Member(name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];
}
