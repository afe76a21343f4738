using System.Text.Json;
using GenieLoad.Engine.Simulation.Records;
using GenieLoad.Engine.Simulation.Script;

namespace GenieLoad.Engine.Simulation.Workspace;

/// <summary>Agent mode.</summary>
internal sealed partial class SimulatedWorkspace
{
    private SimulatedReply ServeAgent(CallContext context, SimulatedFault fault)
    {
        if (_options.AgentApi == SimulatedAgentApi.Disabled)
            return context.Error(404, "FEATURE_DISABLED", "Genie Agents Agent Mode API is not enabled for this workspace.");
        if (_options.AgentApi == SimulatedAgentApi.Forbidden)
            return context.Error(403, "PERMISSION_DENIED", "You need CAN RUN permission on this space to use agent mode.");
        return context.Route.Operation switch
        {
            SimulatedOperation.CreateResponse => AskAgent(context, fault),
            SimulatedOperation.ListItems => ListItems(context),
            _ => CancelResponse(context),
        };
    }

    /// <summary>Reads the question, and looks up the conversation that the body names.</summary>
    private static void ResolveAgent(CallContext context)
    {
        context.Question = BodyReader.UserText(context.Request.Body);
        if (BodyReader.Text(context.Request.Body, "conversation_id") is { } id
            && context.Space is not null && context.Space.TryFind(id, out SimulatedConversation? conversation))
            context.Conversation = conversation;
    }

    /// <summary>The agent turn that the path names, where it exists in its space and nobody has deleted it.</summary>
    private SimulatedMessageState? FindResponse(CallContext context) =>
        _responses.GetValueOrDefault(context.Route.MessageId) is { } message
        && context.Space is not null && context.Space.TryFind(message.Conversation.Id, out SimulatedConversation? conversation)
            ? conversation.Find(message.MessageId)
            : null;

    private SimulatedReply AskAgent(CallContext context, SimulatedFault fault)
    {
        if (string.IsNullOrWhiteSpace(context.Question))
            return context.BadParameter("'input' must hold exactly one user message with a text that is not empty.");
        if (context.Question.Length > LongestQuestion)
            return context.BadParameter($"The text must not be longer than {LongestQuestion} characters.");
        if (BodyReader.Text(context.Request.Body, "conversation_id") is not { Length: > 0 } conversationId)
            return AcceptAgent(context, fault);
        if (context.Conversation is not { IsAgent: true } conversation)
            return context.NotFound("Conversation", conversationId);
        return conversation.Exclusively(context.Now, isBusy => isBusy
            ? context.Error(409, "RESOURCE_CONFLICT", "Another response of this conversation is in progress.")
            : AcceptAgent(context, fault));
    }

    private SimulatedReply AcceptAgent(CallContext context, SimulatedFault fault)
    {
        string user = _tokens.UserOf(context.Request.Authorization);
        if (!_limits.TryAdmit(context.Space!.Id, user, context.Now, out long ticksToWait))
            return Throttle(context, ticksToWait);
        SimulatedMessageState message = Accept(context, context.Question!, user, fault);
        _responses[message.MessageId] = message;
        context.Call.Accepted = true;
        context.Call.MessageId = message.MessageId;
        return new SimulatedReply(200, default)
        {
            ContentType = "text/event-stream",
            Stream = new ResponseStream(
                this, _clock, _agentWire, message, StreamFault.Draw(message, fault, _options),
                _clock.ScaledTicks(_options.AgentKeepAliveSeconds)),
        };
    }

    private SimulatedReply CancelResponse(CallContext context)
    {
        SimulatedMessageState message = context.Message!;
        EndEarly(message);
        long now = _clock.Now;
        return SimulatedReply.Ok(json => _agentWire.WriteResponse(json, message, now));
    }

    /// <summary>Ends an agent turn now, where it has not ended: statements that it has not called for never run.</summary>
    private void EndEarly(SimulatedMessageState message)
    {
        MessageScript script = message.Script;
        if (!message.TryCancel(_clock.Now))
            return;
        _scripts.Leave(script.CompletedAt);
        foreach (ScriptedStatement statement in script.Statements.Except(message.Script.Statements))
            _history.Remove(statement);
        message.Agent!.EndEarly();
    }

    private SimulatedReply ListItems(CallContext context)
    {
        if (context.Conversation is not { IsAgent: true } conversation)
            return context.NotFound("Conversation", context.Route.ConversationId);
        if (!TryReadLimit(context.Request, out int limit))
            return context.BadParameter("'limit' must be a number from 1 to 100.");
        if (context.Request.Parameter("order") is not (null or "asc" or "desc"))
            return context.BadParameter("'order' must be asc or desc.");
        List<(string Id, Action<Utf8JsonWriter> Write)> items = [.. ItemsOf(conversation, context.Now)];
        if (context.Request.Parameter("order") == "desc")
            items.Reverse();
        int start = 0;
        if (context.Request.Parameter("after") is { Length: > 0 } after && (start = items.FindIndex(item => item.Id == after) + 1) == 0)
            return context.BadParameter($"'after' must be the id of an item; there is no '{after}'.");
        (string Id, Action<Utf8JsonWriter> Write)[] page = [.. items.Skip(start).Take(limit)];
        return SimulatedReply.Ok(json =>
        {
            json.WriteString("object", "list");
            json.WriteStartArray("data");
            foreach ((_, Action<Utf8JsonWriter> write) in page)
            {
                json.WriteStartObject();
                write(json);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteString("first_id", page.FirstOrDefault().Id);
            json.WriteString("last_id", page.LastOrDefault().Id);
            json.WriteBoolean("has_more", start + page.Length < items.Count);
        });
    }

    /// <summary>Turn by turn: what was asked, and the items that there are by now.</summary>
    private IEnumerable<(string Id, Action<Utf8JsonWriter> Write)> ItemsOf(SimulatedConversation conversation, long now)
    {
        foreach (SimulatedMessageState message in conversation.NewestFirst().Reverse())
        {
            if (message.Script.Agent is not { } agent)
                continue;
            yield return (AgentWire.QuestionIdOf(message), json => AgentWire.WriteQuestion(json, message));
            foreach (ScriptedEvent item in agent.ItemsAt(now))
                yield return (item.ItemId, json => _agentWire.WriteItem(json, message, item));
        }
    }

    private static bool TryReadLimit(SimulatedRequest request, out int limit)
    {
        limit = DefaultPageSize;
        return request.Parameter("limit") is not string text || (TryReadNumber(text, out limit) && limit is >= 1 and <= LargestPageSize);
    }
}
