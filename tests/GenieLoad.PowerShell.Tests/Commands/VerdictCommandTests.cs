using System.Text.RegularExpressions;
using GenieLoad.PowerShell.Tests.Hosting;

namespace GenieLoad.PowerShell.Tests.Commands;

[Collection(ModuleCollection.Name)]
public sealed class VerdictCommandTests : IDisposable
{
    private const string LaterId = "20261124-192455-high_load-4a00";
    private const string ThirdId = "20261125-192455-high_load-4a01";
    private const string FourthId = "20261126-192455-high_load-4a02";

    private readonly RunStoreFolder _store = new();
    private readonly PowerShellSession _session = new();

    public VerdictCommandTests()
    {
        // The sample was stopped, and a run that was stopped is no baseline.
        AddCompleted(RunStoreFolder.SampleRunId);
        _session.Set("folder", _store.Home);
        _session.Run("$ExecutionContext.SessionState.Path.SetLocation($folder)").Clean();
    }

    public void Dispose()
    {
        _session.Dispose();
        _store.Dispose();
    }

    [Fact]
    public void Each_threshold_of_each_run_gives_a_result()
    {
        ScriptOutcome outcome = _session.Run(
            "Get-GenieRun -Latest | Test-GenieRun 'FailedCount <= 100', 'QuestionCount > 1000', 'P99ResponseSeconds < 3600'").Clean();

        Assert.Equal(["Pass", "Fail", "Undecided"], outcome.Output.Select(result => (string)result.Verdict));
        Assert.True(outcome.Output[2].AdditionalCount > 300);
    }

    [Theory]
    [InlineData("Test-GenieRun $run 'FailedCount <= 100', 'QuestionCount > 1000'")]
    [InlineData("Test-GenieRun 'FailedCount <= 100', 'QuestionCount > 1000' $run")]
    [InlineData("Test-GenieRun $run.RunId 'FailedCount <= 100', 'QuestionCount > 1000'")]
    [InlineData("$run | Test-GenieRun 'FailedCount <= 100', 'QuestionCount > 1000'")]
    [InlineData("$run.RunId | Test-GenieRun 'FailedCount <= 100; QuestionCount > 1000'")]
    [InlineData("Test-GenieRun -InputObject $run 'FailedCount <= 100', 'QuestionCount > 1000'")]
    [InlineData("Test-GenieRun -Threshold 'FailedCount <= 100', 'QuestionCount > 1000' $run")]
    [InlineData("Test-GenieRun $run -Threshold 'FailedCount <= 100', 'QuestionCount > 1000'")]
    [InlineData("Test-GenieRun @($run) 'FailedCount <= 100', 'QuestionCount > 1000'")]
    public void Run_and_thresholds_are_taken_in_any_order(string script)
    {
        ScriptOutcome outcome = _session.Run($"$run = Get-GenieRun -Latest; {script}").Clean();

        Assert.Equal(["Pass", "Fail"], outcome.Output.Select(result => (string)result.Verdict));
    }

    [Fact]
    public void Several_runs_may_stand_in_front_and_a_run_alone_has_its_own_thresholds()
    {
        AddCompleted(LaterId);

        Assert.Equal(
            [RunStoreFolder.SampleRunId, LaterId],
            _session.Run("Test-GenieRun (Get-GenieRun) 'FailedCount <= 100'").Clean().Output
                .Select(result => (string)result.RunId).Order(StringComparer.Ordinal));
        Assert.StartsWith("NoThreshold,", _session.Run("Test-GenieRun (Get-GenieRun -Latest)").Error.FullyQualifiedErrorId);
        Assert.Contains("There is no run", _session.Run("Test-GenieRun nope").Error.ToString(), StringComparison.Ordinal);
        Assert.StartsWith("UnknownFigure,", _session.Run("Get-GenieRun -Latest | Test-GenieRun 'p(95) <= 3'").Error.FullyQualifiedErrorId);
        Assert.StartsWith(
            "InvalidThreshold,", _session.Run("Get-GenieRun -Latest | Test-GenieRun P95ResponseSeconds").Error.FullyQualifiedErrorId);
    }

    [Theory]
    [InlineData("'FailedCount <= 100'", true)]
    [InlineData("'FailedCount <= 100', 'P99ResponseSeconds < 3600'", false)]
    public void Quiet_gives_one_boolean(string thresholds, bool expected) =>
        Assert.Equal(expected, _session.Run($"Test-GenieRun '{RunStoreFolder.SampleRunId}' {thresholds} -Quiet").Only);

    [Theory]
    [InlineData("'QuestionCount > 1000'", "ThresholdMissed")]
    [InlineData("'P99ResponseSeconds < 3600'", "ThresholdUndecided")]
    public void A_miss_is_one_terminating_error_after_the_results(string threshold, string errorId)
    {
        ScriptOutcome outcome = _session.Run(
            $"try {{ Get-GenieRun -Latest | Test-GenieRun {threshold} -FailOnThreshold }} catch {{ $_.FullyQualifiedErrorId }}");

        Assert.Equal(2, outcome.Output.Count);
        Assert.Equal($"{errorId},GenieLoad.PowerShell.Commands.TestGenieRunCommand", outcome.Output[1]);
    }

    [Theory]
    [InlineData("Get-GenieRun -Latest | Test-GenieRun 'P95ResponsSeconds < 3'", "UnknownFigure")]
    [InlineData("Get-GenieRun -Latest | Test-GenieRun", "NoThreshold")]
    [InlineData("Invoke-GenieLoadTest high_load -Threshold 'P95 < 3' -WhatIf", "UnknownFigure")]
    [InlineData("Invoke-GenieLoadTest high_load -FailOnThreshold -WhatIf", "NoThresholdFor")]
    [InlineData("Invoke-GenieLoadTest @{ QuestionCount = 2; Thresholds = 'FailedCount ! 3' } -WhatIf", "InvalidThreshold")]
    public void What_cannot_be_judged_is_refused_before_anything_happens(string script, string errorId)
    {
        ScriptOutcome outcome = _session.Run(script);

        Assert.StartsWith(errorId + ",", outcome.Error.FullyQualifiedErrorId);
        Assert.Empty(outcome.Output);
    }

    [Fact]
    public void Figures_complete_with_an_operator()
    {
        ScriptOutcome outcome = _session.Run(
            "$line = 'Test-GenieRun -Threshold p95resp'; "
            + "(TabExpansion2 $line $line.Length).CompletionMatches | ForEach-Object CompletionText")
                .Clean();

        Assert.Equal(["'P95ResponseSeconds < '", "'P95ResponseWithFailuresSeconds < '"], outcome.Output.Select(text => (string)text));
    }

    [Theory]
    [InlineData("Get-GenieRun -Latest | Compare-GenieRun")]
    [InlineData($"Compare-GenieRun {RunStoreFolder.SampleRunId} {LaterId}")]
    [InlineData($"Get-GenieRun -Latest | Compare-GenieRun -ReferenceRun ./runs/{RunStoreFolder.SampleRunId}")]
    [InlineData($"Get-GenieRun {RunStoreFolder.SampleRunId} | Export-GenieRun base.json; Get-GenieRun -Latest "
        + "| Compare-GenieRun base.json")]
    public void A_run_is_compared_with_another_however_that_is_named(string script)
    {
        _store.Add(LaterId);

        dynamic comparison = _session.Run(script).Only;

        Assert.Equal((RunStoreFolder.SampleRunId, LaterId), ((string)comparison.ReferenceRunId, (string)comparison.DifferenceRunId));
        Assert.Equal("NotEnoughData", (string)comparison.Verdict);
        Assert.True(comparison.IsPaired);
    }

    [Theory]
    [InlineData($"Compare-GenieRun -ReferenceRun {RunStoreFolder.SampleRunId}, {LaterId} -DifferenceRun {ThirdId}, {FourthId}", 2, 2)]
    [InlineData($"Compare-GenieRun {RunStoreFolder.SampleRunId} (Get-GenieRun {ThirdId}), {FourthId}", 1, 2)]
    [InlineData($"Compare-GenieRun -DifferenceRun {ThirdId}, {FourthId}", 1, 2)]
    public void Several_runs_of_a_side_are_compared_as_one(string script, int before, int after)
    {
        foreach (string id in (string[])[LaterId, ThirdId, FourthId])
            _store.Add(id);

        dynamic comparison = _session.Run(script).Only;

        Assert.Equal((before, after), ((int)comparison.ReferenceRunIds.Count, (int)comparison.DifferenceRunIds.Count));
        Assert.Equal("Student's t over runs", (string)comparison.Rows[0].Method);
        Assert.DoesNotContain((string)comparison.ReferenceRunIds[0], new[] { ThirdId, FourthId });
    }

    [Fact]
    public void Runs_that_come_down_the_pipeline_are_compared_one_by_one()
    {
        _store.Add(LaterId);
        _store.Add(ThirdId);

        ScriptOutcome outcome = _session.Run(
            $"'{LaterId}', '{ThirdId}' | ForEach-Object {{ Get-GenieRun $_ }} | Compare-GenieRun {RunStoreFolder.SampleRunId}");

        Assert.Equal([LaterId, ThirdId], outcome.Output.Select(comparison => (string)comparison.DifferenceRunId));
    }

    [Fact]
    public void A_run_is_not_taken_twice_in_a_comparison() => Assert.StartsWith(
        "SameRun,", _session.Run(
            $"Compare-GenieRun {RunStoreFolder.SampleRunId} {RunStoreFolder.SampleRunId}").Error.FullyQualifiedErrorId);

    [Fact]
    public void The_first_run_of_a_scenario_has_nothing_to_be_compared_with() =>
        Assert.StartsWith("NoEarlierRun,", _session.Run("Get-GenieRun -Latest | Compare-GenieRun").Error.FullyQualifiedErrorId);

    [Fact]
    public void Alone_it_compares_the_two_latest_runs_of_the_newest_scenario_and_passes_over_damaged_ones()
    {
        AddCompleted("20261124-192455-light_load-4a00");
        AddCompleted(ThirdId);
        AddCompleted(FourthId);
        string damaged = AddCompleted("20261127-192455-high_load-4a03");
        _store.Add("20261128-192455-high_load-4a04");
        File.WriteAllText(Path.Combine(damaged, "plan.json"), "{");

        ScriptOutcome outcome = _session.Run("Compare-GenieRun");

        Assert.Equal((ThirdId, FourthId), ((string)outcome.Only.ReferenceRunId, (string)outcome.Only.DifferenceRunId));
        Assert.Single(outcome.Warnings, text => text.Contains("4a03", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData($"Compare-GenieRun {FourthId}", FourthId, ThirdId)]
    [InlineData($"Compare-GenieRun -ReferenceRun {ThirdId}, {FourthId}", ThirdId, LaterId)]
    public void With_a_reference_alone_the_newest_other_run_of_its_scenario_is_looked_at(string script, string reference, string difference)
    {
        foreach (string id in (string[])["20261128-192455-light_load-4a00", LaterId, ThirdId, FourthId])
            AddCompleted(id);

        ScriptOutcome outcome = _session.Run(script);

        Assert.Equal((reference, difference), ((string)outcome.Only.ReferenceRunId, (string)outcome.Only.DifferenceRunId));
        // Both are older, which nobody means who gives the newest run first.
        Assert.Contains(outcome.Warnings, text => text.StartsWith($"{difference}, the newest other run, is older", StringComparison.Ordinal)
            && text.EndsWith($"Compare-GenieRun -DifferenceRun {FourthId}.", StringComparison.Ordinal));
    }

    [Fact]
    public void A_reference_that_is_older_is_what_is_meant()
    {
        AddCompleted(LaterId);

        IReadOnlyList<string> warnings = _session.Run($"Compare-GenieRun {RunStoreFolder.SampleRunId}").Warnings;

        Assert.DoesNotContain(warnings, text => text.Contains("older", StringComparison.Ordinal));
    }

    [Fact]
    public void Without_two_runs_there_is_nothing_to_compare()
    {
        Assert.StartsWith("NoEarlierRun,", _session.Run("Compare-GenieRun").Error.FullyQualifiedErrorId);
        Assert.StartsWith(
            "NoRunToCompare,", _session.Run($"Compare-GenieRun {RunStoreFolder.SampleRunId}").Error.FullyQualifiedErrorId);
        Assert.StartsWith("NoRunToCompare,", _session.Run("Compare-GenieRun -RunPath ./none").Error.FullyQualifiedErrorId);
    }

    [Theory]
    [InlineData("P99.5", "'P99.5ResponseSeconds < '")]
    [InlineData("p97", "'P97ResponseSeconds < '")]
    public void Percentiles_that_are_not_offered_complete_all_the_same(string typed, string expected) => Assert.Equal(
        expected, (string)_session.Run($"(TabExpansion2 'Test-GenieRun -Threshold {typed}').CompletionMatches.CompletionText").Output[0]);

    [Fact]
    public void Comparing_warns_of_another_scenario()
    {
        _store.Add("20261124-192455-light_load-4a00");

        Assert.Contains(
            "Scenario differs: high_load, then light_load.",
            _session.Run($"Get-GenieRun -Latest | Compare-GenieRun {RunStoreFolder.SampleRunId}").Warnings);
    }

    [Fact]
    public void A_comparison_shows_its_verdict_and_fits_the_console()
    {
        _store.Add(LaterId);

        string text = _session.Show("Get-GenieRun -Latest | Compare-GenieRun");

        Assert.Contains("? Not enough data\n", text);
        Assert.Contains($"  {LaterId}\n", text);
        Assert.Contains("P95Response ", text);
        Assert.All(text.Split('\n').SkipWhile(line => !line.StartsWith('?')), line => Assert.True(line.Length <= 60, line));
    }

    [Fact]
    public void A_hopeless_test_ends_early_with_its_reason_and_its_answers()
    {
        ScriptOutcome outcome = _session.Run(
            """
            $simulator = Start-GenieSimulator -TimeScale 20 -FailedShare 1
            $null = Connect-Genie -Simulator $simulator
            try {
                Invoke-GenieLoadTest -QuestionCount 400 -Duration 10m -WorkerCount 5 -Threshold 'FailedCount < 2' -AbortOnFail -AbortDelay 0.1s -FailOnThreshold
            }
            catch { $_.FullyQualifiedErrorId }
            finally { Stop-GenieSimulator -Id $simulator.Id }
            """);

        Assert.Equal(2, outcome.Output.Count);
        Assert.Equal("Stopped", (string)outcome.Output[0].State);
        Assert.StartsWith("Stopped by the threshold FailedCount < 2: ", (string)outcome.Output[0].StateReason);
        Assert.Equal("FailedCount < 2", (string)outcome.Output[0].Thresholds);
        Assert.StartsWith("RunStoppedByRule,", (string)outcome.Output[1]);
    }

    private string AddCompleted(string runId)
    {
        string folder = _store.Add(runId);
        string manifest = Path.Combine(folder, "run.json");
        File.WriteAllText(manifest, Regex.Replace(File.ReadAllText(manifest), "\"state\": \"[A-Za-z]+\"", "\"state\": \"Completed\""));
        return folder;
    }
}
