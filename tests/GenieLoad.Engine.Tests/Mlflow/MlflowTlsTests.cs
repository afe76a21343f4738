using GenieLoad.Engine.Logging;
using GenieLoad.Engine.Mlflow;
using GenieLoad.Engine.Tests.Runs;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Mlflow;

/// <summary>Whom the exporter trusts, and how it shows itself, against a server with a certificate of its own making.</summary>
public sealed class MlflowTlsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TlsServer _server = new();
    private readonly Dictionary<string, string> _environment = [];

    public void Dispose()
    {
        _server.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task An_authority_that_nobody_knows_is_not_trusted()
    {
        GenieLoadException error = await Assert.ThrowsAsync<GenieLoadException>(() => PrepareAsync());

        Assert.Equal("MlflowUnreachable", error.ErrorId);
    }

    [Fact]
    public async Task The_authority_of_the_environment_is_trusted()
    {
        Pem("MLFLOW_TRACKING_SERVER_CERT_PATH", _server.AuthorityPem);

        Assert.True((await PrepareAsync()).CreatesExperiment);
    }

    [Fact]
    public async Task Another_authority_and_another_host_name_are_not()
    {
        Pem("MLFLOW_TRACKING_SERVER_CERT_PATH", TlsServer.OtherAuthorityPem());
        await Assert.ThrowsAsync<GenieLoadException>(() => PrepareAsync());

        Pem("MLFLOW_TRACKING_SERVER_CERT_PATH", _server.AuthorityPem);
        GenieLoadException error = await Assert.ThrowsAsync<GenieLoadException>(() => PrepareAsync("127.0.0.1"));
        Assert.Equal("MlflowUnreachable", error.ErrorId);
    }

    [Fact]
    public async Task Everybody_is_trusted_when_that_is_asked_for()
    {
        _environment["MLFLOW_TRACKING_INSECURE_TLS"] = "true";

        Assert.True((await PrepareAsync("127.0.0.1")).CreatesExperiment);
    }

    [Fact]
    public async Task A_client_certificate_is_shown_where_one_is_given()
    {
        Pem("MLFLOW_TRACKING_SERVER_CERT_PATH", _server.AuthorityPem);
        await PrepareAsync();
        Pem("MLFLOW_TRACKING_CLIENT_CERT_PATH", _server.ClientPem("load-tester"));
        await PrepareAsync();

        Assert.Equal(["", "load-tester"], _server.Clients);
    }

    [Fact]
    public async Task Only_the_server_itself_is_trusted_as_it_is_and_shown_the_client_certificate()
    {
        using TlsServer storage = new(), stranger = new();
        _environment["MLFLOW_TRACKING_INSECURE_TLS"] = "true";
        // For the others: the one is known by its authority, the other by nothing.
        Pem("MLFLOW_TRACKING_SERVER_CERT_PATH", storage.AuthorityPem);
        Pem("MLFLOW_TRACKING_CLIENT_CERT_PATH", _server.ClientPem("load-tester"));
        using var http = new HttpClient(MlflowTls.CreateHandler(
            new Uri($"https://localhost:{_server.Port}"), MlflowSettings.Read(name => _environment.GetValueOrDefault(name))));

        using (await http.GetAsync(new Uri($"https://localhost:{_server.Port}/x")))
        using (await http.GetAsync(new Uri($"https://localhost:{storage.Port}/x")))
        {
            HttpRequestException refused = await Assert.ThrowsAsync<HttpRequestException>(
                () => http.GetAsync(new Uri($"https://localhost:{stranger.Port}/x")));
            Assert.Equal(HttpRequestError.SecureConnectionError, refused.HttpRequestError);
        }
        Assert.Equal(["load-tester"], _server.Clients);
        Assert.Equal([""], storage.Clients);
    }

    private void Pem(string variable, string content)
    {
        _environment[variable] = _folder.File($"{variable}.pem");
        File.WriteAllText(_environment[variable], content);
    }

    private async Task<MlflowExportPlan> PrepareAsync(string host = "localhost")
    {
        using var exporter = new MlflowExporter(
            new MlflowExportOptions { TrackingUri = $"https://{host}:{_server.Port}" }, TimeProvider.System, EngineLog.None,
            name => _environment.GetValueOrDefault(name), null);
        return await exporter.PrepareAsync(MlflowFixture.Run(), CancellationToken.None);
    }
}
