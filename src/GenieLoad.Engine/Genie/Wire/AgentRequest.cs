using System.Text.Json.Serialization;

namespace GenieLoad.Engine.Genie.Wire;

/// <summary>What a question in agent mode is sent as.</summary>
/// <param name="Input">One message: what was said before, the service knows.</param>
/// <param name="ConversationId">Conversation to ask in; <see langword="null"/> for a new one.</param>
internal sealed record AgentRequest(
    IReadOnlyList<AgentInput> Input, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? ConversationId)
{
    /// <summary>The request for a question.</summary>
    public static AgentRequest Of(string question, string? conversationId) =>
        new([new AgentInput("message", "user", [new AgentInputText("input_text", question)])], conversationId);
}

/// <summary>A message of a request.</summary>
internal sealed record AgentInput(string Type, string Role, IReadOnlyList<AgentInputText> Content);

/// <summary>A text of a message.</summary>
internal sealed record AgentInputText(string Type, string Text);
