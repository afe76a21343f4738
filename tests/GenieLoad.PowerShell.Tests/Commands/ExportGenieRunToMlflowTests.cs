using System.Net;
using GenieLoad.PowerShell.Tests.Hosting;

namespace GenieLoad.PowerShell.Tests.Commands;

[Collection(ModuleCollection.Name)]
public sealed class ExportGenieRunToMlflowTests : IDisposable
{
    private readonly RunStoreFolder _store = new();
    private readonly PowerShellSession _session = new();
    private readonly string? _uriBefore = Environment.GetEnvironmentVariable("MLFLOW_TRACKING_URI");

    public ExportGenieRunToMlflowTests()
    {
        Environment.SetEnvironmentVariable("MLFLOW_TRACKING_URI", null);
        _store.Add();
        _session.Set("folder", _store.Home);
        _session.Run("$ExecutionContext.SessionState.Path.SetLocation($folder)").Clean();
    }

    public void Dispose()
    {
        Environment.SetEnvironmentVariable("MLFLOW_TRACKING_URI", _uriBefore);
        _session.Dispose();
        _store.Dispose();
    }

    [Fact]
    public void A_folder_is_found_from_the_current_location_and_filled()
    {
        dynamic export = _session.Run("Get-GenieRun -Latest | Export-GenieRunToMlflow ./out/tracking mine").Only;

        Assert.True((bool)export.Verified);
        Assert.Equal(_store.InHome("out/tracking"), (string)export.TrackingUri);
        Assert.Equal((6, 9, "mine"), ((int)export.QuestionRunCount, (int)export.ArtifactCount, (string)export.ExperimentName));
        Assert.True(Directory.Exists((string)export.Url));
        Assert.Contains("mlflow server --backend-store-uri './tracking'", (string)export.OpenWith, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_an_address_the_folder_beside_the_runs_is_used_and_a_second_export_completes_the_first()
    {
        _session.Run("Get-GenieRun -Latest | Export-GenieRunToMlflow").Clean();

        dynamic export = _session.Run("Get-GenieRun -Latest | Export-GenieRunToMlflow").Only;

        Assert.Equal(_store.InHome("mlflow/tracking"), (string)export.TrackingUri);
        Assert.Equal((true, 0), ((bool)export.Resumed, (int)export.WrittenQuestionRunCount));
    }

    [Fact]
    public void What_if_names_experiment_and_place_and_writes_nothing()
    {
        ScriptOutcome outcome = _session.Run("Get-GenieRun -Latest | Export-GenieRunToMlflow -WhatIf").Clean();

        Assert.Contains("with 6 questions into a new experiment\" on target \"experiment '/Shared/genie-load-test'", outcome.Text,
            StringComparison.Ordinal);
        Assert.Empty(outcome.Output);
        Assert.False(Directory.Exists(_store.InHome("mlflow")));
    }

    [Fact]
    public void The_environment_names_the_address_and_a_bad_one_is_an_error_record()
    {
        Environment.SetEnvironmentVariable("MLFLOW_TRACKING_URI", "sqlite:///mlflow.db");

        ScriptOutcome outcome = _session.Run("Get-GenieRun -Latest | Export-GenieRunToMlflow");

        Assert.Equal("InvalidTrackingUri,GenieLoad.PowerShell.Commands.ExportGenieRunToMlflowCommand", outcome.Error.FullyQualifiedErrorId);
    }

    [Fact]
    public async Task A_server_sees_the_credential_and_its_refusal_becomes_an_error_record()
    {
        using HttpListener listener = new();
        int port = FreePort();
        listener.Prefixes.Add($"http://127.0.0.1:{port}/");
        listener.Start();
        Task<string?> seen = AnswerAsync(listener);

        ScriptOutcome outcome = _session.Run(
            "$secret = [System.Security.SecureString]::new(); 'pw'.ToCharArray().ForEach({ $secret.AppendChar($_) })\n"
            + "$me = [System.Management.Automation.PSCredential]::new('me', $secret)\n"
            + $"Get-GenieRun -Latest | Export-GenieRunToMlflow http://127.0.0.1:{port} -Credential $me");

        Assert.Equal("Basic bWU6cHc=", await seen);
        Assert.StartsWith("MlflowRefusedCredential,", outcome.Error.FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void The_console_shows_where_to_open_it()
    {
        string text = _session.Show("Get-GenieRun -Latest | Export-GenieRunToMlflow");

        Assert.Contains("ExperimentName   : /Shared/genie-load-test", text, StringComparison.Ordinal);
        Assert.Contains("OpenWith ", text, StringComparison.Ordinal);
        Assert.DoesNotContain("KeptArtifactCount", text, StringComparison.Ordinal);
    }

    private static async Task<string?> AnswerAsync(HttpListener listener)
    {
        HttpListenerContext context = await listener.GetContextAsync();
        context.Response.StatusCode = 401;
        context.Response.Close();
        return context.Request.Headers["Authorization"];
    }

    private static int FreePort()
    {
        using System.Net.Sockets.TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
