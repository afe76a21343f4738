using GenieLoad.Engine.Statistics;

namespace GenieLoad.Engine.Capacity;

/// <summary>What a number of people meets in a closed model.</summary>
/// <param name="People">How many people.</param>
/// <param name="MissShares">Share of questions that miss each level.</param>
/// <param name="P50Seconds">Median response time of answers; <see langword="null"/> where everything fails, as the next three.</param>
/// <param name="P90Seconds">Their 90th percentile.</param>
/// <param name="P95Seconds">Their 95th percentile.</param>
/// <param name="P99Seconds">Their 99th percentile.</param>
/// <param name="QuestionsPerMinute">Questions a minute.</param>
/// <param name="ShareOfLimit">Those as a share of what the limit lets through; <see langword="null"/> without limit.</param>
/// <param name="WaitShare">Share of the response time that is spent waiting for the limit.</param>
internal sealed record ClosedFigures(
    int People, IReadOnlyList<double> MissShares, double? P50Seconds, double? P90Seconds, double? P95Seconds, double? P99Seconds,
    double QuestionsPerMinute, double? ShareOfLimit, double WaitShare)
{
    /// <summary>Sums up answers.</summary>
    /// <param name="model">Where they come from.</param>
    /// <param name="people">How many people asked.</param>
    /// <param name="answers">The answers, at least two, in the order in which they were asked.</param>
    public static ClosedFigures Of(ClosedModel model, int people, IEnumerable<ClosedAnswer> answers)
    {
        ClosedAnswer[] all = [.. answers];
        double[] times = Percentile.Sort(all.Where(answer => !answer.Service.IsFailed).Select(answer => (double?)answer.ResponseSeconds));
        double perMinute = 60 * (all.Length - 1) / (all[^1].AskedAt - all[0].AskedAt);
        return new ClosedFigures(
            people,
            [.. model.Levels.Select(level => (double)all.Count(answer => level.IsMiss(answer.ResponseSeconds, answer.Service.IsFailed))
                / all.Length)],
            At(50), At(90), At(95), At(99),
            perMinute,
            model.Limit.IsNone ? null : perMinute / model.Limit.PerMinute,
            all.Sum(answer => answer.WaitSeconds) / all.Sum(answer => answer.ResponseSeconds));

        double? At(double percent) => times.Length == 0 ? null : Percentile.Of(times, percent);
    }
}
