namespace GenieLoad.Model;

/// <summary>
/// What became of one question: one flat row of scalars, so that it survives CSV, JSON and remoting as it is.
/// </summary>
/// <remarks>
/// Times hold together: <c>Response = Lag + Wait + Throttle + Fault + Submit + phases + Detection + Fetch</c>, where the phases are
/// <see cref="SubmittedSeconds"/> to <see cref="OtherPhaseSeconds"/>, those of chat and those of agent mode. A time that does not exist is
/// <see langword="null"/>, never 0. A phase that no poll saw has no time; where one may have passed between two polls it has bounds, the
/// lower of them 0. What an agent does is pushed and not polled for: its phases need no bounds.
/// </remarks>
public sealed partial record QuestionResult
{
    /// <summary>Place in the plan, from 1.</summary>
    public required int Index { get; init; }

    /// <summary>Id of the question in its list.</summary>
    public required string QuestionId { get; init; }

    /// <summary>What was asked.</summary>
    public required string Question { get; init; }

    /// <summary>How it ended, one of <see cref="Model.Outcome"/>.</summary>
    public required string Outcome { get; init; }

    /// <summary>Whether it was answered in full.</summary>
    public bool Success => Outcome == Model.Outcome.Completed;

    /// <summary>Seconds from the planned instant to the answer: what a person feels.</summary>
    public partial double? ResponseSeconds { get; init; }

    /// <summary>Seconds from the first send to the answer.</summary>
    public partial double? DurationSeconds { get; init; }

    /// <summary><see cref="DurationSeconds"/> less the time slept because of 429s and faults.</summary>
    public partial double? ServiceSeconds { get; init; }

    /// <summary>Seconds slept because of 429s.</summary>
    public double ThrottleSeconds { get; init; }

    /// <summary>Seconds slept because of faults (5xx, network) before trying again.</summary>
    public double FaultSeconds { get; init; }

    /// <summary>Seconds by which the generator itself was late, the wait until its mark was on the disk included.</summary>
    public partial double? LagSeconds { get; init; }

    /// <summary>
    /// Seconds from release to the first send, the wait for the disk left out: <see cref="TurnWaitSeconds"/>,
    /// <see cref="PauseWaitSeconds"/>, <see cref="PacingWaitSeconds"/> and <see cref="WorkerWaitSeconds"/> together.
    /// </summary>
    public partial double? WaitSeconds { get; init; }

    /// <summary>Seconds of them spent waiting for the conversation's previous turn.</summary>
    public partial double? TurnWaitSeconds { get; init; }

    /// <summary>Seconds of them held back because somebody had paused the run; <see langword="null"/> for no pause.</summary>
    public partial double? PauseWaitSeconds { get; init; }

    /// <summary>Seconds of them held back to stay below the questions per minute that were asked for, while a worker was free.</summary>
    public partial double? PacingWaitSeconds { get; init; }

    /// <summary>Seconds of them spent waiting for a free worker, and for it to send.</summary>
    public partial double? WorkerWaitSeconds { get; init; }

    /// <summary>Seconds from the first send until Genie had accepted the question, sleeps left out.</summary>
    public partial double? SubmitSeconds { get; init; }

    /// <summary>Seconds in SUBMITTED, from acceptance to the first phase seen.</summary>
    public partial double? SubmittedSeconds { get; init; }

    /// <summary>Seconds in FETCHING_METADATA.</summary>
    public partial double? FetchingMetadataSeconds { get; init; }

    /// <summary>Seconds in FILTERING_CONTEXT.</summary>
    public partial double? FilteringContextSeconds { get; init; }

    /// <summary>Seconds in ASKING_AI.</summary>
    public partial double? AskingAiSeconds { get; init; }

    /// <summary>Seconds in PENDING_WAREHOUSE.</summary>
    public partial double? PendingWarehouseSeconds { get; init; }

    /// <summary>Seconds in EXECUTING_QUERY.</summary>
    public partial double? ExecutingQuerySeconds { get; init; }

    /// <summary>Agent mode: seconds after acceptance in which no statement ran and the answer had not been begun.</summary>
    public partial double? ThinkingSeconds { get; init; }

    /// <summary>Agent mode: seconds in which at least one statement ran, from the item that calls for it to that with its result.</summary>
    public partial double? SqlSeconds { get; init; }

    /// <summary>Agent mode: seconds from the last thought or result before the answer to the end.</summary>
    public partial double? WritingSeconds { get; init; }

    /// <summary>Seconds in any status not named above.</summary>
    public partial double? OtherPhaseSeconds { get; init; }

    /// <summary>Estimated seconds between the end at the server and the poll that saw it.</summary>
    public partial double? DetectionSeconds { get; init; }

    /// <summary>Seconds to read the query result, sleeps left out.</summary>
    public partial double? FetchSeconds { get; init; }

    /// <summary>Seconds from creation to last update by the server's own timestamps: free of polling.</summary>
    public partial double? ServerSeconds { get; init; }

    /// <summary>Least seconds that the question can have been in FETCHING_METADATA, sleeps included.</summary>
    public partial double? FetchingMetadataLowerSeconds { get; init; }

    /// <summary>Most seconds that the question can have been in FETCHING_METADATA, sleeps included.</summary>
    public partial double? FetchingMetadataUpperSeconds { get; init; }

    /// <summary>Least seconds that the question can have been in FILTERING_CONTEXT, sleeps included.</summary>
    public partial double? FilteringContextLowerSeconds { get; init; }

    /// <summary>Most seconds that the question can have been in FILTERING_CONTEXT, sleeps included.</summary>
    public partial double? FilteringContextUpperSeconds { get; init; }

    /// <summary>Least seconds that the question can have been in ASKING_AI, sleeps included.</summary>
    public partial double? AskingAiLowerSeconds { get; init; }

    /// <summary>Most seconds that the question can have been in ASKING_AI, sleeps included.</summary>
    public partial double? AskingAiUpperSeconds { get; init; }

    /// <summary>Least seconds that the question can have been in PENDING_WAREHOUSE, sleeps included.</summary>
    public partial double? PendingWarehouseLowerSeconds { get; init; }

    /// <summary>Most seconds that the question can have been in PENDING_WAREHOUSE, sleeps included.</summary>
    public partial double? PendingWarehouseUpperSeconds { get; init; }

    /// <summary>Least seconds that the question can have been in EXECUTING_QUERY, sleeps included.</summary>
    public partial double? ExecutingQueryLowerSeconds { get; init; }

    /// <summary>Most seconds that the question can have been in EXECUTING_QUERY, sleeps included.</summary>
    public partial double? ExecutingQueryUpperSeconds { get; init; }

    /// <summary>Most seconds by which the poll that saw the end can have been late.</summary>
    public partial double? DetectionUpperSeconds { get; init; }

    /// <summary>Seconds from acceptance to the first poll that showed any part of an answer.</summary>
    public partial double? FirstAttachmentSeconds { get; init; }

    /// <summary>Seconds from acceptance to the first poll that showed the query.</summary>
    public partial double? SqlKnownSeconds { get; init; }

    /// <summary>
    /// Agent mode: seconds from the send that the service took until it had said so. The next three count from that send too.
    /// </summary>
    public partial double? AcknowledgedSeconds { get; init; }

    /// <summary>Agent mode: seconds until the first item of the stream had come, whatever it was.</summary>
    public partial double? FirstItemSeconds { get; init; }

    /// <summary>Agent mode: seconds until the first statement was called for.</summary>
    public partial double? FirstSqlSeconds { get; init; }

    /// <summary>Agent mode: seconds until the last statement was called for.</summary>
    public partial double? LastSqlSeconds { get; init; }

    /// <summary>Agent mode: longest time between two events of the stream, from the send on; keep-alives are no events.</summary>
    public partial double? LongestSilenceSeconds { get; init; }

    /// <summary>Instant at which it was due, local time: of the plan, or the end of the one before plus the time to think.</summary>
    public required DateTime PlannedAt { get; init => field = LocalTime.Of(value); }

    /// <summary>Instant of the first send, local time.</summary>
    public partial DateTime? StartedAt { get; init; }

    /// <summary>Instant at which its fate was known, local time.</summary>
    public partial DateTime? CompletedAt { get; init; }

    /// <summary>Seconds after the start of the run at which it was due.</summary>
    public required double PlannedOffsetSeconds { get; init; }

    /// <summary>Seconds after the start of the run of the first send.</summary>
    public partial double? StartedOffsetSeconds { get; init; }

    /// <summary>Seconds after the start of the run at which its fate was known.</summary>
    public partial double? CompletedOffsetSeconds { get; init; }

    /// <summary>Number of the worker that carried it, from 1.</summary>
    public int? Worker { get; init; }

    /// <summary>Place within its conversation, from 1.</summary>
    public int Turn { get; init; } = 1;

    /// <summary>Number of the user who asked, from 1, in a closed test.</summary>
    public int? User { get; init; }

    /// <summary>Name of the connection that it was asked on; <see langword="null"/> in runs of versions that had only one.</summary>
    public string? Connection { get; init; }

    /// <summary>
    /// How it was asked, one of <see cref="QuestionMode"/>; <see langword="null"/> in runs of versions that knew only chat mode.
    /// </summary>
    public string? Mode { get; init; }

    /// <summary>Number of the shard that asked it, from 1, in a run merged from shards; <see langword="null"/> in others.</summary>
    public int? Shard { get; init; }

    /// <summary>Place that it was asked from, in a run merged from shards; <see langword="null"/> in others.</summary>
    public string? Place { get; init; }

    /// <summary>Whether it only warmed up: it is left out of the run's figures.</summary>
    public bool IsWarmUp { get; init; }

    /// <summary>
    /// Whether the run was interrupted while the question was in flight, and its answer fetched after the run was resumed. When the answer
    /// came is not known then, so that only <see cref="ServerSeconds"/> tells how long it took.
    /// </summary>
    public bool IsReattached { get; init; }

    /// <summary>Genie's conversation id.</summary>
    public partial string? ConversationId { get; init; }

    /// <summary>Genie's message id.</summary>
    public partial string? MessageId { get; init; }

    /// <summary>Statement id of the query that answers.</summary>
    public partial string? StatementId { get; init; }

    /// <summary>
    /// Ids of all statements that a poll showed, in the order seen, parted by spaces: those of queries that Genie repaired too.
    /// <see langword="null"/> in runs of earlier versions.
    /// </summary>
    public partial string? StatementIds { get; init; }

    /// <summary>Instant of the message's creation by the service's clock, local time.</summary>
    public partial DateTime? ServerCreatedAt { get; init; }

    /// <summary>Instant of the message's last change by the service's clock, once it had come to its end, local time.</summary>
    public partial DateTime? ServerUpdatedAt { get; init; }

    /// <summary>
    /// What is known of the answer's statements, one of <see cref="Model.StatementState"/>, the least of all of them;
    /// <see langword="null"/> where nobody has asked the query history. The parts below are known only where it is
    /// <see cref="Model.StatementState.Known"/>.
    /// </summary>
    public partial string? StatementState { get; init; }

    /// <summary>Statements that the warehouse ran for it; in agent mode, until it was asked, those that the stream called for.</summary>
    public partial int? StatementCount { get; init; }

    /// <summary>Seconds for which the warehouse had a statement of it, those that ran side by side counted once.</summary>
    public partial double? StatementSeconds { get; init; }

    /// <summary>
    /// Seconds from the message's creation to its first statement, and from the end of one to the next: reading, planning, writing SQL.
    /// </summary>
    public partial double? ModelBeforeSeconds { get; init; }

    /// <summary>Seconds for which its statements waited until the warehouse had started.</summary>
    public partial double? WarehouseStartSeconds { get; init; }

    /// <summary>Seconds for which its statements waited because the warehouse was full.</summary>
    public partial double? WarehouseQueueSeconds { get; init; }

    /// <summary>Seconds to compile its statements.</summary>
    public partial double? CompileSeconds { get; init; }

    /// <summary>Seconds to execute its statements.</summary>
    public partial double? ExecuteSeconds { get; init; }

    /// <summary>Seconds in which Genie fetched the results of its statements.</summary>
    public partial double? ResultFetchSeconds { get; init; }

    /// <summary>Seconds from the end of the last statement to the message's last change: the result in words.</summary>
    public partial double? ModelAfterSeconds { get; init; }

    /// <summary>
    /// Seconds from the message's creation to its last change that none of the seven parts explains; below 0 where statements ran side by
    /// side.
    /// </summary>
    public partial double? StatementResidualSeconds { get; init; }

    /// <summary>Whether all its results came from the warehouse's result cache.</summary>
    public partial bool? FromResultCache { get; init; }

    /// <summary>Bytes that its statements read.</summary>
    public partial long? ReadBytes { get; init; }

    /// <summary>Share of the files, 0 to 1, that its statements did not have to read.</summary>
    public partial double? PrunedShare { get; init; }

    /// <summary>Bytes that its statements wrote to disk for lack of memory.</summary>
    public partial long? SpilledBytes { get; init; }

    /// <summary>Rows that its statements produced.</summary>
    public partial long? RowsProduced { get; init; }

    /// <summary>Request id of the last failed call, for the support desk.</summary>
    public partial string? RequestId { get; init; }

    /// <summary>Last status the message was seen in.</summary>
    public string? Status { get; init; }

    /// <summary>Times the question itself was sent.</summary>
    public int Attempts { get; init; }

    /// <summary>
    /// Every sending of the question, such as <c>12.031-12.214=429/60 72.3-72.5=200</c>: seconds after the start of the run of the send and
    /// of its answer, the HTTP status, and what <c>Retry-After</c> asked for, in seconds. <c>12.031-</c> had no answer.
    /// <see langword="null"/> in runs of version 0.1.
    /// </summary>
    public string? Sends { get; init; }

    /// <summary>Polls answered.</summary>
    public int Polls { get; init; }

    /// <summary>Agent mode: items of the stream, each counted once.</summary>
    public partial int? ItemCount { get; init; }

    /// <summary>Agent mode: bytes of the stream, keep-alives and all, after decompression.</summary>
    public partial long? StreamBytes { get; init; }

    /// <summary>Calls repeated, whatever the reason.</summary>
    public int Retries { get; init; }

    /// <summary>Calls repeated because of 429.</summary>
    public int ThrottleRetries { get; init; }

    /// <summary>Calls repeated because of faults (5xx, network).</summary>
    public int FaultRetries { get; init; }

    /// <summary>HTTP status of the call that ended it, where a call did.</summary>
    public partial int? HttpStatus { get; init; }

    /// <summary>Type of the error: Genie's own (<c>SQL_EXECUTION_EXCEPTION</c>), the service's code, or the transport's.</summary>
    public partial string? ErrorType { get; init; }

    /// <summary>The error in words.</summary>
    public partial string? ErrorText { get; init; }

    /// <summary>Rows of the result.</summary>
    public partial long? RowCount { get; init; }

    /// <summary>Whether the result was cut.</summary>
    public partial bool? Truncated { get; init; }

    /// <summary>Kind of the answer, one of <see cref="Model.AnswerKind"/>.</summary>
    public partial string? AnswerKind { get; init; }

    /// <summary>
    /// Hash of the query as it is written. This and the signatures below are 16 hexadecimal digits, equal where the same was said;
    /// <see langword="null"/> without a query and in runs of versions that did not have them. See <c>docs/consistency.md</c>.
    /// </summary>
    public partial string? SqlSignature { get; init; }

    /// <summary>Hash of the query without comments, case, blanks and other ways to write the same.</summary>
    public partial string? SqlLexicalSignature { get; init; }

    /// <summary>Hash of the same with all numbers and texts taken out.</summary>
    public partial string? SqlMaskedSignature { get; init; }

    /// <summary>Hash of the same with aliases numbered and lists after <c>IN</c> shortened.</summary>
    public partial string? SqlShapeSignature { get; init; }

    /// <summary>
    /// Hash of the result: rows and columns in any order, numbers to four significant digits, results that differ by rounding alone taken
    /// for one. Of a result that was cut or has more than 5,000 rows, hash of its size. <see langword="null"/> where it was not read.
    /// </summary>
    public partial string? ResultSignature { get; init; }

    /// <summary>Columns of the result.</summary>
    public partial int? ColumnCount { get; init; }

    /// <summary>Hash of the names of its columns.</summary>
    public partial string? ColumnSignature { get; init; }

    /// <summary>Hash of the numbers that an answer without a query names, to four significant digits.</summary>
    public partial string? TextSignature { get; init; }

    /// <summary>
    /// Why the same query may give another result each time, parted by spaces: <c>RelativeDate</c>, <c>Random</c>,
    /// <c>LimitWithoutOrder</c>; empty for nothing, <see langword="null"/> without a query.
    /// </summary>
    public partial string? SqlFindings { get; init; }

    /// <summary>
    /// Whether the answer is the expected one, one of <see cref="Model.Expectation"/>; <see langword="null"/> where nobody looked.
    /// </summary>
    public partial string? Expectation { get; init; }

    /// <summary>In what it differs from the expected one, or why it could not be compared.</summary>
    public partial string? ExpectationReason { get; init; }

    /// <summary>Times Genie began again by itself.</summary>
    public int? RegenerateCount { get; init; }

    /// <summary>The query that answers.</summary>
    public partial string? Sql { get; init; }

    /// <summary>The answer's text.</summary>
    public partial string? Answer { get; init; }

    /// <summary>Index, outcome and question in one line.</summary>
    public override string ToString() => $"{Index} {Outcome}: {Question}";
}
