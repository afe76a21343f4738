using GenieLoad.Engine.Simulation;
using GenieLoad.Engine.Simulation.Records;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Running;

/// <summary>A load test outlives its token: what that costs, against a simulated space that issues and revokes tokens.</summary>
public sealed class CredentialRenewalTests : IDisposable
{
    // The fake clock keeps no hold on its timers.
    private ITimer? _revocation;

    public void Dispose() => _revocation?.Dispose();

    [Fact]
    public async Task Tokens_that_end_in_mid_run_are_renewed_ahead_once_for_all_and_no_question_notices()
    {
        SimulatedRun run = await SimulatedRun.Of(
            SimulatedRun.Plan(count: 120, seconds: 600, workers: 20), new SimulatorOptions { TokenLifetimeSeconds = 200 }, byOAuth: true);

        Assert.All(run.Rows, row => Assert.Equal((Outcome.Completed, 0), (row.Outcome, row.Retries)));
        Assert.Equal(0, run.Truth.CountOf(status: 401));
        // Every 100 s, half the life of a token.
        Assert.InRange(run.Truth.CountOf(SimulatedOperation.IssueToken), 6, 8);
        Assert.Equal(1, run.Truth.CountOf(SimulatedOperation.DiscoverOAuth));
    }

    [Fact]
    public async Task Tokens_revoked_in_mid_run_cost_one_renewal_for_all_and_no_question_is_lost_or_asked_twice()
    {
        SimulatedRun run = await SimulatedRun.Of(
            SimulatedRun.Plan(count: 100, seconds: 60, workers: 50), new SimulatorOptions(), byOAuth: true,
            whenStarted: started => _revocation = started.Time.CreateTimer(
                _ => started.Simulator.RevokeIssuedTokens(), null, TimeSpan.FromSeconds(30), Timeout.InfiniteTimeSpan));

        Assert.All(run.Rows, row => Assert.Equal(Outcome.Completed, row.Outcome));
        Assert.Equal(2, run.Truth.CountOf(SimulatedOperation.IssueToken));
        Assert.True(run.Truth.CountOf(status: 401) > 0);
        Assert.Equal(run.Truth.CountOf(status: 401), run.Rows.Sum(row => row.FaultRetries));
        Assert.All(run.Truth.AcceptedByQuestion.Values, times => Assert.Equal(1, times));
    }

    [Fact]
    public async Task Tokens_that_are_refused_again_and_again_end_the_questions_and_are_not_shown()
    {
        SimulatedRun run = await SimulatedRun.Of(
            SimulatedRun.Plan(count: 5, seconds: 5, workers: 5), new SimulatorOptions { TokenLifetimeSeconds = 3600 }, byOAuth: true,
            whenStarted: started => _revocation = started.Time.CreateTimer(
                _ => started.Simulator.RevokeIssuedTokens(), null, TimeSpan.FromSeconds(0.05), TimeSpan.FromSeconds(0.05)));

        Assert.All(run.Rows, row => Assert.Equal((Outcome.Rejected, 401), (row.Outcome, row.HttpStatus)));
        Assert.All(run.Rows, row => Assert.DoesNotContain("sim-oauth", row.ErrorText, StringComparison.Ordinal));
    }
}
