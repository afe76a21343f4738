using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Mlflow;
using GenieLoad.Engine.Tests.Runs;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Mlflow;

/// <summary>The questions of a run as traces, each with its run.</summary>
public sealed class MlflowTraceTests : IDisposable
{
    private const string Source = "mlflow.sourceRun";
    private readonly MlflowFixture _fixture = new();
    private readonly TemporaryFolder _folder = new();

    private FakeMlflowServer Server => _fixture.Server;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_question_that_was_asked_is_a_trace_of_its_own_run()
    {
        MlflowExport export = await ExportAsync();

        Assert.Equal((5, 6, 0, true), (export.TraceCount, export.QuestionRunCount, export.WarningCount, export.Verified));
        Assert.Equal(5, Server.Traces.Count);
        foreach (int index in Enumerable.Range(1, 5))
        {
            JsonObject trace = Trace(index);
            Assert.Equal(RunId($"question_{index}"), FakeMlflowServer.Metadata(trace, Source));
            Assert.Equal(export.ExperimentId, (string?)trace["experiment"]);
            Assert.Equal(index == 5 ? "ERROR" : "OK", (string?)trace["info"]!["state"]);
            Assert.StartsWith("tr-", (string?)trace["info"]!["trace_id"], StringComparison.Ordinal);
            // The fifth was refused before it was sent.
            Assert.Equal(index < 5, trace["spans"]!.AsObject().Any(span => (string?)span.Value!["name"] == "invoke_agent 01ef"));
        }
        JsonNode second = Trace(2)["info"]!;
        Assert.Equal(("2026-11-23T19:24:55.7500000Z", "5.750000000s", "Question 2?"), (
            (string?)second["request_time"], (string?)second["execution_duration"], (string?)second["request_preview"]));
        Assert.Equal("c2", FakeMlflowServer.Metadata(Trace(2), "mlflow.trace.session"));
        Assert.Equal(("Completed", "high_load_35q_30s", "high_load"), (
            FakeMlflowServer.TraceTag(Trace(2), "status"), FakeMlflowServer.TraceTag(Trace(2), "test_name"),
            FakeMlflowServer.TraceTag(Trace(2), "scenario")));
        Assert.Equal("Question 2?", Attribute(Trace(2), "question", "mlflow.spanInputs"));
    }

    [Fact]
    public async Task Without_being_asked_for_none_is_sent()
    {
        MlflowExport export = await _fixture.ExportAsync(MlflowFixture.Run(_folder));

        Assert.Equal(0, export.TraceCount);
        Assert.DoesNotContain(Server.Calls, call => call.Contains("traces", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Exporting_again_leaves_the_same_traces_and_what_people_added_to_them()
    {
        await ExportAsync();
        string before = Shown();
        Trace(1)["info"]!["tags"]!["reviewed"] = "yes";

        MlflowExport again = await ExportAsync();

        Assert.Equal((5, true, true), (again.TraceCount, again.Resumed, again.Verified));
        Assert.Equal("yes", FakeMlflowServer.TraceTag(Trace(1), "reviewed"));
        Trace(1)["info"]!["tags"]!.AsObject().Remove("reviewed");
        Assert.Equal(before, Shown());
        Assert.Equal(5, Server.Count("POST /api/3.0/mlflow/traces"));
        Assert.Equal(0, Server.Count("/link-to-run"));
    }

    [Fact]
    public async Task Statements_that_became_known_meanwhile_are_added_to_the_traces_that_are_there()
    {
        await ExportAsync();
        int spans = Trace(1)["spans"]!.AsObject().Count;

        await ExportAsync(run: MlflowFixture.Run(_folder, change: rows =>
        [
            rows[0] with { StatementState = StatementState.Known, StatementSeconds = 0.5, StatementCount = 1 }, .. rows.Skip(1),
        ]));

        Assert.Equal(5, Server.Traces.Count);
        Assert.Equal(spans + 1, Trace(1)["spans"]!.AsObject().Count);
    }

    [Fact]
    public async Task Without_runs_of_questions_the_traces_are_the_parent_s_and_later_also_the_questions_own()
    {
        MlflowExport export = await ExportAsync(new MlflowExportOptions { Trace = true, SkipQuestionRun = true });
        Assert.Equal(5, export.TraceCount);
        Assert.All(Server.Traces.Values, trace => Assert.Equal(export.ParentRunId, FakeMlflowServer.Metadata(trace, Source)));

        await ExportAsync();

        Assert.Equal(5, Server.Traces.Count);
        foreach (int index in Enumerable.Range(1, 5))
            Assert.Equal(RunId($"question_{index}"), (string?)Assert.Single(Trace(index)["runs"]!.AsArray()));
    }

    [Fact]
    public async Task More_traces_than_one_call_links_are_linked_in_several()
    {
        await ExportAsync(new MlflowExportOptions { Trace = true, SkipQuestionRun = true }, Long());
        Server.Runs.Clear();

        MlflowExport export = await ExportAsync(new MlflowExportOptions { Trace = true, SkipQuestionRun = true }, Long());

        Assert.Equal((200, 2), (export.TraceCount, Server.Count("/link-to-run")));
        Assert.All(
            Server.Traces.Values, trace => Assert.Equal(export.ParentRunId, (string?)Assert.Single(trace["runs"]!.AsArray())));
    }

    [Fact]
    public async Task Another_experiment_and_Force_have_traces_of_their_own()
    {
        MlflowExport first = await ExportAsync();
        MlflowExport other = await ExportAsync(new MlflowExportOptions { Trace = true, ExperimentName = "other" });
        MlflowExport forced = await ExportAsync(new MlflowExportOptions { Trace = true, Force = true });

        Assert.Equal((5, 5, 5, 15), (first.TraceCount, other.TraceCount, forced.TraceCount, Server.Traces.Count));
        Assert.Equal(5, Server.Traces.Values.Count(trace => (string?)trace["experiment"] == other.ExperimentId));
        Assert.Equal(15, Server.Traces.Values.Select(trace => FakeMlflowServer.Metadata(trace, Source)).Distinct().Count());
    }

    [Fact]
    public async Task What_broke_off_among_the_traces_is_completed_by_the_next_export()
    {
        int described = 0;
        Server.Before = (request, path) => path.EndsWith("/3.0/mlflow/traces", StringComparison.Ordinal) && ++described > 2
            ? FakeMlflowServer.Error(HttpStatusCode.Forbidden, "PERMISSION_DENIED", "no more")
            : null;
        GenieLoadException error = await Assert.ThrowsAsync<GenieLoadException>(() => ExportAsync());
        Assert.Equal("MlflowAccessDenied", error.ErrorId);
        Assert.Equal("FAILED", FakeMlflowServer.Status(Server.Parent));
        Server.Before = null;

        MlflowExport export = await ExportAsync();

        Assert.Equal((5, true), (export.TraceCount, export.Verified));
        Assert.Equal(5, Server.Traces.Count);
        Assert.All(Server.Traces.Values, trace => Assert.NotNull(FakeMlflowServer.Metadata(trace, Source)));
        Assert.Equal("FINISHED", FakeMlflowServer.Status(Server.Parent));
    }

    [Theory]
    [InlineData(404, "<p>Not Found</p>", "text/html")]
    [InlineData(400, """{"detail":"Invalid Content-Type: application/json. Expected: application/x-protobuf"}""", "application/json")]
    [InlineData(405, "", "text/plain")]
    [InlineData(415, "", "text/plain")]
    [InlineData(422, """{"detail":"no"}""", "application/json")]
    [InlineData(501, """{"detail":"REST OTLP span logging is not supported by FileStore"}""", "application/json")]
    public async Task A_server_that_takes_none_keeps_the_runs_and_the_warning_says_what_is_needed(int status, string body, string type)
    {
        Server.Version = "3.9.0";
        RefuseTraces(() => FakeMlflowServer.Text((HttpStatusCode)status, body, type));

        MlflowExport export = await ExportAsync();

        Assert.Equal((0, 6, 1, false), (export.TraceCount, export.QuestionRunCount, export.WarningCount, export.Verified));
        string warning = Assert.Single(_fixture.Warnings);
        Assert.Contains("3.12 or newer", warning, StringComparison.Ordinal);
        Assert.Contains("this server is 3.9.0", warning, StringComparison.Ordinal);
        Assert.Equal("complete", FakeMlflowServer.Tag(Server.Parent, "genieload.state"));
        Assert.Equal("FINISHED", FakeMlflowServer.Status(Server.Parent));
        // It would say the same again.
        Assert.Equal(1, Server.Count("/v1/traces"));
    }

    [Theory]
    [InlineData("<!doctype html>")]
    [InlineData("3.9.0\u001b[2J")]
    [InlineData("3.9.0 and more words")]
    public async Task What_is_no_version_is_not_repeated(string version)
    {
        Server.Version = version;
        RefuseTraces(() => FakeMlflowServer.Text(HttpStatusCode.NotFound, "", "text/plain"));

        await ExportAsync();

        Assert.DoesNotContain("this server is", Assert.Single(_fixture.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_tracking_part_says_of_an_experiment_is_an_error_and_not_a_matter_of_the_version()
    {
        RefuseTraces(() => FakeMlflowServer.Error(HttpStatusCode.NotFound, "RESOURCE_DOES_NOT_EXIST", "No Experiment with id=1 exists"));

        GenieLoadException error = await Assert.ThrowsAsync<GenieLoadException>(() => ExportAsync());

        Assert.Equal("MlflowRefused", error.ErrorId);
        Assert.Contains("No Experiment", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_after_traces_were_taken_is_an_error()
    {
        int sent = 0;
        Server.Before = (_, path) => path == "/v1/traces" && ++sent == 2
            ? FakeMlflowServer.Text(HttpStatusCode.UnprocessableEntity, """{"detail":"Failed to log spans"}""", "application/json")
            : null;

        GenieLoadException error = await Assert.ThrowsAsync<GenieLoadException>(
            () => ExportAsync(new MlflowExportOptions { Trace = true, SkipQuestionRun = true }, Long()));

        Assert.Equal("TracesNotTaken", error.ErrorId);
        Assert.Contains("Failed to log spans", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_forgets_traces_is_found_out()
    {
        Server.ForgetsTraces = true;

        GenieLoadException error = await Assert.ThrowsAsync<GenieLoadException>(() => ExportAsync());

        Assert.Equal("MlflowReadBackDiffers", error.ErrorId);
        Assert.Contains("question_1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Failures_on_the_way_double_nothing()
    {
        int calls = 0;
        Server.After = (_, path) => path.EndsWith("traces", StringComparison.Ordinal) && ++calls % 2 == 1
            ? FakeMlflowServer.Text(HttpStatusCode.ServiceUnavailable, "", "text/plain")
            : null;

        MlflowExport export = await ExportAsync();

        Assert.Equal((5, true), (export.TraceCount, export.Verified));
        Assert.Equal(5, Server.Traces.Count);
        Assert.True(calls > 6);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_folder_is_refused_before_anything_is_written(bool byVariable)
    {
        string folder = _folder.File("tracking");
        if (byVariable)
            _fixture.Environment["MLFLOW_TRACKING_URI"] = new Uri(folder).AbsoluteUri;

        GenieLoadException error = await Assert.ThrowsAsync<GenieLoadException>(
            () => ExportAsync(new MlflowExportOptions { Trace = true, TrackingUri = byVariable ? null : folder }));

        Assert.Equal("TracesNotSupported", error.ErrorId);
        Assert.Contains("3.12", error.Recommendation, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public async Task A_Databricks_workspace_is_refused_before_anything_is_sent()
    {
        _fixture.UseDatabricks();

        GenieLoadException error = await Assert.ThrowsAsync<GenieLoadException>(() => ExportAsync());

        Assert.Equal("TracesNotInDatabricks", error.ErrorId);
        Assert.Contains("Export-GenieRunToOpenTelemetry", error.Recommendation, StringComparison.Ordinal);
        Assert.Empty(Server.Calls);
    }

    [Fact]
    public async Task Without_texts_no_question_and_no_answer_leaves()
    {
        StringBuilder sent = new();
        Server.Before = (request, _) =>
        {
            sent.Append(request.Content?.ReadAsStringAsync().GetAwaiter().GetResult());
            return null;
        };

        MlflowExport export = await ExportAsync(
            new MlflowExportOptions { Trace = true, ExcludeText = true },
            MlflowFixture.Run(_folder, change: rows => [rows[0] with { Answer = "The answer.", Sql = "SELECT 1" }, .. rows.Skip(1)]));

        Assert.Equal(5, export.TraceCount);
        string[] texts =
        [
            "Question 1?", "The answer.", "SELECT 1", "TABLE_OR_VIEW_NOT_FOUND", "gen_ai.input", "mlflow.spanInputs", "request_preview",
        ];
        foreach (string text in texts)
            Assert.DoesNotContain(text, sent.ToString(), StringComparison.Ordinal);
        Assert.Contains("SQL_EXECUTION_EXCEPTION", sent.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_calls_for_traces_go_to_the_server_with_its_credential_workspace_and_prefix()
    {
        _fixture.Environment["MLFLOW_TRACKING_URI"] = "https://mlflow.example/ml";
        _fixture.Environment["MLFLOW_TRACKING_TOKEN"] = "tok";
        _fixture.Environment["MLFLOW_WORKSPACE"] = "team";
        Server.Prefix = "/ml";
        Server.WorkspacesEnabled = true;
        HashSet<(string, string?, string?)> seen = [];
        Server.Before = (request, path) =>
        {
            if (path.Contains("traces", StringComparison.Ordinal))
            {
                seen.Add((
                    request.RequestUri!.GetLeftPart(UriPartial.Authority), request.Headers.Authorization?.ToString(),
                    request.Headers.TryGetValues("X-MLFLOW-WORKSPACE", out IEnumerable<string>? workspace) ? workspace.Single() : null));
            }
            return null;
        };

        await ExportAsync(new MlflowExportOptions { Trace = true, SkipQuestionRun = true });
        await ExportAsync();

        Assert.Equal([("https://mlflow.example", "Bearer tok", "team")], seen);
        Assert.True(Server.Count("/ml/v1/traces") >= 2 && Server.Count("/link-to-run") > 0);
    }

    [Fact]
    public async Task Another_address_that_the_server_names_is_not_called()
    {
        _fixture.Environment["MLFLOW_TRACKING_TOKEN"] = "tok";
        HashSet<string> hosts = [];
        Server.Before = (request, path) =>
        {
            hosts.Add(request.RequestUri!.Host);
            if (path != "/v1/traces")
                return null;
            HttpResponseMessage reply = FakeMlflowServer.Text(HttpStatusCode.TemporaryRedirect, "");
            reply.Headers.Location = new Uri("http://other.example:5000/v1/traces");
            return reply;
        };

        await Assert.ThrowsAsync<GenieLoadException>(() => ExportAsync());

        Assert.Equal(["mlflow.example"], hosts);
    }

    [Fact]
    public async Task Progress_rises_to_the_end()
    {
        List<int> percents = [];

        await _fixture.Time.Drive(() => _fixture.ExportNowAsync(
            MlflowFixture.Run(_folder), new MlflowExportOptions { Trace = true, ThrottleLimit = 1 },
            progress => percents.Add(progress.Percent), CancellationToken.None));

        Assert.Equal(percents.Order(), percents);
        Assert.Equal(100, percents[^1]);
        Assert.Contains(percents, percent => percent is > 75 and < 99);
    }

    [Fact]
    public async Task The_plan_names_the_traces()
    {
        using var exporter = new MlflowExporter(
            new MlflowExportOptions { Trace = true }, _fixture.Time, Engine.Logging.EngineLog.None,
            name => _fixture.Environment.GetValueOrDefault(name), () => Server);

        MlflowExportPlan plan = await exporter.PrepareAsync(MlflowFixture.Run(_folder), CancellationToken.None);

        Assert.Contains("6 questions and their traces", plan.Description, StringComparison.Ordinal);
        Assert.Empty(Server.Traces);
    }

    private Task<MlflowExport> ExportAsync(MlflowExportOptions? options = null, LoadRun? run = null) =>
        _fixture.ExportAsync(run ?? MlflowFixture.Run(_folder), options ?? new MlflowExportOptions { Trace = true });

    /// <summary>A run with more spans than one message takes.</summary>
    private static LoadRun Long() => RunSummarizer.Summarize(
        SampleRun.Header(), SampleRun.Plan(200), [.. Enumerable.Range(1, 200).Select(index => SampleRun.Success(index, 5))],
        new RunStatus(RunState.Completed, SampleRun.StartedAt.AddSeconds(120), 120), null);

    private void RefuseTraces(Func<HttpResponseMessage> refusal) =>
        Server.Before = (_, path) => path == "/v1/traces" ? refusal() : null;

    private JsonObject Trace(int index) => Assert.Single(
        Server.Traces.Values, trace => FakeMlflowServer.TraceTag(trace, "mlflow.traceName") == $"question_{index}");

    private string RunId(string name) =>
        FakeMlflowServer.Id(Assert.Single(Server.Runs.Values, run => (string?)run["info"]!["run_name"] == name));

    private static string? Attribute(JsonObject trace, string span, string name)
    {
        JsonNode found = Assert.Single(trace["spans"]!.AsObject(), one => (string?)one.Value!["name"] == span).Value!;
        return (string?)found["attributes"]!.AsArray().Single(one => (string?)one!["key"] == name)!["value"]!["stringValue"];
    }

    /// <summary>All traces as one text, in the order of their ids.</summary>
    private string Shown() => string.Join(
        '\n', Server.Traces.OrderBy(trace => trace.Key, StringComparer.Ordinal).Select(trace => trace.Value.ToJsonString()));
}
