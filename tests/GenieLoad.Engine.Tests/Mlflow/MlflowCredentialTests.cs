using GenieLoad.Engine.Credentials;
using GenieLoad.Engine.Mlflow;
using GenieLoad.Engine.Tests.Runs;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Mlflow;

/// <summary>Which server is meant, and what is shown to it: environment, files, the connected workspace.</summary>
public sealed class MlflowCredentialTests : IDisposable
{
    private readonly MlflowFixture _fixture = new();
    private readonly TemporaryFolder _folder = new();

    private FakeMlflowServer Server => _fixture.Server;

    public void Dispose() => _folder.Dispose();

    /// <summary>Every Authorization header that comes from now on.</summary>
    private HashSet<string?> SeenCredentials()
    {
        HashSet<string?> seen = [];
        Server.Before = (request, _) =>
        {
            seen.Add(request.Headers.Authorization?.ToString());
            return null;
        };
        return seen;
    }

    [Theory]
    [InlineData("MLFLOW_TRACKING_TOKEN", "tok", null, null, "Bearer tok")]
    [InlineData("MLFLOW_TRACKING_USERNAME", "me", "MLFLOW_TRACKING_PASSWORD", "pw", "Basic bWU6cHc=")]
    public async Task The_credential_comes_from_the_environment(
        string first, string value, string? second, string? secondValue, string expected)
    {
        _fixture.Environment[first] = value;
        if (second is not null)
            _fixture.Environment[second] = secondValue!;
        HashSet<string?> seen = SeenCredentials();

        await _fixture.ExportAsync(MlflowFixture.Run(_folder));

        Assert.Equal([expected], seen);
        Assert.Contains("unencrypted", Assert.Single(_fixture.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "Basic ZmlsZTpzZWNyZXQ=")]
    [InlineData("me", "Basic bWU6c2VjcmV0")]
    public async Task The_credentials_file_of_MLflow_gives_what_the_environment_does_not(string? user, string expected)
    {
        _fixture.SetHome(_folder.Path);
        Directory.CreateDirectory(_folder.File(".mlflow"));
        File.WriteAllText(
            _folder.File(".mlflow/credentials"),
            "[other]\nmlflow_tracking_username = no\n[mlflow]\nmlflow_tracking_username = file\nmlflow_tracking_password = secret\n");
        if (user is not null)
            _fixture.Environment["MLFLOW_TRACKING_USERNAME"] = user;
        HashSet<string?> seen = SeenCredentials();

        await _fixture.ExportAsync(MlflowFixture.Run(_folder));

        Assert.Equal([expected], seen);
    }

    [Theory]
    [InlineData(null, null, "adb-1.2.azuredatabricks.net", "Bearer connected")]
    [InlineData("https://adb-1.2.azuredatabricks.net", null, "adb-1.2.azuredatabricks.net", "Bearer connected")]
    [InlineData(null, "given", "adb-1.2.azuredatabricks.net", "Bearer given")]
    [InlineData("https://adb-9.9.azuredatabricks.net", "given", "adb-9.9.azuredatabricks.net", "Bearer given")]
    public async Task Databricks_is_the_connected_workspace_where_nothing_else_names_one(
        string? host, string? token, string expectedHost, string expected)
    {
        _fixture.UseDatabricks();
        _fixture.Environment.Remove("DATABRICKS_TOKEN");
        _fixture.Environment.Remove("DATABRICKS_HOST");
        if (host is not null)
            _fixture.Environment["DATABRICKS_HOST"] = host;
        Server.HasFilesApi = true;
        HashSet<(string, string?)> seen = [];
        Server.Before = (request, _) =>
        {
            seen.Add((request.RequestUri!.Host, request.Headers.Authorization?.ToString()));
            return null;
        };

        await _fixture.ExportAsync(MlflowFixture.Run(_folder), Connected(token));

        Assert.Equal([(expectedHost, expected)], seen);
    }

    [Theory]
    [InlineData("http://mlflow.example:5001", false)]
    [InlineData("https://mlflow.example:5000", false)]
    [InlineData("http://other.example:5000", false)]
    [InlineData("databricks", false)]
    [InlineData("not\0an address", false)]
    [InlineData("http://MLFLOW.example:5000/prefix", true)]
    [InlineData(null, true)]
    public async Task The_environment_s_credential_goes_to_the_environment_s_server_only(string? own, bool isShown)
    {
        foreach (string variable in new[] { "MLFLOW_TRACKING_TOKEN", "MLFLOW_TRACKING_USERNAME" })
        {
            _fixture.Warnings.Clear();
            _fixture.Environment.Remove("MLFLOW_TRACKING_TOKEN");
            _fixture.Environment[variable] = "some";
            if (variable.EndsWith("USERNAME", StringComparison.Ordinal))
                _fixture.Environment["MLFLOW_TRACKING_PASSWORD"] = "pass";
            _fixture.Environment.Remove("MLFLOW_TRACKING_URI");
            if (own is not null)
                _fixture.Environment["MLFLOW_TRACKING_URI"] = own;
            HashSet<string?> seen = SeenCredentials();

            await _fixture.ExportAsync(MlflowFixture.Run(_folder), new MlflowExportOptions { TrackingUri = "http://mlflow.example:5000" });

            Assert.Equal(isShown, Assert.Single(seen) is not null);
            string warning = Assert.Single(_fixture.Warnings);
            Assert.Contains(isShown
                ? "unencrypted"
                : $"{variable} belongs to the server of MLFLOW_TRACKING_URI", warning, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("https://adb-1.2.azuredatabricks.net:8443")]
    [InlineData("https://adb-1.2.azuredatabricks.net.evil.example")]
    public async Task The_connected_workspace_s_token_goes_to_its_own_host_and_port_only(string host)
    {
        _fixture.UseDatabricks();
        _fixture.Environment.Remove("DATABRICKS_TOKEN");
        _fixture.Environment["DATABRICKS_HOST"] = host;
        _fixture.Environment["DATABRICKS_CONFIG_FILE"] = _folder.File("none");

        Assert.Equal("MissingCredential", (await Assert.ThrowsAsync<GenieLoadException>(
            () => _fixture.ExportAsync(MlflowFixture.Run(_folder), Connected(null)))).ErrorId);
        Assert.Empty(Server.Calls);
    }

    [Theory]
    [InlineData("databricks://nobody", null, "ProfileNotFound")]
    [InlineData("databricks", "https://adb-9.9.azuredatabricks.net", "MissingCredential")]
    public async Task A_workspace_that_is_named_is_never_replaced_by_the_connected_one(string uri, string? host, string errorId)
    {
        _fixture.UseDatabricks();
        _fixture.Environment.Remove("DATABRICKS_TOKEN");
        _fixture.Environment.Remove("DATABRICKS_HOST");
        _fixture.Environment["DATABRICKS_CONFIG_FILE"] = _folder.File("profiles");
        File.WriteAllText(_folder.File("profiles"), "[other]\ntoken = x\n");
        _fixture.Environment["MLFLOW_TRACKING_URI"] = uri;
        if (host is not null)
            _fixture.Environment["DATABRICKS_HOST"] = host;

        GenieLoadException error = await Assert.ThrowsAsync<GenieLoadException>(
            () => _fixture.ExportAsync(MlflowFixture.Run(_folder), Connected(null)));

        Assert.Equal(errorId, error.ErrorId);
        Assert.Empty(Server.Calls);
    }

    private static MlflowExportOptions Connected(string? token) => new()
    {
        Token = token,
        ConnectedWorkspace = new Uri(MlflowFixture.Workspace),
        ConnectedCredential = TokenCredential.Create("connected", "test"),
    };
}
