using GenieLoad.Engine.Genie.Wire;
using GenieLoad.Engine.Http;
using GenieLoad.Engine.Runs;
using GenieLoad.Model;

namespace GenieLoad.Engine.Running;

/// <summary>Turns the trail of a walk that is over into its row of results.</summary>
internal static class QuestionRow
{
    /// <summary>
    /// The row, without secrets. Its times add up: see the remarks of <see cref="QuestionResult"/>. A question whose answer was fetched after its run had
    /// been interrupted has none: nobody was there to time it, and a time with the interruption in it would be no time of the service.
    /// </summary>
    public static QuestionResult Of(QuestionTrail trail, RunClock clock)
    {
        QuestionResult row = Untimed(trail, clock);
        return RowGate.Redact(trail.Before is null ? Timed(row, trail, clock) : Reattached(row, trail.Before));
    }

    private static QuestionResult Reattached(QuestionResult row, QuestionResult before) => row with
    {
        IsReattached = true,
        PlannedAt = before.PlannedAt,
        StartedAt = before.StartedAt,
        StartedOffsetSeconds = before.StartedOffsetSeconds,
        Attempts = Math.Max(1, before.Attempts),
    };

    private static QuestionResult Untimed(QuestionTrail trail, RunClock clock)
    {
        PlannedQuestion question = trail.Question;
        GenieMessage? message = trail.Message;
        GenieQueryAttachment? query = Answer.Query(message)?.Query;
        long? sentAt = trail.Calls.Record.FirstSentAt;
        double planned = question.AfterIndex is null ? question.PlannedSeconds : clock.Seconds(clock.Start, trail.PlannedAt);
        bool completed = trail.Outcome == Outcome.Completed;
        return new QuestionResult
        {
            Index = question.Index,
            QuestionId = question.QuestionId,
            Question = question.Text,
            Outcome = trail.Outcome,
            ThrottleSeconds = Asleep(trail, clock, throttled: true),
            FaultSeconds = Asleep(trail, clock, throttled: false),
            ServerSeconds = MessageStatus.IsTerminal(trail.Status) ? message?.ServerSeconds : null,
            PlannedAt = clock.Utc(planned),
            StartedAt = clock.Utc(sentAt),
            CompletedAt = clock.Utc(trail.DoneAt),
            PlannedOffsetSeconds = planned,
            StartedOffsetSeconds = clock.Offset(sentAt),
            CompletedOffsetSeconds = clock.Offset(trail.DoneAt),
            Worker = trail.Worker,
            Turn = question.Turn,
            User = question.User,
            Connection = trail.Connection,
            IsWarmUp = question.IsWarmUp,
            ConversationId = trail.ConversationId,
            MessageId = trail.MessageId,
            StatementId = query?.StatementId ?? trail.Result.StatementId ?? message?.QueryResult?.StatementId,
            RequestId = completed ? null : trail.Calls.Record.LastRequestId,
            Status = trail.Status,
            Attempts = trail.Calls.Record.Submissions,
            Polls = trail.Polls,
            Retries = trail.Calls.Record.ThrottleRetries + trail.Calls.Record.FaultRetries,
            ThrottleRetries = trail.Calls.Record.ThrottleRetries,
            FaultRetries = trail.Calls.Record.FaultRetries,
            HttpStatus = trail.HttpStatus,
            ErrorType = trail.ErrorType,
            ErrorText = trail.ErrorText,
            RowCount = trail.Result.RowCount ?? query?.QueryResultMetadata?.RowCount ?? message?.QueryResult?.RowCount,
            Truncated = query is null ? null : (trail.Result.Truncated ?? query.QueryResultMetadata?.IsTruncated) == true,
            AnswerKind = completed ? Answer.Kind(message) : null,
            RegenerateCount = message?.AutoRegenerateCount,
            Sql = query?.Query,
            Answer = completed ? Answer.Text(message) : null,
        };
    }

    private static QuestionResult Timed(QuestionResult row, QuestionTrail trail, RunClock clock)
    {
        PhaseTimes phases = PhaseTimes.Of(trail, clock);
        PhaseBounds bounds = PhaseBounds.Of(trail, clock);
        long? sentAt = trail.Calls.Record.FirstSentAt;
        double? duration = clock.Seconds(sentAt, trail.DoneAt);
        // The wait for the disk is GenieLoad's own, as lateness is, and no wait for a worker.
        double markWait = clock.Seconds(0, trail.MarkWait);
        double? wait = clock.Seconds(trail.FiredAt, sentAt ?? trail.DoneAt) - markWait;
        double turnWait = clock.Seconds(trail.FiredAt!.Value, trail.ReadyAt);
        double pacingWait = clock.Seconds(0, trail.PacingWait);
        return row with
        {
            // A question that was never asked has no response time; its waits tell how long it was there.
            ResponseSeconds = trail.Outcome == Outcome.NotStarted ? null : clock.Seconds(trail.PlannedAt, trail.DoneAt),
            DurationSeconds = duration,
            ServiceSeconds = duration - row.ThrottleSeconds - row.FaultSeconds,
            LagSeconds = clock.Seconds(trail.PlannedAt, trail.FiredAt) + markWait,
            WaitSeconds = wait,
            TurnWaitSeconds = turnWait,
            PacingWaitSeconds = pacingWait,
            WorkerWaitSeconds = wait - turnWait - pacingWait,
            SubmitSeconds = AwakeBetween(trail, clock, sentAt, trail.AcceptedAt ?? trail.DoneAt),
            SubmittedSeconds = phases[MessageStatus.Submitted],
            FetchingMetadataSeconds = phases[MessageStatus.FetchingMetadata],
            FilteringContextSeconds = phases[MessageStatus.FilteringContext],
            AskingAiSeconds = phases[MessageStatus.AskingAi],
            PendingWarehouseSeconds = phases[MessageStatus.PendingWarehouse],
            ExecutingQuerySeconds = phases[MessageStatus.ExecutingQuery],
            OtherPhaseSeconds = phases.OtherSeconds,
            DetectionSeconds = phases.DetectionSeconds,
            FetchSeconds = FetchSeconds(trail, clock),
            FetchingMetadataLowerSeconds = bounds.Lower(MessageStatus.FetchingMetadata),
            FetchingMetadataUpperSeconds = bounds.Upper(MessageStatus.FetchingMetadata),
            FilteringContextLowerSeconds = bounds.Lower(MessageStatus.FilteringContext),
            FilteringContextUpperSeconds = bounds.Upper(MessageStatus.FilteringContext),
            AskingAiLowerSeconds = bounds.Lower(MessageStatus.AskingAi),
            AskingAiUpperSeconds = bounds.Upper(MessageStatus.AskingAi),
            PendingWarehouseLowerSeconds = bounds.Lower(MessageStatus.PendingWarehouse),
            PendingWarehouseUpperSeconds = bounds.Upper(MessageStatus.PendingWarehouse),
            ExecutingQueryLowerSeconds = bounds.Lower(MessageStatus.ExecutingQuery),
            ExecutingQueryUpperSeconds = bounds.Upper(MessageStatus.ExecutingQuery),
            DetectionUpperSeconds = bounds.DetectionUpperSeconds,
            FirstAttachmentSeconds = clock.Seconds(trail.AcceptedAt, trail.AttachmentSeenAt),
            SqlKnownSeconds = clock.Seconds(trail.AcceptedAt, trail.SqlSeenAt),
        };
    }

    private static double Asleep(QuestionTrail trail, RunClock clock, bool throttled)
    {
        long ticks = 0;
        foreach (Sleep sleep in trail.Calls.Record.Sleeps)
            ticks += sleep.Throttled == throttled ? sleep.To - sleep.From : 0;
        return clock.Seconds(0, ticks);
    }

    private static double? AwakeBetween(QuestionTrail trail, RunClock clock, long? from, long? to) =>
        from is long a && to is long b ? PhaseTimes.Awake(trail, clock, a, b) : null;

    // From the poll that saw the end to the end of the walk: reading the result, where there was one to read.
    private static double? FetchSeconds(QuestionTrail trail, RunClock clock) =>
        MessageStatus.IsTerminal(trail.Status) && trail.DoneAt > trail.Sightings[^1].NotAfter
            ? PhaseTimes.Awake(trail, clock, trail.Sightings[^1].NotAfter, trail.DoneAt.Value)
            : null;
}
