using GenieLoad.Engine.Simulation;
using GenieLoad.Engine.Simulation.Records;
using static GenieLoad.Engine.Tests.Simulation.SimulatorFixture;

namespace GenieLoad.Engine.Tests.Simulation.Records;

public sealed class SimulatorRecordTests
{
    private static readonly SimulatorOptions Varied = new()
    {
        CallSeconds = 0,
        FailedShare = 0.1,
        TextOnlyShare = 0.2,
        RegenerateShare = 0.2,
        UnknownStatusShare = 0.2,
        ExpiredShare = 0.1,
    };

    [Fact]
    public async Task The_recorded_phases_are_the_ones_that_polls_see()
    {
        using var fixture = new SimulatorFixture(Varied);
        string[] paths = new string[30];
        for (int i = 0; i < paths.Length; i++)
            paths[i] = await fixture.AskAsync($"Question {i}?");
        IReadOnlyList<SimulatedMessage> truth = fixture.Simulator.Record.Messages;
        for (int step = 0; step < 60; step++)
        {
            DateTime now = fixture.Clock.GetUtcNow().UtcDateTime;
            for (int i = 0; i < paths.Length; i++)
            {
                SimulatedPhase? phase = truth[i].Phases.LastOrDefault(p => p.StartedAt.Utc <= now && now < p.EndedAt.Utc);
                Assert.Equal(phase?.Status ?? truth[i].FinalStatus, await fixture.StatusAsync(paths[i]));
            }

            fixture.Advance(0.5);
        }
    }

    [Fact]
    public async Task Phases_follow_each_other_without_gaps_and_add_up()
    {
        using var fixture = new SimulatorFixture(Varied);
        for (int i = 0; i < 200; i++)
            await fixture.AskAsync($"Question {i}?");
        foreach (SimulatedMessage message in fixture.Simulator.Record.Messages)
        {
            Assert.Equal(message.AcceptedAt, message.Phases[0].StartedAt);
            Assert.Equal(message.CompletedAt, message.Phases[^1].EndedAt);
            for (int i = 1; i < message.Phases.Count; i++)
                Assert.Equal(message.Phases[i - 1].EndedAt, message.Phases[i].StartedAt);
            Assert.Equal(message.AnswerSeconds, message.Phases.Sum(phase => phase.Seconds), 9);
        }
    }

    [Fact]
    public async Task The_first_delivery_of_the_end_is_kept()
    {
        using var fixture = new SimulatorFixture();
        string path = await fixture.AskAsync("Revenue by region?");
        fixture.Advance(5);
        await fixture.GetAsync(path);
        Assert.Null(fixture.Simulator.Record.Messages[0].EndDeliveredAt);
        fixture.Advance(5);
        await fixture.GetAsync(path);
        fixture.Advance(5);
        await fixture.GetAsync(path);
        SimulatedMessage message = fixture.Simulator.Record.Messages[0];
        Assert.Equal(10, (message.EndDeliveredAt!.Value.Utc - message.AcceptedAt.Utc).TotalSeconds, 6);
        Assert.Equal(9, message.AnswerSeconds, 6);
        Assert.Equal(3, message.Polls);
        Assert.Equal(message.AcceptedAt, message.AcceptanceDeliveredAt);
    }

    [Fact]
    public async Task Counters_agree_with_the_call_log()
    {
        using var fixture = new SimulatorFixture(Steady with { RateLimitPerMinute = 5 });
        for (int i = 0; i < 8; i++)
            await fixture.StartAsync(i % 2 == 0 ? "Twice" : $"Question {i}");
        await fixture.GetAsync("/nowhere");
        SimulatorRecord record = fixture.Simulator.Record;
        Assert.Equal((9, 5, 3), (record.CallCount, record.QuestionCount, record.ThrottledCount));
        Assert.Equal(9, record.CountOf());
        Assert.Equal(5, record.CountOf(SimulatedOperation.StartConversation, 200));
        Assert.Equal(1, record.CountOf(status: 404));
        foreach (IGrouping<(SimulatedOperation, int), SimulatedCall> group in record.Calls.GroupBy(call => (call.Operation, call.Status)))
            Assert.Equal(group.Count(), record.CountOf(group.Key.Item1, group.Key.Item2));
        Assert.Equal((4, 3), (record.TimesSent("Twice"), record.TimesAccepted("Twice")));
        Assert.Equal([1, 2, 3], record.Messages.Where(m => m.Question == "Twice").Select(m => m.Occurrence));
        Assert.Equal(5, record.AcceptedByQuestion.Values.Sum());
    }

    [Fact]
    public async Task The_call_log_stops_at_its_limit_and_the_counters_do_not()
    {
        using var fixture = new SimulatorFixture(Steady with { CallLogLimit = 3 });
        for (int i = 0; i < 10; i++)
            await fixture.AskAsync($"Question {i}?");
        SimulatorRecord record = fixture.Simulator.Record;
        Assert.Equal((3, 10, 10), (record.Calls.Count, record.CallCount, record.Messages.Count));
        Assert.True(record.CallsAreCut);
    }

    [Fact]
    public async Task The_same_seed_draws_the_same_whatever_the_order_of_the_questions()
    {
        IReadOnlyList<string> forward = await DrawAsync(7, reverse: false);
        IReadOnlyList<string> backward = await DrawAsync(7, reverse: true);
        IReadOnlyList<string> other = await DrawAsync(8, reverse: false);
        Assert.Equal(forward.Order(StringComparer.Ordinal), backward.Order(StringComparer.Ordinal));
        Assert.Empty(forward.Intersect(other));
    }

    [Fact]
    public async Task The_same_seed_fails_the_same_calls()
    {
        string[] first = await FaultsAsync();
        Assert.Equal(first, await FaultsAsync());
        Assert.Contains(first, fault => fault != "None");

        static async Task<string[]> FaultsAsync()
        {
            using var fixture = new SimulatorFixture(Steady with { ServerErrorShare = 0.3, MalformedJsonShare = 0.2, Seed = 5 });
            for (int i = 0; i < 50; i++)
                await fixture.StartAsync($"Question {i}");
            return [.. fixture.Simulator.Record.Calls.Select(call => call.Fault.ToString())];
        }
    }

    [Fact]
    public async Task By_default_half_of_the_answers_take_less_than_about_eight_seconds()
    {
        using var fixture = new SimulatorFixture(new SimulatorOptions { CallSeconds = 0 });
        for (int i = 0; i < 1001; i++)
            await fixture.StartAsync($"Question {i}?");
        double[] seconds = [.. fixture.Simulator.Record.Messages.Select(message => message.AnswerSeconds).Order()];
        Assert.InRange(seconds[500], 7.5, 8.5);
        Assert.True(seconds[950] > 1.2 * seconds[500], "Latencies are spread.");
    }

    [Fact]
    public async Task The_time_scale_divides_all_latencies()
    {
        using var slow = new SimulatorFixture(Varied);
        using var fast = new SimulatorFixture(Varied with { TimeScale = 20 });
        for (int i = 0; i < 20; i++)
        {
            await slow.StartAsync($"Question {i}?");
            await fast.StartAsync($"Question {i}?");
        }

        foreach ((SimulatedMessage a, SimulatedMessage b) in slow.Simulator.Record.Messages.Zip(fast.Simulator.Record.Messages))
            Assert.Equal(a.AnswerSeconds / 20, b.AnswerSeconds, 5);
    }

    private static async Task<IReadOnlyList<string>> DrawAsync(int seed, bool reverse)
    {
        using var fixture = new SimulatorFixture(Varied with { Seed = seed });
        IEnumerable<int> order = Enumerable.Range(0, 40);
        foreach (int i in reverse ? order.Reverse() : order)
        {
            await fixture.StartAsync($"Question {i}?");
            fixture.Advance(0.3);
        }

        return [.. fixture.Simulator.Record.Messages.Select(m =>
            $"{m.Question} {m.MessageId} {m.ConversationId} {m.FinalStatus} "
                + string.Join(' ', m.Phases.Select(p => $"{p.Status} {p.Seconds:F4}")))];
    }
}
