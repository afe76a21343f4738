using System.Text.Json;
using GenieLoad.Engine.Addresses;
using GenieLoad.Engine.Json;

namespace GenieLoad.Engine.Genie.Agent;

/// <summary>An event of an agent's stream.</summary>
internal sealed record AgentEvent
{
    /// <summary>Whether it tells something of the response; others, such as pings, only keep the stream alive.</summary>
    public bool IsOfResponse { get; init; }

    /// <summary>How the response ends with it; <see langword="null"/> where it goes on.</summary>
    public AgentEnd? End { get; init; }

    /// <summary>The step that it tells of.</summary>
    public AgentItem? Item { get; init; }

    /// <summary>Id of the response, where it says so.</summary>
    public string? ResponseId { get; init; }

    /// <summary>Id of the conversation, where it says so.</summary>
    public string? ConversationId { get; init; }

    /// <summary>Everything that it says, word for word, where it is the last one.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Reads one.</summary>
    /// <param name="type">Its type by the stream; where the data has one of its own, that one holds.</param>
    /// <param name="data">Its data.</param>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static AgentEvent Read(string type, ReadOnlySpan<byte> data)
    {
        if (data.IsEmpty)
            return new AgentEvent();
        byte[] body = data.ToArray();
        using JsonDocument document = TolerantJson.Parse(body);
        JsonElement json = document.RootElement;
        JsonElement response = json.Member("response") ?? default;
        string own = json.Text("type") ?? type;
        AgentEnd? end = AgentEnd.Of(own, json, response);
        return new AgentEvent
        {
            IsOfResponse = own.StartsWith("response.", StringComparison.Ordinal),
            End = end,
            Item = json.Member("item") is { ValueKind: JsonValueKind.Object } item ? AgentItem.Of(item, json.Number("output_index")) : null,
            ResponseId = ServiceId.OrNull(response.Text("id")),
            ConversationId = ServiceId.OrNull(response.Text("conversation_id")),
            Body = end is null ? default : body,
        };
    }
}
