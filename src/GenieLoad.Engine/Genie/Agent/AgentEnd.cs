using System.Text.Json;
using GenieLoad.Engine.Genie.Wire;
using GenieLoad.Engine.Json;
using GenieLoad.Model;

namespace GenieLoad.Engine.Genie.Agent;

/// <summary>How a response ended.</summary>
/// <param name="Status">One of the ends of <see cref="MessageStatus"/>.</param>
/// <param name="ErrorType">The service's code, or what stands for it; <see langword="null"/> for a good end.</param>
/// <param name="ErrorText">In words.</param>
internal sealed record AgentEnd(string Status, string? ErrorType = null, string? ErrorText = null)
{
    /// <summary>Error type of a response that ended before its answer was whole.</summary>
    public const string Incomplete = "RESPONSE_INCOMPLETE";

    private const string Unknown = "UNKNOWN";
    private const string NoReason = "The service gave no reason";

    /// <summary>Steps that the response lists: the stream may have told them already.</summary>
    public IReadOnlyList<AgentItem> Output { get; private init; } = [];

    /// <summary>The end that an event tells; <see langword="null"/> for any other event.</summary>
    /// <param name="type">Type of the event.</param>
    /// <param name="json">The event.</param>
    /// <param name="response">The response in it.</param>
    public static AgentEnd? Of(string type, JsonElement json, JsonElement response) => type switch
    {
        "response.completed" => new AgentEnd(MessageStatus.Completed)
        {
            Output = [.. response.Elements("output").Select((item, place) => AgentItem.Of(item, place))],
        },
        "response.cancelled" => new AgentEnd(MessageStatus.Cancelled),
        "response.failed" => Failed(response.Member("error") ?? json.Member("error") ?? default),
        "error" => Failed(json.Member("error") ?? json),
        "response.incomplete" => new AgentEnd(
            MessageStatus.Failed, Incomplete, "The response ended before its answer was whole: "
                + (WireText.Beginning((response.Member("incomplete_details") ?? default).Text("reason")) ?? "no reason")),
        _ => null,
    };

    private static AgentEnd Failed(JsonElement error)
    {
        if (error.ValueKind == JsonValueKind.String)
            return new AgentEnd(MessageStatus.Failed, Unknown, WireText.Beginning(error.GetString()));
        // An error that is the event itself has the event's type.
        string? type = error.Text("type") is string own && own != "error" ? own : null;
        return new AgentEnd(
            MessageStatus.Failed, WireText.Beginning(error.Text("code") ?? error.Text("error_code") ?? type) ?? Unknown,
            WireText.Beginning(error.Text("message")) ?? NoReason);
    }
}
