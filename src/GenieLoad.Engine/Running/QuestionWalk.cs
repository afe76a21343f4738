using GenieLoad.Engine.Addresses;
using GenieLoad.Engine.Genie;
using GenieLoad.Engine.Genie.Polling;
using GenieLoad.Engine.Genie.Wire;
using GenieLoad.Engine.Http;
using GenieLoad.Engine.Statistics;
using GenieLoad.Model;

namespace GenieLoad.Engine.Running;

/// <summary>The way of one question: ask, poll, read the result. Holds no thread while it waits.</summary>
internal sealed class QuestionWalk(GenieApiClient client, string spaceId, LoadTestOptions options)
{
    // The system's timers run on a coarser clock than durations are measured with: 16 ms on Windows. What ends this close to the
    // deadline ended because of it.
    private const double TimerTickSeconds = 0.05;

    private readonly TimeProvider _time = client.Time;
    private readonly AnswerForecast? _forecast = options.Poll.Policy == PollPolicy.Adaptive ? new AnswerForecast(options.Poll) : null;

    /// <summary>Walks to the end, whatever it is, and records everything in the trail. Throws nothing.</summary>
    /// <param name="trail">Of the question.</param>
    /// <param name="seen">Told of every status as it is seen.</param>
    /// <param name="stop">Ends the walk at once, as <c>Interrupted</c>.</param>
    public async Task WalkAsync(QuestionTrail trail, Action<string> seen, CancellationToken stop)
    {
        trail.Calls.Deadline = _time.GetTimestamp() + (long)(options.QuestionTimeoutSeconds * _time.TimestampFrequency);
        try
        {
            if (trail.Before is not null)
                trail.Accepted(Now, Now, MessageStatus.Submitted);
            else
                await AskAsync(trail, stop).ConfigureAwait(false);
            seen(trail.Status!);
            if (!await PollAsync(trail, seen, stop).ConfigureAwait(false))
            {
                trail.End(
                    Outcome.TimedOut, Now, "QUESTION_TIMEOUT",
                    FormattableString.Invariant($"No answer within {options.QuestionTimeoutSeconds:0.#} s; last status {trail.Status}"));
                return;
            }
            await ConcludeAsync(trail, stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            if (trail.Calls.Record.IsUnderway)
            {
                trail.End(
                    Outcome.Ambiguous, Now, AskedQuestions.RunEndedErrorType,
                    "The run ended while the question was being sent; whether it was accepted is not known");
            }
            else
                trail.End(Outcome.Interrupted, Now, errorText: "The run ended while the question was in flight");
        }
        catch (ApiException e) when (e.BecauseRunEnds)
        {
            trail.End(Outcome.Interrupted, Now, e.Failure.ErrorType, $"{e.Call}: {e.Message}", e.Failure.HttpStatus);
        }
        catch (ApiException e)
        {
            trail.End(OutcomeOf(e, trail), Now, e.Failure.ErrorType, $"{e.Call}: {e.Message}", e.Failure.HttpStatus);
        }
        catch (Exception e)
        {
            // A fault of our own must not take the other questions with it; it is recorded where everybody sees it.
            trail.End(Outcome.Failed, Now, "GENIELOAD_FAULT", $"GenieLoad itself failed: {e.Message}");
        }
    }

    private long Now => _time.GetTimestamp();

    private async Task AskAsync(QuestionTrail trail, CancellationToken stop)
    {
        PlannedQuestion question = trail.Question;
        GenieMessage? message;
        long sentAt;
        long receivedAt;
        if (trail.ConversationId is null)
        {
            ApiReply<StartConversationAnswer> reply = await client
                .StartConversationAsync(spaceId, question.Text, trail.Calls, stop).ConfigureAwait(false);
            message = reply.Value.Message;
            sentAt = reply.SentAt;
            receivedAt = reply.ReceivedAt;
            StartConversationAnswer answer = reply.Value;
            trail.ConversationId = FirstId(
                answer.ConversationId, answer.Conversation?.ConversationId, answer.Conversation?.LegacyId, message?.ConversationId);
            trail.MessageId = FirstId(answer.MessageId, message?.MessageId, message?.LegacyId);
        }
        else
        {
            ApiReply<GenieMessage> reply = await client
                .CreateMessageAsync(spaceId, trail.ConversationId, question.Text, trail.Calls, stop).ConfigureAwait(false);
            message = reply.Value;
            sentAt = reply.SentAt;
            receivedAt = reply.ReceivedAt;
            trail.MessageId = FirstId(message.MessageId, message.LegacyId);
        }
        if (trail.ConversationId is null || trail.MessageId is null)
        {
            // The service has it, and nobody can look it up: it must not be asked again, and what became of it is not known.
            throw new ApiException(
                trail.ConversationId is null ? Operation.StartConversation : Operation.CreateMessage,
                Malformed("The question was accepted without a message id to ask for") with { Answered = true }) { IsAmbiguous = true };
        }
        trail.Accepted(sentAt, receivedAt, message?.Status ?? MessageStatus.Submitted);
    }

    /// <summary>The first of the places that hold an id; what can be none is passed over.</summary>
    private static string? FirstId(params string?[] places) => Array.Find(places, ServiceId.IsPlausible);

    private static ApiFailure Malformed(string what) => new(FailureKind.Transport, AnswerFault.Malformed, what);

    /// <summary>The attachment to read a result of; <see langword="null"/> where the answer has none.</summary>
    private static string? ResultOf(GenieAttachment? query)
    {
        if (query?.AttachmentId is not string id || ServiceId.IsPlausible(id))
            return query?.AttachmentId;
        throw new ApiException(
            Operation.GetMessage, Malformed($"The answer names the attachment of its result {ServiceId.Shown(id)}, which cannot be an id"));
    }

    /// <returns><see langword="false"/> when the question's time ran out first.</returns>
    private async Task<bool> PollAsync(QuestionTrail trail, Action<string> seen, CancellationToken stop)
    {
        var schedule = new PollSchedule(options.Poll);
        // The last look comes shortly before the deadline: an answer that was in time must not count as late because polls were rare.
        double lastLook = Math.Min(1, options.QuestionTimeoutSeconds * 0.05);
        do
        {
            double left = SecondsTo(trail.Calls.Deadline!.Value);
            double elapsed = _time.GetElapsedTime(trail.AcceptedAt!.Value).TotalSeconds;
            double wait = _forecast?.Wait(trail.Status!, _time.GetElapsedTime(trail.Sightings[^1].NotAfter).TotalSeconds, elapsed)
                ?? schedule.Next(elapsed);
            if (left <= lastLook)
            {
                await SleepAsync(left, stop).ConfigureAwait(false);
                return false;
            }
            await SleepAsync(Math.Min(wait, left - lastLook), stop).ConfigureAwait(false);
            trail.Polled(await client
                .GetMessageAsync(spaceId, trail.ConversationId!, trail.MessageId!, trail.Calls, stop, mayComeLater: trail.Polls == 0)
                .ConfigureAwait(false));
            seen(trail.Status!);
        }
        while (!MessageStatus.IsTerminal(trail.Status));
        Learn(trail);
        return true;
    }

    private void Learn(QuestionTrail trail)
    {
        long end = trail.Sightings[^1].Estimate;
        double Until(long from) => Math.Max(0, _time.GetElapsedTime(from, end).TotalSeconds);
        _forecast?.Learn(
            Until(trail.AcceptedAt!.Value), trail.Sightings.SkipLast(1).Select(sighting => (sighting.Status, Until(sighting.NotAfter))));
    }

    private async Task ConcludeAsync(QuestionTrail trail, CancellationToken stop)
    {
        long terminalAt = trail.Sightings[^1].NotAfter;
        GenieMessage message = trail.Message!;
        GenieAttachment? query = Answer.Query(message);
        switch (trail.Status)
        {
            case MessageStatus.Completed:
                if (options.ReadResult && ResultOf(query) is string attachment)
                    await new ResultRead(client, spaceId, options.Poll).ReadAsync(trail, attachment, stop).ConfigureAwait(false);
                if (trail.DoneAt is null)
                    trail.End(Outcome.Completed, trail.ResultReadAt ?? terminalAt);
                break;
            case MessageStatus.QueryResultExpired when options.RefreshExpired && ResultOf(query) is string expired:
                await new ResultRead(client, spaceId, options.Poll).RefreshAsync(trail, expired, stop).ConfigureAwait(false);
                if (trail.DoneAt is null)
                    trail.End(Outcome.Completed, trail.ResultReadAt ?? Now);
                break;
            case MessageStatus.QueryResultExpired:
                trail.End(Outcome.Expired, terminalAt, "QUERY_RESULT_EXPIRED", "The answer's result had expired before it could be read");
                break;
            case MessageStatus.Cancelled:
                trail.End(Outcome.Cancelled, terminalAt, message.Error?.Type, message.Error?.Error);
                break;
            default:
                // Throttling can also come after the question was accepted, as the reason of its failure.
                bool throttled = message.Error?.Type?.StartsWith("RATE_LIMIT_EXCEEDED", StringComparison.Ordinal) == true;
                trail.End(
                    throttled ? Outcome.Throttled : Outcome.Failed, terminalAt,
                    message.Error?.Type ?? "UNKNOWN", message.Error?.Error ?? "The service gave no reason");
                break;
        }
    }

    private string OutcomeOf(ApiException e, QuestionTrail trail) => e.Failure.Kind switch
    {
        FailureKind.Throttled => Outcome.Throttled,
        _ when e.IsAmbiguous => Outcome.Ambiguous,
        _ when e.AskedForTooLongAWait => Outcome.Throttled,
        FailureKind.Rejected => Outcome.Rejected,
        FailureKind.Transport when SecondsTo(trail.Calls.Deadline!.Value) <= TimerTickSeconds => Outcome.TimedOut,
        _ => Outcome.Unreachable,
    };

    private double SecondsTo(long timestamp) => _time.GetElapsedTime(_time.GetTimestamp(), timestamp).TotalSeconds;

    private Task SleepAsync(double seconds, CancellationToken stop) =>
        RunClock.Sleep(_time, PacingClock.Coalesce(_time, TimeSpan.FromSeconds(Math.Max(0, seconds))).TotalSeconds, stop);
}
