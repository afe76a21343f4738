using System.Net;
using System.Text.Json.Nodes;
using GenieLoad.PowerShell.Tests.Hosting;

namespace GenieLoad.PowerShell.Tests.Commands;

[Collection(ModuleCollection.Name)]
public sealed class ExportGenieRunToOpenTelemetryTests : IDisposable
{
    private static readonly string[] Variables =
        ["OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_HEADERS", "OTEL_SDK_DISABLED"];

    private readonly RunStoreFolder _store = new();
    private readonly PowerShellSession _session = new();
    private readonly Dictionary<string, string?> _before = Variables.ToDictionary(name => name, Environment.GetEnvironmentVariable);

    public ExportGenieRunToOpenTelemetryTests()
    {
        foreach (string name in Variables)
            Environment.SetEnvironmentVariable(name, null);
        _store.Add();
        _session.Set("folder", _store.Home);
        _session.Run("$ExecutionContext.SessionState.Path.SetLocation($folder)").Clean();
    }

    public void Dispose()
    {
        foreach ((string name, string? value) in _before)
            Environment.SetEnvironmentVariable(name, value);
        _session.Dispose();
        _store.Dispose();
    }

    [Fact]
    public async Task A_run_goes_to_the_collector_with_the_headers_of_the_variables()
    {
        using HttpListener listener = Listen(out string address);
        Environment.SetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT", address);
        Environment.SetEnvironmentVariable("OTEL_EXPORTER_OTLP_HEADERS", "x-key=collector-key-1");
        Task<(string Path, string? Key, string Body)> seen = AnswerAsync(listener, 200);

        ScriptOutcome outcome = _session.Run("Get-GenieRun -Latest | Export-GenieRunToOpenTelemetry -Verbose").Clean();

        (string path, string? key, string body) = await seen;
        Assert.Equal(("/v1/traces", "collector-key-1"), (path, key));
        JsonArray spans = JsonNode.Parse(body)!["resourceSpans"]![0]!["scopeSpans"]![0]!["spans"]!.AsArray();
        dynamic export = outcome.Only;
        Assert.Equal(($"{address}/v1/traces", spans.Count, 0L),
            ((string)export.Endpoint, (int)export.SpanCount, (long)export.RejectedCount));
        Assert.Equal((int)export.TraceCount, spans.Count(span => span!["parentSpanId"] is null));
        Assert.DoesNotContain("gen_ai.input.messages", body, StringComparison.Ordinal);
        Assert.DoesNotContain("collector-key-1", outcome.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_becomes_an_error_record_that_says_where_the_token_belongs()
    {
        using HttpListener listener = Listen(out string address);
        Task seen = AnswerAsync(listener, 401);

        ScriptOutcome outcome = _session.Run($"Get-GenieRun -Latest | Export-GenieRunToOpenTelemetry {address}");

        await seen;
        Assert.StartsWith("OtlpCredentialRefused,", outcome.Error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("OTEL_EXPORTER_OTLP_HEADERS", outcome.Error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "NoOtlpEndpoint")]
    [InlineData("localhost:4318", "InvalidOtlpEndpoint")]
    public void What_cannot_be_sent_to_is_an_error_with_what_if_too(string address, string id)
    {
        ScriptOutcome outcome = _session.Run($"Get-GenieRun -Latest | Export-GenieRunToOpenTelemetry {address} -WhatIf");

        Assert.StartsWith(id + ",", outcome.Error.FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void What_if_names_the_address_and_sends_nothing()
    {
        ScriptOutcome outcome = _session.Run("Get-GenieRun -Latest | Export-GenieRunToOpenTelemetry http://127.0.0.1:1 -WhatIf").Clean();

        Assert.Contains("http://127.0.0.1:1/v1/traces", outcome.Text, StringComparison.Ordinal);
        Assert.Empty(outcome.Output);
    }

    [Fact]
    public void A_file_of_traces_holds_texts_on_request_alone()
    {
        _session.Run("Get-GenieRun -Latest | Export-GenieRun -Path run.otlp.json").Clean();
        _session.Run("Get-GenieRun -Latest | Export-GenieRun -Path texts.OTLP.json -IncludeText").Clean();

        string without = File.ReadAllText(_store.InHome("run.otlp.json"));
        string with = File.ReadAllText(_store.InHome("texts.OTLP.json"));
        Assert.StartsWith("{\"resourceSpans\":", without, StringComparison.Ordinal);
        Assert.DoesNotContain("gen_ai.input.messages", without, StringComparison.Ordinal);
        Assert.Contains("gen_ai.input.messages", with, StringComparison.Ordinal);
    }

    private static HttpListener Listen(out string address)
    {
        using System.Net.Sockets.TcpListener free = new(IPAddress.Loopback, 0);
        free.Start();
        address = $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}";
        free.Stop();
        HttpListener listener = new();
        listener.Prefixes.Add(address + "/");
        listener.Start();
        return listener;
    }

    private static async Task<(string Path, string? Key, string Body)> AnswerAsync(HttpListener listener, int status)
    {
        HttpListenerContext context = await listener.GetContextAsync();
        using StreamReader reader = new(context.Request.InputStream);
        string body = await reader.ReadToEndAsync();
        context.Response.StatusCode = status;
        context.Response.Close();
        return (context.Request.Url!.AbsolutePath, context.Request.Headers["x-key"], body);
    }
}
