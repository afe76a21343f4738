using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Reports;
using GenieLoad.Engine.Simulation;
using GenieLoad.Engine.Tests.Runs;
using GenieLoad.Engine.Tests.Statements;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Figures;

public sealed class RunPartsTests
{
    [Fact]
    public async Task A_full_warehouse_binds_the_run_and_the_run_says_so()
    {
        using var space = new StatementSpace(new SimulatorOptions { WarehouseSlots = 1, Seed = 2 });

        LoadRun run = await space.RunAsync(questions: 60, seconds: 60, includesStatements: true, workers: 60);

        Assert.Equal(AnswerPart.WarehouseQueue, run.BoundBy);
        RunPart queue = run.Parts.Single(part => part.Part == AnswerPart.WarehouseQueue);
        double[] truth = [.. space.Truth.Values.Select(message => message.Statements.Sum(statement => statement.WarehouseQueueSeconds))];
        Assert.Equal(truth.Average(), queue.MeanSeconds, 2);
        Assert.True(queue.GrowthLowerSeconds > 0 && queue.QuietSeconds < queue.BusySeconds);
        Assert.Equal(queue.BusySeconds!.Value - queue.QuietSeconds!.Value, queue.GrowthSeconds!.Value, 9);
        Assert.Contains(
            "  Bound by  WarehouseQueue: ", SummaryText.Brief(run).Replace("\r", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_nothing_grows_with_the_load_nothing_is_said_to()
    {
        int bound = 0;
        for (int seed = 1; seed <= 12; seed++)
        {
            using var space = new StatementSpace(new SimulatorOptions { Seed = seed });
            LoadRun run = await space.RunAsync(questions: 40, seconds: 60, includesStatements: true);
            bound += run.BoundBy is null ? 0 : 1;
            Assert.Equal(40, run.Parts.Sum(part => part.LargestCount));
            Assert.Equal(AnswerPart.Model, run.Parts.MaxBy(part => part.LargestCount)!.Part);
        }
        Assert.InRange(bound, 0, 1);
    }

    [Fact]
    public void The_part_that_grew_most_is_named_and_one_that_shrank_never()
    {
        // The later, the more are in flight; the model shrinks, two others grow.
        IReadOnlyList<RunPart> parts = RunParts.Of(Rows(40, i => (10 - (0.1 * i), 0.05 * i, 0.1 * i)));

        Assert.Equal(AnswerPart.All, parts.Select(part => part.Part));
        Assert.Equal(AnswerPart.Execution, RunParts.BoundBy(parts));
        RunPart model = parts[0];
        Assert.True(model.GrowthUpperSeconds < 0);
        RunPart execution = parts.Single(part => part.Part == AnswerPart.Execution);
        // The first and the last eight of 40.
        Assert.Equal((0.35, 3.55, 3.2), (
            Math.Round(execution.QuietSeconds!.Value, 9), Math.Round(execution.BusySeconds!.Value, 9),
            Math.Round(execution.GrowthSeconds!.Value, 9)));
    }

    [Fact]
    public void The_interval_holds_for_all_six_parts_together()
    {
        IReadOnlyList<RunPart> parts = RunParts.Of(Rows(40, i => (5, 0, i % 2 == 0 ? 1 : 2)));

        RunPart execution = parts.Single(part => part.Part == AnswerPart.Execution);
        // Student's t with 14 degrees of freedom and 1 - 0.05 / 6: 3.0693; the deviation of both fifths is sqrt(2 / 7).
        double half = 3.0693 * Math.Sqrt(2.0 / 7) * Math.Sqrt(2.0 / 8);
        Assert.Equal(0, execution.GrowthSeconds!.Value, 9);
        Assert.Equal(half, execution.GrowthUpperSeconds!.Value, 3);
        Assert.Equal(-half, execution.GrowthLowerSeconds!.Value, 3);
        Assert.Null(RunParts.BoundBy(parts));
    }

    [Theory]
    [InlineData(19, true)]
    [InlineData(40, false)]
    public void Too_few_answers_or_one_load_for_all_say_nothing_of_growth(int count, bool isLoadGrowing)
    {
        IReadOnlyList<RunPart> parts = RunParts.Of(Rows(count, i => (5, 0, 0.1 * i), isLoadGrowing));

        Assert.Equal(count, parts[0].Count);
        Assert.All(parts, part => Assert.Null(part.GrowthSeconds ?? part.QuietSeconds ?? part.GrowthLowerSeconds));
        Assert.Null(RunParts.BoundBy(parts));
    }

    [Fact]
    public void Only_answers_whose_parts_are_all_known_count_and_without_any_there_are_no_parts()
    {
        QuestionResult[] rows = [.. Rows(3, _ => (5, 0, 1))];
        Assert.Empty(RunParts.Of([.. rows.Select(row => row with { CompileSeconds = null })]));
        IReadOnlyList<RunPart> parts = RunParts.Of(
            [rows[0], rows[1] with { IsWarmUp = true }, rows[2] with { Outcome = Outcome.Failed }]);
        Assert.Equal(1, parts[0].Count);
    }

    [Fact]
    public void A_test_that_measures_the_cache_or_starts_the_warehouse_is_warned_of()
    {
        string[] Said(int cached, int started) =>
        [
            .. WarehouseFindings.Of(RunSummarizer.Summarize(
                SampleRun.Header(), SampleRun.Plan(10),
                Rows(10, _ => (5, 0, 1)).Select((row, i) => row with
                {
                    FromResultCache = i < cached, WarehouseStartSeconds = i < started ? 10 + i : 0,
                }),
                new RunStatus(RunState.Completed, SampleRun.StartedAt, 60))),
        ];

        Assert.Empty(Said(cached: 2, started: 0));
        Assert.StartsWith("3 of 10 answers came from the result cache", Assert.Single(Said(3, 0)), StringComparison.Ordinal);
        Assert.StartsWith(
            "The warehouse was started by the test: 2 of 10 answers waited for it, up to 11.0 s.", Assert.Single(Said(0, 2)),
            StringComparison.Ordinal);
    }

    /// <summary>
    /// Rows whose model, queue and execution take so long; each is asked while one more is in flight, or all by themselves.
    /// </summary>
    private static IEnumerable<QuestionResult> Made(
        int count, Func<int, (double Model, double Queue, double Execution)> parts, bool isLoadGrowing) =>
        Enumerable.Range(0, count).Select(i => SampleRun.Success(i + 1, 20) with
        {
            StartedOffsetSeconds = isLoadGrowing ? i : 100 * i,
            CompletedOffsetSeconds = isLoadGrowing ? 1000 + i : (100 * i) + 20,
            StatementState = StatementState.Known, ModelBeforeSeconds = parts(i).Model, ModelAfterSeconds = 0,
            WarehouseStartSeconds = 0, WarehouseQueueSeconds = parts(i).Queue, CompileSeconds = 0, ExecuteSeconds = parts(i).Execution,
            ResultFetchSeconds = 0, ThrottleSeconds = 0, DetectionSeconds = 0,
        });

    private static QuestionResult[] Rows(
        int count, Func<int, (double Model, double Queue, double Execution)> parts, bool isLoadGrowing = true) =>
        [.. Made(count, parts, isLoadGrowing)];
}
