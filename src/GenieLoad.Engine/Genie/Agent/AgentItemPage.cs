using System.Text.Json;
using GenieLoad.Engine.Addresses;
using GenieLoad.Engine.Json;

namespace GenieLoad.Engine.Genie.Agent;

/// <summary>A page of the items of a conversation.</summary>
/// <param name="Items">The items.</param>
/// <param name="After">Id after which the next page begins; <see langword="null"/> for the last page.</param>
internal sealed record AgentItemPage(IReadOnlyList<AgentItem> Items, string? After)
{
    /// <summary>Reads one.</summary>
    /// <exception cref="JsonException">It is no JSON object.</exception>
    public static AgentItemPage Read(ReadOnlyMemory<byte> body)
    {
        using JsonDocument document = TolerantJson.Parse(body);
        JsonElement json = document.RootElement;
        if (json.ValueKind != JsonValueKind.Object)
            throw new JsonException("no object");
        bool hasMore = json.Member("has_more") is { ValueKind: JsonValueKind.True };
        return new AgentItemPage(
            [.. json.Elements("data").Select((item, place) => AgentItem.Of(item, place))],
            hasMore ? ServiceId.OrNull(json.Text("last_id")) : null);
    }
}
