using System.Diagnostics;
using System.Management.Automation;
using GenieLoad.PowerShell.Tests.Hosting;

namespace GenieLoad.PowerShell.Tests.Commands;

/// <summary>A load test that would take five minutes and is stopped once something has been answered.</summary>
[Collection(ModuleCollection.Name)]
public sealed class StopLoadTestTests : IDisposable
{
    private const string Long = "Invoke-GenieLoadTest -QuestionCount 1000 -Duration 5m -WorkerCount 5 -Seed 3 @fast";

    private readonly SimulatedSession _simulated = new();
    private readonly ManualResetEventSlim _answered = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("genieload test's-").FullName;

    public StopLoadTestTests()
    {
        _simulated.Session.Set("answered", _answered);
        _simulated.Session.Set("folder", _folder);
    }

    public void Dispose()
    {
        _simulated.Dispose();
        _answered.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void Stopping_is_prompt_names_the_run_and_keeps_what_was_finished()
    {
        using RunningScript script = _simulated.Session.Start(Long + "; 'went on'");
        _simulated.AwaitSight("@(Get-GenieRun | Where-Object State -EQ Running | Where-Object SuccessfulCount -GT 0).Count -gt 0");

        ScriptOutcome outcome = Stop(script);

        AssertStopped(outcome, " -RunId ", _simulated.Run("Get-GenieRun -Latest").Only);
    }

    [Fact]
    public void Stopping_keeps_rows_that_were_already_on_the_pipe()
    {
        using RunningScript script = _simulated.Session.Start(Long + " -PassThruResult | ForEach-Object { $answered.Set(); $_ }");
        Sync.Await(_answered, "the first row");

        ScriptOutcome outcome = Stop(script);

        Assert.NotEmpty(outcome.Output);
        AssertStopped(outcome, " -RunId ", _simulated.Run("Get-GenieRun -Latest").Only);
    }

    [Fact]
    public void The_notice_of_a_run_in_a_folder_of_one_s_own_can_be_pasted()
    {
        using RunningScript script = _simulated.Session.Start(
            Long + " -RunPath $folder -PassThruResult | ForEach-Object { $answered.Set() }");
        Sync.Await(_answered, "the first row");

        ScriptOutcome outcome = Stop(script);

        string command = outcome.Text[outcome.Text.IndexOf("Get-GenieRun", StringComparison.Ordinal)..];
        AssertStopped(outcome, " -Path ", _simulated.Run(command).Only);
    }

    [Theory]
    [InlineData("| Select-SampleFirst")]
    [InlineData("| ForEach-Object { $_; throw 'enough' }")]
    public void When_nobody_downstream_wants_more_nothing_more_is_asked(string downstream)
    {
        var clock = Stopwatch.StartNew();

        Assert.Single(_simulated.Run($"{Long} -PassThruResult {downstream}").Output);

        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(30), $"It took {clock.Elapsed}.");
        dynamic run = _simulated.Run("Get-GenieRun -Latest").Only;
        Assert.Equal("Stopped", (string)run.State);
        int asked = ((IEnumerable<dynamic>)run.Results).Count(row => row.MessageId is not null);
        Assert.InRange(asked, 1, 999);
        Assert.Equal(asked, _simulated.QuestionCount);
        // Whatever else had been on its way would have arrived before this one has its answer.
        _simulated.Run("Invoke-GenieQuestion 'And this?' @fast").Clean();
        Assert.InRange(_simulated.QuestionCount, asked + 1, asked + 1);
    }

    [Fact]
    public void Stopping_while_statements_are_read_says_that_the_run_is_over_and_how_to_read_them()
    {
        // It never shows them, and would be asked for five minutes.
        using var late = new SimulatedSession("-HistoryMissingShare 1");
        string calls = $"(Get-GenieSimulator | Where-Object Uri -EQ '{late.Uri}').CallCount";
        using RunningScript script = late.Session.Start("Invoke-GenieLoadTest -QuestionCount 2 -Duration 0 -IncludeStatement @fast");
        late.AwaitSight("@(Get-GenieRun | Where-Object State -EQ Completed).Count -gt 0");
        // The next call asks the history.
        long before = (long)late.Observe(calls).Only;
        late.AwaitSight($"{calls} -gt {before}");

        ScriptOutcome outcome = Stop(script);

        Assert.Contains(" is over and saved in ", outcome.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Resume-GenieLoadTest", outcome.Text, StringComparison.Ordinal);
        string command = outcome.Text[outcome.Text.IndexOf("Get-GenieRun", StringComparison.Ordinal)..];
        dynamic run = late.Run(command.Split('|')[0]).Only;
        Assert.Equal("Completed", (string)run.State);
    }

    [Fact]
    public void Stopping_a_single_question_leaves_no_error()
    {
        using var slow = new SimulatedSession("-AskingAiSeconds 3600 -LatencySpread 0");
        using RunningScript script = slow.Session.Start("Invoke-GenieQuestion 'How many?' @fast");
        slow.AwaitSight("@(Get-GenieSimulator | Where-Object QuestionCount -GT 0).Count -gt 0");

        ScriptOutcome outcome = Stop(script);

        Assert.Empty(outcome.Errors);
        Assert.Empty(outcome.Output);
        Assert.Equal(PSInvocationState.Stopped, outcome.State);
    }

    private static ScriptOutcome Stop(RunningScript script)
    {
        var clock = Stopwatch.StartNew();
        script.Stop();
        ScriptOutcome outcome = script.Finish();
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(10), $"Stopping took {clock.Elapsed}.");
        return outcome;
    }

    private static void AssertStopped(ScriptOutcome outcome, string parameter, dynamic run)
    {
        Assert.Equal(PSInvocationState.Stopped, outcome.State);
        Assert.Empty(outcome.Errors);
        Assert.DoesNotContain("went on", outcome.Output.Select(value => value as string));
        dynamic[] rows = [.. (IEnumerable<dynamic>)run.Results];
        string[] open = ["Interrupted", "NotStarted"];
        int finished = rows.Count(row => !open.Contains((string)row.Outcome));
        Assert.Equal(("Stopped", 1000), ((string)run.State, rows.Length));
        Assert.InRange(finished, 1, 999);
        Assert.Contains(
            $"Load test {run.RunId} was stopped: {finished} of 1000 questions are finished and saved in {run.RunPath}.",
            outcome.Text, StringComparison.Ordinal);
        Assert.Contains("Get-GenieRun" + parameter, outcome.Text, StringComparison.Ordinal);
    }
}
