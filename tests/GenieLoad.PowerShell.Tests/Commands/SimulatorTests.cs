using System.Management.Automation;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using GenieLoad.PowerShell.Tests.Hosting;

namespace GenieLoad.PowerShell.Tests.Commands;

[Collection(ModuleCollection.Name)]
public sealed class SimulatorTests : IDisposable
{
    private readonly PowerShellSession _session = new();

    public void Dispose()
    {
        _session.Run("Stop-GenieSimulator -All");
        _session.Dispose();
    }

    [Fact]
    public async Task A_started_simulator_answers_at_its_address_with_its_token()
    {
        dynamic simulator = _session.Run("Start-GenieSimulator -TimeScale 50 -RateLimitPerMinute 20 -Seed 7").Only;
        Assert.Equal("Running", (string)simulator.State);
        Assert.Equal((50d, 20d, 7), ((double)simulator.TimeScale, (double)simulator.RateLimitPerMinute, (int)simulator.Seed));
        Assert.Equal(HttpStatusCode.OK, await GetSpaceAsync(simulator));
    }

    [Fact]
    public async Task Figures_are_current_whenever_they_are_got()
    {
        dynamic simulator = _session.Run("Start-GenieSimulator -TimeScale 50").Only;
        Assert.Equal(0L, (long)simulator.CallCount);
        await GetSpaceAsync(simulator);
        await GetSpaceAsync(simulator);
        _session.Set("simulator", (object)simulator);
        Assert.Equal(2L, (long)_session.Run("$simulator | Get-GenieSimulator").Only.CallCount);
        Assert.Equal(2L, (long)_session.Run("Get-GenieSimulator -Id $simulator.Id").Only.CallCount);
    }

    [Fact]
    public async Task Several_run_at_once_and_stop_one_by_one_or_all()
    {
        dynamic[] started = [.. _session.Run("1..3 | ForEach-Object { Start-GenieSimulator -Seed $_ -TimeScale 50 }").Clean().Output];
        Assert.Equal(3, started.Select(simulator => (string)simulator.Uri).Distinct().Count());
        _session.Set("first", (object)started[0]);
        Assert.Equal("Stopped", (string)_session.Run("$first | Stop-GenieSimulator -PassThru").Only.State);
        await Assert.ThrowsAsync<HttpRequestException>(() => (Task)GetSpaceAsync(started[0]));
        Assert.Equal(HttpStatusCode.OK, await GetSpaceAsync(started[1]));
        Assert.Equal(2, _session.Run("Get-GenieSimulator").Clean().Output.Count);
        Assert.Empty(_session.Run("Stop-GenieSimulator -All; Get-GenieSimulator").Clean().Output);
    }

    [Fact]
    public void An_unknown_id_is_an_error_that_names_those_that_run()
    {
        int id = (int)_session.Run("Start-GenieSimulator").Only.Id;
        foreach (string verb in new[] { "Get", "Stop" })
        {
            ScriptOutcome outcome = _session.Run($"{verb}-GenieSimulator 99999, {id}");
            Assert.StartsWith("SimulatorNotFound,", outcome.Error.FullyQualifiedErrorId, StringComparison.Ordinal);
            Assert.Contains($"running: {id}", outcome.Error.ToString(), StringComparison.Ordinal);
        }

        Assert.Empty(_session.Run("Get-GenieSimulator").Clean().Output);
    }

    [Theory]
    [InlineData("-TimeScale 0", "SimulatorNumberOutOfRange", "TimeScale is 0")]
    [InlineData("-FailedShare 0.7 -TextOnlyShare 0.7", "SimulatorSharesTooLarge", "FailedShare, TextOnlyShare add up to 1.4")]
    [InlineData("-RateLimitPerMinute -5 -WhatIf", "SimulatorNumberOutOfRange", "RateLimitPerMinute is -5")]
    [InlineData("-RetryAfter Never", "ParameterArgumentValidationError", "Seconds")]
    public void Settings_that_make_no_sense_are_refused_and_nothing_is_started(string parameters, string errorId, string text)
    {
        ScriptOutcome outcome = _session.Run("Start-GenieSimulator " + parameters);
        Assert.StartsWith(errorId + ",", outcome.Error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(text, outcome.Error.ToString(), StringComparison.Ordinal);
        Assert.Empty(_session.Run("Get-GenieSimulator").Clean().Output);
    }

    [Fact]
    public void Each_parameter_sets_the_setting_of_its_name()
    {
        var command = (CommandInfo)_session.Run("Get-Command Start-GenieSimulator").Only;
        ILookup<bool, string> parameters = command.Parameters.Values
            .Where(of => !Cmdlet.CommonParameters.Contains(of.Name) && !Cmdlet.OptionalCommonParameters.Contains(of.Name))
            .ToLookup(of => (Nullable.GetUnderlyingType(of.ParameterType) ?? of.ParameterType).IsPrimitive, of => of.Name);

        // A seed may be any number.
        Assert.All(parameters[true].Except(["Seed"]), name => Assert.StartsWith(
            $"{name} is -100000000;", _session.Run($"Start-GenieSimulator -{name} -100000000").Error.ToString(), StringComparison.Ordinal));
        Assert.Equal(
            [
                "AgentApi", "AgentRepeatedItems", "AnswerDrift", "BillingCorrected", "BillingForbidden", "BillingFreeUsage",
                "EvaluationApi", "EvaluationEnding",
                "FailedErrorType", "HideWarehouse", "HistoryForbidden", "RateLimitCountsRejected", "RateLimitScope", "RateLimiter",
                "RetryAfter",
                "SpaceRight", "SpaceTitle", "WarehouseSize",
            ],
            parameters[false].Order());
        Assert.All(["FailedErrorType", "SpaceTitle", "WarehouseSize"], (string name) => Assert.StartsWith(
            $"{name} is empty.", _session.Run($"Start-GenieSimulator -{name} ' '").Error.ToString(), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", 60, 60)]
    [InlineData("-RetryAfter seconds -RetryAfterSeconds 7", 7, 7)]
    [InlineData("-RetryAfterSeconds $null", 1, 30)]
    [InlineData("-RetryAfter None", null, null)]
    public async Task A_refusal_says_when_to_come_back_as_set(string parameters, int? least, int? most)
    {
        dynamic simulator = _session.Run($"Start-GenieSimulator -CallSeconds 0 -RateLimitPerMinute 2 -RateLimitBurst 1 {parameters}").Only;
        (await AskAsync(simulator)).Dispose();
        using HttpResponseMessage refused = await AskAsync(simulator);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        double? seconds = refused.Headers.RetryAfter?.Delta?.TotalSeconds;
        Assert.True(seconds is null ? least is null : seconds >= least && seconds <= most, $"It says {seconds}.");
    }

    [Fact]
    public void What_if_starts_and_stops_nothing()
    {
        Assert.Empty(_session.Run("Start-GenieSimulator -WhatIf; Get-GenieSimulator").Clean().Output);
        _session.Run("Start-GenieSimulator").Clean();
        Assert.Single(_session.Run("Stop-GenieSimulator -All -WhatIf; Get-GenieSimulator").Clean().Output);
    }

    [Fact]
    public void Ids_and_error_types_are_completed()
    {
        int id = (int)_session.Run("Start-GenieSimulator").Only.Id;
        string complete(string line) => $"(TabExpansion2 '{line}' {line.Length}).CompletionMatches.CompletionText";
        Assert.Equal([$"{id}"], _session.Run(complete("Stop-GenieSimulator -Id ")).Clean().Output.Select(text => (string)text));
        Assert.Equal(
            ["SQL_EXECUTION_EXCEPTION"],
            _session.Run(complete("Start-GenieSimulator -FailedErrorType sql")).Clean().Output.Select(text => (string)text));
    }

    [Fact]
    public async Task Removing_the_module_stops_the_simulators()
    {
        dynamic simulator = _session.Run("Start-GenieSimulator -TimeScale 50").Only;
        Assert.Equal(HttpStatusCode.OK, await GetSpaceAsync(simulator));
        _session.Run("Remove-Module GenieLoad").Clean();
        await Assert.ThrowsAsync<HttpRequestException>(() => (Task)GetSpaceAsync(simulator));
        _session.Import();
        Assert.Empty(_session.Run("Get-GenieSimulator").Clean().Output);
    }

    [Fact]
    public async Task Removing_the_module_in_one_session_leaves_the_simulators_of_another()
    {
        dynamic simulator = _session.Run("Start-GenieSimulator -TimeScale 50").Only;
        using PowerShellSession other = new();

        other.Run("$own = Start-GenieSimulator; Remove-Module GenieLoad").Clean();

        Assert.Equal(HttpStatusCode.OK, await GetSpaceAsync(simulator));
        Assert.Equal((int)simulator.Id, (int)_session.Run("Get-GenieSimulator").Only.Id);
    }

    private static async Task<HttpStatusCode> GetSpaceAsync(dynamic simulator)
    {
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string)simulator.Token);
        using HttpResponseMessage response = await client.GetAsync(
            new Uri($"{(string)simulator.Uri}/api/2.0/genie/spaces/{(string)simulator.SpaceId}"));
        return response.StatusCode;
    }

    private static async Task<HttpResponseMessage> AskAsync(dynamic simulator)
    {
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string)simulator.Token);
        using var question = new StringContent("{\"content\":\"How many?\"}", Encoding.UTF8, "application/json");
        return await client.PostAsync(
            new Uri($"{(string)simulator.Uri}/api/2.0/genie/spaces/{(string)simulator.SpaceId}/start-conversation"), question);
    }
}
