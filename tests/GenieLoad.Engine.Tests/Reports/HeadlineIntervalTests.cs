using GenieLoad.Engine.Reports;
using GenieLoad.Engine.Tests.Verdicts;
using GenieLoad.Engine.Verdicts;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Reports;

/// <summary>Behind a queue answers hang together, and a verdict stands on a wider interval than that of independent answers.</summary>
public class HeadlineIntervalTests
{
    [Fact]
    public void No_report_shows_two_intervals_of_one_percentile()
    {
        LoadRun drawn = TruthWorld.Find("queue 0.95").Draw(3, 100, false);
        LoadRun run = drawn with { Plan = drawn.Plan with { Thresholds = "P50ResponseSeconds < 1000" } };
        ThresholdResult judged = Assert.Single(ThresholdJudge.Judge(run, ThresholdText.ParseAll([run.Thresholds])));
        PercentileFigure own = run.Percentiles.Single(figure => figure is { Measure: "Response", Percentile: 50 });
        Assert.NotEqual((own.LowerSeconds, own.UpperSeconds), (judged.Lower, judged.Upper));

        string shown = FormattableString.Invariant($"({judged.Lower:0.00}-{judged.Upper:0.00})");
        string text = SummaryText.Write(run);
        Assert.Equal(3, text.Split(shown).Length);
        Assert.DoesNotContain(
            FormattableString.Invariant($"({own.LowerSeconds:0.00}-{own.UpperSeconds:0.00})"), text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_success_rate_has_the_interval_of_its_threshold_where_that_is_of_the_whole_run()
    {
        LoadRun run = ReportRun.Of(40);

        Assert.Equal((1, 2), HeadlineInterval.OfSuccess(run, [Judged(null)]));
        Assert.Equal((run.SuccessRateLower, run.SuccessRateUpper), HeadlineInterval.OfSuccess(run, [Judged("question=q1")]));
        Assert.Equal((run.SuccessRateLower, run.SuccessRateUpper), HeadlineInterval.OfSuccess(run, []));
    }

    private static ThresholdResult Judged(string? slice) => new()
    {
        Verdict = Verdict.Pass, Threshold = "SuccessRate > 0", Figure = "SuccessRate", Slice = slice, Operator = ">", Limit = 0, Unit = "%",
        Lower = 1, Upper = 2, Count = 40, Reason = "", RunId = "a",
    };
}
