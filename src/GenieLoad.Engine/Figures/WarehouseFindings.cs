using GenieLoad.Model;

namespace GenieLoad.Engine.Figures;

/// <summary>What the statements of a run say about the test itself: that it measured something else than it seems to.</summary>
public static class WarehouseFindings
{
    // A fifth of the answers from the cache moves every percentile.
    private const double NotableCacheShare = 0.2;

    /// <summary>The findings, for people; none where nothing is known, or nothing notable.</summary>
    /// <param name="run">The run.</param>
    public static IEnumerable<string> Of(LoadRun run)
    {
        QuestionResult[] known =
            [.. MeasuredRows.Of(run).Where(row => row.Success && row.StatementState == StatementState.Known)];
        int cached = known.Count(row => row.FromResultCache == true);
        if (cached > NotableCacheShare * known.Length)
        {
            yield return FormattableString.Invariant(
                $"{cached} of {known.Length} answers came from the result cache of the warehouse: this test measures the cache. ")
                + "Ask more different questions.";
        }
        QuestionResult[] started = [.. known.Where(row => row.WarehouseStartSeconds > 0)];
        if (started.Length > 0)
        {
            yield return FormattableString.Invariant($"The warehouse was started by the test: {started.Length} of {known.Length} answers ")
                + FormattableString.Invariant($"waited for it, up to {started.Max(row => row.WarehouseStartSeconds):0.0} s. ")
                + "Start it before the test, or use -WarmUpCount.";
        }
    }
}
