using GenieLoad.Engine.Scenarios;
using GenieLoad.Engine.Tests.Planning;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Scenarios;

public class ScenarioRulesTests
{
    [Theory]
    [InlineData(1, 1, 0.001)]
    [InlineData(1_000_000, 100_000, 30 * 86400.0)]
    [InlineData(7, 3, null)]
    public void The_limits_themselves_are_allowed(int questions, int workers, double? seconds) =>
        ScenarioRules.Check(Make(questions: questions, workers: workers, seconds: seconds));

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1_000_001)]
    public void A_question_count_out_of_range_is_refused(int count) => ErrorAssert.Refused(
        "InvalidQuestionCount", () => ScenarioRules.Check(Make(questions: count)), "QuestionCount", $"{count}");

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    [InlineData(100_001)]
    public void A_worker_count_out_of_range_is_refused(int count) => ErrorAssert.Refused(
        "InvalidWorkerCount", () => ScenarioRules.Check(Make(workers: count)), "WorkerCount", $"{count}");

    [Theory]
    [InlineData(0.0)]
    [InlineData(-1.0)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData((30 * 86400.0) + 1)]
    public void A_duration_out_of_range_is_refused(double seconds) =>
        ErrorAssert.Refused("InvalidDuration", () => ScenarioRules.Check(Make(seconds: seconds)), "Duration");

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("-dash")]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("line\n")]
    [InlineData("überlast")]
    [InlineData("aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffggggg")]
    public void A_name_that_no_folder_should_bear_is_refused(string name) =>
        ErrorAssert.Refused("InvalidScenarioName", () => ScenarioRules.Check(Make(name)), $"'{name.Replace('\n', ' ')}'");

    [Theory]
    [InlineData("a")]
    [InlineData("_x")]
    [InlineData("2026.01-night_run")]
    public void A_plain_name_is_allowed(string name) => ScenarioRules.Check(Make(name));

    [Theory]
    [InlineData("two\nlines")]
    [InlineData("\u0000")]
    public void A_description_is_one_line(string description) => ErrorAssert.Refused(
        "InvalidDescription",
        () => ScenarioRules.Check(new Scenario { Name = "a", QuestionCount = 1, WorkerCount = 1, Description = description }));

    internal static Scenario Make(
        string name = "test", int questions = 5, int workers = 2, double? seconds = null, string description = "") => new()
    {
        Name = name, QuestionCount = questions, WorkerCount = workers, DurationSeconds = seconds, Description = description,
    };
}
