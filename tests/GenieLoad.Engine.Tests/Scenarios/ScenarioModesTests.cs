using System.Text;
using GenieLoad.Engine.DataFiles;
using GenieLoad.Engine.Scenarios;
using GenieLoad.Engine.Tests.Planning;
using GenieLoad.Engine.Tests.Runs;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Scenarios;

public sealed class ScenarioModesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string JsonPath => _folder.File("scenarios.json");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("", "Chat", null)]
    [InlineData(""" "mode":"agent" """, "Agent", null)]
    [InlineData(""" "mode":"agent,chat" """, "Agent, Chat", null)]
    [InlineData(""" "mode":["CHAT","Agent"],"modeWeight":[3,1] """, "Chat, Agent", "3, 1")]
    [InlineData(""" "Mode":" Chat , Agent ","mode_weight":"2.50,1e0" """, "Chat, Agent", "2.5, 1")]
    [InlineData(""" "mode":null,"modeWeight":"" """, "Chat", null)]
    public void Modes_and_weights_are_a_list_or_one_text_and_spelled_as_they_are_known(string fields, string mode, string? weights)
    {
        Scenario scenario = Read(fields);

        Assert.Equal((mode, weights), (scenario.Mode, scenario.ModeWeight));
    }

    [Theory]
    [InlineData(""" "mode":"Fast" """, "mode is 'Fast'", "Give Chat, Agent, or both")]
    [InlineData(""" "mode":"Chat,Fast" """, "mode is 'Chat, Fast'", "Give Chat, Agent, or both")]
    [InlineData(""" "mode":["Agent",null] """, "mode is 'Agent, '", "Give Chat, Agent, or both")]
    [InlineData(""" "mode":[] """, "mode is ''", "Give Chat, Agent, or both")]
    [InlineData(""" "mode":"agent, Agent" """, "mode is 'Agent, Agent'", "Give each mode once; modeWeight says")]
    [InlineData(""" "modeWeight":3 """, "modeWeight is '3'", "Leave it out, or give two modes in mode")]
    [InlineData(""" "mode":"Agent","modeWeight":"3, 1" """, "modeWeight is '3, 1'", "Leave it out, or give two modes in mode")]
    [InlineData(""" "mode":"Chat,Agent","modeWeight":3 """, "modeWeight is '3'", "one number above 0 for each mode of 'Chat, Agent'")]
    [InlineData(""" "mode":"Chat,Agent","modeWeight":[3,1,1] """, "modeWeight is '3, 1, 1'", "one number above 0 for each mode")]
    [InlineData(""" "mode":"Chat,Agent","modeWeight":[3,0] """, "modeWeight is '3, 0'", "one number above 0 for each mode")]
    [InlineData(""" "mode":"Chat,Agent","modeWeight":[-1,1] """, "modeWeight is '-1, 1'", "one number above 0 for each mode")]
    [InlineData(""" "mode":"Chat,Agent","modeWeight":"NaN,1" """, "modeWeight is 'NaN, 1'", "one number above 0 for each mode")]
    [InlineData(""" "mode":"Chat,Agent","modeWeight":"Infinity,1" """, "modeWeight is 'Infinity, 1'", "one number above 0 for each mode")]
    [InlineData(""" "mode":"Chat,Agent","modeWeight":"3:1" """, "modeWeight is '3:1'", "one number above 0 for each mode")]
    public void What_is_no_mode_or_weight_is_refused(string fields, string said, string remedy)
    {
        GenieLoadException error = ErrorAssert.Refused("InvalidScenarioValue", () => Read(fields), JsonPath, said);

        Assert.Contains(remedy, error.Recommendation, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Chat", null)]
    [InlineData("Agent", null)]
    [InlineData("Agent, Chat", null)]
    [InlineData("Chat, Agent", "3, 0.5")]
    public void A_file_holds_them_and_chat_mode_is_not_written(string mode, string? weights)
    {
        Scenario scenario = ScenarioRulesTests.Make(questions: 3) with { Mode = mode, ModeWeight = weights };
        using MemoryStream json = new();
        using MemoryStream psd1 = new();

        ScenarioFile.Write(json, JsonPath, [scenario]);
        ScenarioFile.Write(psd1, "a.psd1", [scenario]);

        File.WriteAllBytes(JsonPath, json.ToArray());
        Scenario read = Assert.Single(ScenarioFile.Read(JsonPath, NoPsd1));
        Assert.Equal((mode, weights), (read.Mode, read.ModeWeight));
        string text = Encoding.UTF8.GetString(psd1.ToArray());
        Assert.Equal(mode != "Chat", text.Contains($"    Mode            = '{mode}'\n", StringComparison.Ordinal));
        Assert.Equal(mode != "Chat", text.Contains("Mode", StringComparison.Ordinal));
        Assert.Equal(weights is not null, text.Contains($"    ModeWeight      = '{weights}'\n", StringComparison.Ordinal));
    }

    [Fact]
    public void A_scenario_of_code_is_checked_too() => ErrorAssert.Refused(
        "InvalidScenarioValue", () => ScenarioRules.Check(ScenarioRulesTests.Make(questions: 3) with { Mode = "agent" }),
        "Mode is 'agent'");

    [Fact]
    public void A_test_sets_modes_over_those_of_its_scenario_and_their_weights_go_with_them()
    {
        Scenario mixed = ScenarioRulesTests.Make(questions: 30) with { Mode = "Chat, Agent", ModeWeight = "3, 1" };

        Scenario agent = new ScenarioOverrides { Mode = ["agent"] }.Apply(mixed, 0);
        Scenario even = new ScenarioOverrides { Mode = ["chat", "AGENT"] }.Apply(mixed, 0);
        Scenario weighted = new ScenarioOverrides { ModeWeight = [1, 2.5] }.Apply(mixed, 0);
        Scenario other = new ScenarioOverrides { WorkerCount = 2 }.Apply(mixed, 0);

        Assert.Equal(("Agent", null), (agent.Mode, agent.ModeWeight));
        Assert.Equal(("Chat, Agent", null), (even.Mode, even.ModeWeight));
        Assert.Equal(("Chat, Agent", "1, 2.5"), (weighted.Mode, weighted.ModeWeight));
        Assert.Equal(("Chat, Agent", "3, 1"), (other.Mode, other.ModeWeight));
        Assert.Equal("Agent", new ScenarioOverrides { Mode = ["Agent"] }.Apply(null, 3).Mode);
        ErrorAssert.Refused(
            "InvalidScenarioValue", () => new ScenarioOverrides { ModeWeight = [1, 2] }.Apply(agent, 0), "-ModeWeight is '1, 2'");
        ErrorAssert.Refused(
            "InvalidScenarioValue", () => new ScenarioOverrides { Mode = ["Agent", "Agent"] }.Apply(mixed, 0), "-Mode is 'Agent, Agent'");
    }

    private static DataValue NoPsd1(string text) => throw new DataFileSyntaxException(text, 1);

    private Scenario Read(string fields)
    {
        string more = string.IsNullOrWhiteSpace(fields) ? "" : "," + fields;
        File.WriteAllText(JsonPath, $$"""{"name":"a","questionCount":1{{more}}}""");
        return Assert.Single(ScenarioFile.Read(JsonPath, NoPsd1));
    }
}
