using System.Management.Automation;
using GenieLoad.PowerShell.Tests.Hosting;

namespace GenieLoad.PowerShell.Tests.Commands;

/// <summary>What is typed in another way than it is meant: understood where it is clear, else refused with what to type.</summary>
[Collection(ModuleCollection.Name)]
public sealed class TypedWronglyTests : IDisposable
{
    private readonly SimulatedSession _simulated = new();
    private readonly RunStoreFolder _store = new();
    private readonly EnvironmentScope _environment = new();

    public TypedWronglyTests()
    {
        _environment.Set("DATABRICKS_CONFIG_FILE", Path.Combine(_store.Home, "none")).Set("DATABRICKS_CONFIG_PROFILE", null);
        _simulated.Session.Set("folder", _store.Home);
        _simulated.Run("$ExecutionContext.SessionState.Path.SetLocation($folder)").Clean();
    }

    public void Dispose()
    {
        _environment.Dispose();
        _simulated.Dispose();
        _store.Dispose();
    }

    [Theory]
    [InlineData("New-GenieScenario x -Rate abc", "-Rate is 'abc'")]
    [InlineData("New-GenieScenario x -Rate 5/min", "-Rate alone does not say how many questions to ask|-Duration or -QuestionCount")]
    [InlineData("New-GenieScenario x -UserCount 3", "-UserCount needs -QuestionsPerUser")]
    [InlineData("New-GenieScenario x -Stages foo", "-Stages is 'foo'")]
    [InlineData("New-GenieScenario x", "Nothing says how many questions|-QuestionCount, -Rate and -Duration, -Stages")]
    [InlineData("Invoke-GenieLoadTest -UserCount 3 -Duration 5m", "-Duration cannot be combined with -UserCount|-QuestionsPerUser")]
    [InlineData("Invoke-GenieLoadTest -UserCount 3", "-UserCount needs -QuestionsPerUser")]
    [InlineData("Invoke-GenieLoadTest -Duration 5m", "-Duration alone does not say|-QuestionCount or -Rate")]
    [InlineData("Invoke-GenieLoadTest -Rate 5/min", "-Rate alone does not say")]
    [InlineData("Invoke-GenieLoadTest high_load -Rate 5", "-Rate is '5'")]
    [InlineData("Invoke-GenieLoadTest high_load -QuestionsPerUser 3", "-QuestionsPerUser needs -UserCount")]
    [InlineData("Invoke-GenieLoadTest @{ Rate = 'abc' }", "Rate is 'abc'")]
    [InlineData("New-GenieScenario 'a b' 3", "-Name is 'a b'|1 to 64 letters")]
    [InlineData("New-GenieScenario x 3 -Arrival Imediate", "-Arrival is 'Imediate'. Did you mean 'Immediate'?|ConstantRate")]
    [InlineData("New-GenieScenario x 3 -Arrival Immediate -Duration 60s", "-Duration cannot be combined with -Arrival Immediate")]
    [InlineData("New-GenieScenario x 3 -Arrival Even", "-Arrival Even needs -Duration")]
    [InlineData("Get-GenieScenario burst_test | New-GenieScenario y -Arrival Immediate -Duration 60s", "cannot be combined")]
    [InlineData("Invoke-GenieLoadTest @{ QuestionCount = 3; Arrival = 'Immediate'; Duration = 9 }", "cannot be combined with Arrival")]
    public void A_scenario_that_cannot_be_names_the_parameters(string script, string texts) => AssertRefused(script, texts);

    [Theory]
    [InlineData("[pscustomobject]@{ frage = 'A?'; nr = 1 } | Invoke-GenieLoadTest", "no property 'question', only 'frage', 'nr'")]
    [InlineData("7 | Invoke-GenieLoadTest", "7 is not a question")]
    [InlineData("[datetime]'2026-01-02' | Invoke-GenieLoadTest", "is not a question")]
    [InlineData("[IO.FileInfo]'q.csv' | Invoke-GenieLoadTest", "'q.csv' is the name of a file|Import-GenieQuestion")]
    [InlineData("'questions.csv' | Invoke-GenieLoadTest", "'questions.csv' is the name of a file|Import-GenieQuestion")]
    [InlineData("Invoke-GenieQuestion ./questions.txt", "'./questions.txt' is the name of a file")]
    [InlineData("[Diagnostics.Process]::GetCurrentProcess() | Invoke-GenieLoadTest", "no property 'question', only|and others")]
    [InlineData("Invoke-GenieLoadTest 'How many orders?'", "'How many orders?' stands where a scenario is wanted|-Question")]
    [InlineData("Invoke-GenieLoadTest questions.csv", "'questions.csv' stands where a scenario is wanted|Import-GenieQuestion")]
    [InlineData("Invoke-GenieLoadTest (Invoke-GenieQuestion 'A?' @fast)", "A row of a run stands where a scenario is wanted")]
    [InlineData("Invoke-GenieLoadTest $simulator", "A simulator stands where a scenario is wanted")]
    [InlineData("Export-GenieScenario (Get-GenieScenario high_load) a.json", "Scenario high_load stands where a path is wanted")]
    [InlineData("Export-GenieRunToMlflow $simulator", "A simulator stands where a path is wanted|./mlruns")]
    [InlineData("Export-GenieRunToMlflow -TrackingUri x $simulator", "where the name of an experiment is wanted|$run | Export")]
    [InlineData("Export-GenieRun a.html, $simulator", "A simulator stands where a path is wanted")]
    [InlineData("Connect-Genie -Simulator 4711", "There is no simulator with id 4711 in this process; running: ")]
    [InlineData("Remove-GenieRun 2026*", "There is no run '2026*'|Get-GenieRun '2026*' | Remove-GenieRun -WhatIf")]
    public void What_stands_in_the_wrong_place_is_told(string script, string texts) => AssertRefused(script, texts);

    [Theory]
    [InlineData("@{ MaxRetry = 2 }", "There is no option 'MaxRetry'. Did you mean 'MaxRetries'")]
    [InlineData("@{ MaximumRetry = 500 }", "The option MaximumRetry is 500.|maximum allowed range")]
    [InlineData("@{ QuestionTimeout = '1h'; PollPolicy = 'Often' }", "The option PollPolicy is 'Often'.")]
    [InlineData("@{ MaxRetries = 'many' }", "The option MaximumRetry is 'many'. Get-Help New-GenieLoadTestOption -Parameter MaximumRetry")]
    [InlineData("@{ MaximumThrottleSeconds = @(1, 2) }", "The option MaximumThrottleSeconds is 1, 2.")]
    [InlineData("@{ MaximumRetry = @{ a = 1 } }", "The option MaximumRetry is a table.")]
    [InlineData("@{ PollInterval = 'fast' }", "The option PollInterval is 'fast'. 'fast' is not a duration.|'7d'")]
    [InlineData("@{ MaximumRetry = 1; MaxRetries = 2 }", "more than once")]
    [InlineData("'PollInterval=2s'", "'PollInterval=2s' stands where options are wanted|@{ MaximumRetry = 2")]
    [InlineData("7", "7 stands where options are wanted")]
    public void An_option_that_is_none_is_refused(string option, string texts) =>
        AssertRefused($"Invoke-GenieLoadTest single_test -Option {option}", texts);

    [Fact]
    public void Options_may_be_a_hashtable_and_mean_what_the_cmdlet_means()
    {
        string text = _simulated.Run(
            "Invoke-GenieLoadTest single_test -WhatIf -Option @{ MaxRetries = 2; RetryBaseDelay = '3s'; PollInterval = 4 }").Clean().Text;

        Assert.Contains("2 retries, 3 s doubled", text, StringComparison.Ordinal);
        Assert.Contains("Polls:          4 s", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("burst_test", "-Duration 60s", "Even")]
    [InlineData("high_load", "-Duration 0", "Immediate")]
    public void A_scenario_with_another_duration_becomes_even_or_immediate(string name, string changed, string arrival) => Assert.Equal(
        arrival, (string)_simulated.Run($"Get-GenieScenario {name} | New-GenieScenario -Name y {changed}").Clean().Only.Arrival);

    [Fact]
    public void A_simulator_is_connected_to_by_its_id() => Assert.Equal(
        _simulated.Uri, (string)_simulated.Run("Connect-Genie -Simulator $simulator.Id").Clean().Only.WorkspaceUrl);

    [Fact]
    public void A_rate_makes_an_open_test_without_a_scenario()
    {
        string text = _simulated.Run("Invoke-GenieLoadTest -Rate 20/min -Duration 10m -Arrival poisson -WhatIf").Clean().Text;

        Assert.Contains("Questions:      200", text, StringComparison.Ordinal);
        Assert.Contains("Poisson", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Thresholds_that_cannot_be_decided_are_warned_of_once_before_the_test()
    {
        ScriptOutcome outcome = _simulated.Run("Invoke-GenieLoadTest single_test -Threshold 'P95ResponseSeconds < 60' @fast").Clean();

        Assert.Contains("'P95ResponseSeconds < 60' cannot pass", Assert.Single(outcome.Warnings), StringComparison.Ordinal);
        Assert.Equal("Completed", (string)outcome.Only.State);
        // Whoever reads it can still stop: nothing was asked yet.
        Assert.Equal(0, (int)_simulated.Run(
            "$asked = (Get-GenieSimulator $simulator.Id).QuestionCount; Invoke-GenieLoadTest single_test -PassThruResult @fast "
                + "-Threshold 'P95ResponseSeconds < 60' -WarningAction Stop; (Get-GenieSimulator $simulator.Id).QuestionCount - $asked")
            .Output.LastOrDefault(0));
    }

    [Theory]
    [InlineData("Remove-GenieRun -OlderThan 30", "A number counts seconds|'30d' are days")]
    [InlineData("Connect-Genie -Profile lab", "there is no profile file|Correct the path in DATABRICKS_CONFIG_FILE")]
    public void A_unit_or_file_that_is_missing_is_told(string script, string texts) => AssertRefused(script, texts);

    [Fact]
    public void A_run_is_exported_by_its_id_and_not_to_a_folder_that_is_not_there()
    {
        _store.Add();
        string id = RunStoreFolder.SampleRunId;

        Assert.Equal("a.csv", (string)_simulated.Run($"Export-GenieRun a.csv {id} -PassThru").Only.Name);
        Assert.Equal("b.csv", (string)_simulated.Run($"Export-GenieRun -InputObject {id} -Path b.csv -PassThru").Only.Name);
        Assert.Equal("c.csv", (string)_simulated.Run($"'{id}' | Export-GenieRun c.csv -PassThru").Only.Name);
        Assert.Equal("d.csv", (string)_simulated.Run("Get-GenieRun -Latest | Export-GenieRun d.csv -PassThru").Only.Name);
        AssertRefused(
            "Export-GenieRun (Get-GenieRun -Latest) a.html", $"Run {id} stands where a path is wanted|Export-GenieRun report.html");
        AssertRefused("Export-GenieRun no/where.html nope", "There is no run");
        ErrorRecord error = _simulated.Run("Get-GenieRun -Latest | Export-GenieRun e.csv, missing/e.csv -WhatIf").Error;
        Assert.StartsWith("FolderNotFound,", error.FullyQualifiedErrorId);
        Assert.Contains("missing' does not exist", error.ToString(), StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_store.Home, "e.csv")));
    }

    [Theory]
    [InlineData("Get-GenieSpace (Get-GenieSpace)")]
    [InlineData("Get-GenieSpace -SpaceId $simulator")]
    [InlineData("Invoke-GenieQuestion 'A?' -SpaceId (Get-GenieSpace) @fast")]
    [InlineData("Invoke-GenieLoadTest single_test -SpaceId (Get-GenieConnection -Current) @fast")]
    [InlineData("Connect-Genie $simulator")]
    [InlineData("Get-GenieScenario (New-GenieScenario mine 3)")]
    public void An_object_stands_for_what_it_has(string script) => Assert.NotNull(_simulated.Run(script).Only);

    [Fact]
    public void The_only_simulator_stops_without_its_id()
    {
        string ids = string.Join(", ", _simulated.Run("(Start-GenieSimulator).Id; (Get-GenieSimulator).Id").Clean().Output.Skip(1));
        AssertRefused("Stop-GenieSimulator", $"Several simulators run in this process: {ids}|-All");
        _simulated.Run("Get-GenieSimulator | ForEach-Object { if ($_.Id -ne $simulator.Id) { Stop-GenieSimulator $_ } }").Clean();

        Assert.Equal((string)_simulated.Uri, $"{_simulated.Run("Stop-GenieSimulator -PassThru").Only.Uri}");
        AssertRefused("Stop-GenieSimulator", "No simulator runs");
    }

    private void AssertRefused(string script, string texts)
    {
        ErrorRecord error = _simulated.Run(script).Errors[^1];
        string told = $"{error} {error.ErrorDetails?.RecommendedAction}";
        foreach (string text in texts.Split('|', StringSplitOptions.TrimEntries))
            Assert.Contains(text, told, StringComparison.Ordinal);
        // What a user reads is free of the names of types.
        Assert.DoesNotContain("System.", told, StringComparison.Ordinal);
        Assert.DoesNotContain("GenieLoad.", told, StringComparison.Ordinal);
    }
}
