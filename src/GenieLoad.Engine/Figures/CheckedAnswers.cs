using GenieLoad.Model;

namespace GenieLoad.Engine.Figures;

/// <summary>What the end of a run says of its expected answers, brought to the rows that were judged by them.</summary>
internal static class CheckedAnswers
{
    private const string HasChanged = "its expected result changed during the run";

    /// <summary>The rows; what was judged by a result that did not last cannot be compared.</summary>
    /// <param name="rows">The rows as they were judged.</param>
    /// <param name="expected">What the expected SQL gave.</param>
    public static IEnumerable<QuestionResult> Of(IEnumerable<QuestionResult> rows, IReadOnlyCollection<ExpectedAnswer> expected)
    {
        HashSet<(string?, string)> changed =
            [.. expected.Where(answer => answer.State == ExpectedState.Changed).Select(answer => (answer.Connection, answer.QuestionId))];
        return changed.Count == 0 ? rows : rows.Select(row =>
            row.Expectation is not null && (changed.Contains((row.Connection, row.QuestionId)) || changed.Contains((null, row.QuestionId)))
                ? row with { Expectation = Expectation.NotComparable, ExpectationReason = HasChanged }
                : row);
    }
}
