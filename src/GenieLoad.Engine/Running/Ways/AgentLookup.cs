using GenieLoad.Engine.Genie;
using GenieLoad.Engine.Genie.Agent;
using GenieLoad.Engine.Genie.Polling;
using GenieLoad.Engine.Genie.Wire;
using GenieLoad.Engine.Http;
using GenieLoad.Model;

namespace GenieLoad.Engine.Running.Ways;

/// <summary>
/// Finds the answer to a question whose stream is gone, by the items of its conversation: the service goes on with the response, and lists
/// what came of it. No item says that it is the last: an answer that nothing follows for a while is one. None says that the response has
/// failed: its message does.
/// </summary>
internal sealed class AgentLookup(GenieApiClient client, string spaceId, LoadTestOptions options)
{
    // A remark on the way is followed by its next step at once.
    private const double SettledSeconds = 5;

    private readonly TimeProvider _time = client.Time;
    private readonly LastLook _looks = new(client.Time, options.QuestionTimeoutSeconds);
    private volatile bool _showsMessages = true;

    /// <summary>Looks until there is an answer.</summary>
    /// <param name="trace">Of the question; its conversation is known.</param>
    /// <param name="steps">What the stream has shown; what is found goes there too.</param>
    /// <param name="seen">Told of every status as it is seen.</param>
    /// <param name="stop">Ends it at once.</param>
    /// <returns><see langword="false"/> where the question's time ran out first.</returns>
    /// <exception cref="ApiException">
    /// The items cannot be read, or tell nothing of this question: what became of it is not known.
    /// </exception>
    public async Task<bool> FindAsync(QuestionTrace trace, AgentSteps steps, Action<QuestionTrace, string> seen, CancellationToken stop)
    {
        var schedule = new PollSchedule(options.Poll);
        long began = _time.GetTimestamp();
        long lookedAt = steps.HeardAt ?? began;
        double wait = 0;
        Sight? answered = null;
        ApiFailure? nothing = AgentFault.NoEnd();
        while (await _looks.WaitAsync(trace, wait, stop).ConfigureAwait(false))
        {
            wait = schedule.Next(_time.GetElapsedTime(began).TotalSeconds);
            ApiReply<AgentTurn> reply;
            try
            {
                reply = await client.ListLastTurnAsync(spaceId, trace.ConversationId!, trace.Calls, stop).ConfigureAwait(false);
            }
            catch (ApiException e)
            {
                if (e.Failure.Kind == FailureKind.Rejected || e.BecauseRunEnds)
                    throw Unknown(e, trace);
                // The next look may tell.
                nothing = e.Failure;
                continue;
            }
            trace.Looked();
            if (IsOwn(reply.Value, trace))
            {
                nothing = null;
                Take(reply, trace, steps, seen, lookedAt);
                if (answered?.Key != reply.Value.AnswerKey)
                    answered = reply.Value.AnswerKey is string key ? new Sight(key, reply, lookedAt) : null;
                else if (answered is not null && _time.GetElapsedTime(answered.Reply.ReceivedAt).TotalSeconds >= SettledSeconds)
                    return Conclude(answered, trace);
                if (answered is null && await EndedBadlyAsync(trace, lookedAt, stop).ConfigureAwait(false))
                    return true;
            }
            lookedAt = reply.SentAt;
        }
        if (answered is Sight last)
            return Conclude(last, trace);
        return nothing is null ? false : throw Unknown(new ApiException(Operation.ListItems, nothing), trace);
    }

    /// <summary>
    /// Looks at the message of the response, which says how it ended, while no item does. Not every workspace shows an agent's messages.
    /// </summary>
    private async Task<bool> EndedBadlyAsync(QuestionTrace trace, long notBefore, CancellationToken stop)
    {
        if (trace.MessageId is not string message || !_showsMessages)
            return false;
        try
        {
            ApiReply<GenieMessage> reply = await client
                .GetMessageAsync(spaceId, trace.ConversationId!, message, trace.Calls, stop).ConfigureAwait(false);
            string? status = reply.Value.Status;
            if (status is not (MessageStatus.Failed or MessageStatus.Cancelled))
                return false;
            GenieMessageError? error = reply.Value.Error;
            trace.Concluded(new AgentEnd(status, error?.Type, error?.Error), reply.Body, reply.ReceivedAt, notBefore);
            return true;
        }
        catch (ApiException e) when (!e.BecauseRunEnds)
        {
            // The items go on telling.
            _showsMessages = e.Failure.Kind != FailureKind.Rejected;
            return false;
        }
    }

    private static void Take(
        ApiReply<AgentTurn> reply, QuestionTrace trace, AgentSteps steps, Action<QuestionTrace, string> seen, long lookedAt)
    {
        if (trace.AcceptedAt is null)
            trace.Accepted(reply.SentAt, reply.ReceivedAt, AgentStatus.Thinking);
        foreach (AgentItem item in reply.Value.Steps)
            steps.Saw(item, reply.ReceivedAt, lookedAt);
        seen(trace, steps.Status);
    }

    private static bool Conclude(Sight sight, QuestionTrace trace)
    {
        AgentEnd end = sight.Reply.Value.Steps[^1].IsBroken
            ? new AgentEnd(MessageStatus.Failed, AgentEnd.Incomplete, "The response ended before its answer was whole")
            : new AgentEnd(MessageStatus.Completed);
        trace.Concluded(end, sight.Reply.Body, sight.Reply.ReceivedAt, sight.NotBefore);
        return true;
    }

    /// <summary>
    /// Whether the conversation's last turn is this question, and not the one before, of which the service may tell for a while yet. Where
    /// it lists no questions, only the first turn is told apart from others.
    /// </summary>
    private static bool IsOwn(AgentTurn turn, QuestionTrace trace)
    {
        if (turn.Question?.Text is not string asked)
            return trace is { AcceptedAt: not null, Question.Turn: 1 };
        return Same(asked, trace) && (trace.Question.Turn == 1 || turn.Before is not null)
            && (trace.AcceptedAt is not null || turn.Before?.Text is string before && !Same(before, trace));
    }

    // How a service keeps blanks is its own affair.
    private static bool Same(string text, QuestionTrace trace) =>
        text.Where(letter => !char.IsWhiteSpace(letter)).SequenceEqual(trace.Question.Text.Where(letter => !char.IsWhiteSpace(letter)));

    // Asked again it might be asked twice, unless it can be found by its ids.
    private static ApiException Unknown(ApiException e, QuestionTrace trace) => new(
        e.Call, e.Failure, "the stream had broken off, and the conversation's items do not tell what became of the question")
    {
        IsAmbiguous = true, BecauseRunEnds = e.BecauseRunEnds && !trace.Calls.Record.IsUnderway,
    };

    /// <summary>An answer, seen for the first time.</summary>
    private sealed record Sight(string Key, ApiReply<AgentTurn> Reply, long NotBefore);
}
