using GenieLoad.Engine.Genie;
using GenieLoad.Engine.Http.Retries;
using GenieLoad.Engine.Logging;
using GenieLoad.Engine.Mlflow;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace GenieLoad.Engine.Tests.Logging;

/// <summary>Whoever has a secret in hand has it learnt before anything is sent.</summary>
public sealed class SecretSourcesTests
{
    [Fact]
    public void The_way_to_a_workspace_and_to_a_tracking_server_know_the_password_of_the_proxy()
    {
        const string variable = "ALL_PROXY";
        string? before = Environment.GetEnvironmentVariable(variable);
        try
        {
            Environment.SetEnvironmentVariable(variable, "http://user:of-a-workspace-1@127.0.0.1:9");
            using (GenieApiClient.CreateHandler(new Uri("https://workspace.example"), new GenieClientOptions()))
                Assert.Equal("***", Redactor.Redact("of-a-workspace-1"));
            Environment.SetEnvironmentVariable(variable, "http://user:of-a-server-2@127.0.0.1:9");
            using (MlflowTls.CreateHandler(
                new Uri("https://mlflow.example"), new MlflowSettings { TimeoutSeconds = 1, Retry = new RetryOptions() }))
            {
                Assert.Equal("***", Redactor.Redact("of-a-server-2"));
            }
        }
        finally
        {
            Environment.SetEnvironmentVariable(variable, before);
        }
    }

    [Fact]
    public void The_password_and_the_token_of_a_tracking_server_are_known()
    {
        var server = new Uri("https://mlflow.example");
        MlflowCredential.Find(new MlflowExportOptions { UserName = "user", Password = "of-a-server-3" }, _ => null, server, _ => { });
        MlflowCredential.Find(
            new MlflowExportOptions(), name => name == "MLFLOW_TRACKING_TOKEN" ? " of-a-server-4 " : null, server, _ => { });

        Assert.Equal("*** ***", Redactor.Redact("of-a-server-3 of-a-server-4"));
    }

    [Fact]
    public void A_line_of_the_log_holds_no_secret_and_steers_no_terminal()
    {
        LiveSecrets.Learn("told-to-the-log");
        Sink sink = new();
        EngineLog log = new(new FakeTimeProvider(), sink);

        log.LogWarning(new IOException("by told-to-the-log\r\n\u001b[2J"), "a told-to-the-log\n\u009b2J");

        LogEvent seen = Assert.Single(sink.Events);
        Assert.Equal("a *** \u27E8U+009B\u27E92J (by *** \u27E8U+001B\u27E9[2J)", seen.Line);
        Assert.DoesNotContain("told-to-the-log", seen.Text, StringComparison.Ordinal);
    }

    private sealed class Sink : ILogSink
    {
        public List<LogEvent> Events { get; } = [];

        public bool IsEnabled(LogSeverity severity) => true;

        public void Write(LogEvent logEvent) => Events.Add(logEvent);
    }
}
