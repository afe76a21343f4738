using GenieLoad.Engine.Randomness;
using GenieLoad.Engine.Sessions;
using GenieLoad.Engine.Tests.Runs;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Sessions;

public sealed class CapacityPredictionTests
{
    private static readonly CapacityRequest Request = new()
    {
        Run = Served(60), Slo = ["P90ResponseSeconds <= 60"], ThinkTime = "180s", QuestionsPerMinute = 5,
    };

    /// <summary>A run whose service times are lognormal, median 20 s, one after another.</summary>
    private static LoadRun Served(int count, double failures = 0)
    {
        SeededRandom random = SeededRandom.For(7, "service", 0);
        return SampleRun.Summarize(count,
        [
            .. Enumerable.Range(1, count).Select(i =>
            {
                double seconds = 20 * Math.Exp(0.4 * random.NextNormal());
                QuestionResult row = random.NextDouble() < failures
                    ? SampleRun.Failure(i, Outcome.Failed, "X") : SampleRun.Success(i, seconds);
                return row with { ServiceSeconds = seconds, StartedOffsetSeconds = 100 * i, CompletedOffsetSeconds = (100 * i) + seconds };
            }),
        ]);
    }

    [Fact]
    public void People_are_predicted_as_simulations_of_others_say()
    {
        SpaceCapacity forecast = CapacityPrediction.Of(Request);

        // 14 in independent simulations of this space.
        Assert.InRange(forecast.PeoplePredicted!.Value, 13, 15);
        Assert.InRange(forecast.PeoplePredicted.Value, forecast.Lower!.Value, forecast.Upper!.Value);
        Assert.Equal((BindingConstraint.RateLimit, 60, 180.0),
            (forecast.BindingConstraint, forecast.AnswerCount, forecast.ThinkTimeSeconds!.Value));
        Assert.InRange(forecast.ShareOfLimit!.Value, 0.6, 0.95);
        Assert.Equal(forecast.Curve.OrderBy(point => point.People).Select(point => point.People),
            forecast.Curve.Select(point => point.People));
        Assert.True(forecast.Curve[0].MissShare < forecast.Curve[^1].MissShare);
    }

    [Fact]
    public void The_open_model_predicts_questions_a_minute()
    {
        SpaceCapacity forecast = CapacityPrediction.Of(Request with { IsOpen = true, ThinkTime = null });

        // 69 % of the limit in the closed form.
        Assert.InRange(forecast.QuestionsPerMinute!.Value, 3.2, 3.7);
        Assert.Null(forecast.PeoplePredicted);
        Assert.InRange(forecast.QuestionsPerMinute.Value, forecast.LowerPerMinute!.Value, forecast.UpperPerMinute!.Value);
    }

    [Fact]
    public void A_measured_limit_comes_with_its_bounds_and_its_burst()
    {
        var limit = new RateLimit
        {
            Kind = LimiterKind.TokenBucket, LowerPerMinute = 19, UpperPerMinute = 21, Burst = 5, RetryAfter = RetryAfterWorth.Absent,
            QuestionsSpent = 0, RefusedCount = 0, DurationSeconds = 0, Reason = "", Observations = new RowList<RateLimitObservation>([]),
        };

        SpaceCapacity forecast = CapacityPrediction.Of(Request with { QuestionsPerMinute = null, Limit = limit });

        Assert.Equal((20.0, 5), (forecast.LimitPerMinute!.Value, forecast.LimitBurst!.Value));
        Assert.InRange(forecast.PeoplePredicted!.Value, 65, 77);
        Assert.Contains("19 to 21 a minute, burst 5", forecast.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_measured_limit_without_bounds_gives_way_and_that_is_said()
    {
        var limit = new RateLimit
        {
            Kind = LimiterKind.None, RetryAfter = RetryAfterWorth.Absent, QuestionsSpent = 15, RefusedCount = 0, DurationSeconds = 0,
            Reason = "", Observations = new RowList<RateLimitObservation>([]),
        };

        SpaceCapacity unknown = CapacityPrediction.Of(Request with { QuestionsPerMinute = null, Limit = limit });
        LoadRun met = Request.Run! with { LimitLowerPerMinute = 9, LimitUpperPerMinute = 11, LimitBurst = 2 };
        SpaceCapacity seen = CapacityPrediction.Of(Request with { QuestionsPerMinute = null, Limit = limit, Run = met });

        Assert.Contains("The given limit has no bounds (None)", unknown.Reason, StringComparison.Ordinal);
        Assert.Equal((10.0, 2), (seen.LimitPerMinute!.Value, seen.LimitBurst!.Value));
        Assert.Contains("seen in the run", seen.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_limit_the_documented_one_is_assumed_and_said() =>
        Assert.Contains(
            "5 a minute without a burst is assumed", CapacityPrediction.Of(Request with { QuestionsPerMinute = null }).Reason,
            StringComparison.Ordinal);

    [Fact]
    public void Failures_count_as_misses()
    {
        SpaceCapacity forecast = CapacityPrediction.Of(
            Request with { Run = Served(60, failures: 0.3), Slo = ["SuccessRate >= 95%"] });

        Assert.Equal((0, BindingConstraint.Failures), (forecast.PeoplePredicted!.Value, forecast.BindingConstraint));
    }

    [Fact]
    public void Think_time_is_read_from_the_users_of_a_run()
    {
        LoadRun run = Served(30);
        QuestionResult[] rows = [.. run.Results.Select((row, i) => row with { User = 1 + (i % 2), PlannedOffsetSeconds = 100 * (i + 1) })];

        SpaceCapacity forecast = CapacityPrediction.Of(Request with { ThinkTime = null, Run = SampleRun.Summarize(30, rows) });

        Assert.InRange(forecast.ThinkTimeSeconds!.Value, 160, 190);
        Assert.Contains("28 pauses", forecast.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("P90ServiceSeconds <= 60", "180s", 60, "UnusableServiceLevel")]
    [InlineData("P90ResponseSeconds >= 60", "180s", 60, "UnusableServiceLevel")]
    [InlineData("SuccessRate >= 40%", "180s", 60, "UnusableServiceLevel")]
    [InlineData("P90ResponseSeconds{question=q1} <= 60", "180s", 60, "UnusableServiceLevel")]
    [InlineData("P90ResponseSeconds <= 60", "soon", 60, "InvalidThinkTime")]
    [InlineData("P90ResponseSeconds <= 60", null, 60, "ThinkTimeUnknown")]
    [InlineData("P90ResponseSeconds <= 60", "180s", 9, "TooFewServiceTimes")]
    public void What_cannot_be_predicted_is_refused(string slo, string? think, int count, string errorId)
    {
        GenieLoadException e = Assert.Throws<GenieLoadException>(
            () => CapacityPrediction.Of(Request with { Slo = [slo], ThinkTime = think, Run = Served(count) }));

        Assert.Equal(errorId, e.ErrorId);
    }

    [Theory]
    [InlineData("fixed 180s")]
    [InlineData("60s-300s")]
    public void Other_think_times_have_their_mean(string think) =>
        Assert.Equal(180, CapacityPrediction.Of(Request with { ThinkTime = think }).ThinkTimeSeconds);
}
