using GenieLoad.PowerShell.Tests.Hosting;

namespace GenieLoad.PowerShell.Tests.Commands;

/// <summary>Chat mode and agent mode on their way from parameters into plans; nothing is asked in agent mode.</summary>
[Collection(ModuleCollection.Name)]
public sealed class ModeTests : IDisposable
{
    private readonly SimulatedSession _simulated = new();

    public void Dispose() => _simulated.Dispose();

    [Theory]
    [InlineData("-QuestionCount 8 -Mode agent", "8, 8 different; in agent mode")]
    [InlineData("-QuestionCount 8 -Mode Chat, Agent -ModeWeight 3, 1", "8, 8 different; 6 in chat mode, 2 in agent mode")]
    [InlineData("@{ QuestionCount = 8; Mode = 'Agent, Chat'; ModeWeight = 3, 1 }", "8, 8 different; 2 in chat mode, 6 in agent mode")]
    [InlineData("@{ QuestionCount = 8; Mode = 'Agent', 'Chat'; ModeWeight = '3, 1' } -Mode Chat", "8, 8 different")]
    [InlineData("@{ QuestionCount = 8; Mode = 'Agent', 'Chat' } -ModeWeight 1, 7", "8, 8 different; 7 in chat mode, 1 in agent mode")]
    [InlineData("-QuestionCount 8", "8, 8 different")]
    public void What_if_says_the_modes_of_the_plan(string parameters, string questions)
    {
        ScriptOutcome outcome = _simulated.Run($"Invoke-GenieLoadTest {parameters} -WhatIf").Clean();

        Assert.Contains($"  Questions:      {questions}\n", outcome.Text, StringComparison.Ordinal);
        Assert.Equal(0, _simulated.QuestionCount);
    }

    [Theory]
    [InlineData("Agent -StreamIdleTimeout 2m", "Streams: at most 120 s without an event, then the answer is looked up", "Polls:")]
    [InlineData("Agent", "; agent mode was not measured and may cost more", "Polls:")]
    [InlineData("Chat, Agent", "Streams: at most 300 s", "Polls: ", false)]
    [InlineData("Chat", "Polls: ", "Streams:")]
    public void What_if_says_how_questions_of_the_modes_are_heard_of(string mode, string said, string other, bool isLeftOut = true)
    {
        // However wide the lines are.
        string text = string.Join(' ', _simulated.Run($"Invoke-GenieLoadTest -QuestionCount 8 -Mode {mode} -WhatIf").Clean().Text
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

        Assert.Contains(said, text, StringComparison.Ordinal);
        Assert.Equal(isLeftOut, !text.Contains(other, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Invoke-GenieLoadTest light_load -ModeWeight 3, 1", "InvalidScenarioValue", "-ModeWeight is '3, 1'")]
    [InlineData("Invoke-GenieLoadTest light_load -Mode Agent, Agent", "InvalidScenarioValue", "-Mode is 'Agent, Agent'")]
    [InlineData("Invoke-GenieLoadTest light_load -Mode Chat, Agent -ModeWeight 1", "InvalidScenarioValue", "-ModeWeight is '1'")]
    [InlineData("Invoke-GenieLoadTest light_load -Mode Fast", "ParameterArgumentValidationError", "Chat,Agent")]
    [InlineData("Invoke-GenieQuestion 'How many?' -Mode Fast", "ParameterArgumentValidationError", "Chat,Agent")]
    [InlineData("Invoke-GenieLoadTest @{ QuestionCount = 1; Mode = 'Fast' }", "ParameterArgumentTransformationError", "Mode is 'Fast'")]
    public void What_is_no_mode_or_weight_is_refused_and_nothing_is_asked(string script, string errorId, string said)
    {
        ScriptOutcome outcome = _simulated.Run(script);

        Assert.StartsWith(errorId + ",", outcome.Error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(said, outcome.Error.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, _simulated.QuestionCount);
    }

    [Fact]
    public void A_scenario_object_that_came_from_elsewhere_keeps_its_modes()
    {
        const string Elsewhere =
            "[System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize("
            + "(New-GenieScenario both 8 -Mode Agent, Chat -ModeWeight 1, 3)))";

        ScriptOutcome outcome = _simulated.Run(
            $"$both = {Elsewhere}; Invoke-GenieLoadTest $both -WhatIf; "
            + "[GenieLoad.PowerShell.Formatting.ScenarioView]::Load($both)").Clean();

        Assert.Contains("6 in chat mode, 2 in agent mode", outcome.Text, StringComparison.Ordinal);
        Assert.Contains("mode Agent, Chat (1, 3)", (string)outcome.Output[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_of_chat_mode_say_so()
    {
        dynamic run = _simulated.Run("Invoke-GenieLoadTest -QuestionCount 2 -Duration 0 -Mode Chat @fast").Only;

        Assert.All((IEnumerable<dynamic>)run.Results, row => Assert.Equal("Chat", (string)row.Mode));
        Assert.Equal("Chat", (string)_simulated.Run("(Invoke-GenieQuestion 'How many?' -Mode chat -PollInterval 0.02).Mode").Only);
    }
}
