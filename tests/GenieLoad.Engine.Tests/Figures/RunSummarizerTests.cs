using GenieLoad.Engine.Tests.Runs;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Figures;

public class RunSummarizerTests
{
    [Fact]
    public void Counts_rates_and_means_follow_from_the_rows()
    {
        LoadRun run = SampleRun.Summarize(
            4, SampleRun.Success(1, 4), SampleRun.Success(2, 8), SampleRun.Success(3, 6), SampleRun.Failure(4, Outcome.Failed, "X"));

        Assert.Equal(4, run.QuestionCount);
        Assert.Equal(3, run.SuccessfulCount);
        Assert.Equal(1, run.FailedCount);
        Assert.Equal(75, run.SuccessRate);
        Assert.Equal(6 - 0.25, run.AverageQuestionDurationSeconds);
        Assert.Equal(4 / 45.23, run.ThroughputPerSecond);
        Assert.Equal(3, run.ThrottleRetryCount);
        Assert.Equal(0.75, run.ThrottleSeconds);
        Assert.Equal(2, run.FaultRetryCount);
        Assert.Equal(1.5, run.FaultSeconds);
        Assert.Equal(0.003, run.MaximumLagSeconds);
        Assert.Equal(6, run.P50ResponseSeconds);
        Assert.Equal(7.6, run.P90ResponseSeconds!.Value, precision: 12);
    }

    [Fact]
    public void Warm_up_is_no_part_of_health()
    {
        QuestionResult late = SampleRun.Success(1, 4) with { LagSeconds = 3, IsWarmUp = true };
        QuestionResult punctual = SampleRun.Success(2, 4) with { LagSeconds = 0 };

        Assert.Equal(0, SampleRun.Summarize(2, late, punctual).Health?.MaximumLagSeconds);
        Assert.Equal(3, SampleRun.Summarize(2, late with { IsWarmUp = false }, punctual).Health?.MaximumLagSeconds);
    }

    [Fact]
    public void Percentiles_look_at_successes_alone()
    {
        QuestionResult failedAfterAMinute = new()
        {
            Index = 2, QuestionId = "q2", Question = "?", Outcome = Outcome.TimedOut, ResponseSeconds = 60,
            PlannedAt = SampleRun.StartedAt, PlannedOffsetSeconds = 0,
        };
        LoadRun run = SampleRun.Summarize(2, SampleRun.Success(1, 4), failedAfterAMinute);

        Assert.Equal(4, run.P99ResponseSeconds);
        Assert.Equal(1, run.Latency[0].Count);
    }

    [Fact]
    public void Figures_come_in_one_order_and_always_all_of_them()
    {
        LoadRun run = SampleRun.Summarize(1, SampleRun.Success(1, 4));

        Assert.Equal(
            [
                "Response", "Duration", "Service", "Lag", "Wait", "TurnWait", "PacingWait", "WorkerWait", "Throttle", "Fault", "Submit",
                "Submitted", "FetchingMetadata", "FilteringContext", "AskingAi", "PendingWarehouse", "ExecutingQuery", "Thinking",
                "Sql", "Writing", "OtherPhase", "Detection", "Fetch", "Server",
                "DetectionUpper", "FirstAttachment", "SqlKnown", "Acknowledged", "FirstItem", "FirstSql", "LastSql", "LongestSilence",
            ],
            run.Latency.Select(figures => figures.Measure));
        Assert.Equal(2, run.Latency.Single(figures => figures.Measure == "AskingAi").P50Seconds);
        Assert.Equal(0, run.Latency.Single(figures => figures.Measure == "PendingWarehouse").Count);
    }

    [Fact]
    public void Every_measure_reads_its_own_property()
    {
        // Each property of the row gets a value of its own; a figure that reads another's would show it.
        QuestionResult row = new()
        {
            Index = 1, QuestionId = "q1", Question = "?", Outcome = Outcome.Completed,
            PlannedAt = SampleRun.StartedAt, PlannedOffsetSeconds = 0, ResponseSeconds = 1,
            DurationSeconds = 2, ServiceSeconds = 3, LagSeconds = 4, WaitSeconds = 5, ThrottleSeconds = 6,
            FaultSeconds = 7,
            SubmitSeconds = 8, SubmittedSeconds = 9, FetchingMetadataSeconds = 10, FilteringContextSeconds = 11, AskingAiSeconds = 12,
            PendingWarehouseSeconds = 13, ExecutingQuerySeconds = 14, OtherPhaseSeconds = 15, DetectionSeconds = 16, FetchSeconds = 17,
            ServerSeconds = 18, DetectionUpperSeconds = 19, FirstAttachmentSeconds = 20, SqlKnownSeconds = 21,
            ModelBeforeSeconds = 22, WarehouseStartSeconds = 23, WarehouseQueueSeconds = 24, CompileSeconds = 25, ExecuteSeconds = 26,
            ResultFetchSeconds = 27, ModelAfterSeconds = 28, StatementSeconds = 29,
        };
        LoadRun run = SampleRun.Summarize(1, row);

        Assert.Equal(8, run.Latency.Count(figures => figures.Kind == MeasureKind.Statement));
        foreach (LatencyFigures figures in run.Latency)
            Assert.Equal(typeof(QuestionResult).GetProperty(figures.Measure + "Seconds")!.GetValue(row), figures.P50Seconds);
    }

    [Fact]
    public void Causes_are_grouped_by_outcome_and_type_the_most_frequent_first()
    {
        LoadRun run = SampleRun.Summarize(
            6,
            SampleRun.Failure(1, Outcome.Throttled, null),
            SampleRun.Failure(2, Outcome.Failed, "SQL_EXECUTION_EXCEPTION"),
            SampleRun.Failure(3, Outcome.Failed, "SQL_EXECUTION_EXCEPTION", "Table not found"),
            SampleRun.Failure(4, Outcome.Failed, "GENERIC"),
            SampleRun.Success(5, 1));

        Assert.Equal(
            ["2 Failed (SQL_EXECUTION_EXCEPTION)", "1 Failed (GENERIC)", "1 NotStarted", "1 Throttled"],
            run.Causes.Select(cause => cause.ToString()));
        Assert.Equal("Table not found", run.Causes[0].Example);
    }

    [Fact]
    public void A_planned_question_without_a_row_was_not_started()
    {
        LoadRun run = SampleRun.Summarize(3, SampleRun.Success(2, 4));

        Assert.Equal([1, 2, 3], run.Results.Select(row => row.Index));
        Assert.Equal([Outcome.NotStarted, Outcome.Completed, Outcome.NotStarted], run.Results.Select(row => row.Outcome));
        Assert.Equal("Question 3?", run.Results[2].Question);
        Assert.Equal(SampleRun.StartedAt.AddSeconds(1), run.Results[2].PlannedAt.ToUniversalTime());
        Assert.Equal(run.QuestionCount, run.SuccessfulCount + run.Causes.Sum(cause => cause.Count));
    }

    [Fact]
    public void A_run_without_questions_has_no_figures_and_no_error()
    {
        LoadRun run = SampleRun.Summarize(0);

        Assert.Null(run.SuccessRate);
        Assert.Null(run.AverageQuestionDurationSeconds);
        Assert.Null(run.MaximumLagSeconds);
        Assert.Empty(run.Causes);
    }

    [Fact]
    public void The_order_of_the_rows_makes_no_difference()
    {
        QuestionResult[] rows = [.. Enumerable.Range(1, 30).Select(index => SampleRun.Success(index, index * 1.7 % 5 + 1))];
        LoadRun forwards = SampleRun.Summarize(30, rows);
        LoadRun backwards = SampleRun.Summarize(30, [.. rows.Reverse()]);

        Assert.Equal(forwards.Results, backwards.Results);
        Assert.Equal(forwards.P95ResponseSeconds, backwards.P95ResponseSeconds);
        Assert.Equal(forwards.AverageQuestionDurationSeconds, backwards.AverageQuestionDurationSeconds);
    }
}
