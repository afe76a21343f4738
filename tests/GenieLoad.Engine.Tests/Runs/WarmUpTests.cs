using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Mlflow;
using GenieLoad.Engine.Reports.Html;
using GenieLoad.Engine.Runs;
using GenieLoad.Engine.Verdicts;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Runs;

/// <summary>A run with a warm-up of ten seconds, and the same run without: every figure is the same.</summary>
public class WarmUpTests
{
    private const double Lead = 10;
    private const int WarmUps = 10;

    // What the two do differ in: the rows themselves, and what tells of the warm-up.
    private static readonly string[] Own =
        ["results", "plan", "seed", "planHash", "warmUpCount", "warmUpSeconds", "startedAt", "totalDurationSeconds", "intervals", "runId"];

    private static readonly JsonSerializerOptions Numbers = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    private static readonly LoadRun With = Run(warm: true);
    private static readonly LoadRun Without = Run(warm: false);

    [Fact]
    public void Every_figure_of_the_run_is_the_same()
    {
        JsonObject with = JsonSerializer.SerializeToNode(With, RunJson.Pretty.LoadRun)!.AsObject();
        JsonObject without = JsonSerializer.SerializeToNode(Without, RunJson.Pretty.LoadRun)!.AsObject();
        Assert.Equal((WarmUps, Lead), (With.WarmUpCount, With.WarmUpSeconds));
        Assert.All(Own, name =>
        {
            with.Remove(name);
            without.Remove(name);
        });

        Assert.Contains("rates", with.Select(field => field.Key));
        Assert.All(without, field => Assert.Equal(field.Value?.ToJsonString(), with[field.Key]?.ToJsonString()));
        Assert.Equal(without.Count, with.Count);
    }

    [Fact]
    public void Intervals_are_empty_before_and_the_same_afterwards()
    {
        string[] Figures(IEnumerable<IntervalFigures> intervals) =>
            [.. intervals.Select(interval => JsonSerializer.Serialize(interval with { OffsetSeconds = 0 }))];

        Assert.Equal((0, 0, 0, 0, 0), (
            With.Intervals[0].Offered, With.Intervals[0].Started, With.Intervals[0].Completed, With.Intervals[0].Failed,
                With.Intervals[0].InFlight));
        Assert.Equal(Figures(Without.Intervals), Figures(With.Intervals.Skip(1)));
    }

    [Fact]
    public void Every_figure_of_a_threshold_is_the_same()
    {
        foreach (string name in FigureCatalog.Names.Where(name => name != "TotalDurationSeconds"))
        {
            Threshold threshold = ThresholdText.Parse($"{name} > 5");
            ThresholdResult with = Assert.Single(ThresholdJudge.Judge(With, [threshold]));
            ThresholdResult without = Assert.Single(ThresholdJudge.Judge(Without, [threshold]));

            Assert.Equal((name, without.Reason, without.Value, without.AdditionalSeconds),
                (name, with.Reason, with.Value, with.AdditionalSeconds));
        }
    }

    [Fact]
    public void Every_row_of_a_comparison_is_the_same()
    {
        LoadRun other = Run(warm: false, runId: "20261123-192455-other-0001");
        string Of(LoadRun run)
        {
            RunComparison comparison = RunComparer.Compare(other, run, new ComparisonOptions { MaximumResampleCount = 500 });
            return JsonSerializer.Serialize(
                new { comparison.Rows, comparison.Questions, comparison.Verdict, Warnings = comparison.Warnings.Where(Throttled) },
                    Numbers);
        }

        static bool Throttled(string warning) => warning.StartsWith("The rate limit", StringComparison.Ordinal);

        Assert.Contains("The rate limit", Of(Without), StringComparison.Ordinal);
        Assert.Equal(Of(Without), Of(With));
    }

    [Fact]
    public void Every_metric_of_mlflow_is_the_same_and_its_series_go_on_where_the_warm_up_ends()
    {
        string[] Single(LoadRun run) =>
        [
            .. Record(run).Metrics.Where(point => !IsSeries(point) && point.Key != "total_duration_seconds")
                .Select(point => $"{point.Key} {point.Value}"),
        ];
        string[] Series(LoadRun run, int before) =>
            [.. Record(run).Metrics.Where(point => IsSeries(point) && point.Step > before)
                .Select(point => $"{point.Key} {point.Step - before} {point.Value:0.######}")];

        Assert.Equal(Single(Without), Single(With));
        Assert.Equal(Series(Without, 0), Series(With, (int)Lead));
        Assert.All(Record(With).Metrics.Where(point => IsSeries(point) && point.Step <= Lead), point => Assert.Equal(0, point.Value));
    }

    [Fact]
    public void Charts_over_time_leave_it_out()
    {
        RunStretches with = RunStretches.Of(With);

        Assert.All(with.All.Where(stretch => stretch.OffsetSeconds + stretch.LengthSeconds <= Lead),
            stretch => Assert.Equal(0, stretch.Offered));
        Assert.Equal(Without.QuestionCount, with.All.Sum(stretch => stretch.Offered));
        Assert.Equal(Without.FailedCount, with.All.Sum(stretch => stretch.Failed));
    }

    private static bool IsSeries(MetricPoint point) => point.Key.StartsWith("series_", StringComparison.Ordinal);

    private static RunRecord Record(LoadRun run) => ParentRecord.Make(run, "export", "2026-11-23T20:00:00Z", "user");

    /// <summary>Ten slow, failing and throttled questions at one a second where wanted, then forty of all sorts.</summary>
    private static LoadRun Run(bool warm, string runId = "20261123-192455-high_load-3f9a")
    {
        double lead = warm ? Lead : 0;
        DateTime start = SampleRun.StartedAt.AddSeconds(-lead);
        List<QuestionResult> rows = [];
        for (int index = warm ? 1 : WarmUps + 1; index <= WarmUps + 40; index++)
        {
            bool isWarmUp = index <= WarmUps;
            double planned = lead + ((index - WarmUps - 1) * (isWarmUp ? 1 : 0.5));
            double seconds = isWarmUp ? 13 : 4 + (index % 7);
            string outcome = isWarmUp ? Outcome.Completed : index % 9 == 0 ? Outcome.Failed : Outcome.Completed;
            rows.Add(SampleRun.Success(index, seconds) with
            {
                QuestionId = $"q{index % 5}", Question = $"Question {index % 5}?", IsWarmUp = isWarmUp,
                Outcome = index is 1 or 2 ? Outcome.TimedOut : outcome, ErrorType = outcome == Outcome.Failed ? "SQL_EXECUTION_EXCEPTION"
                    : null,
                LagSeconds = isWarmUp ? 1 : 0.001, ThrottleSeconds = isWarmUp ? 0 : 0.5, ThrottleRetries = isWarmUp ? 5 : 1,
                PlannedAt = start.AddSeconds(planned), StartedAt = start.AddSeconds(planned),
                    CompletedAt = start.AddSeconds(planned + seconds),
                PlannedOffsetSeconds = planned, StartedOffsetSeconds = planned, CompletedOffsetSeconds = planned + seconds,
            });
        }

        Plan plan = SampleRun.Plan(0) with
        {
            DurationSeconds = lead + 20,
            Questions = new RowList<PlannedQuestion>([.. rows.Select(row => new PlannedQuestion
            {
                Index = row.Index, PlannedSeconds = row.PlannedOffsetSeconds, QuestionId = row.QuestionId, Text = row.Question,
                    IsWarmUp = row.IsWarmUp,
            })]),
        };
        double total = lead + 30;
        return RunSummarizer.Summarize(
            SampleRun.Header(runId) with { StartedAt = start }, plan, rows,
            new RunStatus(RunState.Completed, start.AddSeconds(total), total) { Generator = SampleRun.Generator });
    }
}
