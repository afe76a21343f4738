using GenieLoad.PowerShell.Tests.Hosting;

namespace GenieLoad.PowerShell.Tests.Commands;

/// <summary>Large tests ask first. The simulator is connected to as a workspace like any other here: simulators never ask.</summary>
[Collection(ModuleCollection.Name)]
public sealed class ConsentTests : IDisposable
{
    private const string Large = "Invoke-GenieLoadTest -QuestionCount 201 -WorkerCount 50 @fast";

    private readonly SimulatedSession _simulated = new("-LatencySpread 0", connect: false);

    public ConsentTests()
    {
        _simulated.Session.Set("token", new System.Net.NetworkCredential("", _simulated.Token).SecurePassword);
        _simulated.Run("Connect-Genie -WorkspaceUrl $simulator.Uri -SpaceId $simulator.SpaceId -Token $token").Clean();
    }

    public void Dispose() => _simulated.Dispose();

    [Theory]
    [InlineData(Large, "The test asks 201 questions, more than 200. It takes at least 41 minutes, at 5 questions a minute.")]
    [InlineData("Invoke-GenieLoadTest -QuestionCount 5 -ConfirmQuestionCount 4 @fast", "The test asks 5 questions, more than 4.")]
    [InlineData(Large, "Genie: 36.18 to 172.86 DBU for a service principal, plus warehouse time.")]
    [InlineData("Invoke-GenieLoadTest -QuestionCount 12 -QuestionsPerMinute 0.1 @fast",
        "The test asks 12 questions. It takes at least 2 hours, more than 60 minutes, at 0.1 questions a minute.")]
    [InlineData("Invoke-GenieLoadTest high_load -QuestionCount 400 @fast", "The test asks 400 questions")]
    [InlineData("Measure-GenieRateLimit -MaximumQuestion 101", "Genie: 18.18 to 86.86 DBU for a service principal, plus warehouse time.")]
    [InlineData("Measure-GenieRateLimit -MaximumQuestion 101", "The measurement may spend 101 questions, more than 100.")]
    [InlineData("Invoke-GenieLoadTest high_load -UserCount 50 -QuestionsPerUser 10 @fast", "The test asks 500 questions")]
    public void A_large_test_asks_and_no_means_no(string script, string reason)
    {
        _simulated.Session.Host.Console.ChoiceAnswer = 1;

        ScriptOutcome outcome = _simulated.Run(script).Clean();

        Assert.Contains(reason, Assert.Single(_simulated.Session.Host.Console.Prompts), StringComparison.Ordinal);
        Assert.Empty(outcome.Output);
        Assert.Equal(0, _simulated.QuestionCount);
    }

    [Fact]
    public void Enter_alone_means_no()
    {
        _simulated.Session.Host.Console.ChoiceAnswer = null;

        Assert.Empty(_simulated.Run(Large).Clean().Output);
        Assert.Single(_simulated.Session.Host.Console.Prompts);
        Assert.Equal(0, _simulated.QuestionCount);
    }

    [Fact]
    public void Yes_means_yes()
    {
        _simulated.Session.Host.Console.ChoiceAnswer = 0;

        Assert.Single(_simulated.Run("Invoke-GenieLoadTest -QuestionCount 5 -ConfirmQuestionCount 4 -WorkerCount 5 @fast").Output);
        Assert.Equal(5, _simulated.QuestionCount);
    }

    [Theory]
    [InlineData(Large + " -Force", 201)]
    [InlineData(Large + " -Confirm:$false", 201)]
    [InlineData("Invoke-GenieLoadTest single_test @fast -ConfirmQuestionCount 0", 1)]
    [InlineData("Invoke-GenieLoadTest -QuestionCount 20 -ConfirmQuestionCount 20 @fast", 20)]
    public void With_consent_or_below_the_threshold_nothing_is_asked(string script, int asked)
    {
        _simulated.Run(script + " | Out-Null").Clean();

        Assert.Empty(_simulated.Session.Host.Console.Prompts);
        Assert.Equal(asked, _simulated.QuestionCount);
    }

    [Fact]
    public void Where_nobody_can_be_asked_it_is_refused_with_the_reason()
    {
        _simulated.Session.Host.Console.CanAsk = false;

        ScriptOutcome outcome = _simulated.Run(Large);

        Assert.Equal("ConsentNeeded,GenieLoad.PowerShell.Commands.InvokeGenieLoadTestCommand", outcome.Error.FullyQualifiedErrorId);
        Assert.Contains("201 questions, more than 200", outcome.Error.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, _simulated.QuestionCount);
    }

    [Fact]
    public void A_simulator_never_asks()
    {
        _simulated.Run($"Connect-Genie -Simulator $simulator; {Large} | Out-Null").Clean();

        Assert.Empty(_simulated.Session.Host.Console.Prompts);
        Assert.Equal(201, _simulated.QuestionCount);
    }
}
