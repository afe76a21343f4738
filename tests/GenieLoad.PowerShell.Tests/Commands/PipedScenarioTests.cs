using GenieLoad.PowerShell.Tests.Hosting;

namespace GenieLoad.PowerShell.Tests.Commands;

/// <summary>Scenarios that come down the pipeline to a load test, where questions come too.</summary>
[Collection(ModuleCollection.Name)]
public sealed class PipedScenarioTests : IDisposable
{
    private const string Scenario = "New-GenieScenario -Name morning -QuestionCount 2 -Duration 0";

    private readonly SimulatedSession _simulated = new("-LatencySpread 0");

    public void Dispose() => _simulated.Dispose();

    [Theory]
    [InlineData(Scenario + " | Invoke-GenieLoadTest @fast", "morning", "")]
    [InlineData(Scenario + " | Invoke-GenieLoadTest -Question 'A?', 'B?' @fast", "morning", "A?,B?")]
    [InlineData("(" + Scenario + "), 'A?', @{ question = 'B?' } | Invoke-GenieLoadTest @fast", "morning", "A?,B?")]
    [InlineData("Invoke-GenieLoadTest -InputObject (" + Scenario + ") -Question 'A?', 'B?' @fast", "morning", "A?,B?")]
    [InlineData("'light_load', 'B?' | Invoke-GenieLoadTest -Duration 0 @fast", "custom_adhoc_test", "light_load,B?")]
    [InlineData("[pscustomobject]@{ question = 'A?'; Name = 'x' } | Invoke-GenieLoadTest @fast", "custom_adhoc_test", "A?")]
    public void A_scenario_is_the_shape_and_everything_else_is_asked(string script, string scenario, string asked)
    {
        dynamic run = _simulated.Run(script).Only;

        Assert.Equal(scenario, (string)run.ScenarioName);
        string[] questions = [.. ((IEnumerable<dynamic>)run.Results).Select(row => (string)row.Question)];
        if (asked.Length > 0)
            Assert.Equal(asked.Split(','), questions);
        else
            Assert.Equal(2, questions.Length);
        Assert.Equal(questions.Length, _simulated.QuestionCount);
    }

    [Theory]
    [InlineData("Get-GenieScenario | Invoke-GenieLoadTest", "SeveralScenarios")]
    [InlineData(Scenario + " | Invoke-GenieLoadTest light_load", "SeveralScenarios")]
    [InlineData(Scenario + " | Invoke-GenieLoadTest -Question @()", "NoQuestions")]
    [InlineData("@() | Invoke-GenieLoadTest", "QuestionCountMissing")]
    public void What_is_not_one_scenario_with_questions_is_refused(string script, string errorId)
    {
        ScriptOutcome outcome = _simulated.Run(script);

        Assert.StartsWith(errorId + ",", outcome.Error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(0, _simulated.QuestionCount);
    }

    [Fact]
    public void What_if_warns_of_thresholds_that_cannot_pass_and_only_of_those()
    {
        ScriptOutcome outcome = _simulated.Run(
            "Invoke-GenieLoadTest -QuestionCount 100 -WhatIf "
            + "-Threshold 'P99ResponseSeconds < 60', 'P95ResponseSeconds < 60', 'SuccessRate >= 99'");

        Assert.Equal(2, outcome.Warnings.Count);
        Assert.Contains("'P99ResponseSeconds < 60' cannot pass: it needs at least 368 questions", outcome.Warnings[0]);
        Assert.Contains("'SuccessRate >= 99' cannot pass: it needs at least 381 questions", outcome.Warnings[1]);
        Assert.Equal(0, _simulated.QuestionCount);
    }
}
