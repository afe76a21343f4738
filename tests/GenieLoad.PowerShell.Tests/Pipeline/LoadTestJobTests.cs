using GenieLoad.PowerShell.Tests.Commands;
using GenieLoad.PowerShell.Tests.Hosting;

namespace GenieLoad.PowerShell.Tests.Pipeline;

[Collection(ModuleCollection.Name)]
public sealed class LoadTestJobTests : IDisposable
{
    private readonly SimulatedSession _simulated = new("-FailedShare 0.3 -Seed 5");

    public void Dispose() => _simulated.Dispose();

    [Fact]
    public void A_job_gives_the_run_as_a_live_object_and_can_be_removed()
    {
        ScriptOutcome outcome = _simulated.Run(
            "$job = Invoke-GenieLoadTest light_load -Duration 1 -Name nightly -AsJob @fast; $job; "
                + "Receive-Job $job -Wait -AutoRemoveJob; @(Get-Job).Count").Clean();

        Assert.Equal(3, outcome.Output.Count);
        Assert.Equal(("nightly", "GenieLoadTest"), ((string)outcome.Output[0].Name, (string)outcome.Output[0].PSJobTypeName));
        Assert.Equal(("Completed", 10), ((string)outcome.Output[1].State, (int)outcome.Output[1].QuestionCount));
        Assert.Equal(0, (int)outcome.Output[2]);
    }

    [Fact]
    public async Task A_job_that_is_removed_as_it_ends_is_not_waited_for_as_long_as_a_stop_may_take()
    {
        Task<ScriptOutcome> work = Task.Run(() => _simulated.Run(
            "Invoke-GenieLoadTest light_load -Duration 1 -AsJob -StopGrace 1h @fast | Receive-Job -Wait -AutoRemoveJob"));

        Assert.Same(work, await Task.WhenAny(work, Task.Delay(TimeSpan.FromMinutes(5))));
        Assert.Equal("Completed", (string)(await work).Clean().Only.State);
    }

    [Fact]
    public void Stopping_a_job_returns_once_the_test_is_over_and_kept()
    {
        _simulated.Run("$job = Invoke-GenieLoadTest -QuestionCount 1000 -Duration 5m -WorkerCount 5 -PassThruResult -AsJob @fast").Clean();
        _simulated.AwaitSight("@(Get-GenieRun | Where-Object State -EQ Running | Where-Object SuccessfulCount -GT 0).Count -gt 0");
        bool IsTold() => ((string)_simulated.Run("$job.StatusMessage").Only).Contains("of 1000 answered", StringComparison.Ordinal);
        Sync.Await(IsTold, "the job says how far it is");

        ScriptOutcome outcome = _simulated.Run("Stop-Job $job; $job.State; @(Receive-Job $job).Count; Remove-Job $job").Clean();

        Assert.Equal("Stopped", outcome.Output[0].ToString());
        dynamic run = _simulated.Run("Get-GenieRun -Latest").Only;
        Assert.Equal(("Stopped", "User"), ((string)run.State, (string)run.StopCause));
        Assert.Equal((int)outcome.Output[1], ((IEnumerable<dynamic>)run.Results).Count(row => row.Outcome != "NotStarted"));
    }

    [Fact]
    public void What_makes_a_test_fail_makes_the_job_fail()
    {
        ScriptOutcome outcome = _simulated.Run(
            "$job = Invoke-GenieLoadTest light_load -Duration 1 -Threshold 'FailedCount < 1' -FailOnThreshold -AsJob @fast; Wait-Job "
                + "$job | Out-Null; $job.State; Receive-Job $job");

        Assert.Equal("Failed", outcome.Output[0].ToString());
        Assert.Equal(10, (int)outcome.Output[1].QuestionCount);
        Assert.Contains(outcome.Error.FullyQualifiedErrorId.Split(',')[0], (string[])["ThresholdMissed", "RunInvalid"]);
    }

    [Fact]
    public void A_token_script_cannot_serve_a_job_and_that_is_said_before_anything_is_asked()
    {
        _simulated.Run("Connect-Genie -WorkspaceUrl $simulator.Uri -SpaceId $simulator.SpaceId -TokenProvider { $simulator.Token }")
            .Clean();

        ScriptOutcome outcome = _simulated.Run("Invoke-GenieLoadTest light_load -AsJob @fast");

        Assert.StartsWith("TokenProviderInJob,", outcome.Error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(0, _simulated.QuestionCount);
    }
}
