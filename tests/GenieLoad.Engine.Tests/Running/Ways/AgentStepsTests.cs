using System.Text.Json;
using GenieLoad.Engine.Genie.Agent;
using GenieLoad.Engine.Running.Ways;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Running.Ways;

public sealed class AgentStepsTests
{
    private readonly AgentSteps _steps = new();

    [Fact]
    public void Steps_without_end_are_not_held_without_end()
    {
        for (int i = 0; i < 10_001; i++)
            Saw(StreamedSpace.Thought(i));

        Assert.Equal(10_000, _steps.ItemCount);
    }

    [Fact]
    public void What_was_asked_is_no_step()
    {
        Saw(StreamedSpace.Question("How many?"));

        Assert.Equal(0, _steps.ItemCount);
    }

    [Fact]
    public void A_statement_that_several_items_name_is_one()
    {
        Saw(StreamedSpace.Output(1));
        Saw(StreamedSpace.Output(1));
        Saw("""{"type":"message","id":"m1","metadata":{"statement_id":"st1"}}""");

        Assert.Equal(["st1"], _steps.Statements);
    }

    [Fact]
    public void A_result_of_a_call_that_nobody_saw_ends_no_other()
    {
        Saw(StreamedSpace.Call(1));
        Saw(StreamedSpace.Output(2));

        Assert.Equal(AgentStatus.RunningSql, _steps.Status);
    }

    private void Saw(string item)
    {
        using JsonDocument document = JsonDocument.Parse(item);
        _steps.Saw(AgentItem.Of(document.RootElement), 0);
    }
}
