using GenieLoad.Engine.Genie;
using GenieLoad.Engine.Genie.Agent;
using GenieLoad.Engine.Genie.Polling;
using GenieLoad.Engine.Http;
using GenieLoad.Model;

namespace GenieLoad.Engine.Running.Ways;

/// <summary>
/// Finds the answer to a question whose stream is gone, by the items of its conversation: the service goes on with the response, and lists
/// what came of it.
/// </summary>
internal sealed class AgentLookup(GenieApiClient client, string spaceId, LoadTestOptions options)
{
    private readonly TimeProvider _time = client.Time;
    private readonly LastLook _looks = new(client.Time, options.QuestionTimeoutSeconds);

    /// <summary>Looks until there is an answer.</summary>
    /// <param name="trace">Of the question; its conversation is known.</param>
    /// <param name="steps">What the stream has shown; what is found goes there too.</param>
    /// <param name="seen">Told of every status as it is seen.</param>
    /// <param name="stop">Ends it at once.</param>
    /// <returns><see langword="false"/> where the question's time ran out first.</returns>
    /// <exception cref="ApiException">The items cannot be read, or tell nothing of this question: what became of it is not known.</exception>
    public async Task<bool> FindAsync(QuestionTrace trace, AgentSteps steps, Action<string> seen, CancellationToken stop)
    {
        var schedule = new PollSchedule(options.Poll);
        long began = _time.GetTimestamp();
        long lookedAt = began;
        double wait = 0;
        while (await _looks.WaitAsync(trace, wait, stop).ConfigureAwait(false))
        {
            ApiReply<AgentTurn> reply = await LookAsync(trace, stop).ConfigureAwait(false);
            trace.Looked();
            if (IsOwn(reply.Value, trace))
            {
                if (trace.AcceptedAt is null)
                    trace.Accepted(reply.SentAt, reply.ReceivedAt, AgentStatus.Thinking);
                foreach (AgentItem item in reply.Value.Steps)
                    steps.Saw(item, reply.ReceivedAt, lookedAt);
                seen(steps.Status);
                if (reply.Value.IsAnswered)
                {
                    trace.Concluded(EndOf(reply.Value), reply.Body, reply.ReceivedAt, lookedAt);
                    return true;
                }
            }
            lookedAt = reply.SentAt;
            wait = schedule.Next(_time.GetElapsedTime(began).TotalSeconds);
        }
        return trace.AcceptedAt is null
            ? throw new ApiException(Operation.ListItems, AgentFault.NoEnd(), "the conversation's items do not show the question")
            {
                IsAmbiguous = true,
            }
            : false;
    }

    private async Task<ApiReply<AgentTurn>> LookAsync(QuestionTrace trace, CancellationToken stop)
    {
        try
        {
            return await client.ListLastTurnAsync(spaceId, trace.ConversationId!, trace.Calls, stop).ConfigureAwait(false);
        }
        catch (ApiException e)
        {
            throw new ApiException(e.Call, e.Failure, "the stream had broken off, and what became of the question is not known")
            {
                // Asked again it might be asked twice, unless it can be found by its ids.
                IsAmbiguous = true, BecauseRunEnds = e.BecauseRunEnds && !trace.Calls.Record.IsUnderway,
            };
        }
    }

    /// <summary>
    /// Whether the conversation's last turn is this question. The service had taken it where it said so; otherwise its text tells, unless
    /// the turn before has the same.
    /// </summary>
    private static bool IsOwn(AgentTurn turn, QuestionTrace trace) =>
        trace.AcceptedAt is not null
        || (turn is { Question.Text: string text, Before.Text: string before } && Same(text, trace) && !Same(before, trace));

    private static bool Same(string text, QuestionTrace trace) => text.Trim() == trace.Question.Text.Trim();

    private static AgentEnd EndOf(AgentTurn turn) => turn.Steps[^1].IsBroken
        ? new AgentEnd(MessageStatus.Failed, AgentEnd.Incomplete, "The response ended before its answer was whole")
        : new AgentEnd(MessageStatus.Completed);
}
