using GenieLoad.PowerShell.Tests.Hosting;

namespace GenieLoad.PowerShell.Tests.Commands;

[Collection(ModuleCollection.Name)]
public sealed class ResumeLoadTestTests : IDisposable
{
    private readonly SimulatedSession _simulated = new();

    public void Dispose() => _simulated.Dispose();

    private dynamic Stopped() =>
        _simulated.Run("Invoke-GenieLoadTest -QuestionCount 12 -WorkerCount 2 -MaximumQuestion 5 -WarningAction Ignore @fast").Only;

    [Theory]
    [InlineData("Resume-GenieLoadTest -RunId {0}")]
    [InlineData("Resume-GenieLoadTest {0}")]
    [InlineData("Resume-GenieLoadTest -Path '{1}'")]
    [InlineData("Resume-GenieLoadTest -Latest")]
    [InlineData("Get-GenieRun {0} | Resume-GenieLoadTest")]
    public void A_run_goes_on_however_it_is_named(string command)
    {
        dynamic before = Stopped();

        dynamic after = _simulated.Run(
            string.Format(System.Globalization.CultureInfo.InvariantCulture, command, before.RunId, before.RunPath)).Only;

        Assert.Equal(
            ((string)before.RunId, "Completed", 12, 12L),
            ((string)after.RunId, (string)after.State, (int)after.SuccessfulCount, _simulated.QuestionCount));
        Assert.Single((IEnumerable<dynamic>)after.Interruptions);
    }

    [Fact]
    public void The_latest_is_the_latest_that_can_be_resumed()
    {
        // Other tests leave runs in the store that they share.
        using var store = new RunStoreFolder();
        dynamic before = Stopped();
        _simulated.Run("Invoke-GenieLoadTest single_test @fast").Clean();

        Assert.Equal((string)before.RunId, (string)_simulated.Run("Resume-GenieLoadTest -Latest").Only.RunId);
        System.Management.Automation.ErrorRecord error = _simulated.Run("Resume-GenieLoadTest -Latest").Error;
        Assert.StartsWith("NoRunYet,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("no stopped or interrupted run", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_would_be_done_can_be_seen_first()
    {
        dynamic before = Stopped();

        string text = _simulated.Run($"Resume-GenieLoadTest {before.RunId} -WhatIf").Clean().Text;

        Assert.Contains("Ask 7 questions, keep 5 questions already finished", text, StringComparison.Ordinal);
        Assert.Equal(5, _simulated.QuestionCount);
    }

    [Fact]
    public void Whoever_resumes_a_run_has_it_alone_as_a_job_too()
    {
        using var slow = new SimulatedSession("-AskingAiSeconds 400 -LatencySpread 0");
        dynamic before = slow.Run(
            "Invoke-GenieLoadTest -QuestionCount 12 -WorkerCount 2 -MaximumQuestion 2 -StopGrace 0 -WarningAction Ignore @fast").Only;
        slow.Run($"Resume-GenieLoadTest {before.RunId} -WhatIf").Clean();

        slow.Run($"$job = Resume-GenieLoadTest {before.RunId} -AsJob -StopGrace 0").Clean();
        string second = slow.Run($"Resume-GenieLoadTest {before.RunId}").Error.FullyQualifiedErrorId;
        slow.Run("$job | Stop-Job; $job | Remove-Job -Force").Clean();

        Assert.StartsWith("RunStillRunning,", second, StringComparison.Ordinal);
        slow.Run($"Resume-GenieLoadTest {before.RunId} -WhatIf").Clean();
    }

    [Fact]
    public void A_run_whose_folder_is_deleted_comes_back_with_an_error()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var slow = new SimulatedSession("-AskingAiSeconds 400 -LatencySpread 0");
        var again = slow.Run("""
            $job = Invoke-GenieLoadTest -QuestionCount 40 -WorkerCount 1 -Name gone -AsJob @fast
            while (-not ($run = Get-GenieRun | Where-Object Name -EQ gone)) { }
            [IO.Directory]::Delete($run.RunPath, $true)
            $job | Wait-Job | Out-Null
            $run = $job | Receive-Job -ErrorVariable wrong -ErrorAction SilentlyContinue
            "$($run.State)"; "$($run.Results.Count)"; "$($wrong[0].FullyQualifiedErrorId)"
            """).Output;

        Assert.Equal(["Stopped", "40"], again.Take(2).Select(value => (string)$"{value}"));
        Assert.StartsWith("RunFolderGone", (string)$"{again[2]}", StringComparison.Ordinal);
    }

    [Fact]
    public void Answers_that_were_under_way_at_a_stop_are_fetched_and_rows_can_be_watched()
    {
        using var slow = new SimulatedSession("-AskingAiSeconds 400 -LatencySpread 0");
        using RunningScript script = slow.Session.Start(
            "Invoke-GenieLoadTest -QuestionCount 6 -Duration 60 -StopGrace 0 -Name under_way @fast");
        slow.AwaitSight("@(Get-GenieRun | Where-Object Name -EQ under_way | ForEach-Object { $_.Results } | "
            + "Where-Object MessageId).Count -gt 0");
        script.Stop();
        script.Finish();
        long asked = slow.QuestionCount;

        dynamic[] rows = [.. slow.Run("Resume-GenieLoadTest -Latest -MaximumQuestion 2 -PassThruResult -WarningAction Ignore")
            .Clean().Output];

        Assert.Equal(Math.Max(2, asked), slow.QuestionCount);
        Assert.Contains(rows, row => row.IsReattached && row.Success && row.ResponseSeconds is null && row.ServerSeconds > 0);
    }

    [Fact]
    public void What_cannot_be_resumed_is_said_by_name()
    {
        dynamic done = _simulated.Run("Invoke-GenieLoadTest -QuestionCount 1 @fast").Only;
        dynamic open = Stopped();
        using var other = new SimulatedSession();

        Assert.StartsWith("NothingToResume,", _simulated.Run($"Resume-GenieLoadTest {done.RunId}").Error.FullyQualifiedErrorId,
            StringComparison.Ordinal);
        Assert.StartsWith("RunNotFound,", _simulated.Run("Resume-GenieLoadTest none").Error.FullyQualifiedErrorId,
            StringComparison.Ordinal);
        Assert.StartsWith("OtherWorkspace,", other.Run($"Resume-GenieLoadTest {open.RunId}").Error.FullyQualifiedErrorId,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Runs_that_can_be_resumed_are_completed_with_tab()
    {
        dynamic open = Stopped();
        dynamic done = _simulated.Run("Invoke-GenieLoadTest -QuestionCount 1 @fast").Only;

        string[] offered = [.. _simulated.Run(
            "(TabExpansion2 'Resume-GenieLoadTest ' 21).CompletionMatches.CompletionText").Output.Select(text => (string)text)];

        Assert.Contains((string)open.RunId, offered);
        Assert.DoesNotContain((string)done.RunId, offered);
    }
}
