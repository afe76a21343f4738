namespace GenieLoad.Model;

/// <content>
/// Where the columns are kept. A run of a million questions is a million rows, most of them with empty columns: numbers, instants and ids
/// take no more than their digits, and columns that come together or not at all are in blocks.
/// </content>
public sealed partial record QuestionResult
{
    private readonly PackedDouble _responseSeconds, _durationSeconds, _serviceSeconds, _lagSeconds, _waitSeconds, _turnWaitSeconds,
        _pauseWaitSeconds, _pacingWaitSeconds, _workerWaitSeconds, _submitSeconds, _submittedSeconds, _fetchingMetadataSeconds,
        _filteringContextSeconds, _askingAiSeconds, _pendingWarehouseSeconds, _executingQuerySeconds, _otherPhaseSeconds,
        _detectionSeconds, _fetchSeconds, _serverSeconds, _fetchingMetadataLowerSeconds, _fetchingMetadataUpperSeconds,
        _filteringContextLowerSeconds, _filteringContextUpperSeconds, _askingAiLowerSeconds, _askingAiUpperSeconds,
        _pendingWarehouseLowerSeconds, _pendingWarehouseUpperSeconds, _executingQueryLowerSeconds, _executingQueryUpperSeconds,
        _detectionUpperSeconds, _firstAttachmentSeconds, _sqlKnownSeconds, _startedOffsetSeconds, _completedOffsetSeconds;

    private readonly PackedInstant _startedAt, _completedAt, _serverCreatedAt, _serverUpdatedAt;

    private readonly PackedId _conversationId, _messageId, _statementId, _statementIds;

    private Rare<RowAgent> _agent;
    private Rare<RowStatements> _statements;
    private Rare<RowFailure> _failure;
    private Rare<RowAnswer> _answer;

    /// <summary><see cref="ConversationId"/>, for a reader that has it as bytes.</summary>
    internal PackedId PackedConversationId { init => _conversationId = value; }

    /// <summary><see cref="MessageId"/>, the same.</summary>
    internal PackedId PackedMessageId { init => _messageId = value; }

    /// <summary><see cref="StatementId"/>, the same.</summary>
    internal PackedId PackedStatementId { init => _statementId = value; }

    /// <summary><see cref="StatementIds"/>, the same.</summary>
    internal PackedId PackedStatementIds { init => _statementIds = value; }

    /// <summary>Has this row share what it says of its answer with the rows that say the same.</summary>
    /// <param name="known">Answers of other rows.</param>
    internal void ShareAnswer(HashSet<RowAnswer> known)
    {
        if (_answer.Block is not RowAnswer own)
            return;
        if (known.TryGetValue(own, out RowAnswer? same))
            _answer.Share(same);
        else
            known.Add(own);
    }

    public partial double? ResponseSeconds { get => _responseSeconds; init => _responseSeconds = value; }

    public partial double? DurationSeconds { get => _durationSeconds; init => _durationSeconds = value; }

    public partial double? ServiceSeconds { get => _serviceSeconds; init => _serviceSeconds = value; }

    public partial double? LagSeconds { get => _lagSeconds; init => _lagSeconds = value; }

    public partial double? WaitSeconds { get => _waitSeconds; init => _waitSeconds = value; }

    public partial double? TurnWaitSeconds { get => _turnWaitSeconds; init => _turnWaitSeconds = value; }

    public partial double? PauseWaitSeconds { get => _pauseWaitSeconds; init => _pauseWaitSeconds = value; }

    public partial double? PacingWaitSeconds { get => _pacingWaitSeconds; init => _pacingWaitSeconds = value; }

    public partial double? WorkerWaitSeconds { get => _workerWaitSeconds; init => _workerWaitSeconds = value; }

    public partial double? SubmitSeconds { get => _submitSeconds; init => _submitSeconds = value; }

    public partial double? SubmittedSeconds { get => _submittedSeconds; init => _submittedSeconds = value; }

    public partial double? FetchingMetadataSeconds { get => _fetchingMetadataSeconds; init => _fetchingMetadataSeconds = value; }

    public partial double? FilteringContextSeconds { get => _filteringContextSeconds; init => _filteringContextSeconds = value; }

    public partial double? AskingAiSeconds { get => _askingAiSeconds; init => _askingAiSeconds = value; }

    public partial double? PendingWarehouseSeconds { get => _pendingWarehouseSeconds; init => _pendingWarehouseSeconds = value; }

    public partial double? ExecutingQuerySeconds { get => _executingQuerySeconds; init => _executingQuerySeconds = value; }

    public partial double? ThinkingSeconds
    {
        get => _agent.Block?.ThinkingSeconds;
        init => _agent.For(this, value)?.ThinkingSeconds = value;
    }

    public partial double? SqlSeconds { get => _agent.Block?.SqlSeconds; init => _agent.For(this, value)?.SqlSeconds = value; }

    public partial double? WritingSeconds { get => _agent.Block?.WritingSeconds; init => _agent.For(this, value)?.WritingSeconds = value; }

    public partial double? OtherPhaseSeconds { get => _otherPhaseSeconds; init => _otherPhaseSeconds = value; }

    public partial double? DetectionSeconds { get => _detectionSeconds; init => _detectionSeconds = value; }

    public partial double? FetchSeconds { get => _fetchSeconds; init => _fetchSeconds = value; }

    public partial double? ServerSeconds { get => _serverSeconds; init => _serverSeconds = value; }

    public partial double? FetchingMetadataLowerSeconds
    {
        get => _fetchingMetadataLowerSeconds;
        init => _fetchingMetadataLowerSeconds = value;
    }

    public partial double? FetchingMetadataUpperSeconds
    {
        get => _fetchingMetadataUpperSeconds;
        init => _fetchingMetadataUpperSeconds = value;
    }

    public partial double? FilteringContextLowerSeconds
    {
        get => _filteringContextLowerSeconds;
        init => _filteringContextLowerSeconds = value;
    }

    public partial double? FilteringContextUpperSeconds
    {
        get => _filteringContextUpperSeconds;
        init => _filteringContextUpperSeconds = value;
    }

    public partial double? AskingAiLowerSeconds { get => _askingAiLowerSeconds; init => _askingAiLowerSeconds = value; }

    public partial double? AskingAiUpperSeconds { get => _askingAiUpperSeconds; init => _askingAiUpperSeconds = value; }

    public partial double? PendingWarehouseLowerSeconds
    {
        get => _pendingWarehouseLowerSeconds;
        init => _pendingWarehouseLowerSeconds = value;
    }

    public partial double? PendingWarehouseUpperSeconds
    {
        get => _pendingWarehouseUpperSeconds;
        init => _pendingWarehouseUpperSeconds = value;
    }

    public partial double? ExecutingQueryLowerSeconds { get => _executingQueryLowerSeconds; init => _executingQueryLowerSeconds = value; }

    public partial double? ExecutingQueryUpperSeconds { get => _executingQueryUpperSeconds; init => _executingQueryUpperSeconds = value; }

    public partial double? DetectionUpperSeconds { get => _detectionUpperSeconds; init => _detectionUpperSeconds = value; }

    public partial double? FirstAttachmentSeconds { get => _firstAttachmentSeconds; init => _firstAttachmentSeconds = value; }

    public partial double? SqlKnownSeconds { get => _sqlKnownSeconds; init => _sqlKnownSeconds = value; }

    public partial double? AcknowledgedSeconds
    {
        get => _agent.Block?.AcknowledgedSeconds;
        init => _agent.For(this, value)?.AcknowledgedSeconds = value;
    }

    public partial double? FirstItemSeconds
    {
        get => _agent.Block?.FirstItemSeconds;
        init => _agent.For(this, value)?.FirstItemSeconds = value;
    }

    public partial double? FirstSqlSeconds
    {
        get => _agent.Block?.FirstSqlSeconds;
        init => _agent.For(this, value)?.FirstSqlSeconds = value;
    }

    public partial double? LastSqlSeconds { get => _agent.Block?.LastSqlSeconds; init => _agent.For(this, value)?.LastSqlSeconds = value; }

    public partial double? LongestSilenceSeconds
    {
        get => _agent.Block?.LongestSilenceSeconds;
        init => _agent.For(this, value)?.LongestSilenceSeconds = value;
    }

    public partial DateTime? StartedAt { get => _startedAt; init => _startedAt = value; }

    public partial DateTime? CompletedAt { get => _completedAt; init => _completedAt = value; }

    public partial double? StartedOffsetSeconds { get => _startedOffsetSeconds; init => _startedOffsetSeconds = value; }

    public partial double? CompletedOffsetSeconds { get => _completedOffsetSeconds; init => _completedOffsetSeconds = value; }

    public partial string? ConversationId { get => _conversationId; init => _conversationId = value; }

    public partial string? MessageId { get => _messageId; init => _messageId = value; }

    public partial string? StatementId { get => _statementId; init => _statementId = value; }

    public partial string? StatementIds { get => _statementIds; init => _statementIds = value; }

    public partial DateTime? ServerCreatedAt { get => _serverCreatedAt; init => _serverCreatedAt = value; }

    public partial DateTime? ServerUpdatedAt { get => _serverUpdatedAt; init => _serverUpdatedAt = value; }

    public partial string? StatementState
    {
        get => _statements.Block?.StatementState;
        init => _statements.For(this, value)?.StatementState = value;
    }

    public partial int? StatementCount
    {
        get => _statements.Block?.StatementCount;
        init => _statements.For(this, value)?.StatementCount = value;
    }

    public partial double? StatementSeconds
    {
        get => _statements.Block?.StatementSeconds;
        init => _statements.For(this, value)?.StatementSeconds = value;
    }

    public partial double? ModelBeforeSeconds
    {
        get => _statements.Block?.ModelBeforeSeconds;
        init => _statements.For(this, value)?.ModelBeforeSeconds = value;
    }

    public partial double? WarehouseStartSeconds
    {
        get => _statements.Block?.WarehouseStartSeconds;
        init => _statements.For(this, value)?.WarehouseStartSeconds = value;
    }

    public partial double? WarehouseQueueSeconds
    {
        get => _statements.Block?.WarehouseQueueSeconds;
        init => _statements.For(this, value)?.WarehouseQueueSeconds = value;
    }

    public partial double? CompileSeconds
    {
        get => _statements.Block?.CompileSeconds;
        init => _statements.For(this, value)?.CompileSeconds = value;
    }

    public partial double? ExecuteSeconds
    {
        get => _statements.Block?.ExecuteSeconds;
        init => _statements.For(this, value)?.ExecuteSeconds = value;
    }

    public partial double? ResultFetchSeconds
    {
        get => _statements.Block?.ResultFetchSeconds;
        init => _statements.For(this, value)?.ResultFetchSeconds = value;
    }

    public partial double? ModelAfterSeconds
    {
        get => _statements.Block?.ModelAfterSeconds;
        init => _statements.For(this, value)?.ModelAfterSeconds = value;
    }

    public partial double? StatementResidualSeconds
    {
        get => _statements.Block?.StatementResidualSeconds;
        init => _statements.For(this, value)?.StatementResidualSeconds = value;
    }

    public partial bool? FromResultCache
    {
        get => _statements.Block?.FromResultCache;
        init => _statements.For(this, value)?.FromResultCache = value;
    }

    public partial long? ReadBytes { get => _statements.Block?.ReadBytes; init => _statements.For(this, value)?.ReadBytes = value; }

    public partial double? PrunedShare { get => _statements.Block?.PrunedShare; init => _statements.For(this, value)?.PrunedShare = value; }

    public partial long? SpilledBytes
    {
        get => _statements.Block?.SpilledBytes;
        init => _statements.For(this, value)?.SpilledBytes = value;
    }

    public partial long? RowsProduced
    {
        get => _statements.Block?.RowsProduced;
        init => _statements.For(this, value)?.RowsProduced = value;
    }

    public partial string? RequestId { get => _failure.Block?.RequestId; init => _failure.For(this, value)?.RequestId = value; }

    public partial int? ItemCount { get => _agent.Block?.ItemCount; init => _agent.For(this, value)?.ItemCount = value; }

    public partial long? StreamBytes { get => _agent.Block?.StreamBytes; init => _agent.For(this, value)?.StreamBytes = value; }

    public partial int? HttpStatus { get => _failure.Block?.HttpStatus; init => _failure.For(this, value)?.HttpStatus = value; }

    public partial string? ErrorType { get => _failure.Block?.ErrorType; init => _failure.For(this, value)?.ErrorType = value; }

    public partial string? ErrorText { get => _failure.Block?.ErrorText; init => _failure.For(this, value)?.ErrorText = value; }

    public partial long? RowCount { get => _answer.Block?.RowCount; init => _answer.For(this, value)?.RowCount = value; }

    public partial bool? Truncated { get => _answer.Block?.Truncated; init => _answer.For(this, value)?.Truncated = value; }

    public partial string? AnswerKind { get => _answer.Block?.AnswerKind; init => _answer.For(this, value)?.AnswerKind = value; }

    public partial string? SqlSignature { get => _answer.Block?.SqlSignature; init => _answer.For(this, value)?.SqlSignature = value; }

    public partial string? SqlLexicalSignature
    {
        get => _answer.Block?.SqlLexicalSignature;
        init => _answer.For(this, value)?.SqlLexicalSignature = value;
    }

    public partial string? SqlMaskedSignature
    {
        get => _answer.Block?.SqlMaskedSignature;
        init => _answer.For(this, value)?.SqlMaskedSignature = value;
    }

    public partial string? SqlShapeSignature
    {
        get => _answer.Block?.SqlShapeSignature;
        init => _answer.For(this, value)?.SqlShapeSignature = value;
    }

    public partial string? ResultSignature
    {
        get => _answer.Block?.ResultSignature;
        init => _answer.For(this, value)?.ResultSignature = value;
    }

    public partial int? ColumnCount { get => _answer.Block?.ColumnCount; init => _answer.For(this, value)?.ColumnCount = value; }

    public partial string? ColumnSignature
    {
        get => _answer.Block?.ColumnSignature;
        init => _answer.For(this, value)?.ColumnSignature = value;
    }

    public partial string? TextSignature { get => _answer.Block?.TextSignature; init => _answer.For(this, value)?.TextSignature = value; }

    public partial string? SqlFindings { get => _answer.Block?.SqlFindings; init => _answer.For(this, value)?.SqlFindings = value; }

    public partial string? Expectation { get => _answer.Block?.Expectation; init => _answer.For(this, value)?.Expectation = value; }

    public partial string? ExpectationReason
    {
        get => _answer.Block?.ExpectationReason;
        init => _answer.For(this, value)?.ExpectationReason = value;
    }

    public partial string? Sql { get => _answer.Block?.Sql; init => _answer.For(this, value)?.Sql = value; }

    public partial string? Answer { get => _answer.Block?.Answer; init => _answer.For(this, value)?.Answer = value; }
}
