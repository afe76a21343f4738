using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using GenieLoad.Engine.Logging;
using GenieLoad.Engine.Reports;
using GenieLoad.Engine.Telemetry;
using GenieLoad.Engine.Tests.Runs;
using GenieLoad.Engine.Tests.Telemetry.Otlp;
using GenieLoad.Model;
using Microsoft.Extensions.Time.Testing;

namespace GenieLoad.Engine.Tests.Telemetry;

public sealed class TraceExporterTests
{
    private readonly FakeCollector _collector = new();
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task A_second_export_sends_the_same_bytes()
    {
        LoadRun run = await QuestionSpansTests.RandomRun(6);

        OpenTelemetryExport first = await Export(run);
        OpenTelemetryExport second = await Export(run);

        Assert.Equal(2, _collector.Bodies.Count);
        Assert.Equal(_collector.Bodies[0], _collector.Bodies[1]);
        Assert.Equal((first.TraceCount, first.SpanCount), (second.TraceCount, second.SpanCount));
        Assert.Equal(first.SpanCount * 2, _collector.Spans.Count());
        Assert.Equal("http://c:4318/v1/traces", first.Endpoint);
        Assert.Equal(Bytes(run), Bytes(run));
    }

    [Fact]
    public void The_message_has_the_form_of_the_protocol()
    {
        JsonNode message = JsonNode.Parse(Bytes(SampleRun.Summarize(1, SampleRun.Success(1, 12))))!;

        JsonNode resource = message["resourceSpans"]![0]!;
        Assert.Equal(
            """{"key":"genieload.run.id","value":{"stringValue":"20261123-192455-high_load-3f9a"}}""",
            resource["resource"]!["attributes"]!.AsArray().Single(pair => (string?)pair!["key"] == "genieload.run.id")!.ToJsonString());
        Assert.Equal("GenieLoad", (string?)resource["scopeSpans"]![0]!["scope"]!["name"]);
        JsonNode root = resource["scopeSpans"]![0]!["spans"]![0]!;
        Assert.Matches("^[0-9a-f]{32}$", (string)root["traceId"]!);
        Assert.Matches("^[0-9]{19}$", (string)root["startTimeUnixNano"]!);
        Assert.Equal(JsonValueKind.Number, root["kind"]!.GetValueKind());
        Assert.Null(root["parentSpanId"]);
        Assert.Equal("{}", root["status"]!.ToJsonString());
        JsonNode index = root["attributes"]!.AsArray().Single(pair => (string?)pair!["key"] == "genieload.question.index")!;
        Assert.Equal("""{"intValue":"1"}""", index["value"]!.ToJsonString());
    }

    [Fact]
    public void Texts_are_in_it_on_request_alone()
    {
        QuestionResult row = SampleRun.Success(1, 12) with { Question = "ask-me", Answer = "told-you", Sql = "SELECT mine" };
        LoadRun run = SampleRun.Summarize(2, row, SampleRun.Failure(2, Outcome.Failed, "X", "wrong-text"));
        string[] texts = ["ask-me", "told-you", "SELECT mine", "wrong-text"];

        string without = Encoding.UTF8.GetString(Bytes(run));
        string with = Encoding.UTF8.GetString(Bytes(run, texts: true));

        Assert.All(texts, text => Assert.DoesNotContain(text, without, StringComparison.Ordinal));
        Assert.All(texts, text => Assert.Contains(text, with, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Many_questions_go_in_several_messages_and_no_trace_is_split()
    {
        QuestionResult[] rows = [.. Enumerable.Range(1, 300).Select(index => SampleRun.Success(index, 12))];

        OpenTelemetryExport export = await Export(SampleRun.Summarize(300, rows));

        Assert.Equal(300, export.TraceCount);
        Assert.True(_collector.Bodies.Count > 1);
        Assert.All(_collector.Bodies, body => Assert.InRange(FakeCollector.SpansOf(body).Count(), 1, 500));
        string[][] traces = [.. _collector.Bodies.Select(body =>
            FakeCollector.SpansOf(body).Select(span => (string)span["traceId"]!).Distinct().ToArray())];
        Assert.Equal(300, traces.Sum(ids => ids.Length));
        Assert.Equal(300, traces.SelectMany(ids => ids).Distinct().Count());
    }

    [Fact]
    public async Task A_message_has_500_spans_at_most()
    {
        QuestionResult[] rows = [.. Enumerable.Range(1, 300).Select(index => SampleRun.Success(index, 12))];

        await Export(SampleRun.Summarize(300, rows));

        int[] counts = [.. _collector.Bodies.Select(body => FakeCollector.SpansOf(body).Count())];
        Assert.All(counts, count => Assert.InRange(count, 1, 500));
        Assert.All(counts.SkipLast(1), count => Assert.InRange(count, 480, 500));
        // Far from the limit of bytes.
        Assert.All(_collector.Bodies, body => Assert.InRange(body.Length, 1, 900_000));
    }

    [Fact]
    public async Task A_message_is_not_much_longer_than_a_megabyte()
    {
        const int longest = 300_000;
        QuestionResult[] rows =
            [.. Enumerable.Range(1, 20).Select(index => SampleRun.Success(index, 12) with { Answer = new string('a', longest) })];

        OpenTelemetryExport export = await Export(SampleRun.Summarize(20, rows), texts: true);

        Assert.Equal(20, export.TraceCount);
        Assert.InRange(_collector.Bodies.Sum(body => (long)body.Length), 20L * longest, 30L * longest);
        Assert.All(_collector.Bodies, body => Assert.InRange(body.Length, 1, 1_000_000 + (2 * longest)));
    }

    [Fact]
    public async Task A_run_that_has_not_ended_is_refused_before_anything_is_sent()
    {
        LoadRun run = SampleRun.Summarize(1, SampleRun.Success(1, 12)) with { State = RunState.Running };

        Assert.Equal("TracesBeforeEnd", (await Assert.ThrowsAsync<GenieLoadException>(() => Export(run))).ErrorId);
        using TemporaryFolder folder = new();
        Assert.Equal(
            "TracesBeforeEnd",
            Assert.Throws<GenieLoadException>(() => RunExport.Check(run, folder.File("run.otlp.json"), overwrite: false)).ErrorId);
        Assert.Empty(_collector.Bodies);
    }

    [Fact]
    public async Task Without_a_place_to_send_to_it_says_how_to_name_one()
    {
        GenieLoadException error = await Assert.ThrowsAsync<GenieLoadException>(
            () => Export(SampleRun.Summarize(1, SampleRun.Success(1, 12)), endpoint: null));

        Assert.Equal("NoOtlpEndpoint", error.ErrorId);
        Assert.Contains("OTEL_EXPORTER_OTLP_ENDPOINT", error.Recommendation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_rejected_is_counted()
    {
        _collector.Answer = _ => FakeCollector.Json("""{"partialSuccess":{"rejectedSpans":"2"}}""", HttpStatusCode.OK);

        Assert.Equal(2, (await Export(SampleRun.Summarize(1, SampleRun.Success(1, 12)))).RejectedCount);
    }

    private Task<OpenTelemetryExport> Export(
        LoadRun run, string? endpoint = "http://c:4318", bool texts = false) => _time.Drive(async () =>
    {
        using TraceExporter exporter = new(endpoint, _time, EngineLog.None, _ => null, null, () => _collector);
        return await exporter.ExportAsync(run, texts, null, CancellationToken.None);
    });

    private static byte[] Bytes(LoadRun run, bool texts = false)
    {
        using MemoryStream stream = new();
        RunTraces.Write(run, texts, stream);
        return stream.ToArray();
    }
}
