using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Telemetry.Otlp;
using GenieLoad.Model;

namespace GenieLoad.Engine.Telemetry;

/// <summary>
/// A question of a finished run as a trace. A pure function of its row: the same ids, instants and attributes each time. The root is the
/// question as a person feels it, from the planned instant; inside are its waits and <c>invoke_agent</c>, from the first send to the
/// answer, and in that one span for each part of the duration, one after the other, as long as the row says.
/// </summary>
internal sealed class QuestionSpans
{
    private const long Second = 1_000_000_000;

    // Instants of sends are kept to the millisecond: what is left of sleeps below this is rounding.
    private const long Rounding = 3 * Second / 1000;

    private readonly LoadRun _run;
    private readonly QuestionResult _row;
    private readonly TraceForm _form;
    private readonly bool _texts;
    private readonly SpanIds _ids;
    private readonly List<OtlpSpan> _spans = [];
    private readonly long _start;
    private readonly long _end;

    private QuestionSpans(LoadRun run, QuestionResult row, TraceForm form)
    {
        (_run, _row, _form, _texts) = (run, row, form, form.Texts);
        _ids = new SpanIds(form.IdSeed ?? run.RunId, row.Index);
        _start = StartOf(row);
        _end = EndOf(row);
    }

    /// <summary>The spans of a question, the root first; none for one that was never asked.</summary>
    /// <param name="run">Its run.</param>
    /// <param name="row">Its row.</param>
    /// <param name="texts">Whether question, answer, query and error text are in them.</param>
    public static IReadOnlyList<OtlpSpan> Of(LoadRun run, QuestionResult row, bool texts) => Of(run, row, new TraceForm(texts));

    /// <summary>The spans of a question, the root first; none for one that was never asked.</summary>
    /// <param name="run">Its run.</param>
    /// <param name="row">Its row.</param>
    /// <param name="form">What they are like.</param>
    public static IReadOnlyList<OtlpSpan> Of(LoadRun run, QuestionResult row, TraceForm form) =>
        AskedQuestions.IsAsked(row) ? new QuestionSpans(run, row, form).Build() : [];

    /// <summary>When a question was due and when its fate was known, UTC: what its root lasts.</summary>
    public static (DateTime Planned, DateTime End) TimesOf(QuestionResult row) =>
        (OtlpJson.Instant(PlannedOf(row)), OtlpJson.Instant(EndOf(row)));

    private List<OtlpSpan> Build()
    {
        long planned = PlannedOf(_row);
        OtlpSpan root = Add(null, "question", planned, _end) with
        {
            Attributes = [.. SpanAttributes.OfQuestion(_run, _row), .. _form.RootAttributes?.Invoke(_row) ?? []],
            IsError = !_row.Success,
            ErrorText = SpanAttributes.ErrorText(_row, _texts),
        };
        _spans[0] = root;
        if (_row.StartedAt is null)
            return _spans;
        // The end of an interrupted run lies between the two: no wait.
        if (!_row.IsReattached)
            AddWaits(root, planned);
        AskedPlace place = AskedPlace.Of(_run, _row);
        int at = _spans.Count;
        OtlpSpan agent = Add(root, $"invoke_agent {place.SpaceTitle ?? place.SpaceId}", _start, _end, "invoke_agent");
        bool hasStatement = AddParts(agent);
        _spans[at] = agent with
        {
            IsClient = true,
            Attributes = SpanAttributes.OfAgent(place, _row, _texts, sql: !hasStatement),
            IsError = !_row.Success,
            ErrorText = SpanAttributes.ErrorText(_row, _texts),
        };
        return _spans;
    }

    /// <summary>
    /// When its fate was known. Of one that was fetched after an interruption nobody saw the end: the service's own time.
    /// </summary>
    private static long EndOf(QuestionResult row)
    {
        long start = StartOf(row);
        return Math.Max(start, row switch
        {
            { IsReattached: true } => start + Length(row.ServerSeconds),
            { DurationSeconds: double seconds, StartedAt: not null } => start + Length(seconds),
            { CompletedAt: DateTime at } => OtlpJson.Nanoseconds(at),
            _ => start,
        });
    }

    private static long StartOf(QuestionResult row) => OtlpJson.Nanoseconds(row.StartedAt ?? row.PlannedAt);

    private static long PlannedOf(QuestionResult row) => Math.Min(StartOf(row), OtlpJson.Nanoseconds(row.PlannedAt));

    private void AddWaits(OtlpSpan root, long planned)
    {
        long at = planned;
        (string Name, string Reason, double? Seconds)[] waits =
        [
            ("late", "lag", _row.LagSeconds),
            ("wait for turn", "turn", _row.TurnWaitSeconds),
            ("wait for pause", "pause", _row.PauseWaitSeconds),
            ("wait for pacing", "pacing", _row.PacingWaitSeconds),
            ("wait for worker", "worker", _row.WorkerWaitSeconds),
            // Runs of earlier versions know the sum alone.
            ("wait", "wait", _row.TurnWaitSeconds is null ? _row.WaitSeconds : null),
        ];
        foreach ((string name, string reason, double? seconds) in waits)
        {
            long until = Math.Min(_start, at + Length(seconds));
            if (until > at)
                Last = Add(root, name, at, until) with { Attributes = SpanAttributes.Of(("genieload.wait.reason", reason)) };
            at = until;
        }
    }

    /// <summary>Adds what the duration consists of. Whether a statement is among it.</summary>
    private bool AddParts(OtlpSpan agent)
    {
        if (_row.DurationSeconds is null)
            return false;
        // Runs of early versions do not know how long they asked.
        long at = _row.SubmitSeconds is null ? _start : AddAsk(agent);
        // Where in the phases it slept is not kept.
        long asleep = Length(_row.ThrottleSeconds + _row.FaultSeconds) - (at - _start - Length(_row.SubmitSeconds));
        long asked = at;
        at = AddPhase(agent, "SUBMITTED", _row.SubmittedSeconds, at);
        foreach (Phase phase in Phase.All)
            at = AddPhase(agent, StatusOf(phase), phase.Seconds(_row), at, phase);
        // An agent thinks and runs statements by turns; what is kept is how long it did each in all.
        at = AddPhase(agent, AgentStatus.Thinking, _row.ThinkingSeconds, at);
        at = AddPhase(agent, AgentStatus.RunningSql, _row.SqlSeconds, at);
        at = AddPhase(agent, AgentStatus.Writing, _row.WritingSeconds, at);
        at = AddPhase(agent, "other status", _row.OtherPhaseSeconds, at);
        if (asleep > Rounding && at > asked)
            at = AddPart(agent, "wait to retry", asleep / (double)Second, at, ("genieload.wait.reason", "retry"));
        long answered = at;
        at = AddPart(agent, "wait for poll", _row.DetectionSeconds, at, ("genieload.wait.reason", "poll"));
        if (AddPart(agent, "GET query-result", _row.FetchSeconds, at, ("http.request.method", "GET")) > at)
            Last = Last with { IsClient = true };
        return AddStatement(agent, asked, answered);
    }

    private long AddAsk(OtlpSpan agent)
    {
        IReadOnlyList<(double Sent, double? Received, int? Status)> sends = RecordedSends.Of(_row);
        long until = Math.Min(_end, _start + AskLength(sends));
        string call = _row switch
        {
            { Mode: QuestionMode.Agent } => "create-response",
            { Turn: 1 } => "start-conversation",
            _ => "create-message",
        };
        Add(agent, $"POST {call}", _start, until, "ask");
        List<OtlpEvent> events = [];
        foreach ((double sent, double? received, int? status) in sends)
        {
            if (status is not (null or (>= 200 and < 300)))
            {
                long at = _start + Length(received - sends[0].Sent);
                events.Add(new OtlpEvent(
                    status == 429 ? "throttled" : "refused", Math.Clamp(at, _start, until),
                    SpanAttributes.Of(("http.response.status_code", status))));
            }
        }
        Last = Last with
        {
            IsClient = true,
            Events = events,
            Attributes = SpanAttributes.Of(
                ("http.request.method", "POST"),
                ("http.response.status_code", sends.Count > 0 ? sends[^1].Status : null),
                ("http.request.resend_count", _row.Attempts > 1 ? _row.Attempts - 1 : null),
                ("genieload.submit_seconds", _row.SubmitSeconds)),
            IsError = _row.MessageId is null && !_row.Success,
        };
        return until;
    }

    /// <summary>How long it asked, sleeps between sends included.</summary>
    private long AskLength(IReadOnlyList<(double Sent, double? Received, int? Status)> sends)
    {
        long awake = Length(_row.SubmitSeconds);
        long asleep = Length(_row.ThrottleSeconds + _row.FaultSeconds);
        if (asleep == 0)
            return awake;
        // One that was never taken asked to its end.
        if (_row.MessageId is null)
            return _end - _start;
        return sends.Count > 0 && sends[^1].Received is double received
            ? Math.Clamp(Length(received - sends[0].Sent), awake, awake + asleep)
            : awake;
    }

    private long AddPhase(OtlpSpan agent, string status, double? seconds, long at, Phase? phase = null) => AddPart(
        agent, status, seconds, at, ("genieload.phase.lower_seconds", phase?.Lower(_row)),
        ("genieload.phase.upper_seconds", phase?.Upper(_row)));

    private long AddPart(OtlpSpan agent, string name, double? seconds, long at, params (string Name, object? Value)[] attributes)
    {
        long until = Math.Min(_end, at + Length(seconds));
        if (until > at)
            Last = Add(agent, name, at, until) with { Attributes = SpanAttributes.Of(attributes) };
        return until;
    }

    /// <summary>
    /// The statements in one span that ends as long before the estimated end of the answer as the service thought after it. The service's
    /// own clock is not used, so that the span lies inside the question whatever that clock shows.
    /// </summary>
    private bool AddStatement(OtlpSpan agent, long asked, long answered)
    {
        if (_row is not { StatementState: StatementState.Known, StatementSeconds: double seconds })
            return false;
        long end = Math.Clamp(answered - Length(_row.ModelAfterSeconds), asked, answered);
        long start = Math.Max(asked, end - Length(seconds));
        Last = Add(agent, "execute_tool execute_sql", start, end) with
        {
            Attributes = SpanAttributes.Of(
                ("gen_ai.operation.name", "execute_tool"),
                ("gen_ai.tool.name", "execute_sql"),
                ("gen_ai.tool.call.id", _row.StatementId),
                ("db.query.text", _texts ? _row.Sql : null),
                ("genieload.statement.count", _row.StatementCount),
                ("genieload.statement.seconds", seconds),
                ("genieload.statement.warehouse_start_seconds", _row.WarehouseStartSeconds),
                ("genieload.statement.warehouse_queue_seconds", _row.WarehouseQueueSeconds),
                ("genieload.statement.compile_seconds", _row.CompileSeconds),
                ("genieload.statement.execute_seconds", _row.ExecuteSeconds),
                ("genieload.statement.result_fetch_seconds", _row.ResultFetchSeconds),
                ("genieload.statement.from_result_cache", _row.FromResultCache)),
        };
        return true;
    }

    private OtlpSpan Last
    {
        get => _spans[^1];
        set => _spans[^1] = value;
    }

    private OtlpSpan Add(OtlpSpan? parent, string name, long start, long end, string? key = null)
    {
        _spans.Add(new OtlpSpan(_ids.Trace, _ids.Span(key ?? name), parent?.Id, name, start, end));
        return Last;
    }

    private static string StatusOf(Phase phase) => phase.Name switch
    {
        "FetchingMetadata" => MessageStatus.FetchingMetadata,
        "FilteringContext" => MessageStatus.FilteringContext,
        "AskingAi" => MessageStatus.AskingAi,
        "PendingWarehouse" => MessageStatus.PendingWarehouse,
        _ => MessageStatus.ExecutingQuery,
    };

    private static long Length(double? seconds) => seconds is > 0 ? (long)Math.Round(seconds.Value * Second) : 0;
}
