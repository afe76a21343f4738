using GenieLoad.Engine.Addresses;
using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Genie;
using GenieLoad.Engine.Genie.Polling;
using GenieLoad.Engine.Genie.Wire;
using GenieLoad.Engine.Http;
using GenieLoad.Model;

namespace GenieLoad.Engine.Running.Ways;

/// <summary>The way of a question in chat mode: ask, poll, read the result. Holds no thread while it waits.</summary>
internal sealed class ChatWay(GenieApiClient client, string spaceId, LoadTestOptions options) : IQuestionWay
{
    private readonly TimeProvider _time = client.Time;
    private readonly LastLook _looks = new(client.Time, options.QuestionTimeoutSeconds);
    private readonly AnswerForecast? _forecast = options.Poll.Policy == PollPolicy.Adaptive ? new AnswerForecast(options.Poll) : null;

    private long Now => _time.GetTimestamp();

    /// <inheritdoc/>
    public async Task<bool> GoAsync(QuestionTrace trace, Action<QuestionTrace, string> seen, CancellationToken stop)
    {
        if (trace.Before is not null)
            trace.Accepted(Now, Now, MessageStatus.Submitted);
        else
            await AskAsync(trace, stop).ConfigureAwait(false);
        seen(trace, trace.Status!);
        // Here and not in a method of its own, which would be memory for every question in flight.
        var schedule = new PollSchedule(options.Poll);
        do
        {
            double wait = WaitBefore(trace, ref schedule);
            if (!await _looks.WaitAsync(trace, wait, stop).ConfigureAwait(false))
                return false;
            trace.Polled(await client
                .GetMessageAsync(spaceId, trace.ConversationId!, trace.MessageId!, trace.Calls, stop, trace.Polls == 0, trace.LastSeen)
                .ConfigureAwait(false));
            seen(trace, trace.Status!);
        }
        while (!MessageStatus.IsTerminal(trace.Status));
        Learn(trace);
        await ConcludeAsync(trace, stop).ConfigureAwait(false);
        return true;
    }

    /// <summary>Does nothing: a chat's message cannot be cancelled.</summary>
    public Task LeaveAsync(QuestionTrace trace, CancellationToken stop) => Task.CompletedTask;

    private async Task AskAsync(QuestionTrace trace, CancellationToken stop)
    {
        PlannedQuestion question = trace.Question;
        GenieMessage? message;
        long sentAt;
        long receivedAt;
        if (trace.ConversationId is null)
        {
            ApiReply<StartConversationAnswer> reply = await client
                .StartConversationAsync(spaceId, question.Text, trace.Calls, stop).ConfigureAwait(false);
            message = reply.Value.Message;
            sentAt = reply.SentAt;
            receivedAt = reply.ReceivedAt;
            StartConversationAnswer answer = reply.Value;
            trace.ConversationId = answer.PlausibleConversationId;
            trace.MessageId = ServiceId.First(answer.MessageId, message?.MessageId, message?.LegacyId);
        }
        else
        {
            ApiReply<GenieMessage> reply = await client
                .CreateMessageAsync(spaceId, trace.ConversationId, question.Text, trace.Calls, stop).ConfigureAwait(false);
            message = reply.Value;
            sentAt = reply.SentAt;
            receivedAt = reply.ReceivedAt;
            trace.MessageId = ServiceId.First(message.MessageId, message.LegacyId);
        }
        if (trace.ConversationId is null || trace.MessageId is null)
        {
            // The service has it, and nobody can look it up: it must not be asked again, and what became of it is not known.
            throw new ApiException(
                trace.ConversationId is null ? Operation.StartConversation : Operation.CreateMessage,
                Malformed("The question was accepted without a message id to ask for") with { Answered = true }) { IsAmbiguous = true };
        }
        trace.Accepted(sentAt, receivedAt, message?.Status ?? MessageStatus.Submitted);
    }

    private static ApiFailure Malformed(string what) => new(FailureKind.Transport, AnswerFault.Malformed, what);

    /// <summary>The attachment to read a result of; <see langword="null"/> where the answer has none.</summary>
    private static string? ResultOf(GenieAttachment? query)
    {
        if (query?.AttachmentId is not string id || ServiceId.IsPlausible(id))
            return query?.AttachmentId;
        throw new ApiException(
            Operation.GetMessage, Malformed($"The answer names the attachment of its result {ServiceId.Shown(id)}, which cannot be an id"));
    }

    /// <summary>Seconds to wait before the next poll.</summary>
    private double WaitBefore(QuestionTrace trace, ref PollSchedule schedule)
    {
        double elapsed = _time.GetElapsedTime(trace.AcceptedAt!.Value).TotalSeconds;
        return _forecast?.Wait(trace.Status!, _time.GetElapsedTime(trace.Sightings[^1].NotAfter).TotalSeconds, elapsed)
            ?? schedule.Next(elapsed);
    }

    private void Learn(QuestionTrace trace)
    {
        long end = trace.Sightings[^1].Estimate;
        double Until(long from) => Math.Max(0, _time.GetElapsedTime(from, end).TotalSeconds);
        _forecast?.Learn(
            Until(trace.AcceptedAt!.Value), trace.Sightings.SkipLast(1).Select(sighting => (sighting.Status, Until(sighting.NotAfter))));
    }

    private async Task ConcludeAsync(QuestionTrace trace, CancellationToken stop)
    {
        long terminalAt = trace.Sightings[^1].NotAfter;
        GenieMessage message = trace.Message!;
        GenieAttachment? query = Answer.Query(message);
        switch (trace.Status)
        {
            case MessageStatus.Completed:
                if (options.ReadResult && ResultOf(query) is string attachment)
                    await new ResultRead(client, spaceId, options.Poll).ReadAsync(trace, attachment, stop).ConfigureAwait(false);
                if (trace.DoneAt is null)
                    trace.End(Outcome.Completed, trace.ResultReadAt ?? terminalAt);
                break;
            case MessageStatus.QueryResultExpired when options.RefreshExpired && ResultOf(query) is string expired:
                await new ResultRead(client, spaceId, options.Poll).RefreshAsync(trace, expired, stop).ConfigureAwait(false);
                if (trace.DoneAt is null)
                    trace.End(Outcome.Completed, trace.ResultReadAt ?? Now);
                break;
            case MessageStatus.QueryResultExpired:
                trace.End(Outcome.Expired, terminalAt, "QUERY_RESULT_EXPIRED", "The answer's result had expired before it could be read");
                break;
            case MessageStatus.Cancelled:
                trace.End(Outcome.Cancelled, terminalAt, message.Error?.Type, message.Error?.Error);
                break;
            default:
                // Throttling can also come after the question was accepted, as the reason of its failure.
                trace.End(
                    GenieErrorTypes.IsRateLimit(message.Error?.Type) ? Outcome.Throttled : Outcome.Failed, terminalAt,
                    message.Error?.Type ?? "UNKNOWN", message.Error?.Error ?? "The service gave no reason");
                break;
        }
    }
}
