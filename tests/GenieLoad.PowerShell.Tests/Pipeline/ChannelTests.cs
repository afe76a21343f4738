using System.Management.Automation;
using GenieLoad.PowerShell.Tests.Hosting;

namespace GenieLoad.PowerShell.Tests.Pipeline;

[Collection(ModuleCollection.Name)]
public sealed class ChannelTests : IDisposable
{
    private readonly PowerShellSession _session = new(importSamples: true);

    public void Dispose() => _session.Dispose();

    [Fact]
    public void Output_keeps_its_order_and_is_complete()
    {
        ScriptOutcome outcome = _session.Run("Invoke-SampleCount -Count 5000").Clean();

        Assert.Equal(Enumerable.Range(0, 5000), outcome.Output.Select(value => (int)value));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" -Fail")]
    public void Progress_shows_the_latest_line_and_ends_with_a_completed_record(string parameters)
    {
        ScriptOutcome outcome = _session.Run("Invoke-SampleProgress" + parameters);

        ProgressRecord[] lines = [.. outcome.Progress.Where(record => record.Activity == "Counting")];
        Assert.Equal(ProgressRecordType.Completed, lines[^1].RecordType);
        Assert.Equal("100 of 100", lines[^2].StatusDescription);
        Assert.Equal(100, lines[^2].PercentComplete);
        Assert.All(lines[..^1], line => Assert.Equal(ProgressRecordType.Processing, line.RecordType));
    }

    [Fact]
    public void Progress_that_is_ignored_is_not_written()
    {
        ScriptOutcome outcome = _session.Run("Invoke-SampleProgress -ProgressAction Ignore").Clean();

        Assert.DoesNotContain(outcome.Progress, record => record.Activity == "Counting");
    }

    [Theory]
    [InlineData("")]
    [InlineData(" -KeepHolding")]
    public void What_is_held_back_is_shown_afterwards_in_order(string parameters)
    {
        ScriptOutcome outcome = _session.Run("Invoke-SampleHold 3>&1 2>&1" + parameters.Replace("-", " -", StringComparison.Ordinal));

        Assert.Equal(
            ["before", "warned", "held", "line 0", "Unexpected error: failed", "after, 2 told, 1 done"],
            outcome.Output.Select(value => $"{value}"));
        Assert.DoesNotContain(outcome.Progress, record => record.Activity == "Meanwhile");
        // The line of before is taken off before the screen is given away.
        Assert.Equal(ProgressRecordType.Completed, outcome.Progress.Last(record => record.Activity == "Before").RecordType);
    }

    [Fact]
    public void Of_too_many_held_log_lines_the_number_is_told()
    {
        ScriptOutcome outcome = _session.Run("Invoke-SampleHold -LineCount 10050 -Verbose 2>$null 4>$null");

        string lost = Assert.Single(outcome.Warnings, text => text.Contains("not shown", StringComparison.Ordinal));
        // What was written to the pipeline is among those held, and never dropped.
        Assert.Equal("52 log lines are not shown because they came faster than the pipeline could show them.", lost);
        Assert.Equal(["before", "held", "after, 2 told, 1 done"], outcome.Output.Select(value => $"{value}"));
    }

    [Fact]
    public void Log_lines_go_to_the_streams_of_their_severity()
    {
        ScriptOutcome quiet = _session.Run("Invoke-SampleLog").Clean();
        ScriptOutcome loud = _session.Run("$DebugPreference = 'Continue'; Invoke-SampleLog -Verbose").Clean();

        Assert.Equal(["warned"], quiet.Warnings);
        Assert.Empty(quiet.Verbose);
        Assert.Empty(quiet.Debug);
        Assert.Equal(["Information"], loud.Verbose);
        Assert.Equal(["Debug"], loud.Debug);
    }

    [Fact]
    public void A_full_queue_loses_log_lines_but_says_how_many_and_never_blocks_the_work()
    {
        using ManualResetEventSlim logged = new();
        _session.Set("logged", logged);

        // The pipeline waits at the first object until the work has logged everything: with a log that blocks, it would never end.
        ScriptOutcome outcome = _session.Run(
            "Invoke-SampleLog -Lines 3000 -Logged $logged | ForEach-Object { if (-not $logged.Wait(30000)) { throw 'the log blocks' } }");

        outcome.Clean();
        int shown = outcome.Warnings.Count(line => line == "warned");
        Assert.InRange(shown, 1000, 2999);
        Assert.StartsWith($"{3000 - shown} log lines are not shown", outcome.Warnings[^1], StringComparison.Ordinal);
    }
}
