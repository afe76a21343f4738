using System.Text;
using GenieLoad.Engine.Mlflow;
using GenieLoad.Engine.Tests.Runs;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Mlflow.Artifacts;

public sealed class ArtifactRouteTests : IDisposable
{
    private readonly MlflowFixture _fixture = new();
    private readonly TemporaryFolder _folder = new();

    private FakeMlflowServer Server => _fixture.Server;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("mlflow-artifacts:/", "/api/2.0/mlflow-artifacts/artifacts/1/")]
    [InlineData("mlflow-artifacts:/workspaces/team-a", "/api/2.0/mlflow-artifacts/artifacts/workspaces/team-a/1/")]
    [InlineData("mlflow-artifacts://mlflow.example:5000/deep", "/api/2.0/mlflow-artifacts/artifacts/deep/1/")]
    [InlineData("http://other.example/api/2.0/mlflow-artifacts/artifacts", "/api/2.0/mlflow-artifacts/artifacts/1/")]
    public async Task Files_go_through_the_proxy_that_the_run_names(string root, string path)
    {
        Server.ArtifactRoot = root;

        MlflowExport export = await _fixture.ExportAsync(MlflowFixture.Run(_folder));

        Assert.True(export.Verified);
        Assert.All(Server.Calls.Where(call => call.StartsWith("PUT ", StringComparison.Ordinal)),
            call => Assert.StartsWith("PUT " + path, call, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Another_host_gets_the_files_and_not_the_credential()
    {
        _fixture.Environment["MLFLOW_TRACKING_TOKEN"] = "tok";
        Server.ArtifactRoot = "http://other.example/api/2.0/mlflow-artifacts/artifacts";
        Server.Before = (request, _) =>
        {
            Assert.Equal(request.RequestUri!.Host == "mlflow.example", request.Headers.Authorization is not null);
            return null;
        };

        Assert.True((await _fixture.ExportAsync(MlflowFixture.Run(_folder))).Verified);
    }

    [Theory]
    [InlineData("gs://bucket/mlflow", "gs: storage")]
    [InlineData("s3://bucket/mlflow", "S3")]
    [InlineData("file:///no/such/disk/mlartifacts", "server's own machine")]
    [InlineData("/no/such/disk/mlartifacts", "server's own machine")]
    [InlineData("dbfs:/some/root", "dbfs: storage")]
    public async Task Files_that_cannot_be_stored_are_kept_here_and_the_run_says_so(string root, string reason)
    {
        Server.ArtifactRoot = root;

        MlflowExport export = await _fixture.ExportAsync(MlflowFixture.Run(_folder));

        Assert.Equal((0, MlflowFixture.ArtifactCount), (export.ArtifactCount, export.KeptArtifactCount));
        Assert.StartsWith(_folder.Path, export.KeptPath, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(export.KeptPath!, "load_test_high_load", "results.csv")));
        Assert.Equal("{\"index\":3,", File.ReadAllText(Path.Combine(export.KeptPath!, "question_3", "response.json"))[..11]);
        Assert.Contains(reason, FakeMlflowServer.Tag(Server.Parent, "genieload.artifacts"), StringComparison.Ordinal);
        Assert.Contains(reason, Assert.Single(_fixture.Warnings), StringComparison.Ordinal);
        Assert.True(export.Verified);
    }

    [Theory]
    [InlineData("http://127.0.0.1:5000")]
    [InlineData("http://mlflow.example:5000")]
    public async Task A_folder_that_a_server_names_is_never_written_whichever_machine_it_seems_to_be_on(string tracking)
    {
        _fixture.Environment["MLFLOW_TRACKING_URI"] = tracking;
        string store = Directory.CreateDirectory(_folder.File("store")).FullName;
        foreach (string root in new[] { new Uri(store).AbsoluteUri, store })
        {
            Server.ArtifactRoot = root;

            MlflowExport export = await _fixture.ExportAsync(MlflowFixture.Run(_folder), new MlflowExportOptions { Force = true });

            Assert.Empty(Directory.EnumerateFileSystemEntries(store));
            Assert.Equal((0, MlflowFixture.ArtifactCount), (export.ArtifactCount, export.KeptArtifactCount));
        }
    }

    [Theory]
    [InlineData("http://mlflow.example:5001/api/2.0/mlflow-artifacts/artifacts")]
    [InlineData("mlflow-artifacts://mlflow.example:5001/deep")]
    [InlineData("mlflow-artifacts://mlflow.example/deep")]
    [InlineData("https://mlflow.example:5000/api/2.0/mlflow-artifacts/artifacts")]
    public async Task The_credential_goes_to_the_server_s_own_scheme_host_and_port_only(string root)
    {
        _fixture.Environment["MLFLOW_TRACKING_TOKEN"] = "tok";
        Server.ArtifactRoot = root;
        HashSet<(string, bool)> seen = [];
        Server.Before = (request, _) =>
        {
            seen.Add((request.RequestUri!.GetLeftPart(UriPartial.Authority), request.Headers.Authorization is not null));
            return null;
        };

        await _fixture.ExportAsync(MlflowFixture.Run(_folder));

        Assert.Contains(("http://mlflow.example:5000", true), seen);
        Assert.Equal(2, seen.Count);
        Assert.All(seen, each => Assert.Equal(each.Item1 == "http://mlflow.example:5000", each.Item2));
    }

    [Theory]
    [InlineData("https://mlflow.example", "http://other.example/files")]
    [InlineData("https://mlflow.example", "http://mlflow.example/files")]
    [InlineData("http://mlflow.example:5000", "http://127.0.0.1:8080/files")]
    [InlineData("https://mlflow.example", "https://localhost:8080/files")]
    [InlineData("http://mlflow.example:5000", "mlflow-artifacts://localhost/files")]
    [InlineData("http://mlflow.example:5000", "http://user:pw@other.example/files")]
    [InlineData("http://mlflow.example:5000", "http://other.example/files?x=")]
    [InlineData("http://mlflow.example:5000", "http://other.example/files#")]
    [InlineData("http://mlflow.example:5000", "http:///files")]
    [InlineData("http://mlflow.example:5000", "http:")]
    [InlineData("http://mlflow.example:5000", "http://[::1/x")]
    [InlineData("http://mlflow.example:5000", "http://a b/x")]
    [InlineData("http://mlflow.example:5000", "http://mlflow.example:5000/a/../../api/2.0/mlflow/runs/delete")]
    [InlineData("http://mlflow.example:5000", "http://mlflow.example:5000/a/%2e%2e/b")]
    [InlineData("http://mlflow.example:5000", "mlflow-artifacts:/../../mlflow/runs/delete")]
    [InlineData("http://mlflow.example:5000", "mlflow-artifacts:/a/./b")]
    [InlineData("http://mlflow.example:5000", "mlflow-artifacts:/a//b")]
    [InlineData("http://mlflow.example:5000", "mlflow-artifacts:/a\\..\\b")]
    [InlineData("http://mlflow.example:5000", "mlflow-artifacts:/C:/b")]
    [InlineData("http://mlflow.example:5000", "mlflow-artifacts:/a\0b")]
    [InlineData("http://mlflow.example:5000", "mlflow-artifacts:/a%00b")]
    [InlineData("http://mlflow.example:5000", "mlflow-artifacts:/a\u001b[2Jb")]
    [InlineData("http://mlflow.example:5000", "mlflow-artifacts://evil.example:99999999/x")]
    [InlineData("http://mlflow.example:5000", "mlflow-artifacts://evil.example@x/x")]
    [InlineData("http://mlflow.example:5000", "we ird:/x")]
    [InlineData("databricks", "dbfs:/databricks/mlflow-tracking/../../x")]
    [InlineData("databricks", "dbfs:/Volumes/a/%2E%2E/b")]
    [InlineData("databricks", "dbfs:/Volumes/a/../../../mlflow/runs/delete")]
    public async Task An_address_that_no_server_of_good_will_gives_is_an_error_that_names_its_field(string tracking, string root)
    {
        if (tracking == "databricks")
            _fixture.UseDatabricks();
        else
            _fixture.Environment["MLFLOW_TRACKING_URI"] = tracking;
        Server.HasFilesApi = true;
        Server.ArtifactRoot = root;

        GenieLoadException error = await Assert.ThrowsAsync<GenieLoadException>(() => _fixture.ExportAsync(MlflowFixture.Run(_folder)));

        Assert.Equal("UnusableMlflowValue", error.ErrorId);
        Assert.Contains("artifact_uri", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(error.Message, char.IsControl);
        Assert.DoesNotContain(Server.Calls, call => call.StartsWith("PUT ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("http://mlflow.example:5000", "http://storage.example/x?sig=1")]
    [InlineData("http://mlflow.example:5000", "http://127.0.0.1:9000/x?sig=1")]
    [InlineData("http://mlflow.example:5000", "https://localhost/x?sig=1")]
    [InlineData("http://127.0.0.1:5000", "http://storage.example/x?sig=1")]
    [InlineData("http://127.0.0.1:5000", "file:///etc/passwd")]
    [InlineData("http://127.0.0.1:5000", "file://localhost/etc/passwd")]
    [InlineData("http://127.0.0.1:5000", "ftp://127.0.0.1/x")]
    [InlineData("http://127.0.0.1:5000", "https://user:pw@storage.example/x")]
    [InlineData("http://127.0.0.1:5000", "not an address")]
    [InlineData("http://127.0.0.1:5000", "")]
    public async Task A_signed_address_is_taken_by_https_or_on_this_machine_from_a_server_here(string tracking, string address)
    {
        _fixture.Environment["MLFLOW_TRACKING_URI"] = tracking;
        Server.ArtifactRoot = "s3://bucket/mlflow";
        Server.Before = (request, path) =>
        {
            Assert.Equal(new Uri(tracking).Authority, request.RequestUri!.Authority);
            return path.EndsWith("/presigned-upload-url", StringComparison.Ordinal)
                ? FakeMlflowServer.Json(new System.Text.Json.Nodes.JsonObject { ["presigned_url"] = address })
                : null;
        };

        GenieLoadException error = await Assert.ThrowsAsync<GenieLoadException>(() => _fixture.ExportAsync(MlflowFixture.Run(_folder)));

        Assert.Equal("MlflowRefused", error.ErrorId);
        Assert.Contains("presigned_url is no https address", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Headers_that_come_with_a_signed_address_change_nothing_of_how_it_is_sent()
    {
        Server.ArtifactRoot = "s3://bucket/mlflow";
        Server.SignsUploads = true;
        Server.After = (_, path) => path.EndsWith("/presigned-upload-url", StringComparison.Ordinal)
            ? FakeMlflowServer.Json(new System.Text.Json.Nodes.JsonObject
            {
                ["presigned_url"] = "https://storage.example/x?sig=abc%2Fd",
                ["headers"] = new System.Text.Json.Nodes.JsonObject
                {
                    ["Host"] = "evil.example", ["Content-Length"] = "1", ["Transfer-Encoding"] = "chunked", ["Authorization"] = "Bearer x",
                    ["x-split"] = "a\r\nb: c", ["x-odd"] = "ä", ["x-null"] = null, ["bad name"] = "v", ["x-amz-acl"] = "private",
                },
            })
            : null;

        await Assert.ThrowsAsync<GenieLoadException>(() => _fixture.ExportAsync(MlflowFixture.Run(_folder)));

        Assert.All(Server.CloudCalls, call =>
            Assert.Equal(["Content-Length", "User-Agent", "x-amz-acl"], call.Headers.Keys.Order(StringComparer.Ordinal)));
        Assert.All(Server.CloudCalls, call => Assert.NotEqual("1", call.Headers["Content-Length"]));
    }

    [Fact]
    public async Task Databricks_takes_files_by_its_Files_API()
    {
        _fixture.UseDatabricks();
        Server.HasFilesApi = true;

        MlflowExport export = await _fixture.ExportAsync(MlflowFixture.Run(_folder));

        Assert.True(export.Verified);
        Assert.Equal($"{MlflowFixture.Workspace}/ml/experiments/1/runs/{export.ParentRunId}", export.Url);
        Assert.Contains(
            $"PUT /api/2.0/fs/files/WorkspaceInternal/Mlflow/Artifacts/1/Runs/{export.ParentRunId}/artifacts/results.csv", Server.Calls);
    }

    [Fact]
    public async Task A_volume_takes_files_by_the_Files_API()
    {
        _fixture.UseDatabricks();
        Server.HasFilesApi = true;
        Server.ArtifactRoot = "dbfs:/Volumes/main/load/mlflow";

        MlflowExport export = await _fixture.ExportAsync(MlflowFixture.Run(_folder));

        Assert.Contains($"PUT /api/2.0/fs/files/Volumes/main/load/mlflow/1/{export.ParentRunId}/artifacts/results.csv", Server.Calls);
    }

    [Theory]
    [InlineData("AWS_PRESIGNED_URL")]
    [InlineData("GCP_SIGNED_URL")]
    [InlineData("AZURE_SAS_URI")]
    [InlineData("AZURE_ADLS_GEN2_SAS_URI")]
    public async Task Where_there_is_no_Files_API_signed_addresses_are_used(string type)
    {
        _fixture.UseDatabricks();
        Server.CredentialType = type;
        Server.ExpiredSignatures = 1;

        MlflowExport export = await _fixture.ExportAsync(MlflowFixture.Run(_folder), new MlflowExportOptions { ThrottleLimit = 1 });

        Assert.True(export.Verified);
        Assert.Equal(MlflowFixture.ArtifactCount, Server.Files.Count);
        // Asked once, found missing, never asked again.
        Assert.Equal(1, Server.Calls.Count(call => call.Contains("/fs/files/", StringComparison.Ordinal)));
        bool azure = type.StartsWith("AZURE", StringComparison.Ordinal);
        Assert.All(Server.CloudCalls, call =>
        {
            Assert.NotEqual(azure, call.Headers.ContainsKey("x-amz-server-side-encryption"));
            Assert.Equal("2021-08-06", call.Headers["x-ms-version"]);
        });
        Assert.Equal(
            type switch
            {
                "AZURE_SAS_URI" => ["PUT &comp=block&blockid=MDAwMDAwMDA%3D", "PUT &comp=blocklist"],
                "AZURE_ADLS_GEN2_SAS_URI" => ["PUT &resource=file", "PATCH &action=append&position=0&flush=true"],
                _ => ["PUT ", "PUT "],
            },
            Server.CloudCalls.Skip(1).Take(2).Select(call => $"{call.Method} {call.Query["?sig=abc%2Fd".Length..]}"));
        string[] common = ["x-ms-encryption-key", "x-ms-version"];
        Assert.Equal(
            type switch
            {
                // The type of the content is a matter of the whole blob; the others would refuse it.
                "AZURE_SAS_URI" =>
                [
                    ["x-ms-blob-type", "x-ms-encryption-key", "x-ms-encryption-scope", "x-ms-version"],
                    ["x-ms-blob-content-type", "x-ms-encryption-key", "x-ms-encryption-scope", "x-ms-version"],
                ],
                "AZURE_ADLS_GEN2_SAS_URI" => [common, common],
                // Whatever was signed is sent.
                _ => Enumerable.Repeat<string[]>(
                    ["x-amz-server-side-encryption", "x-ms-blob-content-type", "x-ms-encryption-key", "x-ms-encryption-scope",
                        "x-ms-version"], 2),
            },
            Server.CloudCalls.Skip(1).Take(2).Select(call => call.Headers.Keys
                .Where(name => name.StartsWith("x-", StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToArray()));
        if (type == "AZURE_SAS_URI")
            Assert.Equal("BlockBlob", Server.CloudCalls[1].Headers["x-ms-blob-type"]);
    }

    [Fact]
    public async Task A_signature_that_stays_refused_is_an_error()
    {
        _fixture.UseDatabricks();
        Server.CredentialType = "AWS_PRESIGNED_URL";
        Server.ExpiredSignatures = 2;

        GenieLoadException error = await Assert.ThrowsAsync<GenieLoadException>(
            () => _fixture.ExportAsync(MlflowFixture.Run(_folder), new MlflowExportOptions { ThrottleLimit = 1 }));

        Assert.Equal("MlflowAccessDenied", error.ErrorId);
        Assert.DoesNotContain("sig=", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task S3_takes_files_by_addresses_that_the_server_signs()
    {
        Server.ArtifactRoot = "s3://bucket/mlflow";
        Server.SignsUploads = true;

        MlflowExport export = await _fixture.ExportAsync(MlflowFixture.Run(_folder));

        Assert.Equal((MlflowFixture.ArtifactCount, 0), (export.ArtifactCount, export.KeptArtifactCount));
        Assert.All(Server.CloudCalls, call => Assert.Equal("application/octet-stream", call.Headers["Content-Type"]));
    }

    [Fact]
    public async Task A_large_file_goes_to_Azure_in_blocks_and_comes_out_whole()
    {
        _fixture.UseDatabricks();
        Server.CredentialType = "AZURE_SAS_URI";
        string line = $"{{\"index\":1,\"message\":\"{new string('x', 25 * 1024 * 1024)}\"}}\n";
        LoadRun run = MlflowFixture.Run(_folder);
        File.WriteAllText(_folder.File("responses.jsonl"), line);

        MlflowExport export = await _fixture.ExportAsync(run, new MlflowExportOptions { SkipQuestionRun = true });

        Assert.Equal(Encoding.UTF8.GetBytes(line), Server.Files[$"{export.ParentRunId}/responses.jsonl"]);
        // Three blocks of the large file, and one of each of the four others.
        Assert.Equal(7, Server.CloudCalls.Count(call => call.Query.Contains("comp=block&", StringComparison.Ordinal)));
    }
}
