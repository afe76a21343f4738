using System.Net;
using GenieLoad.Engine.Credentials;
using GenieLoad.Engine.Mlflow;
using GenieLoad.Engine.Tests.Runs;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Mlflow;

/// <summary>The token of a workspace ends while a run is exported to it.</summary>
public sealed class MlflowRenewalTests : IDisposable
{
    private readonly MlflowFixture _fixture = new();
    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _issued = [];

    public MlflowRenewalTests()
    {
        _fixture.UseDatabricks();
        _fixture.Environment.Remove("DATABRICKS_TOKEN");
        _fixture.Environment.Remove("DATABRICKS_HOST");
        _fixture.Environment["DATABRICKS_CONFIG_FILE"] = _folder.File("none");
        _fixture.Server.HasFilesApi = true;
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(HttpStatusCode.Unauthorized, "no")]
    [InlineData(HttpStatusCode.Forbidden, "Invalid access token.")]
    [InlineData(HttpStatusCode.BadRequest, "ExpiredJwtException: JWT expired")]
    public async Task A_token_that_ends_on_the_way_is_renewed_once_and_nothing_is_written_twice(HttpStatusCode status, string message)
    {
        int creations = 0;
        _fixture.Server.Before = (request, path) =>
        {
            if (path.EndsWith("/runs/create", StringComparison.Ordinal))
                creations++;
            return creations >= 3 && request.Headers.Authorization?.Parameter == "token-1"
                ? FakeMlflowServer.Error(status, "SOME_CODE", message)
                : null;
        };

        MlflowExport export = await ExportAsync();

        Assert.True(export.Verified);
        Assert.Equal(["token-1", "token-2"], _issued);
        Assert.Equal(7, _fixture.Server.Runs.Count);
    }

    [Fact]
    public async Task A_new_token_that_is_refused_too_is_the_end()
    {
        _fixture.Server.Before = (_, _) => FakeMlflowServer.Error(HttpStatusCode.Unauthorized, "UNAUTHENTICATED", "no");

        GenieLoadException error = await Assert.ThrowsAsync<GenieLoadException>(ExportAsync);

        Assert.Equal("MlflowRefusedCredential", error.ErrorId);
        Assert.Equal(2, _fixture.Server.Calls.Count);
        Assert.Equal(["token-1", "token-2"], _issued);
    }

    [Fact]
    public async Task Without_a_token_the_error_is_the_credential_s_own_and_nothing_is_sent()
    {
        GenieLoadException error = await Assert.ThrowsAsync<GenieLoadException>(
            () => ExportAsync(_ => throw new InvalidOperationException("the vault is closed")));

        Assert.Equal("TokenNotObtained", error.ErrorId);
        Assert.Contains("the vault is closed", error.Message, StringComparison.Ordinal);
        Assert.Empty(_fixture.Server.Calls);
    }

    private Task<MlflowExport> ExportAsync() => ExportAsync(_ =>
    {
        _issued.Add($"token-{_issued.Count + 1}");
        return Task.FromResult(new IssuedToken(_issued[^1], _fixture.Time.GetUtcNow().AddHours(1)));
    });

    private Task<MlflowExport> ExportAsync(Func<CancellationToken, Task<IssuedToken>> provide) => _fixture.ExportAsync(
        MlflowFixture.Run(_folder),
        new MlflowExportOptions
        {
            ConnectedWorkspace = new Uri(MlflowFixture.Workspace),
            ConnectedCredential = new TokenProviderCredential(provide, "test", _fixture.Time),
        });
}
