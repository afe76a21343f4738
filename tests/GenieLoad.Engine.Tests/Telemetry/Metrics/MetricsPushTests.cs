using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using GenieLoad.Engine.Logging;
using GenieLoad.Engine.Running;
using GenieLoad.Engine.Scenarios;
using GenieLoad.Engine.Telemetry.Metrics;
using GenieLoad.Engine.Tests.Runs;
using GenieLoad.Engine.Tests.Telemetry.Otlp;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Telemetry.Metrics;

public sealed class MetricsPushTests : IDisposable
{
    private const string Secret = "tok-5a91c4e0";
    private static readonly ScenarioOverrides Half = new() { QuestionCount = 20, DurationSeconds = 40, WarmUpCount = 2 };
    private readonly FakeCollector _collector = new();
    private readonly Dictionary<string, string> _variables = [];
    private readonly MeteredSpace _space = new();
    private readonly KeptLog _log = new();

    [Fact]
    public async Task Every_ten_seconds_the_sums_since_the_start_are_sent_and_at_the_end_all_of_them()
    {
        LoadRun run = await _space.RunAsync(Half, Push());

        SentMetrics[] sent = Sent();
        AssertEvery(10, run);
        Assert.All(_collector.Addresses, address => Assert.Equal("http://c:4318/v1/metrics", address.AbsoluteUri));
        double[] finished = [.. sent.Select(one => one.Total("genieload.question.finished"))];
        Assert.Equal(finished.Order(), finished);
        Assert.Equal(0, finished[0]);
        Assert.Equal(
            Outcome.All.Order(), sent[0].Points("genieload.question.finished").Select(one => one.Tags["genieload.outcome"]).Order());
        Assert.Equal(
            Outcome.Completed, Assert.Single(sent[0].Points("genieload.question.response.duration")).Tags["genieload.outcome"]);
        Assert.InRange(finished[2], 1, 19);
        Assert.Equal(20, finished[^1]);
        Assert.Contains(sent, one => one.Total("genieload.question.in_flight") > 0);
        Assert.Equal(0, sent[^1].Total("genieload.question.in_flight"));
        Assert.Empty(_space.Warnings);
        string[] points = [.. sent.SelectMany(one => one.Points("genieload.throttle.retries"))
            .Select(one => (string)one.Point["startTimeUnixNano"]!).Distinct()];
        Assert.Equal(Nanoseconds(run.StartedAt), Assert.Single(points));
    }

    [Fact]
    public async Task The_last_message_says_of_every_outcome_retry_and_wait_what_the_rows_say()
    {
        LoadRun run = await _space.RunAsync(Half, Push());

        SentMetrics last = new(_collector.Bodies[^1]);
        foreach (IGrouping<(string Outcome, bool IsWarmUp), QuestionResult> rows in run.Results
            .GroupBy(row => (row.Outcome, row.IsWarmUp)))
        {
            JsonNode count = Point(last, "genieload.question.finished", rows.Key.Outcome, rows.Key.IsWarmUp);
            Assert.Equal($"{rows.Count()}", (string)count["asInt"]!);
            JsonNode response = Point(last, "genieload.question.response.duration", rows.Key.Outcome, rows.Key.IsWarmUp);
            Assert.Equal($"{rows.Count(row => row.ResponseSeconds is not null)}", (string)response["count"]!);
            Assert.Equal(rows.Sum(row => row.ResponseSeconds)!.Value, (double)response["sum"]!, 6);
            long[] buckets = [.. response["bucketCounts"]!.AsArray().Select(one => long.Parse((string)one!))];
            double[] bounds = [.. response["explicitBounds"]!.AsArray().Select(one => (double)one!)];
            Assert.Equal([1, 2, 5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 300, 600, 1800], bounds);
            Assert.Equal(bounds.Length + 1, buckets.Length);
            for (int at = 0; at < buckets.Length; at++)
            {
                double lower = at == 0 ? double.NegativeInfinity : bounds[at - 1];
                double upper = at == bounds.Length ? double.PositiveInfinity : bounds[at];
                Assert.Equal(rows.Count(row => row.ResponseSeconds > lower && row.ResponseSeconds <= upper), buckets[at]);
            }
        }
        Assert.True(run.ThrottleRetryCount > 0, "The rate limit must have refused some.");
        Assert.Contains(run.Results, row => row.Outcome == Outcome.Failed);
        Assert.Equal(run.Results.Sum(row => row.ThrottleRetries), last.Total("genieload.throttle.retries"));
        Assert.Equal(run.Results.Sum(row => row.ThrottleSeconds), last.Total("genieload.throttle.duration"), 6);
        Assert.Equal(run.Results.Sum(row => row.WaitSeconds)!.Value, last.Total("genieload.wait.duration"), 6);
        Assert.Equal(20, last.Total("genieload.lag"));
        Assert.Equal(20, last.Total("genieload.question.planned"));
    }

    [Fact]
    public async Task The_message_has_the_form_of_the_protocol()
    {
        _variables["OTEL_RESOURCE_ATTRIBUTES"] = "deployment.environment=test";

        LoadRun run = await _space.RunAsync(Half, Push());

        SentMetrics last = Sent()[^1];
        Assert.Equal(
            ("genieload", "test", run.RunId, run.RunId, run.Name),
            (last.Resource["service.name"], last.Resource["deployment.environment"], last.Resource["genieload.run.id"],
                last.Resource["service.instance.id"], last.Resource["genieload.test.name"]));
        foreach (MetricDefinition metric in RunMetrics.Live)
        {
            JsonNode sent = last.Metric(metric.Name);
            Assert.Equal((metric.Unit, metric.Help), ((string)sent["unit"]!, (string)sent["description"]!));
            JsonNode data = sent[metric.Kind switch { MetricKind.Counter => "sum", MetricKind.Gauge => "gauge", _ => "histogram" }]!;
            Assert.Equal(metric.Kind == MetricKind.Gauge ? null : 2, (int?)data["aggregationTemporality"]);
            Assert.Equal(metric.Kind == MetricKind.Counter ? true : null, (bool?)data["isMonotonic"]);
            foreach ((Dictionary<string, string> tags, JsonNode point) in last.Points(metric.Name))
            {
                Assert.Equal((run.RunId, run.ScenarioName), (tags["genieload.run.id"], tags["genieload.scenario"]));
                Assert.Matches("^[0-9]{19}$", (string)point["timeUnixNano"]!);
                Assert.Equal(metric.Kind == MetricKind.Gauge, point["startTimeUnixNano"] is null);
                if (metric.Kind == MetricKind.Histogram)
                    Assert.Equal(JsonValueKind.String, point["count"]!.GetValueKind());
                else
                    Assert.Equal(metric.IsCount, point["asInt"]?.GetValueKind() == JsonValueKind.String);
            }
        }
    }

    [Fact]
    public async Task A_collector_that_is_away_is_one_warning_and_gets_everything_when_it_is_back()
    {
        _collector.Answer = call => call <= 3 ? throw new HttpRequestException("nobody there") : FakeCollector.Json("{}");

        LoadRun run = await _space.RunAsync(Half, Push());

        Assert.Equal((RunState.Completed, 20), (run.State, run.Results.Count(row => row.CompletedAt is not null)));
        Assert.StartsWith("Metrics did not arrive; the test goes on", Assert.Single(_space.Warnings), StringComparison.Ordinal);
        Assert.Contains("http://c:4318/v1/metrics cannot be reached", _space.Warnings[0], StringComparison.Ordinal);
        Assert.True(_collector.Bodies.Count > 3);
        Assert.Equal(20, new SentMetrics(_collector.Bodies[^1]).Total("genieload.question.finished"));
    }

    [Theory]
    [InlineData(HttpStatusCode.TooManyRequests)]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    [InlineData(HttpStatusCode.NotFound)]
    [InlineData(HttpStatusCode.Unauthorized)]
    public async Task One_that_refuses_is_one_warning_however_often_it_does_and_is_not_waited_for(HttpStatusCode status)
    {
        _collector.Answer = _ =>
        {
            HttpResponseMessage answer = FakeCollector.Json("{}", status);
            if (status == HttpStatusCode.TooManyRequests)
                answer.Headers.TryAddWithoutValidation("Retry-After", "30");
            return answer;
        };

        LoadRun run = await _space.RunAsync(Half, Push());

        Assert.Single(_space.Warnings);
        AssertEvery(10, run);
        Assert.NotEmpty(_log.Lines);
        Assert.All(_log.Lines, line => Assert.Equal(LogSeverity.Debug, line.Severity));
    }

    [Fact]
    public async Task Values_that_it_did_not_keep_are_a_warning_too()
    {
        _collector.Answer = _ => FakeCollector.Json("""{"partialSuccess":{"rejectedDataPoints":"3","errorMessage":"too old"}}""");

        await _space.RunAsync(Half, Push());

        Assert.Contains("did not keep 3 values: too old", Assert.Single(_space.Warnings), StringComparison.Ordinal);
        Assert.NotEmpty(_log.Lines);
        Assert.All(_log.Lines, line => Assert.Equal(LogSeverity.Debug, line.Severity));
    }

    [Fact]
    public async Task One_that_never_answers_holds_up_neither_the_questions_nor_the_end()
    {
        using MeteredSpace other = new();
        LoadRun alone = await other.RunAsync(Half);
        _collector.Hangs = true;

        LoadRun run = await _space.RunAsync(Half, Push());

        Assert.Equal(Asked(alone), Asked(run));
        Assert.Single(_space.Warnings);
    }

    [Fact]
    public async Task A_message_on_its_way_is_given_up_for_the_last_one_which_takes_five_seconds_at_most()
    {
        _collector.Hangs = true;
        List<DateTimeOffset> ends = [];
        _collector.GivenUp = () => ends.Add(_space.Time.GetUtcNow());
        DateTimeOffset began = _space.Time.GetUtcNow();
        MetricsPush push = Push();
        push.OnBegin(new RunBeginning("r", "p", SampleRun.Plan(1)), _ => { });

        Task end = push.EndAsync(null);

        // No time passes: without being given up it would keep its ten seconds.
        Assert.True(SpinWait.SpinUntil(() => _collector.Bodies.Count == 2, TimeSpan.FromSeconds(60)));
        while (!end.IsCompleted)
        {
            _space.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(1);
        }
        await end;
        Assert.Equal([began, began.AddSeconds(5)], ends);
    }

    [Fact]
    public async Task A_run_is_an_instance_of_its_own_unless_somebody_named_another()
    {
        _variables["OTEL_RESOURCE_ATTRIBUTES"] = "service.instance.id=mine";

        await _space.RunAsync(Half, Push());

        Assert.Equal("mine", Sent()[0].Resource["service.instance.id"]);
    }

    [Fact]
    public async Task Questions_that_a_stopped_test_never_asked_are_in_its_last_message()
    {
        LoadRun run = await _space.StopAsync(Half, 12, Push());

        SentMetrics last = new(_collector.Bodies[^1]);
        int unasked = run.Results.Count(row => row.Outcome == Outcome.NotStarted);
        Assert.InRange(unasked, 1, 19);
        Assert.Equal(
            unasked,
            last.Points("genieload.question.finished").Where(one => one.Tags["genieload.outcome"] == Outcome.NotStarted)
                .Sum(one => int.Parse((string)one.Point["asInt"]!)));
        Assert.Equal(20, last.Total("genieload.question.finished"));
        Assert.InRange(last.Total("genieload.question.planned"), 20 - unasked, 19);
    }

    [Fact]
    public async Task A_resumed_run_counts_from_where_it_goes_on()
    {
        LoadRun stopped = await _space.StopAsync(Half, 12);
        int kept = stopped.Results.Count(row => row.Outcome is not (Outcome.NotStarted or Outcome.Interrupted));

        LoadRun run = await _space.ResumeAsync(stopped, Push());

        SentMetrics last = new(_collector.Bodies[^1]);
        Assert.InRange(kept, 1, 19);
        Assert.Equal(run.RunId, stopped.RunId);
        Assert.Equal(20 - kept, last.Total("genieload.question.finished"));
        Assert.Equal(20 - kept, last.Total("genieload.question.planned"));
    }

    [Fact]
    public async Task Headers_go_with_it_and_are_in_no_warning_and_no_log()
    {
        _variables["OTEL_EXPORTER_OTLP_HEADERS"] = $"Authorization=Bearer%20{Secret}";
        _collector.Answer = _ => FakeCollector.Json($"{{\"message\":\"no to {Secret}\"}}", HttpStatusCode.Unauthorized);

        await _space.RunAsync(Half, Push());

        Assert.Equal($"Bearer {Secret}", _collector.Headers[0]["Authorization"]);
        Assert.Equal(2, _space.Warnings.Count);
        Assert.Contains("cross the network unencrypted", _space.Warnings[0], StringComparison.Ordinal);
        Assert.DoesNotContain(
            Secret, string.Join('\n', [.. _space.Warnings, .. _log.Lines.Select(line => line.Text)]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("localhost:4318", null, null, "InvalidOtlpEndpoint")]
    [InlineData(null, "OTEL_EXPORTER_OTLP_ENDPOINT", "nonsense", "InvalidOtlpEndpoint")]
    [InlineData("http://c:4318", "OTEL_EXPORTER_OTLP_TIMEOUT", "soon", "InvalidOtlpVariable")]
    [InlineData("http://c:4318", "OTEL_METRIC_EXPORT_INTERVAL", "99", "InvalidOtlpVariable")]
    [InlineData("http://c:4318", "OTEL_METRIC_EXPORT_INTERVAL", "often", "InvalidOtlpVariable")]
    public void What_is_wrong_is_said_before_anything_is_sent(string? endpoint, string? variable, string? value, string id)
    {
        if (variable is not null)
            _variables[variable] = value!;

        Assert.Equal(id, Assert.Throws<GenieLoadException>(() => Push(endpoint)).ErrorId);
        Assert.Empty(_collector.Bodies);
    }

    [Fact]
    public void Without_a_place_to_send_to_there_is_none()
    {
        Assert.Null(Of(null));
        _variables["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://c:4318";
        Assert.Equal("http://c:4318/v1/metrics", Of(null)!.Location);
        _variables["OTEL_METRICS_EXPORTER"] = "none";
        Assert.Null(Of(null));
        Assert.NotNull(Of("http://d:4318"));
        _variables.Remove("OTEL_METRICS_EXPORTER");
        _variables["OTEL_SDK_DISABLED"] = "true";
        Assert.Null(Of(null));
    }

    [Fact]
    public async Task The_interval_is_that_of_the_standard_variable()
    {
        _variables["OTEL_METRIC_EXPORT_INTERVAL"] = "1000";

        LoadRun run = await _space.RunAsync(Half, Push());

        AssertEvery(1, run);
    }

    public void Dispose() => _space.Dispose();

    /// <summary>While the load goes on, messages are made on time. Between its end and that of the session are some more.</summary>
    private void AssertEvery(int seconds, LoadRun run)
    {
        DateTime start = run.StartedAt.ToUniversalTime();
        int count = (int)run.TotalDurationSeconds / seconds;
        Assert.True(count > 2);
        Assert.Equal(
            Enumerable.Range(0, count + 1).Select(tick => tick * (double)seconds),
            Sent().Take(count + 1).Select(one => Math.Round((one.At - start).TotalSeconds, 1)));
    }

    private SentMetrics[] Sent() => [.. _collector.Bodies.Select(body => new SentMetrics(body))];

    private static IEnumerable<(int, string, double?, double?)> Asked(LoadRun run) =>
        run.Results.Select(row => (row.Index, row.Outcome, row.LagSeconds, row.StartedOffsetSeconds));

    private MetricsPush? Of(string? endpoint) =>
        MetricsPush.Of(endpoint, name => _variables.GetValueOrDefault(name), _space.Time, () => _collector);

    private MetricsPush Push(string? endpoint = "http://c:4318")
    {
        if (_variables.ContainsKey("OTEL_EXPORTER_OTLP_HEADERS"))
            _variables["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://c:4318";
        MetricsPush push = Of(endpoint)!;
        push.Log = new EngineLog(_space.Time, _log);
        return push;
    }

    private static JsonNode Point(SentMetrics sent, string name, string outcome, bool isWarmUp) => sent.Points(name).Single(
        one => one.Tags["genieload.outcome"] == outcome && one.Tags.ContainsKey("genieload.warm_up") == isWarmUp).Point;

    private static string Nanoseconds(DateTime instant) => $"{(instant.ToUniversalTime() - DateTime.UnixEpoch).Ticks * 100}";

    private sealed class KeptLog : ILogSink
    {
        public List<LogEvent> Lines { get; } = [];

        public bool IsEnabled(LogSeverity severity) => true;

        public void Write(LogEvent logEvent) => Lines.Add(logEvent);
    }
}
