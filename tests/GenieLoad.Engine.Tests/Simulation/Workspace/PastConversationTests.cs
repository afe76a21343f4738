using GenieLoad.Engine.Simulation;
using GenieLoad.Engine.Simulation.Records;

namespace GenieLoad.Engine.Tests.Simulation.Workspace;

public sealed class PastConversationTests
{
    private static readonly SimulatorOptions Talked = SimulatorFixture.Steady with { PastConversationCount = 300 };

    [Fact]
    public void Without_being_asked_for_there_is_no_past()
    {
        using var fixture = new SimulatorFixture();

        Assert.Empty(fixture.Simulator.Record.PastMessages);
    }

    [Fact]
    public void The_past_is_the_same_for_the_same_seed_and_lies_before_the_start()
    {
        using var one = new SimulatorFixture(Talked);
        using var other = new SimulatorFixture(Talked);
        using var further = new SimulatorFixture(Talked with { Seed = 2 });
        DateTime start = one.Simulator.Record.StartedAt.Utc;

        Assert.Equal(
            one.Simulator.Record.PastMessages.Select(m => (m.MessageId, m.AskedAt, m.Question)),
            other.Simulator.Record.PastMessages.Select(m => (m.MessageId, m.AskedAt, m.Question)));
        Assert.NotEqual(one.Simulator.Record.PastMessages[0].MessageId, further.Simulator.Record.PastMessages[0].MessageId);
        Assert.All(one.Simulator.Record.PastMessages, m =>
        {
            Assert.InRange(m.AskedAt, start.AddDays(-14), start);
            Assert.InRange(m.AnsweredAt, m.AskedAt, start);
        });
        Assert.Equal(300, one.Simulator.Record.PastMessages.Select(m => m.ConversationId).Distinct().Count());
    }

    [Fact]
    public void It_has_several_people_a_busy_hour_failures_thumbs_agents_and_private_conversations()
    {
        using var fixture = new SimulatorFixture(Talked);
        IReadOnlyList<SimulatedPastMessage> past = fixture.Simulator.Record.PastMessages;

        Assert.InRange(past.Select(m => m.UserId).Distinct().Count(), 10, 40);
        int[] hours = [.. past.GroupBy(m => m.AskedAt.Date.AddHours(m.AskedAt.Hour)).Select(hour => hour.Count()).OrderDescending()];
        Assert.True(hours[0] > 2 * hours[1], $"{hours[0]} {hours[1]}");
        Assert.InRange(past.Count(m => m.Failed), 1, past.Count / 8);
        Assert.Contains(past, m => m.Rating == "POSITIVE");
        Assert.Contains(past, m => m.Rating == "NEGATIVE");
        Assert.Contains(past, m => m.IsAgent);
        Assert.Contains(past, m => m.IsPrivate);
    }

    [Fact]
    public async Task All_conversations_are_for_those_who_manage_the_space()
    {
        using var fixture = new SimulatorFixture(Talked with { SpaceRight = SimulatedRight.CanEdit });
        SimulatedPastMessage other = fixture.Simulator.Record.PastMessages.First(m => !m.IsOwn);

        Assert.Equal(403, (await fixture.GetAsync($"{fixture.SpacePath}/conversations?include_all=true")).Status);
        Assert.Equal(200, (await fixture.GetAsync($"{fixture.SpacePath}/conversations")).Status);
        Assert.Equal(403, (await fixture.GetAsync($"{fixture.SpacePath}/conversations/{other.ConversationId}/messages")).Status);
    }

    [Fact]
    public async Task A_past_conversation_can_be_deleted()
    {
        using var fixture = new SimulatorFixture(Talked);
        string path = $"{fixture.SpacePath}/conversations/{fixture.Simulator.Record.PastMessages[0].ConversationId}";

        Assert.Equal(200, (await fixture.DeleteAsync(path)).Status);
        Assert.Equal(404, (await fixture.GetAsync($"{path}/messages")).Status);
    }

    [Fact]
    public async Task A_past_message_is_read_as_any_other()
    {
        using var fixture = new SimulatorFixture(Talked);
        SimulatedPastMessage own = fixture.Simulator.Record.PastMessages.First(m => m is { Failed: false, IsPrivate: false });

        SimulatorFixture.Answer answer = await fixture.GetAsync(
            $"{fixture.SpacePath}/conversations/{own.ConversationId}/messages/{own.MessageId}");

        Assert.Equal("COMPLETED", answer.Text("status"));
        Assert.Equal(own.Question, answer.Text("content"));
        Assert.Equal(0, fixture.Simulator.Record.QuestionCount);
        Assert.Empty(fixture.Simulator.Record.Messages);
    }
}
