using System.Reflection;
using GenieLoad.Engine.Simulation;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Running;

/// <summary>A question and its mark: it waits for it, the wait is GenieLoad's own, and without it nothing is sent.</summary>
public class MarkedQuestionTests
{
    [Fact]
    public async Task The_wait_for_the_mark_is_lateness_and_no_time_of_a_worker_or_of_the_service()
    {
        static async ValueTask Mark(SimulatedRun run, int index)
        {
            if (index == 2)
                await Task.Delay(TimeSpan.FromSeconds(0.5), run.Time).ConfigureAwait(false);
        }
        var simulator = new SimulatorOptions { CallSeconds = 0, LatencySpread = 0 };

        SimulatedRun run = await SimulatedRun.Of(SimulatedRun.Plan(3, 30, workers: 3), simulator, whenMarked: Mark);

        Assert.Equal([0, 0.5, 0], run.Rows.Select(row => Math.Round(row.LagSeconds!.Value, 2)));
        Assert.All(run.Rows, row => Assert.Equal(
            (0, 0), (Math.Round(row.WaitSeconds!.Value, 3), Math.Round(row.WorkerWaitSeconds!.Value, 3))));
        Assert.Equal(run.Rows[0].ServiceSeconds!.Value, run.Rows[1].ServiceSeconds!.Value, 0.02);
        Assert.Equal(run.Rows[1].PlannedOffsetSeconds + 0.5, run.Rows[1].StartedOffsetSeconds!.Value, 0.02);
        Assert.All(run.Rows, LoadTestOrchestratorTests.AddsUp);
    }

    [Fact]
    public async Task A_question_whose_mark_fails_is_not_sent()
    {
        SimulatedRun? seen = null;
        ValueTask Mark(SimulatedRun run, int index)
        {
            seen = run;
            return index == 2 ? throw new IOException("no room") : default;
        }

        await Assert.ThrowsAsync<IOException>(
            () => SimulatedRun.Of(SimulatedRun.Plan(3, 30, workers: 3), new SimulatorOptions(), whenMarked: Mark));

        Assert.Equal(0, seen!.Truth.TimesSent("Question number 2?"));
        QuestionResult row = seen.Finished.Single(finished => finished.Index == 2);
        Assert.Equal((Outcome.Interrupted, null, "The run ended before the question was sent"),
            (row.Outcome, row.MessageId, row.ErrorText));
    }

    [Fact]
    public async Task A_question_that_was_fetched_after_an_interruption_has_no_time_but_what_the_service_tells()
    {
        using var space = new LastingSpace(new SimulatorOptions { CallSeconds = 0 });
        LoadRun before = await space.RunAndStop(SimulatedRun.Plan(20, 20, workers: 20), afterSeconds: 15);

        LoadRun after = await space.Resume(before);

        string[] kept =
        [
            nameof(QuestionResult.ServerSeconds), nameof(QuestionResult.StartedOffsetSeconds),
            nameof(QuestionResult.CompletedOffsetSeconds),
        ];
        PropertyInfo[] times = [.. typeof(QuestionResult).GetProperties()
            .Where(property => property.PropertyType == typeof(double?) && !kept.Contains(property.Name))];
        QuestionResult[] fetched = [.. after.Results.Where(row => row.IsReattached)];
        Assert.NotEmpty(fetched);
        Assert.All(fetched, row => Assert.All(
            times, time => Assert.True(time.GetValue(row) is null, $"{time.Name} of question {row.Index}")));
        Assert.All(fetched, row => Assert.NotNull(row.ServerSeconds));
    }
}
