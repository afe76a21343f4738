using GenieLoad.Engine.Telemetry.Metrics;
using GenieLoad.Engine.Tests.Runs;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Telemetry.Metrics;

public sealed class DueCounterTests
{
    [Fact]
    public void A_question_counts_when_its_time_has_come_though_it_is_released_late()
    {
        DueCounter counter = new(SampleRun.Plan(20));

        // One every half second.
        Assert.Equal([1, 1, 2, 11, 20], new[] { 0, 0.4, 0.5, 5, 60 }.Select(seconds => counter.Read(seconds, released: 0)));
    }

    [Fact]
    public void One_that_follows_an_answer_counts_when_it_is_released_and_the_count_never_falls()
    {
        Plan plan = SampleRun.Plan(4);
        plan = plan with
        {
            Questions = new RowList<PlannedQuestion>([.. plan.Questions.Select(
                question => question.Index > 2 ? question with { AfterIndex = question.Index - 2 } : question)]),
        };
        DueCounter counter = new(plan);

        Assert.Equal([2, 3, 3, 4], new[] { 2, 3, 2, 4 }.Select(released => counter.Read(60, released)));
    }
}
