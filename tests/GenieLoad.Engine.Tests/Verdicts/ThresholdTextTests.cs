using GenieLoad.Engine.Verdicts;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Verdicts;

public class ThresholdTextTests
{
    [Theory]
    [InlineData("P95ResponseSeconds < 30", "P95ResponseSeconds", "<", 30)]
    [InlineData("p95responseseconds<=1.5m", "P95ResponseSeconds", "<=", 90)]
    [InlineData("P42AskingAiSeconds < 250ms", "P42AskingAiSeconds", "<", 0.25)]
    [InlineData("P99.5ResponseSeconds < 60", "P99.5ResponseSeconds", "<", 60)]
    [InlineData("p99.90ServiceSeconds < 1m", "P99.9ServiceSeconds", "<", 60)]
    [InlineData("P99.99ResponseWithFailuresSeconds < 60", "P99.99ResponseWithFailuresSeconds", "<", 60)]
    [InlineData(" SuccessRate >= 99 % ", "SuccessRate", ">=", 99)]
    [InlineData("ThrottleShare < 0.5%", "ThrottleShare", "<", 0.5)]
    [InlineData("MaximumLagSeconds < 50 ms", "MaximumLagSeconds", "<", 0.05)]
    [InlineData("TimedOutCount <= 0", "TimedOutCount", "<=", 0)]
    [InlineData("ThroughputPerSecond > 0.2/s", "ThroughputPerSecond", ">", 0.2)]
    public void A_threshold_is_read(string text, string figure, string comparison, double limit)
    {
        Threshold threshold = ThresholdText.Parse(text);

        Assert.Equal((figure, comparison), (threshold.Figure.Name, threshold.Operator));
        Assert.Equal(limit, threshold.Limit, 12);
        Assert.Null(threshold.Slice);
    }

    [Theory]
    [InlineData("P90ServiceSeconds{question=q7} < 20", "question", "q7")]
    [InlineData("SuccessRate { turn = 2 } >= 95", "turn", "2")]
    [InlineData("MeanResponseSeconds{Question='a;b'} < 20", "question", "a;b")]
    public void A_part_of_the_run_is_named_in_braces(string text, string key, string value) =>
        Assert.Equal(new ThresholdSlice(key, value), Assert.Single(ThresholdText.ParseAll([text])).Slice);

    [Fact]
    public void Thresholds_of_a_scenario_are_parted_by_semicolons() => Assert.Equal(
        ["P95ResponseSeconds < 30", "SuccessRate >= 99", "FailedCount < 3"],
        ThresholdText.ParseAll(["P95ResponseSeconds < 30; SuccessRate >= 99;", null, "FailedCount < 3"])
            .Select(threshold => threshold.Text));

    [Theory]
    [InlineData("", 1, "name of a figure")]
    [InlineData("P95ResponseSeconds = 30", 20, "<, <=, > or >=")]
    [InlineData("P95ResponseSeconds < fast", 22, "a number")]
    [InlineData("P95ResponseSeconds < 30%", 24, "ms, s, m")]
    [InlineData("SuccessRate > 99 s", 18, "%, or the end")]
    [InlineData("SuccessRate > 99 % now", 20, "the end")]
    [InlineData("SuccessRate{colour=red} > 99", 13, "question, turn")]
    [InlineData("SuccessRate{turn=2 > 99", 24, "'}'")]
    [InlineData("FailedCount < 3 s", 17, "no unit")]
    public void What_cannot_be_read_is_refused_with_its_place(string text, int character, string expected)
    {
        var error = Assert.Throws<GenieLoadException>(() => ThresholdText.Parse(text));

        Assert.Equal("InvalidThreshold", error.ErrorId);
        Assert.Contains($"at character {character} ", error.Message);
        Assert.Contains(expected, error.Message);
    }

    [Theory]
    [InlineData("P95ResponsSeconds < 30", "P95ResponseSeconds")]
    [InlineData("SucessRate > 99", "SuccessRate")]
    [InlineData("P100ResponseSeconds < 30", "P90ResponseSeconds")]
    [InlineData("P99.999ResponseSeconds < 30", "P99ResponseSeconds")]
    [InlineData("p(95)<500", "Did you mean P95ResponseSeconds?")]
    [InlineData(" P( 99.9 ) < 500", "Did you mean P99.9ResponseSeconds?")]
    [InlineData("avg<500", "Did you mean MeanResponseSeconds?")]
    [InlineData("med<500", "Did you mean P50ResponseSeconds?")]
    [InlineData("rate<0.01", "Did you mean FailureRate?")]
    public void An_unknown_figure_is_refused_with_those_that_come_close(string text, string close)
    {
        var error = Assert.Throws<GenieLoadException>(() => ThresholdText.Parse(text));

        Assert.Equal("UnknownFigure", error.ErrorId);
        Assert.Contains(close, error.Message);
    }

    [Theory]
    [InlineData("SuccessRate >= 0.99")]
    [InlineData("SuccessRate >= 1")]
    [InlineData("SuccessRate >= 1.0")]
    [InlineData("SuccessRate > +1")]
    [InlineData("SuccessRate < .5")]
    public void A_rate_that_looks_like_a_share_of_one_is_refused(string text)
    {
        GenieLoadException error = Assert.Throws<GenieLoadException>(() => ThresholdText.Parse(text));

        Assert.Equal("AmbiguousShare", error.ErrorId);
        Assert.Contains(text[(text.LastIndexOf(' ') + 1)..] + "%", error.Recommendation, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SuccessRate >= 1%", 1)]
    [InlineData("SuccessRate >= 0.5%", 0.5)]
    [InlineData("SuccessRate >= 1.01", 1.01)]
    [InlineData("SuccessRate >= 0", 0)]
    [InlineData("P95ResponseSeconds < 1", 1)]
    public void A_rate_with_its_sign_or_beyond_a_share_is_taken(string text, double limit) =>
        Assert.Equal(limit, ThresholdText.Parse(text).Limit);

    [Fact]
    public void A_name_of_any_length_is_refused_without_a_search_for_names_close_to_it()
    {
        string name = new('x', 50_000);
        long before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Equal("UnknownFigure", Assert.Throws<GenieLoadException>(() => ThresholdText.Parse(name + " < 1")).ErrorId);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10_000_000);
    }

    [Fact]
    public void The_whole_run_alone_has_a_throughput() =>
        Assert.Equal("NoSlices", Assert.Throws<GenieLoadException>(() => ThresholdText.Parse("ThroughputPerSecond{turn=1} > 1")).ErrorId);

    [Fact]
    public void Every_name_that_completion_offers_is_known_by_that_name() =>
        Assert.All(FigureCatalog.Names, name => Assert.Equal(name, FigureCatalog.Find(name)?.Name));

    /// <summary>What a run calls SuccessRate and what a threshold calls so must be the same number.</summary>
    [Fact]
    public void A_figure_that_the_run_shows_by_the_same_name_has_the_same_value()
    {
        LoadRun run = SyntheticRun.Draw(3, 80, failureShare: 0.2);
        var shared = FigureCatalog.Names.Select(
            name => (Name: name, Property: typeof(LoadRun).GetProperty(name))).Where(pair => pair.Property is not null).ToList();

        Assert.True(shared.Count >= 12, $"{shared.Count}");
        Assert.All(shared, pair => Assert.Equal(
            pair.Property!.GetValue(run) is { } value ? Convert.ToDouble(value) : double.NaN,
            Assert.Single(ThresholdJudge.Judge(run, [ThresholdText.Parse($"{pair.Name} < 5")])).Value ?? double.NaN,
            9));
    }

    [Theory]
    [InlineData("x > 1", true)]
    [InlineData("=", true)]
    [InlineData("p(95) 3", true)]
    [InlineData(" SuccessRate", true)]
    [InlineData("P99.9ResponseSeconds", true)]
    [InlineData("P95ResponseSeconds{turn=1}", true)]
    [InlineData("20261123-192455-high_load-3f9a", false)]
    [InlineData("", false)]
    public void What_compares_or_begins_with_a_figure_is_meant_as_a_threshold(string text, bool isMeant) =>
        Assert.Equal(isMeant, ThresholdText.IsMeant(text));

    [Theory]
    [InlineData("SuccessRate{turn 1} > 3", "'='")]
    [InlineData("SuccessRate{turn= } > 3", "a value")]
    [InlineData("SuccessRate{turn=1 > 3", "'}'")]
    [InlineData("SuccessRate{day=1} > 3", "question, turn, outcome, status, mode")]
    public void A_part_that_is_not_whole_is_refused_with_what_is_missing(string text, string expected) =>
        Assert.Contains(expected, Assert.Throws<GenieLoadException>(() => ThresholdText.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void No_texts_are_no_thresholds()
    {
        Assert.Empty(ThresholdText.ParseAll(null));
        Assert.Empty(ThresholdText.ParseAll([null, " ; ", ""]));
    }
}
