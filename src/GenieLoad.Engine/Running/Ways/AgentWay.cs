using System.Text.Json;
using GenieLoad.Engine.Genie;
using GenieLoad.Engine.Genie.Agent;
using GenieLoad.Engine.Http;
using GenieLoad.Engine.Randomness;
using GenieLoad.Model;

namespace GenieLoad.Engine.Running.Ways;

/// <summary>
/// The way of a question in agent mode: one POST, answered by a stream that tells each step until the response ends. A stream that breaks
/// off is no reason to ask again: what became of the response is looked up.
/// </summary>
internal sealed class AgentWay(GenieApiClient client, string spaceId, LoadTestOptions options) : IQuestionWay
{
    private const double MostCancelSeconds = 5;

    private readonly TimeProvider _time = client.Time;
    private readonly AgentLookup _lookup = new(client, spaceId, options);

    private long Now => _time.GetTimestamp();

    /// <inheritdoc/>
    public async Task<bool> GoAsync(QuestionTrace trace, Action<QuestionTrace, string> seen, CancellationToken stop)
    {
        var steps = new AgentSteps();
        trace.Agent = steps;
        try
        {
            if (trace.Before is not null)
            {
                trace.Accepted(Now, Now, AgentStatus.Thinking);
                seen(trace, AgentStatus.Thinking);
                return await _lookup.FindAsync(trace, steps, seen, stop).ConfigureAwait(false);
            }
            ApiFailure? broke;
            using (AgentStream stream = await AskAsync(trace, stop).ConfigureAwait(false))
            {
                broke = await ListenAsync(stream, trace, steps, seen, stop).ConfigureAwait(false);
                if (trace.Outcome != Outcome.Completed)
                    trace.Calls.Record.Failed(stream.RequestId);
            }
            if (broke is null)
                return true;
            // Without a conversation there is nothing to look at, and without an acknowledgement no time left to.
            if (trace.ConversationId is null || (trace.AcceptedAt is null && SecondsLeft(trace) <= 0))
                throw new ApiException(Operation.CreateResponse, broke) { IsAmbiguous = true };
            return SecondsLeft(trace) > 0 && await _lookup.FindAsync(trace, steps, seen, stop).ConfigureAwait(false);
        }
        finally
        {
            trace.Phased(AgentPhases.Of);
        }
    }

    /// <inheritdoc/>
    public async Task LeaveAsync(QuestionTrace trace, CancellationToken stop)
    {
        if (trace.MessageId is not string response)
            return;
        var policy = new CallPolicy(new SeededRandom((ulong)Now))
        {
            Question = trace.Question.Index, Deadline = Now + (long)(MostCancelSeconds * _time.TimestampFrequency),
        };
        try
        {
            await client.CancelResponseAsync(spaceId, response, policy, stop).ConfigureAwait(false);
        }
        catch (Exception e) when (e is ApiException or OperationCanceledException)
        {
            // It has ended meanwhile, or cannot be cancelled: the question is over all the same, and its row says how.
        }
    }

    private async Task<AgentStream> AskAsync(QuestionTrace trace, CancellationToken stop)
    {
        try
        {
            return await client.CreateResponseAsync(spaceId, trace.ConversationId, trace.Question.Text, trace.Calls, stop)
                .ConfigureAwait(false);
        }
        catch (ApiException e) when (!e.IsAmbiguous && AgentRefusal.HintFor(e.Failure) is string hint)
        {
            throw new ApiException(e.Call, e.Failure, hint);
        }
    }

    /// <summary>Listens until the response ends.</summary>
    /// <returns>Why the stream broke off before; <see langword="null"/> where it did not.</returns>
    private async Task<ApiFailure?> ListenAsync(
        AgentStream stream, QuestionTrace trace, AgentSteps steps, Action<QuestionTrace, string> seen, CancellationToken stop)
    {
        using CancellationTokenSource idle = new(Patience(trace), _time);
        using CancellationTokenRegistration ends = stop.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), idle);
        steps.Opened(stream.SentAt);
        try
        {
            await foreach (AgentEvent heard in stream.ReadAsync(idle.Token).ConfigureAwait(false))
            {
                // Anything else, as a comment, only keeps the stream alive.
                if (!heard.IsOfResponse && heard.End is null)
                    continue;
                long at = Now;
                idle.CancelAfter(Patience(trace));
                steps.Heard(heard, at);
                Take(heard, trace, at, seen);
                if (heard.Item is AgentItem item)
                    steps.Saw(item, at);
                if (heard.End is AgentEnd end)
                {
                    foreach (AgentItem listed in end.Output)
                        steps.Saw(listed, at);
                    trace.Concluded(end, heard.Body, at);
                    return null;
                }
                seen(trace, steps.Status);
            }
            return AgentFault.NoEnd();
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return AgentFault.NoEvent(options.StreamIdleSeconds);
        }
        catch (JsonException e)
        {
            return AgentFault.Unreadable(e);
        }
        catch (ApiException e)
        {
            return e.Failure;
        }
        catch (Exception e) when (CallFault.Of(e, stop) is ApiFailure fault)
        {
            return fault;
        }
        finally
        {
            steps.Closed(Now, stream.ByteCount);
        }
    }

    /// <summary>The ids come with the first event; whatever it is, the service has the question.</summary>
    private static void Take(AgentEvent heard, QuestionTrace trace, long at, Action<QuestionTrace, string> seen)
    {
        trace.ConversationId ??= heard.ConversationId;
        trace.MessageId ??= heard.ResponseId;
        // What could not be found again counts as under way until its end: whoever resumes the run must not ask it again.
        if (trace is { ConversationId: not null, MessageId: not null })
            trace.Calls.Record.Acknowledged();
        if (trace.AcceptedAt is not null)
            return;
        trace.Accepted(at, at, AgentStatus.Thinking);
        seen(trace, AgentStatus.Thinking);
    }

    private TimeSpan Patience(QuestionTrace trace) =>
        TimeSpan.FromSeconds(Math.Max(0, Math.Min(options.StreamIdleSeconds, SecondsLeft(trace))));

    private double SecondsLeft(QuestionTrace trace) => _time.GetElapsedTime(Now, trace.Calls.Deadline!.Value).TotalSeconds;
}
