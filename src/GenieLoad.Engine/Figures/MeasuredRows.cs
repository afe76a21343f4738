using GenieLoad.Model;

namespace GenieLoad.Engine.Figures;

/// <summary>The rows that figures are made of: all but those of questions that only warmed up.</summary>
public static class MeasuredRows
{
    /// <summary>The rows of a run that count, in its order.</summary>
    /// <param name="run">The run.</param>
    public static IReadOnlyList<QuestionResult> Of(LoadRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return run.WarmUpCount == 0 ? run.Results : Of(run.Results);
    }

    /// <summary>Those of some rows that count, in their order.</summary>
    /// <param name="rows">The rows.</param>
    public static IReadOnlyList<QuestionResult> Of(IEnumerable<QuestionResult> rows) => [.. rows.Where(row => !row.IsWarmUp)];

    /// <summary>
    /// Seconds from the start of the run until the first row that counts was due; 0 without a warm-up, or with nothing else.
    /// </summary>
    /// <param name="rows">All rows of the run.</param>
    public static double WarmUpSeconds(IReadOnlyCollection<QuestionResult> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (!rows.Any(row => row.IsWarmUp))
            return 0;
        IReadOnlyList<QuestionResult> measured = Of(rows);
        return measured.Count == 0 ? 0 : Math.Max(0, measured.Min(row => row.PlannedOffsetSeconds));
    }
}
