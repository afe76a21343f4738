using GenieLoad.Model;

namespace GenieLoad.Engine.Figures;

/// <summary>Of how many answers the statements are known, and what keeps the others: in words, so that nothing is guessed.</summary>
internal static class StatementCoverage
{
    /// <summary>The words; <see langword="null"/> where nobody has asked the query history.</summary>
    /// <param name="rows">The rows of the run.</param>
    public static string? Of(IEnumerable<QuestionResult> rows)
    {
        Dictionary<string, int> counts = rows.Where(row => row.StatementState is not null)
            .GroupBy(row => row.StatementState!).ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);
        if (counts.Count == 0)
            return null;
        int Count(string state) => counts.GetValueOrDefault(state);
        int without = Count(StatementState.NoStatement);
        string[] rest =
        [
            .. Part(Count(StatementState.NotFound), "not in the query history"),
            .. Part(Count(StatementState.NotFinal), "not final yet"),
            .. Part(Count(StatementState.Refused), "refused"),
            .. Part(Count(StatementState.Unreachable), "not read"),
            .. Part(Count(StatementState.Unnamed), "not named by the stream"),
            .. Part(without, "without a statement"),
        ];
        string known = FormattableString.Invariant(
            $"{Count(StatementState.Known)} of {counts.Values.Sum() - without} answers known");
        return string.Join(", ", [known, .. rest]);
    }

    private static string[] Part(int count, string what) => count == 0 ? [] : [FormattableString.Invariant($"{count} {what}")];
}
