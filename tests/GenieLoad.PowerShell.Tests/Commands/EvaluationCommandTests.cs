using GenieLoad.PowerShell.Tests.Hosting;

namespace GenieLoad.PowerShell.Tests.Commands;

/// <summary>Evaluations as a user starts and stops them, and consents to them.</summary>
[Collection(ModuleCollection.Name)]
public sealed class EvaluationCommandTests : IDisposable
{
    // Two minutes and more of real time.
    private readonly SimulatedSession _simulated = new("-EvaluationQuestionSeconds 3600 -BenchmarkCount 30");

    public void Dispose() => _simulated.Dispose();

    [Fact]
    public void Stopping_shows_the_id_of_the_evaluation_that_goes_on()
    {
        long before = _simulated.CallCount;
        using RunningScript script = _simulated.Session.Start("Invoke-GenieEvaluation -PollInterval 100ms; 'went on'");
        // The call that starts it, and two polls.
        AwaitCalls(before + 3);

        ScriptOutcome outcome = Stop(script);

        Assert.Empty(outcome.Output);
        Assert.Matches("Evaluation [0-9a-f]{32} goes on .* Invoke-GenieEvaluation -EvaluationId [0-9a-f]{32}", outcome.Text);
        string command = outcome.Text[outcome.Text.IndexOf("Invoke-GenieEvaluation", StringComparison.Ordinal)..].Trim();
        dynamic evaluation = _simulated.Run($"{command} -Timeout 1 -ErrorAction SilentlyContinue").Only;
        Assert.Equal(("RUNNING", 30), ((string)evaluation.Status, (int)evaluation.QuestionCount));
    }

    [Fact]
    public void Stopping_a_test_shows_the_id_of_the_evaluation_that_goes_on()
    {
        const string Completed = "@(Get-GenieRun | Where-Object State -EQ Completed).Count";
        // Runs of other tests may be there.
        int before = (int)_simulated.Observe(Completed).Only;
        using RunningScript script = _simulated.Session.Start(
            "Invoke-GenieLoadTest -QuestionCount 2 -Duration 0 -Evaluate After @fast; 'went on'");
        _simulated.AwaitSight($"{Completed} -gt {before}");
        // What follows are the call that starts it, and polls.
        AwaitCalls((long)_simulated.Observe(Calls).Only + 3);

        ScriptOutcome outcome = Stop(script);

        Assert.Matches("evaluations go on .* Invoke-GenieEvaluation -EvaluationId [0-9a-f]{32}", outcome.Text);
    }

    [Theory]
    [InlineData("Invoke-GenieEvaluation", "The evaluation may ask 500 questions, more than 100. Genie: 90 to 430 DBU")]
    [InlineData("Invoke-GenieLoadTest single_test @fast -Evaluate Before, after, Before",
        "The evaluations ask every benchmark of the space 2 times, at most 1,000 questions beside those of the test, more than 100.")]
    public void In_a_real_space_they_need_consent_and_no_means_no(string script, string reason)
    {
        ConnectAsToARealSpace();
        _simulated.Session.Host.Console.ChoiceAnswer = 1;

        Assert.Empty(_simulated.Run(script).Clean().Output);

        Assert.Contains(reason, Assert.Single(_simulated.Session.Host.Console.Prompts), StringComparison.Ordinal);
        Assert.Equal(0, _simulated.QuestionCount);
    }

    [Theory]
    [InlineData("Invoke-GenieEvaluation -Timeout 1 -Force")]
    [InlineData("Invoke-GenieEvaluation -Timeout 1 -Confirm:$false")]
    [InlineData("Invoke-GenieEvaluation -Timeout 1 -EvaluationId none")]
    [InlineData("Invoke-GenieEvaluation -Timeout 1 -BenchmarkId none")]
    public void What_is_consented_to_or_small_is_not_asked_about(string script)
    {
        ConnectAsToARealSpace();

        _simulated.Run(script);

        Assert.Empty(_simulated.Session.Host.Console.Prompts);
    }

    [Theory]
    [InlineData("Invoke-GenieEvaluation -EvaluationId e -BenchmarkId b", "AmbiguousParameterSet")]
    [InlineData("Invoke-GenieEvaluation -BenchmarkId ../x", "InvalidId")]
    [InlineData("Invoke-GenieEvaluation -Timeout 0", "ParameterArgumentValidationError")]
    [InlineData("Invoke-GenieLoadTest single_test -Evaluate Sometimes", "ParameterArgumentValidationError")]
    public void What_cannot_be_is_refused_before_anything_is_sent(string script, string errorId)
    {
        long calls = _simulated.CallCount;

        Assert.StartsWith(errorId, _simulated.Run(script).Error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(calls, _simulated.CallCount);
    }

    private void ConnectAsToARealSpace()
    {
        _simulated.Session.Set("token", new System.Net.NetworkCredential("", _simulated.Token).SecurePassword);
        _simulated.Run("Connect-Genie -WorkspaceUrl $simulator.Uri -SpaceId $simulator.SpaceId -Token $token").Clean();
    }

    private string Calls => $"(Get-GenieSimulator | Where-Object Uri -EQ '{_simulated.Uri}').CallCount";

    private void AwaitCalls(long calls) => _simulated.AwaitSight($"{Calls} -ge {calls}");

    private static ScriptOutcome Stop(RunningScript script)
    {
        script.Stop();
        return script.Finish();
    }
}
