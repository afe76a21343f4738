using GenieLoad.Engine.Simulation;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Running.Ways;

/// <summary>Runs that end while streams are open, and go on later.</summary>
public sealed class AgentResumeTests
{
    [Fact]
    public async Task Answers_that_the_service_finished_meanwhile_are_fetched_and_nothing_is_asked_again()
    {
        // The last of them is asked at 22 s, and taken within 2.
        using var space = new LastingSpace(new SimulatorOptions { LatencySpread = 0 });
        LoadRun stopped = await space.RunAndStop(AgentTruthTests.Agents(12, 24, workers: 12), afterSeconds: 24);
        int open = stopped.Results.Count(row => row is { Outcome: Outcome.Interrupted, MessageId: not null });

        LoadRun run = await space.Resume(stopped);

        Assert.True(open >= 5, $"Only {open} streams were open.");
        Assert.Equal((RunState.Completed, 12), (run.State, run.SuccessfulCount));
        Assert.Equal(open, run.Results.Count(row => row.IsReattached));
        Assert.All(run.Results, row => Assert.Equal((1, "Agent"), (space.Truth.TimesAccepted(row.Question), row.Mode)));
        Assert.All(run.Results.Where(row => row.IsReattached), row =>
        {
            Assert.Equal((null, null, null), (row.ResponseSeconds, row.ThinkingSeconds, row.StreamBytes));
            int statements = space.Truth.Messages.Single(one => one.MessageId == row.MessageId).Statements.Count;
            Assert.Equal(statements, row.StatementIds!.Split(' ').Length);
        });
    }

    [Fact]
    public async Task Answers_that_are_not_finished_yet_are_waited_for()
    {
        using var space = new LastingSpace(new SimulatorOptions { AgentThinkingSeconds = 60, AgentStatementCount = 1, LatencySpread = 0 });
        LoadRun stopped = await space.RunAndStop(AgentTruthTests.Agents(4, 0.001, workers: 4), afterSeconds: 20);

        LoadRun run = await space.Resume(stopped, pauseSeconds: 1);

        Assert.Equal((RunState.Completed, 4), (run.State, run.SuccessfulCount));
        Assert.All(run.Results.Where(row => row.IsReattached), row => Assert.True(row.Polls > 1));
        Assert.Contains(run.Results, row => row.IsReattached);
        Assert.All(run.Results, row => Assert.Equal(1, space.Truth.TimesAccepted(row.Question)));
    }

    [Fact]
    public async Task A_conversation_in_both_runs_stays_one()
    {
        using var space = new LastingSpace(new SimulatorOptions());
        LoadRun stopped = await space.RunAndStop(AgentTruthTests.Agents(6, 0.001, workers: 6, conversation: "c"), afterSeconds: 70);

        LoadRun run = await space.Resume(stopped);

        Assert.Equal((RunState.Completed, 6), (run.State, run.SuccessfulCount));
        Assert.Single(run.Results.Select(row => row.ConversationId).Distinct());
        Assert.All(run.Results, row => Assert.Equal(1, space.Truth.TimesAccepted(row.Question)));
    }
}
