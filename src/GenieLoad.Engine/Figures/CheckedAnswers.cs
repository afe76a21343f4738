using GenieLoad.Model;

namespace GenieLoad.Engine.Figures;

/// <summary>What the end of a run says of its expected answers, brought to what was judged by them.</summary>
internal static class CheckedAnswers
{
    private const string ChangedReason = "its expected result changed during the run";

    /// <summary>A run with what its expected SQL gave at its end.</summary>
    /// <param name="run">The run.</param>
    /// <param name="expected">What the expected SQL gave.</param>
    public static LoadRun AddTo(LoadRun run, IReadOnlyList<ExpectedAnswer> expected)
    {
        QuestionResult[] rows = [.. Of(run.Results, expected)];
        (IReadOnlyList<QuestionConsistency> questions, RunAgreement? agreement) =
            RunAgreementCalculator.Of(rows, MeasuredRows.Of(rows), run.Seed, expected);
        return run with
        {
            Results = new RowList<QuestionResult>(rows),
            Consistency = new RowList<QuestionConsistency>([.. questions]),
            Agreement = agreement,
            ExpectedAnswers = new RowList<ExpectedAnswer>([.. expected]),
        };
    }

    /// <summary>The expected answers that did not last, by connection and question.</summary>
    /// <param name="expected">What the expected SQL gave.</param>
    public static Func<QuestionResult, bool> HasChanged(IEnumerable<ExpectedAnswer> expected)
    {
        HashSet<(string?, string)> changed =
            [.. expected.Where(answer => answer.State == ExpectedState.Changed).Select(answer => (answer.Connection, answer.QuestionId))];
        // In a test of one connection the expected answers name none.
        return row => changed.Count > 0
            && (changed.Contains((row.Connection, row.QuestionId)) || changed.Contains((null, row.QuestionId)));
    }

    /// <summary>The rows; what was judged by a result that did not last cannot be compared.</summary>
    /// <param name="rows">The rows as they were judged.</param>
    /// <param name="expected">What the expected SQL gave.</param>
    public static IEnumerable<QuestionResult> Of(IEnumerable<QuestionResult> rows, IEnumerable<ExpectedAnswer> expected)
    {
        Func<QuestionResult, bool> hasChanged = HasChanged(expected);
        return rows.Select(row => row.Expectation is not null && hasChanged(row)
            ? row with { Expectation = Expectation.NotComparable, ExpectationReason = ChangedReason }
            : row);
    }
}
