using GenieLoad.Engine.Reports;
using GenieLoad.Engine.Scenarios;
using GenieLoad.Engine.Telemetry.Metrics;
using GenieLoad.Engine.Tests.Runs;
using GenieLoad.Engine.Tests.Telemetry.Otlp;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Telemetry.Metrics;

public sealed class RunPrometheusTests
{
    [Fact]
    public async Task The_file_has_the_counts_times_and_figures_of_the_run()
    {
        LoadRun run = await QuestionSpansTests.RandomRun(6);

        PrometheusFile file = Read(run);

        foreach (IGrouping<string, QuestionResult> rows in run.Results.GroupBy(row => row.Outcome))
        {
            (string, string) outcome = ("genieload_outcome", rows.Key);
            Assert.Equal(rows.Count(), file.Value("genieload_question_finished_total", outcome));
            double[] times = [.. rows.Select(row => row.ResponseSeconds).OfType<double>()];
            Assert.Equal(times.Length, file.Value("genieload_question_response_duration_seconds_count", outcome));
            Assert.Equal(times.Sum(), file.Value("genieload_question_response_duration_seconds_sum", outcome), 6);
            foreach (double bound in RunMetrics.Response.Bounds)
            {
                Assert.Equal(
                    times.Count(time => time <= bound),
                    file.Value("genieload_question_response_duration_seconds_bucket", outcome, ("le", $"{bound:0}")));
            }
            Assert.Equal(times.Length, file.Value("genieload_question_response_duration_seconds_bucket", outcome, ("le", "+Inf")));
        }
        Assert.True(run.ThrottleRetryCount > 0 && run.FaultRetryCount > 0);
        Assert.Equal(run.ThrottleRetryCount, file.Value("genieload_throttle_retries_total"));
        Assert.Equal(run.ThrottleSeconds, file.Value("genieload_throttle_duration_seconds_total"), 6);
        Assert.Equal(run.FaultRetryCount, file.Value("genieload_fault_retries_total"));
        Assert.Equal(run.FaultSeconds, file.Value("genieload_fault_duration_seconds_total"), 6);
        Assert.Equal(run.Results.Sum(row => row.WorkerWaitSeconds)!.Value,
            file.Value("genieload_wait_duration_seconds_total", ("genieload_wait_reason", "worker")), 6);
        Assert.Equal(run.Plan.QuestionCount, file.Value("genieload_question_planned_total"));
        Assert.Equal(run.SuccessRate!.Value / 100, file.Value("genieload_run_success_ratio"), 9);
        Assert.Equal(run.SuccessRateLower!.Value / 100, file.Value("genieload_run_success_lower_ratio"), 9);
        Assert.Equal(run.P90ResponseSeconds, file.Value("genieload_run_response_seconds", ("genieload_percentile", "90")));
        Assert.Equal(run.TotalDurationSeconds, file.Value("genieload_run_duration_seconds"));
        Assert.All(file.Samples, sample => Assert.Equal(
            (run.RunId, run.ScenarioName), (sample.Labels["genieload_run_id"], sample.Labels["genieload_scenario"])));
    }

    [Fact]
    public async Task Types_and_texts_are_those_of_the_table()
    {
        PrometheusFile file = Read(await QuestionSpansTests.RandomRun(6));

        Dictionary<string, MetricDefinition> table =
            RunMetrics.Live.Concat(RunPrometheus.Finished).ToDictionary(metric => metric.PrometheusName);
        Assert.Equal(
            table.Values.Where(metric => metric.Kind != MetricKind.Gauge || RunPrometheus.Finished.Contains(metric))
                .Select(metric => metric.PrometheusName).Order(),
            file.Types.Keys.Order());
        Assert.All(file.Types, one => Assert.Equal(table[one.Key].Kind.ToString().ToLowerInvariant(), one.Value));
        Assert.All(file.Helps, one => Assert.Equal(table[one.Key].Help, one.Value));
    }

    [Fact]
    public async Task It_has_what_the_last_message_to_a_collector_had()
    {
        using MeteredSpace space = new();
        FakeCollector collector = new();
        MetricsPush push = MetricsPush.Of("http://c:4318", _ => null, space.Time, () => collector)!;

        LoadRun run = await space.RunAsync(new ScenarioOverrides { QuestionCount = 20, DurationSeconds = 40, WarmUpCount = 2 }, push);

        PrometheusFile file = Read(run);
        SentMetrics sent = new(collector.Bodies[^1]);
        foreach (MetricDefinition metric in RunMetrics.Live.Where(metric => metric.Kind != MetricKind.Gauge))
        {
            string suffix = metric.Kind == MetricKind.Histogram ? "_count" : "";
            Assert.Equal(sent.Total(metric.Name), file.Total(metric.PrometheusName + suffix), 6);
            Assert.Equal(
                sent.Points(metric.Name).Select(point => Labels(point.Tags)).Order(),
                file.Samples.Where(sample => sample.Name == metric.PrometheusName + suffix)
                    .Select(sample => Labels(sample.Labels)).Order());
        }
        Assert.Contains(file.Samples, sample => sample.Labels.ContainsKey("genieload_warm_up"));

        static string Labels(Dictionary<string, string> tags) => string.Join(
            ' ', tags.Select(tag => $"{tag.Key.Replace('.', '_')}={tag.Value}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Quotes_backslashes_and_line_breaks_stay_within_their_label()
    {
        const string hostile = "a\"} 1\nfake_total{b=\"\\n\\\r\nc";
        LoadRun run = SampleRun.Summarize(1, SampleRun.Success(1, 12)) with { ScenarioName = hostile };

        PrometheusFile file = Read(run);

        string kept = hostile.Replace("\r\n", "\n", StringComparison.Ordinal);
        Assert.All(file.Samples, sample => Assert.Equal(kept, sample.Labels["genieload_scenario"]));
        Assert.DoesNotContain(file.Samples, sample => sample.Name == "fake_total");
    }

    [Fact]
    public void A_time_at_the_end_of_a_range_belongs_to_it()
    {
        PrometheusFile file = Read(SampleRun.Summarize(1, SampleRun.Success(1, 10)));

        const string bucket = "genieload_question_response_duration_seconds_bucket";
        Assert.Equal(0, file.Value(bucket, ("genieload_outcome", "Completed"), ("le", "5")));
        Assert.Equal(1, file.Value(bucket, ("genieload_outcome", "Completed"), ("le", "10")));
    }

    [Fact]
    public void A_name_that_is_a_secret_is_not_in_it()
    {
        string token = "dapi" + new string('7', 32);
        LoadRun run = SampleRun.Summarize(1, SampleRun.Success(1, 12)) with { ScenarioName = token };

        Assert.DoesNotContain(Read(run).Samples, sample => sample.Labels["genieload_scenario"].Contains(token, StringComparison.Ordinal));
    }

    [Fact]
    public void Infinite_percentiles_and_runs_without_answers_are_written_too()
    {
        LoadRun run = SampleRun.Summarize(2, SampleRun.Failure(1, Outcome.Failed, "X"), SampleRun.Failure(2, Outcome.Failed, "X"));
        PercentileFigure never = new()
        {
            Measure = "Response", Percentile = 90, Count = 2, NeededCount = 2, Seconds = double.PositiveInfinity,
        };
        run = run with { Percentiles = new RowList<PercentileFigure>([never]) };

        PrometheusFile file = Read(run);

        Assert.Equal(double.PositiveInfinity, file.Value("genieload_run_response_seconds", ("genieload_percentile", "90")));
        Assert.Equal(0, file.Value("genieload_run_success_ratio"));
        Assert.Equal(2, file.Value("genieload_question_finished_total", ("genieload_outcome", "Failed")));
    }

    private static PrometheusFile Read(LoadRun run)
    {
        using TemporaryFolder folder = new();
        string path = folder.File("run.prom");
        RunExport.Write(run, path, overwrite: false);
        return new PrometheusFile(File.ReadAllBytes(path));
    }
}
