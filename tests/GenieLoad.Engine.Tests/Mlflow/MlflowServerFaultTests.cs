using System.Net;
using System.Text.Json.Nodes;
using GenieLoad.Engine.Mlflow;
using GenieLoad.Engine.Tests.Runs;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Mlflow;

/// <summary>What goes wrong on the way to a server, and what a server does wrong while it answers 200.</summary>
public sealed class MlflowServerFaultTests : IDisposable
{
    private readonly MlflowFixture _fixture = new();
    private readonly TemporaryFolder _folder = new();

    private FakeMlflowServer Server => _fixture.Server;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    [InlineData(HttpStatusCode.BadGateway)]
    public async Task A_run_that_was_stored_although_its_creation_failed_is_not_made_twice(HttpStatusCode status)
    {
        int creations = 0;
        Server.After = (_, path) => path.EndsWith("/runs/create", StringComparison.Ordinal) && ++creations is 1 or 3
            ? FakeMlflowServer.Error(status, "TEMPORARILY_UNAVAILABLE", "try later")
            : null;

        await _fixture.ExportAsync(MlflowFixture.Run(_folder));

        Assert.Equal(7, Server.Runs.Count);
    }

    [Fact]
    public async Task A_creation_that_was_not_stored_is_repeated()
    {
        int creations = 0;
        Server.Before = (_, path) => path.EndsWith("/runs/create", StringComparison.Ordinal) && ++creations <= 2
            ? FakeMlflowServer.Error(HttpStatusCode.ServiceUnavailable, "TEMPORARILY_UNAVAILABLE", "try later")
            : null;

        Assert.True((await _fixture.ExportAsync(MlflowFixture.Run(_folder))).Verified);
        Assert.Equal(7, Server.Runs.Count);
    }

    [Fact]
    public async Task A_429_is_waited_out_for_as_long_as_it_asks()
    {
        bool refused = false;
        Server.Before = (_, path) =>
        {
            if (refused || !path.EndsWith("/runs/log-batch", StringComparison.Ordinal))
                return null;
            refused = true;
            HttpResponseMessage reply = FakeMlflowServer.Error(HttpStatusCode.TooManyRequests, "REQUEST_LIMIT_EXCEEDED", "slow down");
            reply.Headers.RetryAfter = new System.Net.Http.Headers.RetryConditionHeaderValue(TimeSpan.FromSeconds(30));
            return reply;
        };

        MlflowExport export = await _fixture.ExportAsync(MlflowFixture.Run(_folder));

        Assert.InRange(export.ElapsedSeconds, 30, 37);
    }

    [Fact]
    public async Task A_429_without_an_end_is_its_own_error_after_the_retries_that_the_environment_allows()
    {
        _fixture.Environment["MLFLOW_HTTP_REQUEST_MAX_RETRIES"] = "2";
        Server.Before = (_, path) => path.EndsWith("/runs/create", StringComparison.Ordinal)
            ? FakeMlflowServer.Error(HttpStatusCode.TooManyRequests, "REQUEST_LIMIT_EXCEEDED", "slow down")
            : null;

        Assert.Equal("MlflowThrottled", (await FailsAsync()).ErrorId);
        Assert.Equal(3, Server.Count("/runs/create"));
    }

    [Fact]
    public async Task A_refused_host_name_explains_allowed_hosts()
    {
        Server.Before = (_, _) =>
            FakeMlflowServer.Text(HttpStatusCode.Forbidden, "Invalid Host header - possible DNS rebinding attack detected");

        GenieLoadException error = await FailsAsync();

        Assert.Equal("MlflowRefusedHost", error.ErrorId);
        Assert.Contains("--allowed-hosts \"mlflow.example:5000\"", error.Recommendation, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(HttpStatusCode.Forbidden, "<html><title>Sign in to continue</title></html>", "AnsweredByLoginPage")]
    [InlineData(HttpStatusCode.Forbidden, "<html><title>Private Link is required</title></html>", "PrivateLinkNeeded")]
    public async Task What_answers_in_the_place_of_the_server_is_named(HttpStatusCode status, string page, string errorId)
    {
        Server.Before = (_, _) => FakeMlflowServer.Text(status, page);

        Assert.Equal(errorId, (await FailsAsync()).ErrorId);
    }

    [Theory]
    [InlineData(HttpStatusCode.Unauthorized, "UNAUTHENTICATED", "MlflowRefusedCredential")]
    [InlineData(HttpStatusCode.Forbidden, "PERMISSION_DENIED", "MlflowAccessDenied")]
    [InlineData(HttpStatusCode.BadRequest, "RESOURCE_LIMIT_EXCEEDED", "MlflowQuotaReached")]
    [InlineData(HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE", "MlflowRefused")]
    [InlineData(HttpStatusCode.NotImplemented, "NOT_IMPLEMENTED", "MlflowRefused")]
    public async Task Each_refusal_has_its_own_error(HttpStatusCode status, string code, string errorId)
    {
        Server.Before = (_, path) =>
            path.EndsWith("/runs/create", StringComparison.Ordinal) ? FakeMlflowServer.Error(status, code, "no") : null;

        Assert.Equal(errorId, (await FailsAsync()).ErrorId);
    }

    [Fact]
    public async Task A_missing_parent_folder_on_Databricks_is_told_as_such()
    {
        _fixture.UseDatabricks();
        Server.Before = (_, path) => path.EndsWith("/experiments/create", StringComparison.Ordinal)
            ? FakeMlflowServer.Error(HttpStatusCode.NotFound, "RESOURCE_DOES_NOT_EXIST", "Parent directory /Shared/x does not exist.")
            : null;

        GenieLoadException error = await FailsAsync();

        Assert.Equal("ExperimentNotCreated", error.ErrorId);
        Assert.Contains("folder must exist", error.Recommendation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Something_that_is_no_tracking_server_is_told_as_such()
    {
        Server.Prefix = "/mlflow";
        Assert.Equal("NotAnMlflowServer", (await FailsAsync()).ErrorId);

        Server.Before = (_, _) => FakeMlflowServer.Text(HttpStatusCode.OK, "<html>Sign in</html>", "text/html");
        Assert.Equal("NotAnMlflowServer", (await FailsAsync()).ErrorId);
    }

    [Fact]
    public async Task A_path_prefix_is_kept()
    {
        Server.Prefix = "/team/mlflow";
        _fixture.Environment["MLFLOW_TRACKING_URI"] = "http://mlflow.example:5000/team/mlflow/";

        Assert.True((await _fixture.ExportAsync(MlflowFixture.Run(_folder))).Verified);
        Assert.All(Server.Calls, call => Assert.Contains(" /team/mlflow/api/", call, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_workspace_is_named_only_where_the_server_has_workspaces()
    {
        _fixture.Environment["MLFLOW_WORKSPACE"] = "team-a";
        Assert.Equal("WorkspacesNotEnabled", (await FailsAsync()).ErrorId);

        Server.WorkspacesEnabled = true;
        HashSet<bool> named = [];
        Server.Before = (request, path) =>
        {
            if (path.Contains("/runs/", StringComparison.Ordinal))
                named.Add(request.Headers.TryGetValues("X-MLFLOW-WORKSPACE", out IEnumerable<string>? values)
                    && values.Single() == "team-a");
            return null;
        };
        await _fixture.ExportAsync(MlflowFixture.Run(_folder));
        Assert.Equal([true], named);
    }

    [Fact]
    public async Task A_param_that_the_server_cuts_is_found()
    {
        Server.ParamLimit = 5;

        GenieLoadException error = await FailsAsync();

        // A param cannot be mended: the second try is for the others, and there are none.
        Assert.Equal("MlflowReadBackDiffers", error.ErrorId);
        Assert.Contains("param question is 'Quest' instead of 'Question 1?'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_status_that_the_server_overlooks_is_set_once_more_and_then_told()
    {
        int updates = 0;
        Server.Before = (_, path) =>
            path.EndsWith("/runs/update", StringComparison.Ordinal) && ++updates == 1 ? FakeMlflowServer.Json(new JsonObject()) : null;
        Assert.True((await _fixture.ExportAsync(MlflowFixture.Run(_folder))).Verified);

        Server.Before = (_, path) =>
            path.EndsWith("/runs/update", StringComparison.Ordinal) ? FakeMlflowServer.Json(new JsonObject()) : null;
        GenieLoadException error = await Assert.ThrowsAsync<GenieLoadException>(
            () => _fixture.ExportAsync(MlflowFixture.Run(_folder), new MlflowExportOptions { Force = true }));
        Assert.Equal("MlflowReadBackDiffers", error.ErrorId);
        Assert.Contains("status is 'RUNNING' instead of", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_batch_that_the_server_drops_is_sent_once_more()
    {
        int batches = 0;
        Server.Before = (_, path) => path.EndsWith("/runs/log-batch", StringComparison.Ordinal) && ++batches is 1 or 3
            ? FakeMlflowServer.Json(new JsonObject())
            : null;

        Assert.True((await _fixture.ExportAsync(MlflowFixture.Run(_folder))).Verified);
        Assert.All(Server.Children, child => Assert.NotNull(FakeMlflowServer.Metric(child, "success")));
    }

    [Fact]
    public async Task A_point_of_a_series_that_was_lost_is_found_and_sent_once_more()
    {
        bool lost = false;
        Server.Before = (_, path) =>
        {
            // Before the parent is read back one of its points goes.
            if (!lost && path.EndsWith("/metrics/get-history", StringComparison.Ordinal))
            {
                lost = true;
                JsonArray metrics = Server.Parent["data"]!["metrics"]!.AsArray();
                metrics.Remove(metrics.First(m => (string?)m!["key"] == "series_in_flight" && (long)m["step"]! == 3));
            }
            return null;
        };

        Assert.True((await _fixture.ExportAsync(MlflowFixture.Run(_folder))).Verified);
        Assert.True(lost);
        Assert.Contains(Server.Parent["data"]!["metrics"]!.AsArray(), m => (string?)m!["key"] == "series_in_flight"
            && (long)m["step"]! == 3);
    }

    [Fact]
    public async Task A_file_that_the_server_stores_empty_is_sent_once_more_and_then_told()
    {
        int puts = 0;
        Server.After = (request, _) =>
        {
            if (request.Method == HttpMethod.Put && ++puts == 1)
                Server.Files[Server.Files.Keys.Single()] = [];
            return null;
        };
        Assert.True((await _fixture.ExportAsync(MlflowFixture.Run(_folder))).Verified);

        Server.After = (request, path) =>
        {
            if (request.Method == HttpMethod.Put)
                Server.Files[string.Join('/', path.Split('/')[^3], path.Split('/')[^1])] = [];
            return null;
        };
        GenieLoadException error = await Assert.ThrowsAsync<GenieLoadException>(
            () => _fixture.ExportAsync(MlflowFixture.Run(_folder), new MlflowExportOptions { Force = true }));
        Assert.Equal("MlflowReadBackDiffers", error.ErrorId);
        Assert.Contains("size of response.json is '0' instead of", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_whose_content_is_changed_on_the_way_is_sent_once_more_although_its_length_is_right()
    {
        int puts = 0;
        Server.After = (request, _) =>
        {
            if (request.Method == HttpMethod.Put && ++puts == 1)
                Server.Files[Server.Files.Keys.Single()][^3] ^= 1;
            return null;
        };

        Assert.True((await _fixture.ExportAsync(MlflowFixture.Run(_folder))).Verified);
        Assert.Equal(MlflowFixture.ArtifactCount + 1, puts);
    }

    [Fact]
    public async Task Files_are_read_back_from_the_run_that_the_search_finds()
    {
        const string OtherId = "ffffffffffffffffffffffffffffffff";
        bool isDone = false;
        Server.Before = (_, path) =>
        {
            // Meanwhile the first child is another one.
            if (path.EndsWith("/runs/search", StringComparison.Ordinal) && !isDone)
            {
                isDone = true;
                JsonObject child = Assert.Single(Server.Children, run => (string?)run["info"]!["run_name"] == "question_1");
                JsonObject other = child.DeepClone().AsObject();
                other["info"]!["run_id"] = OtherId;
                other["info"]!["artifact_uri"] = $"mlflow-artifacts:/1/{OtherId}/artifacts";
                Server.Runs.Remove(FakeMlflowServer.Id(child));
                Server.Runs[OtherId] = other;
            }
            return null;
        };

        Assert.True((await _fixture.ExportAsync(MlflowFixture.Run(_folder))).Verified);
        Assert.Contains($"{OtherId}/response.json", Server.Files.Keys);
    }

    [Fact]
    public async Task A_server_that_gives_no_files_back_is_asked_for_their_lengths()
    {
        Server.Before = (request, path) => request.Method == HttpMethod.Get && path.Contains("/mlflow-artifacts/", StringComparison.Ordinal)
            ? FakeMlflowServer.Error(HttpStatusCode.NotImplemented, "NOT_IMPLEMENTED", "no")
            : null;

        Assert.True((await _fixture.ExportAsync(MlflowFixture.Run(_folder))).Verified);
        // Four children with a response and the parent; the other two have no file.
        Assert.Equal(5, Server.Count("/artifacts/list"));
    }

    [Fact]
    public async Task An_empty_answer_to_an_upload_is_good() =>
        Assert.True((await ExportWith(server => server.PutReply = "")).Verified);

    [Fact]
    public async Task Every_body_has_a_length()
    {
        Server.Before = (request, path) =>
        {
            Assert.True(request.Content is null || request.Content.Headers.ContentLength is not null, path);
            Assert.NotEqual(true, request.Headers.TransferEncodingChunked);
            return null;
        };

        Assert.True((await _fixture.ExportAsync(MlflowFixture.Run(_folder))).Verified);
    }

    [Theory]
    [InlineData("MLFLOW_TRACKING_INSECURE_TLS", "yes", "InvalidMlflowVariable")]
    [InlineData("MLFLOW_HTTP_REQUEST_TIMEOUT", "soon", "InvalidMlflowVariable")]
    [InlineData("MLFLOW_TRACKING_AWS_SIGV4", "true", "UnsupportedMlflowVariable")]
    [InlineData("MLFLOW_TRACKING_USERNAME", "me", "MlflowCredentialIncomplete")]
    [InlineData("MLFLOW_TRACKING_SERVER_CERT_PATH", "/no/such.pem", "CertificateNotReadable", true)]
    [InlineData("MLFLOW_TRACKING_URI", "sqlite:///mlflow.db", "InvalidTrackingUri")]
    [InlineData("MLFLOW_TRACKING_URI", "'databricks-uc'\n", "InvalidTrackingUri")]
    [InlineData("MLFLOW_TRACKING_USERNAME", "\"me\"", "MlflowCredentialIncomplete")]
    [InlineData("MLFLOW_TRACKING_URI", "databricks://scope:prefix", "InvalidTrackingUri")]
    [InlineData("MLFLOW_TRACKING_URI", "https://me:pw@host", "InvalidTrackingUri")]
    public async Task What_cannot_be_used_is_refused_before_anything_is_sent(
        string name, string value, string errorId, bool realNetwork = false)
    {
        _fixture.Environment[name] = value;

        GenieLoadException error = realNetwork
            ? Assert.Throws<GenieLoadException>(() => new MlflowExporter(
                new MlflowExportOptions(), _fixture.Time, GenieLoad.Engine.Logging.EngineLog.None,
                key => _fixture.Environment.GetValueOrDefault(key), null))
            : await FailsAsync();

        Assert.Equal(errorId, error.ErrorId);
        Assert.Empty(Server.Calls);
        Assert.DoesNotContain("pw", error.Message, StringComparison.Ordinal);
    }

    private Task<GenieLoadException> FailsAsync() =>
        Assert.ThrowsAsync<GenieLoadException>(() => _fixture.ExportAsync(MlflowFixture.Run(_folder)));

    private Task<MlflowExport> ExportWith(Action<FakeMlflowServer> change)
    {
        change(Server);
        return _fixture.ExportAsync(MlflowFixture.Run(_folder));
    }
}
