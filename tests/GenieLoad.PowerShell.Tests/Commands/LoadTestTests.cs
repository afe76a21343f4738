using System.Management.Automation;
using GenieLoad.PowerShell.Tests.Hosting;

namespace GenieLoad.PowerShell.Tests.Commands;

[Collection(ModuleCollection.Name)]
public sealed class LoadTestTests : IDisposable
{
    private readonly SimulatedSession _simulated = new("-FailedShare 0.3 -Seed 5");
    private readonly string _folder = Directory.CreateTempSubdirectory("genieload-test-").FullName;

    public LoadTestTests() => _simulated.Session.Set("folder", _folder);

    public void Dispose()
    {
        _simulated.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void A_scenario_is_run_and_its_run_kept()
    {
        dynamic run = _simulated.Run("Invoke-GenieLoadTest light_load -Duration 1 -Seed 3 @fast").Only;

        Assert.Equal(
            ("light_load_10q_1s", "light_load", "Completed", 10, 10L),
            ((string)run.Name, (string)run.ScenarioName, (string)run.State, (int)run.QuestionCount, _simulated.QuestionCount));
        Assert.Equal((int)run.FailedCount, ((IEnumerable<dynamic>)run.Results).Count(row => row.Outcome == "Failed"));
        dynamic kept = _simulated.Run($"Get-GenieRun -RunId {run.RunId}").Only;
        Assert.Equal(((int)run.SuccessfulCount, (double)run.TotalDurationSeconds),
            ((int)kept.SuccessfulCount, (double)kept.TotalDurationSeconds));
    }

    [Fact]
    public void The_default_view_has_the_summary_block_to_the_letter()
    {
        string text = _simulated.Session.Show("Invoke-GenieLoadTest -QuestionCount 12 -WorkerCount 6 -Seed 3 @fast");
        dynamic run = _simulated.Run("Get-GenieRun -Latest").Only;
        int failed = run.FailedCount;

        Assert.InRange(failed, 1, 11);
        string block = string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"""
            ============================================================
            Load Test Summary: custom_adhoc_test_12q_immediate
            ============================================================
            Total Questions: 12
            Successful: {12 - failed}
            Failed: {failed}
            Success Rate: {(12 - failed) / 0.12:F2}%
            Total Duration: {(double)run.TotalDurationSeconds:F2}s
            Avg Question Duration: {(double)run.AverageQuestionDurationSeconds:F2}s
            Throughput: {12 / (double)run.TotalDurationSeconds:F2} QPS
            ============================================================

            """);
        Assert.Contains("\n" + block.ReplaceLineEndings("\n"), text, StringComparison.Ordinal);
        Assert.Contains(" Failed SQL_EXECUTION_EXCEPTION", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("'What sold best?', 'And worst?' | Invoke-GenieLoadTest @fast", 2, "What sold best?|And worst?")]
    [InlineData("Invoke-GenieLoadTest -Question 'What sold best?', 'And worst?' -QuestionCount 4 @fast", 4, "What sold best?|And worst?")]
    [InlineData("@{ question = 'What sold best?'; id = 'a' } | Invoke-GenieLoadTest @fast", 1, "What sold best?")]
    [InlineData("[pscustomobject]@{ Question = 'What sold best?'; Other = 1 } | Invoke-GenieLoadTest single_test @fast", 1,
        "What sold best?")]
    [InlineData("Import-GenieQuestion $folder/q.csv | Invoke-GenieLoadTest @fast", 2, "One?|Two, please?")]
    public void Questions_come_in_every_form(string script, int count, string texts)
    {
        File.WriteAllText(Path.Combine(_folder, "q.csv"), "question\nOne?\n\"Two, please?\"\n");

        dynamic run = _simulated.Run(script).Only;

        Assert.Equal(count, (int)run.QuestionCount);
        Assert.Equal(texts.Split('|'), ((IEnumerable<dynamic>)run.Results).Select(row => (string)row.Question).Distinct());
        Assert.Equal(count, _simulated.QuestionCount);
    }

    [Fact]
    public void A_changed_scenario_stays_as_it_was()
    {
        dynamic run = _simulated.Run(
            "Invoke-GenieLoadTest burst_test -QuestionCount 3 -WorkerCount 2 -Name mine -UniqueQuestion @fast").Only;

        Assert.Equal(("mine", 3, 2), ((string)run.Name, (int)run.QuestionCount, (int)run.Plan.WorkerCount));
        Assert.Equal(3, ((IEnumerable<dynamic>)run.Results).Select(row => (string)row.Question).Distinct().Count());
        Assert.Equal(50, (int)_simulated.Run("Get-GenieScenario burst_test").Only.QuestionCount);
    }

    [Fact]
    public void Rows_come_while_the_test_is_still_running()
    {
        // The state is read when the first row comes down the pipe: were the rows held back, the run would be complete by then.
        ScriptOutcome outcome = _simulated.Run(
            """
            Invoke-GenieLoadTest -QuestionCount 8 -Duration 2 -Seed 3 -PassThruResult @fast |
                ForEach-Object { if ($_.Index -eq 1) { (Get-GenieRun -Latest).State }; $_ }
            """).Clean();

        Assert.Equal("Running", (string)outcome.Output[0]);
        Assert.Equal(Enumerable.Range(1, 8), outcome.Output.Skip(1).Select(row => (int)row.Index).Order());
        Assert.Equal("Completed", (string)_simulated.Run("Get-GenieRun -Latest").Only.State);
    }

    [Fact]
    public void Progress_counts_up_and_is_taken_off_the_screen()
    {
        ScriptOutcome outcome = _simulated.Run("Invoke-GenieLoadTest light_load -Duration 1 @fast").Clean();

        Assert.All(outcome.Progress, record => Assert.Equal("Load test light_load_10q_1s", record.Activity));
        ProgressRecord[] shown = [.. outcome.Progress.Where(record => record.RecordType == ProgressRecordType.Processing)];
        Assert.True(shown.Length >= 3, $"{shown.Length} records in more than a second.");
        Assert.All(shown.Zip(shown.Skip(1)), pair => Assert.True(pair.First.PercentComplete <= pair.Second.PercentComplete));
        Assert.Equal(100, shown[^1].PercentComplete);
        Assert.Contains("in flight", shown[0].StatusDescription, StringComparison.Ordinal);
        Assert.Equal(ProgressRecordType.Completed, outcome.Progress[^1].RecordType);
    }

    [Fact]
    public void Another_space_is_asked_when_it_is_named()
    {
        using var several = new SimulatedSession("-SpaceCount 2");
        string second = (string)several.Run("(Get-GenieSpace)[1].SpaceId").Only;

        Assert.Equal(second, (string)several.Run($"Invoke-GenieLoadTest single_test -SpaceId {second} @fast").Only.SpaceId);
        Assert.Equal(second, (string)several.Run("(Get-GenieSpace)[1] | Invoke-GenieQuestion -Question 'How many?' @fast; "
            + $"Get-GenieSpace {second}").Clean().Output[1].SpaceId);
        Assert.Equal(2, several.QuestionCount);
    }

    [Fact]
    public void A_folder_of_one_s_own_holds_the_run()
    {
        dynamic run = _simulated.Run("Invoke-GenieLoadTest single_test -RunPath $folder/mine @fast").Only;

        Assert.StartsWith(Path.Combine(_folder, "mine", "runs"), (string)run.RunPath, StringComparison.Ordinal);
        Assert.Equal((string)run.RunId, (string)_simulated.Run($"Get-GenieRun -Path '{run.RunPath}'").Only.RunId);
    }

    [Theory]
    [InlineData("-PollPolicy adaptive", "adaptive, 1 s to 5 s")]
    [InlineData("-PollPolicy Fixed -PollInterval 0.03", "every 0.03 s")]
    public void The_poll_policy_is_part_of_the_run(string parameters, string policy)
    {
        dynamic run = _simulated.Run($"Invoke-GenieLoadTest -QuestionCount 1 {parameters}").Only;

        Assert.Equal(policy, (string)run.PollPolicy);
        Assert.Equal(policy, (string)_simulated.Run("(Get-GenieRun -Latest).PollPolicy").Only);
    }

    [Fact]
    public void Two_runs_of_different_poll_policies_are_compared_with_a_warning()
    {
        ScriptOutcome outcome = _simulated.Run(
            "$a = Invoke-GenieLoadTest -QuestionCount 2 @fast; $b = Invoke-GenieLoadTest -QuestionCount 2 "
                + "-PollPolicy Fixed -PollInterval 0.03; "
            + "Compare-GenieRun $a $b");

        Assert.Contains(outcome.Warnings, warning => warning.Contains("Poll policy", StringComparison.Ordinal));
    }

    [Fact]
    public void A_pace_and_a_warm_up_are_set_for_one_test()
    {
        dynamic run = _simulated.Run(
            "Invoke-GenieLoadTest -QuestionCount 6 -WorkerCount 6 -QuestionsPerMinute 1200 -WarmUpCount 2 @fast").Only;

        Assert.Equal((4, 2), ((int)run.QuestionCount, (int)run.WarmUpCount));
        dynamic[] rows = [.. (IEnumerable<dynamic>)run.Results];
        Assert.Equal([true, true, false, false, false, false], rows.Select(row => (bool)row.IsWarmUp));
        // Six at once, one each 50 ms: the last waits for a quarter of a second, and for nothing but the pace.
        Assert.InRange((double)rows[5].PacingWaitSeconds, 0.15, 5);
        Assert.Equal(4, (int)((IEnumerable<dynamic>)run.Slices).Where(slice => slice.Slice == "Turn").Sum(slice => (int)slice.Count));
    }

    [Fact]
    public void Users_and_shedding_are_set_for_one_test()
    {
        dynamic closed = _simulated.Run("Invoke-GenieLoadTest high_load -UserCount 2 -QuestionsPerUser 3 -ThinkTime 0.01s @fast").Only;
        dynamic[] rows = [.. (IEnumerable<dynamic>)closed.Results];
        Assert.Equal((6, "Closed"), (rows.Length, (string)closed.Plan.Arrival));
        Assert.Equal([1, 1, 1, 2, 2, 2], rows.Select(row => (int)row.User).Order());

        dynamic shed = _simulated.Run("Invoke-GenieLoadTest -QuestionCount 5 -WorkerCount 2 -Overflow Shed @fast").Only;
        Assert.Equal(3, ((IEnumerable<dynamic>)shed.Results).Count(row => row.ErrorType == "SHED_IN_FLIGHT"));
    }

    [Fact]
    public void What_if_shows_the_plan_and_asks_nothing_even_without_a_connection()
    {
        _simulated.Run("Disconnect-Genie").Clean();
        long calls = _simulated.CallCount;

        ScriptOutcome outcome = _simulated.Run(
            "Invoke-GenieLoadTest high_load -Seed 3 -LogPath $folder/x.log -RunPath $folder/runs -WhatIf").Clean();

        Assert.Empty(outcome.Output);
        Assert.Contains("Plan of high_load_35q_30s (scenario high_load, seed 3, hash ", outcome.Text, StringComparison.Ordinal);
        Assert.Contains("Workers:        10", outcome.Text, StringComparison.Ordinal);
        Assert.Equal(calls, _simulated.CallCount);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder));
    }

    [Fact]
    public void Confirmation_shows_the_plan_and_no_means_no()
    {
        _simulated.Session.Host.Console.ChoiceAnswer = 2;

        Assert.Empty(_simulated.Run("Invoke-GenieLoadTest single_test -Confirm @fast").Clean().Output);

        Assert.Contains("Plan of single_test", Assert.Single(_simulated.Session.Host.Console.Prompts), StringComparison.Ordinal);
        Assert.Equal(0, _simulated.QuestionCount);
    }
}
