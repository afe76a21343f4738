using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Genie.Wire;
using GenieLoad.Engine.Http;
using GenieLoad.Engine.Runs;
using GenieLoad.Model;

namespace GenieLoad.Engine.Running;

/// <summary>Turns the trace of a question that has ended into its row of results.</summary>
internal static class QuestionRow
{
    /// <summary>
    /// The row, without secrets. Its times add up: see the remarks of <see cref="QuestionResult"/>. A question whose answer was fetched
    /// after its run had been interrupted has none: nobody was there to time it, and a time with the interruption in it would be no time of
    /// the service.
    /// </summary>
    public static QuestionResult Of(QuestionTrace trace, RunClock clock)
    {
        QuestionResult row = Untimed(trace, clock);
        return RowGate.Redact(trace.Before is null ? Timed(row, trace, clock) : Reattached(row, trace.Before));
    }

    private static QuestionResult Reattached(QuestionResult row, QuestionResult before) => row with
    {
        IsReattached = true,
        PlannedAt = before.PlannedAt,
        StartedAt = before.StartedAt,
        StartedOffsetSeconds = before.StartedOffsetSeconds,
        Attempts = Math.Max(1, before.Attempts),
    };

    private static QuestionResult Untimed(QuestionTrace trace, RunClock clock)
    {
        PlannedQuestion question = trace.Question;
        GenieMessage? message = trace.Message;
        GenieQueryAttachment? query = Answer.Query(message)?.Query;
        long? sentAt = trace.Calls.Record.FirstSentAt;
        double planned = question.AfterIndex is null ? question.PlannedSeconds : clock.Seconds(clock.Start, trace.PlannedAt);
        bool completed = trace.Outcome == Outcome.Completed;
        return Signed(PlannedRow.Of(question, trace.Outcome, clock.Utc(planned), planned), trace.Signed) with
        {
            ThrottleSeconds = Asleep(trace, clock, throttled: true),
            FaultSeconds = Asleep(trace, clock, throttled: false),
            ServerSeconds = MessageStatus.IsTerminal(trace.Status) ? message?.ServerSeconds : null,
            StartedAt = clock.Utc(sentAt),
            CompletedAt = clock.Utc(trace.DoneAt),
            StartedOffsetSeconds = clock.Offset(sentAt),
            CompletedOffsetSeconds = clock.Offset(trace.DoneAt),
            Worker = trace.Worker,
            Connection = trace.Connection,
            ConversationId = trace.ConversationId,
            MessageId = trace.MessageId,
            StatementId = query?.StatementId ?? trace.Result.StatementId ?? message?.QueryResult?.StatementId,
            StatementIds = trace.Statements.ToString() ?? trace.Result.StatementId,
            ServerCreatedAt = message?.CreatedAt,
            ServerUpdatedAt = MessageStatus.IsTerminal(trace.Status) ? message?.UpdatedAt : null,
            RequestId = completed ? null : trace.Calls.Record.LastRequestId,
            Status = trace.Status,
            Attempts = trace.Calls.Record.Submissions,
            Sends = RecordedSends.Format(trace.Calls.Record.Sent, at => clock.Seconds(clock.Start, at)),
            Polls = trace.Polls,
            Retries = trace.Calls.Record.ThrottleRetries + trace.Calls.Record.FaultRetries,
            ThrottleRetries = trace.Calls.Record.ThrottleRetries,
            FaultRetries = trace.Calls.Record.FaultRetries,
            HttpStatus = trace.HttpStatus,
            ErrorType = trace.ErrorType,
            ErrorText = trace.ErrorText,
            RowCount = trace.Result.RowCount ?? query?.QueryResultMetadata?.RowCount ?? message?.QueryResult?.RowCount,
            Truncated = query is null ? null : (trace.Result.Truncated ?? query.QueryResultMetadata?.IsTruncated) == true,
            AnswerKind = completed ? Answer.Kind(message) : null,
            StatementCount = trace.Agent?.StatementCount,
            ItemCount = trace.Agent?.ItemCount,
            StreamBytes = trace.Agent?.ByteCount,
            RegenerateCount = message?.AutoRegenerateCount,
            Sql = query?.Query,
            Answer = completed ? Answer.Text(message) : null,
        };
    }

    private static QuestionResult Signed(QuestionResult row, SignedAnswer? signed) => signed is null ? row : row with
    {
        SqlSignature = signed.Sql?.Exact,
        SqlLexicalSignature = signed.Sql?.Lexical,
        SqlMaskedSignature = signed.Sql?.Masked,
        SqlShapeSignature = signed.Sql?.Shape,
        ResultSignature = signed.ResultSignature,
        ColumnCount = signed.Result?.ColumnCount,
        ColumnSignature = signed.Result is null
            ? null
            : Answers.Signature.Of(string.Join('\n', signed.Result.Columns.Order(StringComparer.Ordinal))),
        TextSignature = signed.TextSignature,
        SqlFindings = signed.Sql?.Findings,
        Expectation = signed.Expected?.Expectation,
        ExpectationReason = signed.Expected?.Reason,
    };

    private static QuestionResult Timed(QuestionResult row, QuestionTrace trace, RunClock clock)
    {
        long? sentAt = trace.Calls.Record.FirstSentAt;
        double? duration = clock.Seconds(sentAt, trace.DoneAt);
        // The wait for the disk is GenieLoad's own, as lateness is, and no wait for a worker.
        double markWait = clock.Seconds(0, trace.MarkWait);
        double? wait = clock.Seconds(trace.FiredAt, sentAt ?? trace.DoneAt) - markWait;
        double turnWait = clock.Seconds(trace.FiredAt!.Value, trace.ReadyAt);
        double pauseWait = clock.Seconds(0, trace.PauseWait);
        double pacingWait = clock.Seconds(0, trace.PacingWait);
        QuestionResult phased = PhaseColumns.Add(row, PhaseTimes.Of(trace, clock), PhaseBounds.Of(trace, clock));
        return AgentColumns.Add(phased, trace, clock) with
        {
            // A question that was never asked has no response time; its waits tell how long it was there.
            ResponseSeconds = trace.Outcome == Outcome.NotStarted ? null : clock.Seconds(trace.PlannedAt, trace.DoneAt),
            DurationSeconds = duration,
            ServiceSeconds = duration - row.ThrottleSeconds - row.FaultSeconds,
            LagSeconds = clock.Seconds(trace.PlannedAt, trace.FiredAt) + markWait,
            WaitSeconds = wait,
            TurnWaitSeconds = turnWait,
            PauseWaitSeconds = trace.PauseWait == 0 ? null : pauseWait,
            PacingWaitSeconds = pacingWait,
            WorkerWaitSeconds = wait - turnWait - pauseWait - pacingWait,
            SubmitSeconds = AwakeBetween(trace, clock, sentAt, trace.AcceptedAt ?? trace.DoneAt),
            FetchSeconds = FetchSeconds(trace, clock),
            FirstAttachmentSeconds = clock.Seconds(trace.AcceptedAt, trace.AttachmentSeenAt),
            SqlKnownSeconds = clock.Seconds(trace.AcceptedAt, trace.SqlSeenAt),
        };
    }

    // An answer that is looked up may be looked at again behind the question's end.
    private static double Asleep(QuestionTrace trace, RunClock clock, bool throttled)
    {
        long ticks = 0;
        foreach (Sleep sleep in trace.Calls.Record.Sleeps)
            ticks += sleep.Throttled == throttled ? Math.Max(0, Math.Min(sleep.To, trace.DoneAt ?? sleep.To) - sleep.From) : 0;
        return clock.Seconds(0, ticks);
    }

    private static double? AwakeBetween(QuestionTrace trace, RunClock clock, long? from, long? to) =>
        from is long a && to is long b ? PhaseTimes.Awake(trace, clock, a, b) : null;

    // From the poll that saw the end to the end of the question: reading the result, where there was one to read.
    private static double? FetchSeconds(QuestionTrace trace, RunClock clock) =>
        MessageStatus.IsTerminal(trace.Status) && trace.DoneAt > trace.Sightings[^1].NotAfter
            ? PhaseTimes.Awake(trace, clock, trace.Sightings[^1].NotAfter, trace.DoneAt.Value)
            : null;
}
