using System.Globalization;
using GenieLoad.Engine.Randomness;
using GenieLoad.Engine.Simulation.Billing;
using GenieLoad.Engine.Simulation.Records;
using GenieLoad.Engine.Simulation.Script;

namespace GenieLoad.Engine.Simulation.Workspace;

/// <summary>Questions, messages and conversations.</summary>
internal sealed partial class SimulatedWorkspace
{
    private const int LongestQuestion = 10_000;

    private SimulatedReply Ask(CallContext context, SimulatedFault fault)
    {
        if (string.IsNullOrWhiteSpace(context.Question))
            return context.BadParameter("The body must be a JSON object with a 'content' that is not empty.");
        if (context.Question.Length > LongestQuestion)
            return context.BadParameter($"'content' must not be longer than {LongestQuestion} characters.");
        string user = _tokens.UserOf(context.Request.Authorization);
        if (!_limits.TryAdmit(context.Space!.Id, user, context.Now, out long ticksToWait))
            return Throttle(context, ticksToWait);

        SimulatedMessageState message = Accept(context, context.Question, user, fault);
        context.Call.Accepted = true;
        context.Call.MessageId = message.MessageId;
        SimulatedReply reply = context.Route.Operation == SimulatedOperation.CreateMessage
            ? SimulatedReply.Ok(json => GenieJson.WriteAccepted(json, message, _clock))
            : SimulatedReply.Ok(json =>
            {
                json.WriteString("conversation_id", message.Conversation.Id);
                json.WriteString("message_id", message.MessageId);
                json.WriteStartObject("conversation");
                GenieJson.WriteConversation(json, message.Conversation, _clock);
                json.WriteEndObject();
                json.WriteStartObject("message");
                GenieJson.WriteAccepted(json, message, _clock);
                json.WriteEndObject();
            });
        return reply with { Accepted = message };
    }

    private SimulatedMessageState Accept(CallContext context, string question, string user, SimulatedFault fault)
    {
        int occurrence = _record.CountAccepted(question);
        long key = QuestionKeys.Of(question, occurrence);
        SeededRandom ids = SeededRandom.For(_options.Seed, "ids", key);
        string messageId = Hex.Draw(ids);
        bool isAgent = context.Route.Operation == SimulatedOperation.CreateResponse;
        SimulatedConversation? conversation = context.Conversation;
        if (conversation is null)
        {
            conversation = new SimulatedConversation(Hex.Draw(ids), context.Space!.Id, question, context.Now)
            {
                Owner = user,
                IsAgent = isAgent,
            };
            context.Space.Add(conversation);
        }

        SimulatedMessageState message = conversation.Add(context.Now, (turn, blocked) =>
        {
            SeededRandom random = SeededRandom.For(_options.Seed, isAgent ? "agent" : "script", key);
            return new SimulatedMessageState
            {
                MessageId = messageId,
                Conversation = conversation,
                Turn = turn,
                Question = question,
                User = user,
                Identity = _tokens.IdentityOf(user),
                GenieDbu = GenieUsage.Draw(_options.Seed, key),
                Topic = SimulatedTexts.TopicOf(question, QuestionKeys.Hash(question)),
                Occurrence = occurrence,
                Key = key,
                Script = isAgent ? _scripts.WriteAgent(random, context.Now)
                    : blocked ? _scripts.WriteBlocked(random, context.Now)
                    : _scripts.Write(random, key, context.Now),
                ReceivedAt = context.Call.ArrivedTimestamp,
                AskFault = fault,
                Agent = isAgent ? new AgentTurn() : null,
            };
        });
        // In chat mode, only the query that answers has a result.
        foreach (ScriptedStatement statement in message.Script.Statements)
        {
            if (isAgent || statement == message.AnswerQuery!.Statement)
                _messageByStatement[statement.Id] = message;
        }

        foreach (ScriptedStatement statement in message.Script.Statements)
            _history.Add(message, statement);
        _record.Add(message);
        return message;
    }

    private SimulatedReply Throttle(CallContext context, long ticksToWait)
    {
        TimeSpan wait = _options.RetryAfterSeconds is { } fixedSeconds ? _clock.Scaled(fixedSeconds) : _clock.Between(0, ticksToWait);
        string? retryAfter = _options.RetryAfter switch
        {
            RetryAfterForm.Seconds => Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture),
            RetryAfterForm.Date => RoundUpToSecond(_clock.Utc(context.Now) + wait).ToString("R", CultureInfo.InvariantCulture),
            _ => null,
        };
        string code = context.Route.Operation == SimulatedOperation.CreateResponse ? "RATE_LIMIT_EXCEEDED" : "REQUEST_LIMIT_EXCEEDED";
        return context.Error(429, code, "Too many questions to this workspace. Please try again later.")
            with { RetryAfter = retryAfter };
    }

    private static DateTime RoundUpToSecond(DateTime instant)
    {
        long over = instant.Ticks % TimeSpan.TicksPerSecond;
        return over == 0 ? instant : instant.AddTicks(TimeSpan.TicksPerSecond - over);
    }

    private SimulatedReply GetMessage(CallContext context)
    {
        SimulatedMessageState message = context.Message!;
        message.CountPoll();
        SimulatedReply reply = SimulatedReply.Ok(json => WriteMessage(context, json, message));
        return message.Script.IsTerminalAt(context.Now) ? reply with { Ended = message } : reply;
    }

    private SimulatedReply DeleteConversation(CallContext context)
    {
        bool removed = context.Space!.Remove(context.Route.ConversationId);
        foreach (SimulatedMessageState message in context.Conversation!.NewestFirst())
            EndEarly(message);
        return Delete(removed, context);
    }

    private SimulatedReply DeleteMessage(CallContext context)
    {
        bool removed = context.Conversation!.Remove(context.Route.MessageId);
        EndEarly(context.Message!);
        return Delete(removed, context);
    }

    private static SimulatedReply Delete(bool removed, CallContext context) => removed
        ? new SimulatedReply(200, default)
        : context.NotFound("Resource", context.Request.Path);

    private static SimulatedReply SendFeedback(CallContext context)
    {
        string? rating = BodyReader.Text(context.Request.Body, "rating");
        string? comment = BodyReader.Text(context.Request.Body, "comment");
        if (rating is not ("POSITIVE" or "NEGATIVE" or "NONE"))
            return context.BadParameter("'rating' must be POSITIVE, NEGATIVE or NONE.");
        if (rating == "NONE" && comment is not null)
            return context.BadParameter("A comment needs a rating of POSITIVE or NEGATIVE.");
        context.Message!.FeedbackRating = rating == "NONE" ? null : rating;
        context.Message.FeedbackComment = comment;
        return new SimulatedReply(200, default);
    }
}
