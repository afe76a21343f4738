using System.Text;
using System.Text.Json.Nodes;
using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Mlflow;
using GenieLoad.Engine.Tests.Files;
using GenieLoad.Engine.Tests.Runs;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Mlflow;

public sealed class MlflowExporterTests : IDisposable
{
    private readonly MlflowFixture _fixture = new();
    private readonly TemporaryFolder _folder = new();

    private FakeMlflowServer Server => _fixture.Server;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_run_becomes_a_parent_and_a_nested_run_per_question_and_all_of_it_is_read_back()
    {
        MlflowExport export = await _fixture.ExportAsync(MlflowFixture.Run(_folder));

        Assert.True(export.Verified);
        Assert.Equal((6, 6, MlflowFixture.ArtifactCount, 0),
            (export.QuestionRunCount, export.WrittenQuestionRunCount, export.ArtifactCount, export.WarningCount));
        Assert.Equal("/Shared/genie-load-test", (string?)Server.Experiments[export.ExperimentId]["name"]);
        Assert.Equal($"http://mlflow.example:5000/#/experiments/{export.ExperimentId}/runs/{export.ParentRunId}", export.Url);
        Assert.Equal(
            ["FINISHED", "FINISHED", "FINISHED", "FINISHED", "FAILED", "KILLED"],
            Server.Children.OrderBy(run => (string?)run["info"]!["run_name"]).Select(FakeMlflowServer.Status));
        Assert.All(Server.Children, child => Assert.Equal(export.ParentRunId, FakeMlflowServer.Tag(child, "mlflow.parentRunId")));
    }

    [Fact]
    public async Task The_parent_holds_the_figures_of_the_summary_under_their_usual_names()
    {
        LoadRun run = MlflowFixture.Run(_folder);
        await _fixture.ExportAsync(run);

        JsonObject parent = Server.Parent;
        Assert.Equal("load_test_high_load", (string?)parent["info"]!["run_name"]);
        Assert.Equal(("6", "10", "30", "high_load_35q_30s", "7"), (
            FakeMlflowServer.Param(parent, "num_questions"), FakeMlflowServer.Param(parent, "max_workers"),
            FakeMlflowServer.Param(parent, "target_duration"), FakeMlflowServer.Param(parent, "test_name"),
            FakeMlflowServer.Param(parent, "seed")));
        Assert.Equal("2026-11-23T19:24:55.250Z", FakeMlflowServer.Param(parent, "start_time"));
        Assert.Equal("adb-1.2.azuredatabricks.net", FakeMlflowServer.Param(parent, "workspace_host"));
        Assert.Equal(6, FakeMlflowServer.Metric(parent, "num_questions"));
        Assert.Equal(4, FakeMlflowServer.Metric(parent, "successful_questions"));
        Assert.Equal(1, FakeMlflowServer.Metric(parent, "failed_questions"));
        Assert.Equal(100.0 * 4 / 5, FakeMlflowServer.Metric(parent, "success_rate"));
        Assert.Equal(45.23, FakeMlflowServer.Metric(parent, "total_duration_seconds"));
        Assert.Equal(run.AverageQuestionDurationSeconds, FakeMlflowServer.Metric(parent, "avg_question_duration"));
        Assert.Equal(run.ThroughputPerSecond, FakeMlflowServer.Metric(parent, "throughput_qps"));
        Assert.Equal(1, FakeMlflowServer.Metric(parent, "outcome_not_started"));
        // Four answers are too few even for a median to stand on.
        Assert.Null(FakeMlflowServer.Metric(parent, "p50_response_seconds"));
        // No answer had that phase: no metric, rather than NaN.
        Assert.Null(FakeMlflowServer.Metric(parent, "median_executing_query_seconds"));
        Assert.Contains("Success Rate: 80.00%", FakeMlflowServer.Tag(parent, "mlflow.note.content"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Series_have_a_step_in_seconds_and_the_instant_of_that_second()
    {
        await _fixture.ExportAsync(MlflowFixture.Run(_folder));

        JsonNode[] completed =
            [.. Server.Parent["data"]!["metrics"]!.AsArray().Where(m => (string?)m!["key"] == "series_completed").Select(m => m!)];
        Assert.Equal(Enumerable.Range(1, 10), completed.Select(point => (int)point["step"]!));
        Assert.Equal(4, completed.Sum(point => (double)point["value"]!));
        Assert.All(completed, point => Assert.Equal(
            new DateTimeOffset(SampleRun.StartedAt).ToUnixTimeMilliseconds() + (1000 * (long)point["step"]!), (long)point["timestamp"]!));
    }

    [Fact]
    public async Task A_child_holds_what_became_of_its_question_at_the_question_s_own_instants()
    {
        await _fixture.ExportAsync(MlflowFixture.Run(_folder));

        JsonObject child = Assert.Single(Server.Children, run => (string?)run["info"]!["run_name"] == "question_2");
        Assert.Equal(new DateTimeOffset(SampleRun.StartedAt.AddSeconds(0.5)).ToUnixTimeMilliseconds(), (long)child["info"]!["start_time"]!);
        Assert.Equal(new DateTimeOffset(SampleRun.StartedAt.AddSeconds(6.5)).ToUnixTimeMilliseconds(), (long)child["info"]!["end_time"]!);
        Assert.Equal(("Question 2?", "c2", "m2"), (
            FakeMlflowServer.Param(child, "question"), FakeMlflowServer.Param(child, "conversation_id"),
            FakeMlflowServer.Param(child, "message_id")));
        Assert.Equal((1, 5.75, 12, 0.25), (
            FakeMlflowServer.Metric(child, "success"), FakeMlflowServer.Metric(child, "duration_seconds"),
            FakeMlflowServer.Metric(child, "row_count"), FakeMlflowServer.Metric(child, "throttle_seconds")));
        Assert.Equal(("Completed", "high_load_35q_30s", "GenieLoad"), (
            FakeMlflowServer.Tag(child, "status"), FakeMlflowServer.Tag(child, "test_name"),
            FakeMlflowServer.Tag(child, "mlflow.source.name")));
        Assert.Equal(
            """{"index":2,"message":{"content":"Größe 2"}}""",
            Encoding.UTF8.GetString(Server.Files[FakeMlflowServer.Id(child) + "/response.json"]));
        JsonObject failed = Assert.Single(Server.Children, run => (string?)run["info"]!["run_name"] == "question_5");
        Assert.Equal(0, FakeMlflowServer.Metric(failed, "success"));
        Assert.Equal("[TABLE_OR_VIEW_NOT_FOUND] main.sales.net", FakeMlflowServer.Param(failed, "error"));
        Assert.Null(FakeMlflowServer.Metric(failed, "duration_seconds"));
    }

    [Fact]
    public async Task The_parent_has_its_files_and_a_torn_last_response_stays_behind()
    {
        MlflowExport export = await _fixture.ExportAsync(MlflowFixture.Run(_folder));

        string Text(string name) => Encoding.UTF8.GetString(Server.Files[$"{export.ParentRunId}/{name}"]);
        Assert.Equal(4, Text("responses.jsonl").Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.StartsWith("Index,QuestionId,Question,", Text("results.csv"), StringComparison.Ordinal);
        Assert.Equal(6, JsonNode.Parse(Text("plan.json"))!["questions"]!.AsArray().Count);
        Assert.Equal(4, (int)JsonNode.Parse(Text("summary.json"))!["successfulCount"]!);
        Assert.DoesNotContain(_folder.Path, Text("summary.json"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_parent_s_files_do_not_wait_for_the_last_child_and_no_child_for_them()
    {
        await _fixture.ExportAsync(MlflowFixture.Run(_folder), new MlflowExportOptions { ThrottleLimit = 2 });

        int Index(Func<string, bool> call) => Server.Calls.FindIndex(new Predicate<string>(call));
        int report = Index(call => call.EndsWith("/report.html", StringComparison.Ordinal));
        Assert.InRange(report, Index(call => call.EndsWith("/response.json", StringComparison.Ordinal)),
            Server.Calls.FindLastIndex(call => call.EndsWith("/runs/create", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_responses_are_closed_after_an_export()
    {
        await _fixture.ExportAsync(MlflowFixture.Run(_folder));

        using FileStream alone = new(_folder.File("responses.jsonl"), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        Assert.True(alone.CanWrite);
    }

    [Fact]
    public async Task A_new_child_costs_three_calls_and_its_file()
    {
        await _fixture.ExportAsync(MlflowFixture.Run(_folder));

        Assert.Equal(7, Server.Count("/runs/create"));
        // Parent: values, then its tag of completion.
        Assert.Equal(6 + 2, Server.Count("/runs/log-batch"));
        Assert.Equal(7, Server.Count("/runs/update"));
        Assert.Equal(MlflowFixture.ArtifactCount, Server.Calls.Count(call => call.StartsWith("PUT ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Exporting_again_writes_nothing_and_doubles_nothing()
    {
        LoadRun run = MlflowFixture.Run(_folder);
        MlflowExport first = await _fixture.ExportAsync(run);
        Server.Calls.Clear();

        MlflowExport second = await _fixture.ExportAsync(run);

        Assert.True(second.Resumed);
        Assert.Equal(first.ParentRunId, second.ParentRunId);
        Assert.Equal((6, 0), (second.QuestionRunCount, second.WrittenQuestionRunCount));
        Assert.Equal(7, Server.Runs.Count);
        Assert.Equal(0, Server.Count("/runs/create"));
        Assert.DoesNotContain(Server.Calls, call => call.StartsWith("PUT ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Force_writes_a_new_parent_and_later_exports_complete_that_one()
    {
        LoadRun run = MlflowFixture.Run(_folder);
        MlflowExport first = await _fixture.ExportAsync(run);
        _fixture.Time.Advance(TimeSpan.FromSeconds(1));
        MlflowExport forced = await _fixture.ExportAsync(run, new MlflowExportOptions { Force = true });
        MlflowExport third = await _fixture.ExportAsync(run);

        Assert.NotEqual(first.ParentRunId, forced.ParentRunId);
        Assert.False(forced.Resumed);
        Assert.Equal(forced.ParentRunId, third.ParentRunId);
        Assert.Equal(14, Server.Runs.Count);
    }

    [Fact]
    public async Task A_server_that_dies_half_way_costs_nothing_but_time()
    {
        LoadRun run = MlflowFixture.Run(_folder);
        int puts = 0;
        Server.Before = (request, _) => request.Method == HttpMethod.Put && ++puts > 2 || puts > 2
            ? throw new HttpRequestException(HttpRequestError.ConnectionError, "Connection refused")
            : null;
        GenieLoadException error = await Assert.ThrowsAsync<GenieLoadException>(() => _fixture.ExportAsync(run));
        Assert.Equal("MlflowUnreachable", error.ErrorId);
        int before = Server.Runs.Count;
        Assert.InRange(before, 2, 6);
        Server.Before = null;

        MlflowExport export = await _fixture.ExportAsync(run);

        Assert.True(export.Resumed);
        Assert.True(export.Verified);
        Assert.Equal(7, Server.Runs.Count);
        Assert.All(Server.Runs.Values, stored => Assert.NotEqual("RUNNING", FakeMlflowServer.Status(stored)));
        Assert.Equal(MlflowFixture.ArtifactCount, Server.Files.Count);
    }

    [Fact]
    public async Task A_stopped_export_leaves_its_parent_killed_with_what_is_there()
    {
        using var stop = new CancellationTokenSource();
        int updates = 0;
        Server.After = (_, path) =>
        {
            if (path.EndsWith("/runs/update", StringComparison.Ordinal) && ++updates == 3)
                stop.Cancel();
            return null;
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _fixture.ExportAsync(MlflowFixture.Run(_folder), stop: stop.Token));

        Assert.Equal("KILLED", FakeMlflowServer.Status(Server.Parent));
        Assert.Equal("writing", FakeMlflowServer.Tag(Server.Parent, "genieload.state"));
        Assert.InRange(Server.Children.Count(), 3, 5);
    }

    [Fact]
    public async Task Without_texts_nothing_that_was_asked_or_answered_leaves_the_machine()
    {
        LoadRun run = MlflowFixture.Run(_folder);

        await _fixture.ExportAsync(run, new MlflowExportOptions { ExcludeText = true });

        string everything = string.Concat(Server.Runs.Values.Select(stored => stored.ToJsonString()))
            + string.Concat(Server.Files.Values.Select(Encoding.UTF8.GetString));
        foreach (string text in (string[])["Question 1?", "Forty-two", "SELECT 1", "main.sales.net", "Größe"])
            Assert.DoesNotContain(text, everything, StringComparison.Ordinal);
        Assert.Contains("SQL_EXECUTION_EXCEPTION", everything, StringComparison.Ordinal);
        Assert.Equal("Question 1?", run.Results[0].Question);
    }

    [Fact]
    public async Task Nested_runs_and_responses_can_be_left_out()
    {
        MlflowExport export = await _fixture.ExportAsync(
            MlflowFixture.Run(_folder), new MlflowExportOptions { SkipQuestionRun = true, ResponseArtifact = ResponseArtifact.None });

        Assert.Empty(Server.Children);
        Assert.Equal(4, export.ArtifactCount);
        Assert.DoesNotContain(Server.Files.Keys, name => name.Contains("response", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_run_that_was_exported_with_other_values_is_told_and_not_mixed()
    {
        await _fixture.ExportAsync(MlflowFixture.Run(_folder));

        GenieLoadException error = await Assert.ThrowsAsync<GenieLoadException>(() => _fixture.ExportAsync(MlflowFixture.Run(
            _folder, change: rows => [SampleRun.Success(1, 5), .. rows.Skip(1).Take(3), SampleRun.Failure(5, Outcome.Failed, "OTHER")])));

        Assert.Equal("MlflowRunDiffers", error.ErrorId);
        Assert.Contains("-Force", error.Recommendation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pipe_in_place_of_the_responses_is_not_waited_for()
    {
        if (OperatingSystem.IsWindows())
            return;
        LoadRun run = MlflowFixture.Run(_folder);
        NamedPipe.Make(_folder.File("responses.jsonl"));

        MlflowExport export = await await NamedPipe.WithoutWaiting(() => _fixture.ExportAsync(run));

        Assert.True(export.Verified);
        Assert.DoesNotContain(Server.Files.Keys, name => name.Contains("response", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_long_question_is_cut_by_us_kept_whole_in_a_file_and_told()
    {
        MlflowExport export = await _fixture.ExportAsync(MlflowFixture.Run(_folder, change: MlflowFixture.WithLongQuestion));

        JsonObject child = Assert.Single(Server.Children, run => (string?)run["info"]!["run_name"] == "question_1");
        string stored = FakeMlflowServer.Param(child, "question")!;
        Assert.InRange(Encoding.UTF8.GetByteCount(stored), 5990, 6000);
        Assert.EndsWith("ä…", stored, StringComparison.Ordinal);
        JsonNode kept = JsonNode.Parse(Server.Files[FakeMlflowServer.Id(child) + "/long-values.json"])!;
        Assert.Equal(MlflowFixture.LongQuestion, (string?)kept["question"]);
        Assert.Equal(1, export.WarningCount);
        Assert.Contains("'question'", Assert.Single(_fixture.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_has_not_ended_is_refused_before_anything_is_sent()
    {
        LoadRun done = MlflowFixture.Run();
        LoadRun running = GenieLoad.Engine.Figures.RunSummarizer.Summarize(
            SampleRun.Header(), done.Plan, [], new RunStatus(RunState.Running, null, 0));

        GenieLoadException error = await Assert.ThrowsAsync<GenieLoadException>(() => _fixture.ExportAsync(running));

        Assert.Equal("RunNotEnded", error.ErrorId);
        Assert.Empty(Server.Calls);
    }

    [Fact]
    public async Task Preparing_says_what_would_be_done_and_writes_nothing()
    {
        Server.AddExperiment("9", "/Shared/genie-load-test", "deleted");
        using var exporter = new MlflowExporter(
            new MlflowExportOptions(), _fixture.Time, GenieLoad.Engine.Logging.EngineLog.None,
            name => _fixture.Environment.GetValueOrDefault(name), () => Server);

        MlflowExportPlan plan = await exporter.PrepareAsync(MlflowFixture.Run(), CancellationToken.None);

        Assert.True(plan.RestoresExperiment);
        Assert.Contains("restored", plan.Description, StringComparison.Ordinal);
        Assert.All(Server.Calls, call => Assert.StartsWith("GET ", call, StringComparison.Ordinal));
        Assert.Equal("deleted", (string?)Server.Experiments["9"]["lifecycle_stage"]);
    }

    [Fact]
    public async Task A_deleted_experiment_is_restored()
    {
        Server.AddExperiment("9", "/Shared/genie-load-test", "deleted");

        MlflowExport export = await _fixture.ExportAsync(MlflowFixture.Run());

        Assert.Equal("9", export.ExperimentId);
        Assert.Equal("active", (string?)Server.Experiments["9"]["lifecycle_stage"]);
    }

    [Theory]
    [InlineData("active")]
    [InlineData("deleted")]
    public async Task An_experiment_that_somebody_else_makes_meanwhile_is_used(string stage)
    {
        Server.Before = (_, path) =>
        {
            if (path.EndsWith("/experiments/create", StringComparison.Ordinal))
                Server.AddExperiment("77", "/Shared/genie-load-test", stage);
            return null;
        };

        MlflowExport export = await _fixture.ExportAsync(MlflowFixture.Run());

        Assert.Equal("77", export.ExperimentId);
        Assert.Equal("active", (string?)Server.Experiments["77"]["lifecycle_stage"]);
    }

    [Fact]
    public async Task Name_and_id_come_from_the_environment_and_must_agree()
    {
        Server.AddExperiment("5", "mine");
        _fixture.Environment["MLFLOW_EXPERIMENT_ID"] = "5";
        Assert.Equal("mine", (await _fixture.ExportAsync(MlflowFixture.Run())).ExperimentName);

        _fixture.Environment["MLFLOW_EXPERIMENT_NAME"] = "other";
        Assert.Equal("ExperimentAmbiguous",
            (await Assert.ThrowsAsync<GenieLoadException>(() => _fixture.ExportAsync(MlflowFixture.Run()))).ErrorId);

        // A parameter stands for itself.
        Assert.Equal("new", (await _fixture.ExportAsync(
            MlflowFixture.Run(), new MlflowExportOptions { ExperimentName = "new" })).ExperimentName);
    }
}
