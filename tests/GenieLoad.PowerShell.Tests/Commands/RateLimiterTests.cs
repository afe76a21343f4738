using GenieLoad.PowerShell.Tests.Hosting;

namespace GenieLoad.PowerShell.Tests.Commands;

[Collection(ModuleCollection.Name)]
public sealed class RateLimiterTests : IDisposable
{
    private readonly SimulatedSession _simulated = new();

    public void Dispose() => _simulated.Dispose();

    [Theory]
    [InlineData("FixedWindow")]
    [InlineData("SlidingWindow")]
    public void A_simulator_keeps_the_limit_that_it_is_given(string limiter)
    {
        dynamic simulator = _simulated.Run(
            $"$s = Start-GenieSimulator -CallSeconds 0 -RateLimitPerMinute 0.0333 -RateLimiter {limiter} -RateLimitWindowSeconds 3600; "
            + "$null = Connect-Genie -Simulator $s; "
            + "$null = Measure-GenieRateLimit -RestDuration 0 -MaximumQuestion 4 -MaximumDuration 10; Get-GenieSimulator -Id $s.Id").Only;

        Assert.Equal(2L, (long)simulator.QuestionCount);
    }

    [Fact]
    public void What_if_asks_nothing_and_says_what_it_may_cost()
    {
        ScriptOutcome outcome = _simulated.Run(
            "Measure-GenieRateLimit -WhatIf").Clean();

        Assert.Contains("at most 30 times", outcome.Text, StringComparison.Ordinal);
        Assert.Equal(0, _simulated.QuestionCount);
    }
}
