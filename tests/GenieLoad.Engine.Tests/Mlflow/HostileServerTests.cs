using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using GenieLoad.Engine.Mlflow;
using GenieLoad.Engine.Tests.Runs;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Mlflow;

/// <summary>A tracking server that means harm or is broken: ids, marks, lists without an end, answers that are no answers.</summary>
public sealed class HostileServerTests : IDisposable
{
    private readonly MlflowFixture _fixture = new();
    private readonly TemporaryFolder _folder = new();

    private FakeMlflowServer Server => _fixture.Server;

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string> NoIds =>
        new("..", ".", "", "a/b", "a\\b", "a b", "a\0b", "-a", "%2e%2e", "a?b", "ä", new string('a', 300));

    [Theory]
    [MemberData(nameof(NoIds))]
    public async Task An_id_of_a_run_that_is_none_goes_nowhere(string id)
    {
        Server.Before = (_, path) => path.EndsWith("/runs/create", StringComparison.Ordinal)
            ? FakeMlflowServer.Json(
                new JsonObject { ["run"] = new JsonObject { ["info"] = new JsonObject { ["run_id"] = id,
                    ["artifact_uri"] = "mlflow-artifacts:/x" } } })
            : null;

        await IsRefusedAsync("run_id", "/runs/create");
    }

    [Theory]
    [MemberData(nameof(NoIds))]
    public async Task An_id_of_an_experiment_that_is_none_goes_nowhere(string id)
    {
        Server.Before = (_, path) => path.EndsWith("/experiments/create", StringComparison.Ordinal)
            ? FakeMlflowServer.Json(new JsonObject { ["experiment_id"] = id })
            : null;
        await IsRefusedAsync("experiment_id", "/experiments/create");

        Server.Before = (_, path) => path.EndsWith("/experiments/get-by-name", StringComparison.Ordinal)
            ? FakeMlflowServer.Json(new JsonObject { ["experiment"] = new JsonObject { ["experiment_id"] = id, ["name"] = "x" } })
            : null;
        await IsRefusedAsync("experiment_id", "/experiments/get-by-name");
    }

    [Theory]
    [InlineData("../../../elsewhere")]
    [InlineData("x' OR tags.a = 'b")]
    [InlineData("20261123-192455-high_load-3f9a+../../x")]
    [InlineData("20261123-192455-high_load-3f9a+")]
    public async Task A_mark_of_an_earlier_export_that_is_not_ours_is_no_path_and_no_search(string mark)
    {
        await _fixture.ExportAsync(MlflowFixture.Run(_folder));
        Server.ArtifactRoot = "gs://bucket/x";
        JsonNode tag = Server.Parent["data"]!["tags"]!.AsArray().Single(each => (string?)each!["key"] == "genieload.export")!;
        tag["value"] = mark;
        string[] before = [.. Directory.EnumerateFileSystemEntries(_folder.Path, "*", SearchOption.AllDirectories)];

        await IsRefusedAsync("genieload.export", "/runs/search");

        Assert.Equal(before, Directory.EnumerateFileSystemEntries(_folder.Path, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_scenario_s_name_makes_no_folder_elsewhere()
    {
        Server.ArtifactRoot = "gs://bucket/x";
        LoadRun run = MlflowFixture.Run(_folder, scenario: "/../../../out");
        Assert.Equal("/../../../out", run.ScenarioName);

        MlflowExport export = await _fixture.ExportAsync(run);

        Assert.True(File.Exists(Path.Combine(export.KeptPath!, "load_test", "plan.json")));
        Assert.False(Directory.Exists(Path.GetFullPath(Path.Combine(export.KeptPath!, "load_test_/../../../out"))));
    }

    [Theory]
    [InlineData("../x")]
    [InlineData("a'b")]
    [InlineData("a\0b")]
    public async Task A_run_whose_id_was_changed_is_refused(string id) =>
        Assert.Equal("UnusableRunId",
            (await Assert.ThrowsAsync<GenieLoadException>(() => _fixture.ExportAsync(MlflowFixture.Run(runId: id)))).ErrorId);

    [Theory]
    [InlineData("/runs/search", false, "was read before")]
    [InlineData("/runs/search", true, "1,000 pages")]
    [InlineData("/metrics/get-history", false, "was read before")]
    [InlineData("/metrics/get-history", true, "1,000 pages")]
    [InlineData("/artifacts/list", false, "was read before")]
    [InlineData("/artifacts/list", true, "1,000 pages")]
    [InlineData("/artifacts/credentials-for-write", false, "was read before")]
    [InlineData("/artifacts/credentials-for-write", true, "1,000 pages")]
    public async Task A_list_without_an_end_ends(string call, bool always, string reason)
    {
        int pages = 0;
        if (call.EndsWith("write", StringComparison.Ordinal))
        {
            _fixture.UseDatabricks();
            Server.CredentialType = "AWS_PRESIGNED_URL";
        }
        // Their files cannot be fetched, so that they are listed.
        Server.Before = (request, path) =>
            path.EndsWith(call, StringComparison.Ordinal)
                ? FakeMlflowServer.Json(new JsonObject { ["next_page_token"] = always ? $"t{++pages}" : "same" })
            : request.Method == HttpMethod.Get && path.Contains("/mlflow-artifacts/", StringComparison.Ordinal)
                ? FakeMlflowServer.Error(HttpStatusCode.NotImplemented, "X", "no")
            : null;

        GenieLoadException error = await Assert.ThrowsAsync<GenieLoadException>(
            () => _fixture.ExportAsync(MlflowFixture.Run(_folder), new MlflowExportOptions { ThrottleLimit = 1 }));

        Assert.Equal("MlflowPagesWithoutEnd", error.ErrorId);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.InRange(pages, 0, 1000);
    }

    [Fact]
    public async Task An_answer_without_measure_is_not_read_again_and_again()
    {
        Server.Before = (_, _) => new HttpResponseMessage { Content = new Endless() };

        GenieLoadException error = await Assert.ThrowsAsync<GenieLoadException>(() => _fixture.ExportAsync(MlflowFixture.Run(_folder)));

        Assert.Equal("MlflowUnreachable", error.ErrorId);
        Assert.Contains("more than 64 MiB", error.Message, StringComparison.Ordinal);
        Assert.Single(Server.Calls);
    }

    [Theory]
    [InlineData("""{"runs":[null]}""")]
    [InlineData("""{"runs":[{"info":null}]}""")]
    [InlineData("""{"runs":[{"info":{"run_id":"\ud800","run_name":"\udc00"}}]}""")]
    [InlineData("""{"runs":[{"info":{"run_id":"a","start_time":1e400}}]}""")]
    [InlineData("""{"runs":[{"info":{"run_id":"a"},"data":{"metrics":[{"key":"a","value":"x"}]}}]}""")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("<html>")]
    public async Task An_answer_that_is_none_is_an_error_of_its_own(string body)
    {
        Server.Before = (_, path) => path.EndsWith("/runs/search", StringComparison.Ordinal)
            ? FakeMlflowServer.Text(HttpStatusCode.OK, body, "application/json")
            : null;
        Server.AddExperiment("7", MlflowExportOptions.DefaultExperimentName);

        GenieLoadException error = await Assert.ThrowsAsync<GenieLoadException>(() => _fixture.ExportAsync(MlflowFixture.Run(_folder)));

        Assert.True(error.ErrorId is "NotAnMlflowServer" or "UnusableMlflowValue", error.ToString());
    }

    [Fact]
    public async Task What_a_server_gives_twice_or_not_at_all_is_no_fault_of_ours()
    {
        Server.After = (_, path) => path.EndsWith("/runs/create", StringComparison.Ordinal)
            ? FakeMlflowServer.Json(JsonNode.Parse($$$$"""
                {"run":{"info":{"run_id":"{{{{Server.Runs.Keys.Last()}}}}","artifact_uri":"mlflow-artifacts:/1/{{{{Server.Runs.Keys.Last()}}}}/artifacts"},
                "data":{"tags":[null,{"key":"a","value":"1"},{"key":"a","value":"2"}],"params":[null,{"key":"p"},{"key":"p"}],
                "metrics":[null,{"key":"m","value":1},{"key":"m","value":"NaN"}]}}}
                """)!)
            : null;

        Assert.True((await _fixture.ExportAsync(MlflowFixture.Run(_folder))).Verified);
    }

    [Fact]
    public async Task Half_a_character_in_what_nobody_reads_costs_no_answer()
    {
        Server.After = (_, path) => path.EndsWith("/runs/create", StringComparison.Ordinal)
            ? FakeMlflowServer.Text(HttpStatusCode.OK, $$$$"""
                {"run":{"info":{"run_id":"{{{{Server.Runs.Keys.Last()}}}}",
                "artifact_uri":"mlflow-artifacts:/1/{{{{Server.Runs.Keys.Last()}}}}/artifacts",
                "user_id":"\ud83d","\ud800":1},"data":{"tags":[{"key":"of others \udc00","value":"\ud800x"}]}}}
                """, "application/json")
            : null;

        Assert.True((await _fixture.ExportAsync(MlflowFixture.Run(_folder))).Verified);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        Server.Before = (_, _) =>
        {
            HttpResponseMessage reply = FakeMlflowServer.Text(HttpStatusCode.Redirect, "");
            reply.Headers.Location = new Uri("https://evil.example/x");
            return reply;
        };

        GenieLoadException error = await Assert.ThrowsAsync<GenieLoadException>(() => _fixture.ExportAsync(MlflowFixture.Run(_folder)));

        Assert.Equal("MlflowRefused", error.ErrorId);
        Assert.Single(Server.Calls);
        using var handler = (SocketsHttpHandler)MlflowTls.CreateHandler(new Uri("https://x.example"), MlflowSettings.Read(_ => null));
        Assert.False(handler.AllowAutoRedirect);
    }

    [Theory]
    [InlineData("a\0b")]
    [InlineData("a\u001bb")]
    [InlineData("file:///tmp/a%00b")]
    [InlineData("http://x\u001b.example")]
    [InlineData("http://[::1")]
    [InlineData("file://host/..")]
    [InlineData("http:///")]
    [InlineData("databricks://")]
    public async Task A_tracking_address_that_is_none_is_an_input_error(string uri) => Assert.Equal(
        "InvalidTrackingUri",
        (await Assert.ThrowsAsync<GenieLoadException>(
            () => _fixture.ExportAsync(MlflowFixture.Run(_folder), new MlflowExportOptions { TrackingUri = uri }))).ErrorId);

    /// <summary>The value is refused, and it was the last that the server heard.</summary>
    private async Task IsRefusedAsync(string field, string lastCall)
    {
        Server.Calls.Clear();
        GenieLoadException error = await Assert.ThrowsAsync<GenieLoadException>(() => _fixture.ExportAsync(MlflowFixture.Run(_folder)));

        Assert.Equal("UnusableMlflowValue", error.ErrorId);
        Assert.Contains(field, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(error.Message, char.IsControl);
        Assert.EndsWith(lastCall, Server.Calls[^1], StringComparison.Ordinal);
    }

    private sealed class Endless : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            byte[] blanks = Encoding.ASCII.GetBytes(new string(' ', 1024 * 1024));
            while (true)
                await stream.WriteAsync(blanks);
        }

        protected override Task<Stream> CreateContentReadStreamAsync() => Task.FromResult<Stream>(new BlankStream());

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }

    /// <summary>As it comes from a network: a piece at a time, for as long as somebody reads.</summary>
    private sealed class BlankStream : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            buffer.Span.Fill((byte)' ');
            return new(buffer.Length);
        }
    }
}
