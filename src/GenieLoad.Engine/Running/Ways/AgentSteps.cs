using GenieLoad.Engine.Answers;
using GenieLoad.Engine.Genie.Agent;
using GenieLoad.Engine.Genie.Wire;
using GenieLoad.Model;

namespace GenieLoad.Engine.Running.Ways;

/// <summary>
/// What has been seen of an agent's work on one question: each step once, with the instant at which it came, and what answers. Written by
/// its way alone; read when that has ended.
/// </summary>
internal sealed class AgentSteps
{
    // Tens are usual; what names ever more is not to be held for ever.
    private const int Most = 10_000;

    private readonly List<AgentStep> _steps = [];
    private readonly HashSet<string> _keys = new(StringComparer.Ordinal);
    private readonly List<string> _openCalls = [];
    private readonly List<string> _statements = [];
    private long? _lastEventAt;
    private string? _calledSql;
    private AgentItem? _answer;

    /// <summary>The steps in the order in which they came.</summary>
    public IReadOnlyList<AgentStep> Steps => _steps;

    /// <summary>When the question was sent that the service has taken; <see langword="null"/> where nobody was there to see it.</summary>
    public long? SentAt { get; private set; }

    /// <summary>When the stream had said so.</summary>
    public long? AcknowledgedAt { get; private set; }

    /// <summary>Longest time between two events, from the send on; <see langword="null"/> before the first.</summary>
    public long? LongestSilence { get; private set; }

    /// <summary>Bytes of the stream; <see langword="null"/> without one.</summary>
    public long? ByteCount { get; set; }

    /// <summary>Items, each counted once.</summary>
    public int ItemCount => _steps.Count;

    /// <summary>Statements that were called for.</summary>
    public int StatementCount => _steps.Count(step => step.Kind == AgentItemKind.SqlCall);

    /// <summary>The rows that the answer shows; <see langword="null"/> where it shows none.</summary>
    public ResultTable? Preview => _answer?.Preview;

    /// <summary>Rows of the result; <see langword="null"/> where nothing says.</summary>
    public long? RowCount => _answer?.RowCount;

    /// <summary>What the agent is at, one of <see cref="AgentStatus"/>.</summary>
    public string Status { get; private set; } = AgentStatus.Thinking;

    /// <summary>When the first step came by the stream that is of a kind; <see langword="null"/> where none did.</summary>
    /// <param name="kind">The kind; <see langword="null"/> for any.</param>
    public long? FirstAt(AgentItemKind? kind = null) => Streamed(kind).Select(step => (long?)step.At).FirstOrDefault();

    /// <summary>When the last such step came.</summary>
    public long? LastAt(AgentItemKind kind) => Streamed(kind).Select(step => (long?)step.At).LastOrDefault();

    /// <summary>The question was sent, and the head of the stream has come.</summary>
    public void Opened(long sentAt)
    {
        SentAt = sentAt;
        _lastEventAt = sentAt;
    }

    /// <summary>An event came by the stream.</summary>
    public void Heard(long at)
    {
        AcknowledgedAt ??= at;
        LongestSilence = Math.Max(LongestSilence ?? 0, at - _lastEventAt!.Value);
        _lastEventAt = at;
    }

    /// <summary>A step was seen, maybe not for the first time: what comes later knows more.</summary>
    /// <param name="item">The step.</param>
    /// <param name="at">When it had been read.</param>
    /// <param name="notBefore">Where it was looked for: when it had not been there yet.</param>
    public void Saw(AgentItem item, long at, long? notBefore = null)
    {
        if (item.Kind == AgentItemKind.Question)
            return;
        _calledSql = item.Kind == AgentItemKind.SqlCall ? item.Sql ?? _calledSql : _calledSql;
        if (item.Kind == AgentItemKind.Answer)
            _answer = item;
        foreach (string id in item.StatementIds.Where(id => !_statements.Contains(id)))
            _statements.Add(id);
        if (_steps.Count == Most || !_keys.Add(item.Key))
            return;
        _steps.Add(new AgentStep(item.Kind, at, notBefore));
        Follow(item);
    }

    /// <summary>What answers, in the form of a chat's message, so that rows, signatures and reports need not know how it was asked.</summary>
    /// <param name="end">How the response ended.</param>
    public GenieMessage ToMessage(AgentEnd end)
    {
        string? sql = _answer?.Sql ?? _calledSql;
        List<GenieAttachment> parts = [];
        if (sql is not null)
        {
            string? statement = _answer?.StatementIds is [string own, ..] ? own : _statements.LastOrDefault();
            parts.Add(new GenieAttachment { Query = new GenieQueryAttachment { Query = sql, StatementId = statement } });
        }
        if (_answer?.Text is string text)
            parts.Add(new GenieAttachment { Text = new GenieTextAttachment { Content = text } });
        return new GenieMessage
        {
            Status = end.Status,
            Attachments = parts,
            Error = end.ErrorType is null ? null : new GenieMessageError(end.ErrorText, end.ErrorType),
        };
    }

    /// <summary>Ids of the statements that were named, in order.</summary>
    public IReadOnlyList<string> Statements => _statements;

    private void Follow(AgentItem item)
    {
        switch (item.Kind)
        {
            case AgentItemKind.SqlCall:
                _openCalls.Add(item.CallId ?? item.Key);
                break;
            // The id of a result's call may be missing: then it is that of the oldest one open.
            case AgentItemKind.CallOutput when _openCalls.Count > 0:
                if (item.CallId is null)
                    _openCalls.RemoveAt(0);
                else
                    _openCalls.Remove(item.CallId);
                break;
        }
        Status = item.Kind == AgentItemKind.Answer ? AgentStatus.Writing
            : _openCalls.Count > 0 ? AgentStatus.RunningSql
            : AgentStatus.Thinking;
        _steps[^1] = _steps[^1] with { HasOpenCalls = _openCalls.Count > 0 };
    }

    private IEnumerable<AgentStep> Streamed(AgentItemKind? kind) =>
        _steps.Where(step => step.NotBefore is null && (kind is null || step.Kind == kind));
}

/// <summary>A step of an agent, seen for the first time.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="At">Monotonic timestamp at which it had been read.</param>
/// <param name="NotBefore">
/// Monotonic timestamp at which it was not there yet, where it was looked for; <see langword="null"/> where it came by the stream.
/// </param>
internal readonly record struct AgentStep(AgentItemKind Kind, long At, long? NotBefore)
{
    /// <summary>Whether a statement ran when it had come.</summary>
    public bool HasOpenCalls { get; init; }
}
