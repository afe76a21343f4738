using GenieLoad.Engine.Answers;
using GenieLoad.Engine.Genie.Wire;
using GenieLoad.Model;

namespace GenieLoad.Engine.Running;

/// <summary>
/// What the expected SQL of the questions of a plan gives: read at the start of a run, to judge its answers, and once more at its end, to
/// know whether the data has changed meanwhile. Each costs a statement on the warehouse of the space, and no question.
/// </summary>
internal sealed class ExpectedResults
{
    private const string HasFailed = ExpectedAnswer.FailedReason;

    private const int MostAtOnce = 4;

    private const int LongestReason = 200;

    // Some hundred megabytes.
    private const long MostCells = 5_000_000;

    private readonly IReadOnlyList<Asked> _asked;
    private readonly Dictionary<(string Connection, string Question), Asked> _byQuestion;
    private readonly string? _only;

    private ExpectedResults(IReadOnlyList<Asked> asked, string? only)
    {
        _asked = asked;
        _byQuestion = asked.ToDictionary(one => (one.Target.Connection.Name, one.Query.QuestionId));
        _only = only;
    }

    /// <summary>What is known so far.</summary>
    public IReadOnlyList<ExpectedAnswer> Answers => [.. _asked.Select(one => one.Answer)];

    /// <summary>Runs the expected SQL of a plan.</summary>
    /// <param name="targets">The spaces, each with its warehouse.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="before">What was known before the run was resumed; empty for a new one.</param>
    /// <param name="told">Told how many of how many were run.</param>
    /// <param name="stop">Ends it at once.</param>
    /// <exception cref="GenieLoadException">What keeps a call from being made, such as a workspace that does not answer.</exception>
    public static async Task<ExpectedResults> StartAsync(
        IReadOnlyList<RunTarget> targets, Plan plan, IReadOnlyList<ExpectedAnswer> before, Action<int, int> told, CancellationToken stop)
    {
        ExpectedQuery[] queries = [.. plan.ExpectedQueries ?? new([])];
        Asked[] asked = [.. targets.SelectMany(target => queries.Select(query => new Asked(target, query, plan.Connections is not null)))];
        int done = 0;
        long cells = 0;
        await ForEachAsync(asked, async one =>
        {
            ExpectedAnswer? known = before.FirstOrDefault(
                answer => (answer.Connection, answer.QuestionId) == (one.Answer.Connection, one.Query.QuestionId));
            await one.StartAsync(known, stop).ConfigureAwait(false);
            if (Interlocked.Add(ref cells, one.Table?.CellCount ?? 0) > MostCells)
                one.Drop();
            told(Interlocked.Increment(ref done), asked.Length);
        }).ConfigureAwait(false);
        return new ExpectedResults(asked, targets.Count == 1 ? targets[0].Connection.Name : null);
    }

    /// <summary>Runs it again. What cannot be run stays unconfirmed.</summary>
    /// <param name="stop">Ends it at once; what is not run by then stays unconfirmed.</param>
    public async Task<IReadOnlyList<ExpectedAnswer>> EndAsync(CancellationToken stop)
    {
        await ForEachAsync(_asked, one => one.EndAsync(stop)).ConfigureAwait(false);
        return Answers;
    }

    /// <summary>Judges an answer.</summary>
    /// <param name="connection">Name of the connection that it came on.</param>
    /// <param name="questionId">Id of its question.</param>
    /// <param name="kind">What sort of answer it is, one of <see cref="AnswerKind"/>.</param>
    /// <param name="result">Its result; <see langword="null"/> where it was not read.</param>
    /// <returns><see langword="null"/> where nobody has said what is expected.</returns>
    public (string Expectation, string? Reason)? Judge(string? connection, string questionId, string kind, ResultTable? result)
    {
        if (!_byQuestion.TryGetValue((connection ?? _only ?? "", questionId), out Asked? asked))
            return null;
        // What the service says of the SQL stands once, with the expected answer, and not in every row.
        if (asked.Table is not ResultTable expected)
        {
            bool hasFailed = asked.Answer.Reason?.StartsWith(HasFailed, StringComparison.Ordinal) == true;
            return (Expectation.NotComparable, hasFailed ? HasFailed : asked.Answer.Reason);
        }
        if (kind != AnswerKind.Sql)
            return (Expectation.Wrong, $"no query, but {Words(kind)}");
        if (result is null)
            return (Expectation.NotComparable, "its result was not read");
        if (result.IsPartial)
            return (Expectation.NotComparable, "its result was cut");
        // Nothing is as easily right as nothing.
        if (expected.Rows.Count == 0 && result.Rows.Count == 0)
            return (Expectation.NotComparable, "both results are empty");
        string? difference = TableComparison.Difference(expected, result);
        return (difference is null ? Expectation.Right : Expectation.Wrong, difference);
    }

    /// <summary>The first line of what the service says, which can quote the whole statement.</summary>
    private static string ShortOf(string message)
    {
        string line = message.Split('\n', 2)[0].Trim();
        return line.Length <= LongestReason ? line : line[..LongestReason] + "...";
    }

    private static string Words(string kind) => kind switch
    {
        AnswerKind.Text => "text",
        AnswerKind.Clarification => "a question back",
        _ => "nothing",
    };

    /// <summary>A few at once: a warehouse runs some side by side, and has others to serve.</summary>
    private static Task ForEachAsync(IReadOnlyList<Asked> asked, Func<Asked, Task> act)
    {
        int next = -1;
        return Task.WhenAll(Enumerable.Range(0, Math.Min(MostAtOnce, asked.Count)).Select(async _ =>
        {
            for (int i = Interlocked.Increment(ref next); i < asked.Count; i = Interlocked.Increment(ref next))
                await act(asked[i]).ConfigureAwait(false);
        }));
    }

    /// <summary>One expected query on one warehouse.</summary>
    private sealed class Asked(RunTarget target, ExpectedQuery query, bool isNamed)
    {
        public RunTarget Target => target;

        public ExpectedQuery Query => query;

        /// <summary>The result at the start; <see langword="null"/> where there is none to compare with.</summary>
        public ResultTable? Table { get; private set; }

        public ExpectedAnswer Answer { get; private set; } = new()
        {
            Connection = isNamed ? target.Connection.Name : null, QuestionId = query.QuestionId, State = ExpectedState.Unknown,
        };

        public async Task StartAsync(ExpectedAnswer? before, CancellationToken stop)
        {
            (Table, string? reason) = await ReadAsync(stop).ConfigureAwait(false);
            // What has changed once, also while the run was interrupted, judges none of its answers.
            bool hasChanged = before is { State: ExpectedState.Changed }
                || (before?.ResultSignature is string signature && Table is not null && signature != Table.Signature);
            Answer = Answer with
            {
                State = hasChanged ? ExpectedState.Changed : Table is null ? ExpectedState.Unknown : ExpectedState.Unconfirmed,
                Reason = reason,
                ResultSignature = Table?.Signature,
                RowCount = Table?.RowCount,
                ColumnCount = Table?.ColumnCount,
            };
        }

        /// <summary>Forgets the result, for which there is no room.</summary>
        public void Drop()
        {
            Table = null;
            Answer = Answer with { State = ExpectedState.Unknown, Reason = "the expected results are too large together" };
        }

        public async Task EndAsync(CancellationToken stop)
        {
            if (Answer.State != ExpectedState.Unconfirmed)
                return;
            try
            {
                (ResultTable? table, string? reason) = await ReadAsync(stop).ConfigureAwait(false);
                Answer = table is null
                    ? Answer with { Reason = reason }
                    : Answer with { State = TableComparison.AreClose(Table!, table) ? ExpectedState.Stable : ExpectedState.Changed };
            }
            catch (Exception e) when (e is GenieLoadException or OperationCanceledException)
            {
                // The run is over and stands; only nobody has confirmed what it was judged by.
                Answer = Answer with { Reason = e is GenieLoadException ? e.Message : "the run was stopped" };
            }
        }

        private async Task<(ResultTable? Table, string? Reason)> ReadAsync(CancellationToken stop)
        {
            if (!SqlFindings.IsQuery(SqlLexer.Read(query.Sql)))
                return (null, "the expected SQL is no single query");
            try
            {
                StatementResult result = await new StatementRun(target.Client, "Expected answer").RunAsync(
                    new SqlStatementRequest(target.Connection.WarehouseId!, query.Sql, [], ResultTable.MostRows + 1), stop)
                    .ConfigureAwait(false);
                ResultTable table = ResultTable.Of(result.Columns, result.Rows, result.IsCut);
                if (table.ColumnCount == 0)
                    return (null, "the expected SQL brought no table");
                return table.IsPartial
                    ? (null, FormattableString.Invariant($"the expected result has more than {ResultTable.MostRows:#,0} rows"))
                    : (table, null);
            }
            catch (Exception e) when (e is StatementFailure or GenieLoadException)
            {
                return (null, $"{HasFailed}: {ShortOf(e.Message)}");
            }
        }
    }
}
