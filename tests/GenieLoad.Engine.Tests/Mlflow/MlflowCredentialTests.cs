using GenieLoad.Engine.Genie.Credentials;
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
    public async Task The_credential_comes_from_the_environment(string first, string value, string? second, string? secondValue, string expected)
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
            _folder.File(".mlflow/credentials"), "[other]\nmlflow_tracking_username = no\n[mlflow]\nmlflow_tracking_username = file\nmlflow_tracking_password = secret\n");
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
    public async Task Databricks_is_the_connected_workspace_where_nothing_else_names_one(string? host, string? token, string expectedHost, string expected)
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
