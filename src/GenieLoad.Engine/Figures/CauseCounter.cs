using GenieLoad.Model;

namespace GenieLoad.Engine.Figures;

/// <summary>Counts what stood in the way of success.</summary>
public static class CauseCounter
{
    /// <summary>Failures by outcome, type and group, most frequent first; equals by name, so that the order is always the same.</summary>
    /// <param name="rows">Rows of the run, by index.</param>
    public static IEnumerable<CauseCount> Count(IReadOnlyCollection<QuestionResult> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        double spent = rows.Sum(TimeSpent);
        return rows.Where(row => !row.Success)
            .GroupBy(row => (row.Outcome, row.ErrorType, Group: ErrorGrouping.Of(row)))
            .Select(group => new CauseCount
            {
                Outcome = group.Key.Outcome,
                ErrorType = group.Key.ErrorType,
                Count = group.Count(),
                Example = group.Select(row => row.ErrorText).FirstOrDefault(text => !string.IsNullOrWhiteSpace(text)),
                Group = group.Key.Group,
                FirstAt = group.Min(row => row.CompletedAt?.ToUniversalTime()),
                LastAt = group.Max(row => row.CompletedAt?.ToUniversalTime()),
                ExampleRequestId = group.Select(row => row.RequestId).FirstOrDefault(id => id is not null)
                    ?? group.Select(row => row.MessageId).FirstOrDefault(id => id is not null),
                TimeShare = spent > 0 ? 100 * group.Sum(TimeSpent) / spent : null,
            })
            .OrderByDescending(cause => cause.Count)
            .ThenBy(cause => cause.Outcome, StringComparer.Ordinal)
            .ThenBy(cause => cause.ErrorType, StringComparer.Ordinal)
            .ThenBy(cause => cause.Group, StringComparer.Ordinal);
    }

    private static double TimeSpent(QuestionResult row) => row.DurationSeconds ?? 0;
}
