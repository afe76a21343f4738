using System.Globalization;
using GenieLoad.Engine.Simulation;
using GenieLoad.Engine.Simulation.Records;
using GenieLoad.Engine.Simulation.Script;
using static GenieLoad.Engine.Tests.Simulation.SimulatorFixture;

namespace GenieLoad.Engine.Tests.Simulation.Script;

public sealed class ServiceLoadTests
{
    // A steady answer takes 9 s.
    [Fact]
    public async Task Answers_take_longer_in_proportion_to_what_is_in_flight_beyond_the_slots()
    {
        Assert.Equal("9 9 13.5 18", await AskAsync(Steady with { ServiceSlots = 2 }, 0, 0, 0, 0));
        Assert.Equal("9 9 9 9", await AskAsync(Steady, 0, 0, 0, 0));
    }

    [Fact]
    public async Task Whatever_has_ended_is_no_longer_in_flight() =>
        Assert.Equal("9 18 18 9", await AskAsync(Steady with { ServiceSlots = 1 }, 0, 0, 9, 28));

    [Fact]
    public async Task All_spaces_share_the_slots()
    {
        using var fixture = new SimulatorFixture(Steady with { ServiceSlots = 1, SpaceCount = 2 });
        await fixture.AskAsync("First");
        await fixture.PostAsync($"/api/2.0/genie/spaces/{fixture.Simulator.SpaceIds[1]}/start-conversation", Content("Second"));
        Assert.Equal([9, 18], fixture.Simulator.Record.Messages.Select(message => message.AnswerSeconds));
    }

    [Fact]
    public async Task A_question_that_its_conversation_blocks_takes_nothing_from_others()
    {
        using var fixture = new SimulatorFixture(Steady with { ServiceSlots = 1 });
        string path = await fixture.AskAsync("First");
        await fixture.PostAsync(path[..path.LastIndexOf('/')], Content("Blocked"));
        await fixture.AskAsync("Second");
        Assert.Equal([9, 1, 18], fixture.Simulator.Record.Messages.Select(message => message.AnswerSeconds));
    }

    [Fact]
    public async Task Every_phase_grows_but_not_the_start_of_the_warehouse()
    {
        using var fixture = new SimulatorFixture(Steady with { ServiceSlots = 1, ColdWarehouseSeconds = 100, TimeScale = 10 });
        await fixture.AskAsync("First");
        await fixture.AskAsync("Second");
        SimulatedMessage second = fixture.Simulator.Record.Messages[1];
        // The first waits for the start from 0.7 to 10.7; the second comes to it at 1.4.
        Assert.Equal([0.2, 0.2, 0.2, 0.8, 9.3, 0.2], second.Phases.Select(phase => Math.Round(phase.Seconds, 6)));
    }

    [Fact]
    public void Questions_of_many_threads_are_counted_one_by_one()
    {
        var load = new ServiceLoad(1);
        double sum = 0;
        Parallel.For(0, 100_000, i => load.Carry(0, (growth, _) =>
        {
            sum += growth;
            return new MessageScript([new ScriptedPhase(MessageStatuses.Completed, 1 + i)], []);
        }));
        Assert.Equal(100_000.0 * 100_001 / 2, sum);
    }

    /// <summary>Asks at so many seconds; how long each answer takes.</summary>
    private static async Task<string> AskAsync(SimulatorOptions options, params double[] at)
    {
        using var fixture = new SimulatorFixture(options);
        double now = 0;
        foreach (double second in at)
        {
            fixture.Advance(second - now);
            now = second;
            await fixture.AskAsync("How many?");
        }

        return string.Join(' ', fixture.Simulator.Record.Messages.Select(
            message => message.AnswerSeconds.ToString("0.###", CultureInfo.InvariantCulture)));
    }
}
