using GenieLoad.Engine.Planning;
using GenieLoad.Engine.Scenarios;
using GenieLoad.Engine.Tests.Planning;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Scenarios;

public class ScenarioOverridesTests
{
    private static readonly Scenario HighLoad = ScenarioCatalog.Find("high_load");

    [Fact]
    public void Without_a_change_the_scenario_is_the_one_given() => Assert.Same(HighLoad, new ScenarioOverrides().Apply(HighLoad, 3));

    [Fact]
    public void What_is_set_changes_and_the_rest_stays_and_the_original_is_untouched()
    {
        Scenario changed = new ScenarioOverrides { QuestionCount = 20 }.Apply(HighLoad, 0);

        Assert.Equal(("high_load", 20, 30.0, 10), (changed.Name, changed.QuestionCount, changed.DurationSeconds, changed.WorkerCount));
        Assert.DoesNotContain("35", changed.Description, StringComparison.Ordinal);
        Assert.Equal("high_load_20q_30s", TestName.Of(changed));
        Assert.Equal(35, HighLoad.QuestionCount);
        Assert.Equal("high_load_35q_2.5s", TestName.Of(new ScenarioOverrides { DurationSeconds = 2.5 }.Apply(HighLoad, 0)));
        Assert.Equal(4, new ScenarioOverrides { WorkerCount = 4 }.Apply(HighLoad, 0).WorkerCount);
    }

    [Fact]
    public void Zero_seconds_make_a_spread_scenario_immediate() =>
        Assert.Equal("high_load_35q_immediate", TestName.Of(new ScenarioOverrides { DurationSeconds = 0 }.Apply(HighLoad, 0)));

    [Fact]
    public void Users_take_the_place_of_arrivals()
    {
        var users = new ScenarioOverrides { UserCount = 4, QuestionsPerUser = 3, ThinkTime = "5s" };

        Scenario closed = users.Apply(HighLoad, 0);
        Assert.Equal((ArrivalShape.Closed, 12, 4, "5s"), (closed.Arrival, closed.QuestionCount, closed.WorkerCount, closed.ThinkTime));
        Assert.Null(closed.DurationSeconds);
        Assert.Equal(12, users.Apply(null, 0).QuestionCount);
        Assert.Equal(24, new ScenarioOverrides { UserCount = 8 }.Apply(closed, 0).QuestionCount);
        Assert.Equal(20, new ScenarioOverrides { QuestionsPerUser = 5 }.Apply(closed, 0).QuestionCount);
        ErrorAssert.Refused("ConflictingFields", () => new ScenarioOverrides { UserCount = 4 }.Apply(HighLoad, 0));
    }

    [Fact]
    public void Shedding_is_set_for_one_test() =>
        Assert.Equal(OverflowRule.Shed, new ScenarioOverrides { Overflow = "shed" }.Apply(HighLoad, 0).Overflow);

    [Fact]
    public void Without_a_scenario_the_test_is_ad_hoc()
    {
        Scenario adHoc = new ScenarioOverrides { QuestionCount = 20, DurationSeconds = 60, WorkerCount = 5 }.Apply(null, 0);

        Assert.Equal("custom_adhoc_test_20q_60s", TestName.Of(adHoc));
        Assert.Equal(5, adHoc.WorkerCount);
    }

    [Theory]
    [InlineData(4, null, 4, 4)]
    [InlineData(25, null, 25, 10)]
    [InlineData(25, 3, 3, 3)]
    public void An_ad_hoc_test_asks_each_given_question_once_with_at_most_ten_workers(
        int available, int? asked, int questions, int workers)
    {
        Scenario adHoc = new ScenarioOverrides { QuestionCount = asked }.Apply(null, available);

        Assert.Equal((questions, workers), (adHoc.QuestionCount, adHoc.WorkerCount));
        Assert.Null(adHoc.DurationSeconds);
    }

    [Fact]
    public void Neither_scenario_nor_count_nor_questions_is_refused() =>
        ErrorAssert.Refused("QuestionCountMissing", () => new ScenarioOverrides { WorkerCount = 2 }.Apply(null, 0));

    [Theory]
    [InlineData(0, null, null, "InvalidQuestionCount")]
    [InlineData(null, -1.0, null, "InvalidDuration")]
    [InlineData(null, null, 0, "InvalidWorkerCount")]
    public void A_change_out_of_range_is_refused(int? questions, double? seconds, int? workers, string errorId) => ErrorAssert.Refused(
        errorId,
        () => new ScenarioOverrides { QuestionCount = questions, DurationSeconds = seconds, WorkerCount = workers }.Apply(HighLoad, 0));
}
