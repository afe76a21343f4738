using GenieLoad.Engine.Statistics;
using GenieLoad.Engine.Verdicts;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Verdicts;

/// <summary>Every figure of a threshold from rows that are written out.</summary>
public class FigureTests
{
    private static readonly QuestionResult[] Rows =
    [
        SmallRun.Row(1, "a:10") with
        {
            DurationSeconds = 9, ThrottleSeconds = 1, ThrottleRetries = 2, FaultSeconds = 0.5, FaultRetries = 1, WaitSeconds = 1,
        },
        SmallRun.Row(2, "a:20") with { DurationSeconds = 18, WaitSeconds = 2 },
        SmallRun.Row(3, "a:!") with { ResponseSeconds = 5 },
        SmallRun.Row(4, "a:!") with { Outcome = Outcome.Throttled, ResponseSeconds = 5, ThrottleSeconds = 4 },
        SmallRun.Row(5, "a:!") with { Outcome = Outcome.NotStarted, ResponseSeconds = null },
        SmallRun.Row(6, "a:!") with { Outcome = Outcome.Interrupted, ResponseSeconds = null },
        SmallRun.Row(7, "a:!") with { Outcome = Outcome.Interrupted, ResponseSeconds = null },
        SmallRun.Row(8, "a:!") with { Outcome = Outcome.TimedOut, ResponseSeconds = 60, FaultRetries = 2 },
    ];

    [Theory]
    [InlineData("SuccessRate", 40)]
    [InlineData("FailureRate", 60)]
    [InlineData("ThrottledQuestionRate", 40)]
    [InlineData("ThrottledRate", 20)]
    [InlineData("TimedOutRate", 20)]
    [InlineData("CancelledRate", 0)]
    [InlineData("NotStartedRate", 12.5)]
    [InlineData("InterruptedRate", 25)]
    [InlineData("ThrottleShare", 5)]
    [InlineData("FaultShare", 0.5)]
    [InlineData("WaitShare", 3)]
    [InlineData("MeanResponseSeconds", 15)]
    [InlineData("MaximumResponseSeconds", 20)]
    [InlineData("MinimumResponseSeconds", 10)]
    [InlineData("MinimumDurationSeconds", 9)]
    [InlineData("AverageQuestionDurationSeconds", 13.5)]
    [InlineData("P50DurationSeconds", 13.5)]
    [InlineData("P12.5DurationSeconds", 10.125)]
    [InlineData("QuestionCount", 8)]
    [InlineData("SuccessfulCount", 2)]
    [InlineData("FailedCount", 3)]
    [InlineData("ThrottledCount", 1)]
    [InlineData("InterruptedCount", 2)]
    [InlineData("ThrottleRetryCount", 2)]
    [InlineData("FaultRetryCount", 3)]
    [InlineData("ThrottleSeconds", 5)]
    [InlineData("FaultSeconds", 0.5)]
    public void A_figure_is_read_from_the_rows(string name, double expected) =>
        Assert.Equal(expected, FigureCatalog.Find(name.ToUpperInvariant())!.Read(new FigureScope(Rows), 0.95).Value!.Value, 1e-9);

    [Theory]
    [InlineData("TotalDurationSeconds", 100)]
    [InlineData("ThroughputPerSecond", 0.05)]
    public void A_figure_of_the_run_is_that_which_it_shows_and_no_part_has_it(string name, double expected)
    {
        LoadRun run = SmallRun.Of(1, "a:1 a:2 a:3 a:4 a:5");
        Figure figure = FigureCatalog.Find(name)!;

        Assert.Equal(expected, figure.Read(new FigureScope(run.Results, run), 0.95).Value!.Value, 1e-9);
        Assert.Null(figure.Read(new FigureScope(run.Results), 0.95).Value);
        Assert.False(figure.HasSlices);
        Assert.False(figure.CanFailEarly(upwards: true));
    }

    [Theory]
    [InlineData("FailedCount", true, false, true)]
    [InlineData("MaximumResponseSeconds", true, false, true)]
    [InlineData("MinimumResponseSeconds", false, false, true)]
    [InlineData("P95ResponseSeconds", true, true, true)]
    [InlineData("SuccessRate", true, true, true)]
    public void What_only_grows_can_fail_early_to_one_side(string name, bool upwards, bool downwards, bool hasSlices)
    {
        Figure figure = FigureCatalog.Find(name)!;

        Assert.Equal((upwards, downwards, hasSlices), (figure.CanFailEarly(true), figure.CanFailEarly(false), figure.HasSlices));
    }

    [Theory]
    [InlineData("P90ResponseSeconds", true)]
    [InlineData("MeanResponseSeconds", true)]
    [InlineData("MaximumResponseSeconds", true)]
    [InlineData("ThrottleShare", false)]
    [InlineData("FailedCount", false)]
    [InlineData("SuccessRate", false)]
    public void Times_are_those_of_the_questions_that_were_answered(string name, bool isOfSurvivors) =>
        Assert.Equal(isOfSurvivors, FigureCatalog.Find(name)!.IsOfSurvivors);

    [Theory]
    [InlineData("P100ResponseSeconds")]
    [InlineData("P0ResponseSeconds")]
    [InlineData("P95NoSuchSeconds")]
    [InlineData("P95.123ResponseSeconds")]
    [InlineData("CompletedRate")]
    [InlineData("FailedRate")]
    public void Another_name_has_no_figure(string name) => Assert.Null(FigureCatalog.Find(name));

    [Theory]
    [InlineData("P95R", "P95ResponseSeconds P95ResponseWithFailuresSeconds P95ResultFetchSeconds")]
    [InlineData("p97", "")]
    [InlineData("SuccessR", "SuccessRate")]
    public void Completion_offers_what_begins_so(string typed, string expected)
    {
        string[] offered = [.. FigureCatalog.Beginning(typed)];

        Assert.All(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries), name => Assert.Contains(name, offered));
        Assert.All(offered, name => Assert.StartsWith(typed, name, StringComparison.OrdinalIgnoreCase));
        if (typed == "p97")
            Assert.Equal(["P97ResponseSeconds", "P97ResponseWithFailuresSeconds", "P97DurationSeconds"], offered.Take(3));
        else
            Assert.Equal(offered.Distinct(), offered);
    }

    [Fact]
    public void A_wrong_name_brings_the_word_for_what_another_tool_calls_it() =>
        Assert.Equal(["MeanResponseSeconds"], FigureCatalog.Close("AVG"));

    // Values 1 to n. With too few for both ends, the one that there is bounds 97.5 %: of ten answers seven are below P95 in all but 1.2 %.
    [Theory]
    [InlineData(10, 95, 8.0, null)]
    [InlineData(10, 5, null, 3.0)]
    [InlineData(5, 50, null, null)]
    [InlineData(6, 50, 1.0, 6.0)]
    [InlineData(1, 95, null, null)]
    [InlineData(3, 1, null, 2.0)]
    [InlineData(3, 99, 2.0, null)]
    public void A_percentile_of_few_answers_has_one_end(int count, double percent, double? lower, double? upper) =>
        Assert.Equal((lower, upper), TimePercentile.Bounds(Values(count), percent, 0.95));

    [Fact]
    public void Answers_that_hang_together_have_the_interval_of_fewer()
    {
        // 50 effective ones have their median between the 18th and the 33rd, or near: here each stands for two.
        RankInterval ranks = OrderStatistics.Ranks(50, 50)!.Value;
        (double? lower, double? upper) = Interval(100, 50, new SerialDependence(100, 0.3, 2));

        Assert.Equal((2 * ranks.Lower, (2 * ranks.Upper) - 1), (lower!.Value, upper!.Value));
        Assert.Equal(TimePercentile.Bounds(Values(100), 50, 0.95), Interval(100, 50, new SerialDependence(100, 0.1, 1)));

        // Too strong, or too few: only that the median lies within the answers, and another percentile not beyond one end.
        Assert.Equal((1, 30), Interval(30, 50, new SerialDependence(30, 0.8, 5)));
        Assert.Equal((1, null), Interval(30, 90, new SerialDependence(30, 0.8, 5)));
        Assert.Equal((null, 30), Interval(30, 10, new SerialDependence(30, 0.8, 5)));
        Assert.Equal((1, null), Interval(60, 90, new SerialDependence(60, 0.3, 2)));
    }

    [Fact]
    public void The_number_of_answers_that_decide_grows_as_the_limit_comes_near()
    {
        double z2 = Math.Pow(1.959963984540054, 2);

        Assert.Equal(z2 * 0.9 * 0.1 / (0.05 * 0.05), TimePercentile.CountToDecide(Values(100), 90, 95.5, 0.95)!.Value, 1e-6);
        Assert.Equal(36, TimePercentile.CountToDecide(Values(100), 90, 50, 0.95));
        Assert.Null(TimePercentile.CountToDecide(Values(100), 90, 91, 0.95));
        Assert.Equal(36, TimePercentile.CountToDecide([], 90, 91, 0.95));
        Assert.Equal(
            z2 * 0.95 * 0.05 / (0.05 * 0.05),
            Find("SuccessRate").CountToDecide(new FigureScope(SmallRun.Rows("a:1 a:1 a:1 a:1 a:1 a:1 a:1 a:1 a:1 a:!")), 95, 0.95)!.Value,
            1e-6);
        Assert.Null(Find("SuccessRate").CountToDecide(new FigureScope(SmallRun.Rows("a:1 a:!")), 50, 0.95));
        Assert.Null(Find("SuccessRate").CountToDecide(new FigureScope([]), 50, 0.95));
        Assert.Null(Find("FailedCount").CountToDecide(new FigureScope(Rows), 5, 0.95));
    }

    [Fact]
    public void A_mean_needs_twenty_and_then_as_many_as_its_interval_tells()
    {
        QuestionResult[] some = SmallRun.Rows("a:1 a:2 a:3");
        QuestionResult[] many = SmallRun.Rows(string.Join(' ', Enumerable.Range(0, 40).Select(i => i % 2 == 0 ? "a:9" : "a:11")));
        Reading reading = Find("MeanResponseSeconds").Read(new FigureScope(many), 0.95);
        double half = reading.UpperOfScatter!.Value - 10;

        Assert.Equal(20, Find("MeanResponseSeconds").CountToDecide(new FigureScope(some), 9, 0.95));
        Assert.Equal(40 * half * half / 4, Find("MeanResponseSeconds").CountToDecide(new FigureScope(many), 12, 0.95)!.Value, 1e-9);
        Assert.Equal(40 * half * half / 4, Find("MeanResponseSeconds").CountToDecide(new FigureScope(many), 8, 0.95)!.Value, 1e-9);
        Assert.Null(Find("MeanResponseSeconds").CountToDecide(new FigureScope(many), 10, 0.95));
        Assert.InRange(half, 0.2, 0.5);
    }

    [Fact]
    public void Without_data_a_figure_has_no_value()
    {
        foreach (string name in (string[])["P95ResponseSeconds", "SuccessRate", "MeanResponseSeconds", "P95ResponseWithFailuresSeconds"])
        {
            Reading reading = Find(name).Read(new FigureScope([]), 0.95);
            Assert.Equal((null, null, null, 0), (reading.Value, reading.Lower, reading.Upper, reading.Count));
        }
    }

    // Twenty answers, slow and fast in long stretches: with so few, only that they waited for each other makes it more than chance.
    [Theory]
    [InlineData(3, 1.0, 0, true)]
    [InlineData(2, 1.0, 0, false)]
    [InlineData(3, 0.05, 0, false)]
    [InlineData(3, 1.0, 0.1, false)]
    public void Answers_hang_together_where_more_than_a_tenth_waited_for_a_worker(int waiting, double wait, double missing, bool isFound)
    {
        double[] slow = [1, 1, 1, 1, 0, 1, 1, 1, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];
        QuestionResult[] rows = [.. slow.Select((value, i) => SmallRun.Row(i + 1, "a:1") with
        {
            ResponseSeconds = 5 + (5 * value) - missing, WaitSeconds = i < waiting ? wait : 0,
            ServiceSeconds = 5 + (5 * value) - (i < waiting ? wait : 0),
        })];

        Assert.Equal(isFound, FigureScope.DependenceOf(rows, row => row.ResponseSeconds).IsFound);
    }

    [Fact]
    public void A_wait_for_anything_but_a_worker_makes_no_answers_hang_together()
    {
        double[] slow = [1, 1, 1, 1, 0, 1, 1, 1, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];
        bool IsFound(double? worker, double wait) => FigureScope.DependenceOf(
            slow.Select((value, i) => SmallRun.Row(i + 1, "a:1") with
            {
                ResponseSeconds = 5 + (5 * value), WaitSeconds = wait, WorkerWaitSeconds = worker, ServiceSeconds = 5 + (5 * value) - wait,
            }),
            row => row.ResponseSeconds).IsFound;

        Assert.True(IsFound(null, 1));
        Assert.True(IsFound(1, 1));
        Assert.False(IsFound(0, 1));
    }

    [Fact]
    public void Turns_of_a_conversation_are_one_observation()
    {
        QuestionResult[] rows = SmallRun.Rows(string.Join(' ', Enumerable.Range(0, 30).Select(i => $"c{i / 3}/q{i % 3}:{i}")));

        Assert.Equal(10, FigureScope.DependenceOf(rows, row => row.ResponseSeconds).Count);
        Assert.Equal("c0", FigureScope.Conversation(rows[0]));
        Assert.Equal("#7", FigureScope.Conversation(SmallRun.Row(7, "a:1")));
    }

    [Fact]
    public void A_phase_must_be_seen_in_four_of_five_answers()
    {
        Assert.Null(new Reading(1, null, null, 1).Unseen);
        Assert.Null(new Reading(1, null, null, 1) { SeenPercent = 80 }.Unseen);
        Assert.StartsWith(
            "polls saw this phase in 79 % of the answers and 80 % are needed", new Reading(1, null, null, 1) { SeenPercent = 79 }.Unseen,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Where_answers_hang_together_too_strongly_a_reading_loses_its_interval()
    {
        var reading = new Reading(5, 4, 6, 30) { UpperOfScatter = 7 };
        SerialDependence strong = new(30, 0.8, 5), weak = new(100, 0.2, 1.5);

        Assert.Equal(new Reading(5, null, null, 30) { Dependence = strong }, reading.Unless(strong));
        Assert.Equal(reading with { Dependence = weak }, reading.Unless(weak));
    }

    [Theory]
    [InlineData(1, 1, null, null, null, "Chat", "1 question, 1 worker, Even")]
    [InlineData(35, 10, 30.5, 1, 2.5, "Chat", "35 questions, 10 workers, Even, 30.5 s, 1 user, at most 2.5 a minute")]
    [InlineData(2, 2, null, 3, null, "Chat 75 %, Agent 25 %", "2 questions, 2 workers, Even, 3 users, Chat 75 %, Agent 25 %")]
    public void The_shape_of_a_plan_is_told_in_words(
        int questions, int workers, double? seconds, int? users, double? pace, string mode, string words) =>
        Assert.Equal(words, new PlanShape(questions, workers, "Even", seconds, users, pace, mode).ToString());

    private static Figure Find(string name) => FigureCatalog.Find(name)!;

    private static double[] Values(int count) => [.. Enumerable.Range(1, count).Select(i => (double)i)];

    private static (double? Lower, double? Upper) Interval(int count, double percent, SerialDependence dependence) =>
        TimePercentile.Interval(Values(count), Values(count), percent, 0.95, dependence);
}
