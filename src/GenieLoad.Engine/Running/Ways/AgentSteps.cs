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
    private const int MostKept = 100;

    private readonly List<AgentStep> _steps = [];
    private readonly Dictionary<string, int> _placeByKey = new(StringComparer.Ordinal);
    private readonly List<string> _openCalls = [];
    private readonly List<string> _statements = [];
    // What answers, in order: that which nothing but more of it follows.
    private readonly List<AgentItem> _answers = [];
    private string? _calledSql;

    /// <summary>The steps in the order in which they came.</summary>
    public IReadOnlyList<AgentStep> Steps => _steps;

    /// <summary>When the question was sent that the service has taken; <see langword="null"/> where nobody was there to see it.</summary>
    public long? SentAt { get; private set; }

    /// <summary>When the stream had said so.</summary>
    public long? AcknowledgedAt { get; private set; }

    /// <summary>When the last event came; before the first, when the question was sent.</summary>
    public long? HeardAt { get; private set; }

    /// <summary>Longest time without an event, from the send on; <see langword="null"/> without a stream.</summary>
    public long? LongestSilence { get; private set; }

    /// <summary>Bytes of the stream; <see langword="null"/> without one.</summary>
    public long? ByteCount { get; private set; }

    /// <summary>How and when it ended; <see langword="null"/> until then.</summary>
    public StatusSighting? End { get; private set; }

    /// <summary>Items, each counted once.</summary>
    public int ItemCount => _steps.Count;

    /// <summary>Statements that were called for.</summary>
    public int StatementCount => _steps.Count(step => step.Kind == AgentItemKind.SqlCall);

    /// <summary>Ids of the statements that were named, in order.</summary>
    public IReadOnlyList<string> Statements => _statements;

    /// <summary>The rows that the answer shows; <see langword="null"/> where it shows none.</summary>
    public AgentPreview? Preview => _answers.LastOrDefault(answer => answer.Preview is not null)?.Preview;

    /// <summary>Rows of the result; <see langword="null"/> where nothing says.</summary>
    public long? RowCount => _answers.LastOrDefault(answer => answer.RowCount is not null)?.RowCount;

    /// <summary>The rows that it shows as a table that can be compared.</summary>
    public ResultTable? Table => Preview is AgentPreview preview
        ? ResultTable.Of(preview.Columns, preview.Rows, preview.IsCut, preview.RowCount)
        : null;

    /// <summary>What the agent is at, one of <see cref="AgentStatus"/>.</summary>
    public string Status { get; private set; } = AgentStatus.Thinking;

    /// <summary>When the first step came by the stream that is of a kind; <see langword="null"/> where none did.</summary>
    /// <param name="kind">The kind; <see langword="null"/> for any.</param>
    public long? FirstAt(AgentItemKind? kind = null) => Streamed(kind).Select(step => (long?)step.At).FirstOrDefault();

    /// <summary>When the last such step came.</summary>
    public long? LastAt(AgentItemKind kind) => Streamed(kind).Select(step => (long?)step.At).LastOrDefault();

    /// <summary>The response has ended.</summary>
    public void Ended(StatusSighting end) => End = end;

    /// <summary>The question was sent, and the head of the stream has come.</summary>
    public void Opened(long sentAt)
    {
        SentAt = sentAt;
        HeardAt = sentAt;
    }

    /// <summary>An event came by the stream.</summary>
    /// <param name="heard">The event.</param>
    /// <param name="at">When it had been read.</param>
    public void Heard(AgentEvent heard, long at)
    {
        if (heard.IsOfResponse)
            AcknowledgedAt ??= at;
        Silent(at);
        HeardAt = at;
    }

    /// <summary>The stream has ended.</summary>
    /// <param name="at">When.</param>
    /// <param name="byteCount">Its bytes.</param>
    public void Closed(long at, long byteCount)
    {
        Silent(at);
        ByteCount = byteCount;
    }

    /// <summary>A step was seen, maybe not for the first time: what comes later knows more.</summary>
    /// <param name="item">The step.</param>
    /// <param name="at">When it had been read.</param>
    /// <param name="notBefore">Where it was looked for: when it had not been there yet.</param>
    public void Saw(AgentItem item, long at, long? notBefore = null)
    {
        if (item.Kind == AgentItemKind.Question)
            return;
        Note(item);
        if (!_placeByKey.TryGetValue(item.Key, out int place))
        {
            if (_steps.Count == Most)
                return;
            place = _placeByKey[item.Key] = _steps.Count;
            _steps.Add(new AgentStep(item.Kind, at, notBefore));
        }
        else if (_steps[place].Kind == AgentItemKind.Thought && item.Kind == AgentItemKind.SqlCall)
        {
            // That it calls for SQL shows only now.
            _steps[place] = _steps[place] with { Kind = item.Kind };
        }
        else
            return;
        Follow(item, place);
    }

    /// <summary>
    /// What answers, in the form of a chat's message, so that rows, signatures and reports need not know how it was asked.
    /// </summary>
    /// <param name="end">How the response ended.</param>
    public GenieMessage ToMessage(AgentEnd end)
    {
        AgentItem? query = _answers.LastOrDefault(answer => answer.Sql is not null);
        List<GenieAttachment> parts = [];
        if ((query?.Sql ?? _calledSql) is string sql)
        {
            string? statement = query?.StatementIds is [string own, ..] ? own : _statements.LastOrDefault();
            parts.Add(new GenieAttachment { Query = new GenieQueryAttachment { Query = sql, StatementId = statement } });
        }
        foreach (AgentItem answer in _answers.Where(answer => answer.Text is not null))
            parts.Add(new GenieAttachment { Text = new GenieTextAttachment { Content = answer.Text } });
        return new GenieMessage
        {
            Status = end.Status,
            Attachments = parts,
            Error = end.ErrorType is null ? null : new GenieMessageError(end.ErrorText, end.ErrorType),
        };
    }

    /// <summary>Keeps what a step says, whether or not it was seen before.</summary>
    private void Note(AgentItem item)
    {
        _calledSql = item.Kind == AgentItemKind.SqlCall ? item.Sql ?? _calledSql : _calledSql;
        foreach (string id in item.StatementIds)
        {
            if (_statements.Count < MostKept && !_statements.Contains(id))
                _statements.Add(id);
        }
        int earlier = _answers.FindIndex(answer => answer.Key == item.Key);
        if (earlier >= 0)
            _answers[earlier] = item;
        if (_placeByKey.ContainsKey(item.Key))
            return;
        // What was said on the way is not the answer.
        if (item.Kind != AgentItemKind.Answer)
            _answers.Clear();
        else if (_answers.Count < MostKept)
            _answers.Add(item);
    }

    private void Follow(AgentItem item, int place)
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
        for (int i = place; i < _steps.Count; i++)
            _steps[i] = _steps[i] with { HasOpenCalls = _openCalls.Count > 0 };
    }

    private void Silent(long until) => LongestSilence = Math.Max(LongestSilence ?? 0, until - HeardAt!.Value);

    private IEnumerable<AgentStep> Streamed(AgentItemKind? kind) =>
        _steps.Where(step => step.NotBefore is null && (kind is null || step.Kind == kind));
}
