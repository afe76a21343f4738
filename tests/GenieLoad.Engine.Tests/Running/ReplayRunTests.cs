using GenieLoad.Engine.Planning;
using GenieLoad.Engine.Runs;
using GenieLoad.Engine.Scenarios;
using GenieLoad.Engine.Simulation;
using GenieLoad.Engine.Simulation.Records;
using GenieLoad.Engine.Tests.Planning;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Running;

/// <summary>A replay against a simulated space: what was asked when, the simulator says.</summary>
public sealed class ReplayRunTests
{
    private static readonly SimulatorOptions Slow = new() { CallSeconds = 0 };

    private static readonly Plan Replay = ReplayPlan.Build(
        [
            .. Enumerable.Range(0, 12).SelectMany(talk => Enumerable.Range(0, 3).Select(turn => ReplayPlanTests.Recorded(
                $"Talk {talk}, turn {turn}?", (30 * talk) + (50 * turn), $"talk-{talk}", 10))),
        ],
        2, new ScenarioOverrides(), new PlanOptions { Seed = 3 });

    [Fact]
    public async Task Conversations_start_on_time_and_the_time_to_think_begins_at_the_end_of_the_actual_answer()
    {
        SimulatedRun run = await SimulatedRun.Of(Replay, Slow);

        Dictionary<string, SimulatedMessage> asked = run.Truth.Messages.ToDictionary(message => message.Question);
        Assert.Equal(36, asked.Count);
        for (int talk = 0; talk < 12; talk++)
        {
            SimulatedMessage[] turns = [.. Enumerable.Range(0, 3).Select(turn => asked[$"Talk {talk}, turn {turn}?"])];
            Assert.Equal(15 * talk, (turns[0].ReceivedAt.Utc - run.Truth.StartedAt.Utc).TotalSeconds, 0.2);
            Assert.Equal([1, 2, 3], turns.Select(message => message.Turn));
            Assert.Single(turns.Select(message => message.ConversationId).Distinct());
            for (int turn = 1; turn < 3; turn++)
            {
                QuestionResult before = run.Rows.Single(row => row.Question == turns[turn - 1].Question);
                QuestionResult row = run.Rows.Single(row => row.Question == turns[turn].Question);
                Assert.Equal(40, row.StartedOffsetSeconds!.Value - before.CompletedOffsetSeconds!.Value, 0.1);
            }
        }
    }

    [Theory]
    [InlineData(20)]
    [InlineData(600)]
    public async Task Who_came_back_asks_at_the_recorded_time_and_never_before_the_turn_before_has_ended(double speed)
    {
        // The second turn follows 30 s after an answer of some seconds; the third came back after an hour: at speed 600, 6 s later.
        Plan plan = ReplayPlan.Build(
            [
                .. Enumerable.Range(0, 4).SelectMany(talk => new[]
                {
                    ReplayPlanTests.Recorded($"Talk {talk}, turn 0?", 10 * talk, $"talk-{talk}", 10),
                    ReplayPlanTests.Recorded($"Talk {talk}, turn 1?", 40 + (10 * talk), $"talk-{talk}", 10),
                    ReplayPlanTests.Recorded($"Talk {talk}, turn 2?", 3640 + (10 * talk), $"talk-{talk}", 10),
                }),
            ],
            speed, new ScenarioOverrides(), new PlanOptions { Seed = 3 });

        SimulatedRun run = await SimulatedRun.Of(plan, Slow);

        for (int talk = 0; talk < 4; talk++)
        {
            SimulatedMessage[] asked = [.. Enumerable.Range(0, 3)
                .Select(turn => run.Truth.Messages.Single(message => message.Question == $"Talk {talk}, turn {turn}?"))];
            Assert.Equal([1, 2, 3], asked.Select(message => message.Turn));
            Assert.Single(asked.Select(message => message.ConversationId).Distinct());
            double before = run.Rows.Single(row => row.Question == asked[1].Question).CompletedOffsetSeconds!.Value;
            QuestionResult last = run.Rows.Single(row => row.Question == asked[2].Question);
            double due = Math.Max(before, (3640 + (10 * talk)) / speed);
            Assert.Equal(due, last.StartedOffsetSeconds!.Value, 0.2);
            // Its own time must not count as lateness while the answer before it is still awaited.
            Assert.Equal(due, last.PlannedOffsetSeconds, 0.2);
        }
    }

    [Fact]
    public async Task A_replay_that_was_stopped_goes_on_with_what_is_left()
    {
        using var space = new LastingSpace(Slow);
        LoadRun before = await space.RunAndStop(Replay, afterSeconds: 100);

        LoadRun after = await space.Resume(before, pauseSeconds: 600);

        Assert.InRange(before.Results.Count(row => row.Success), 1, 35);
        Assert.Equal((RunState.Completed, 36), (after.State, after.Results.Count(row => row.Success)));
        Assert.Equal(Replay.Hash, after.Plan.Hash);
        Assert.All(space.Truth.AcceptedByQuestion, question => Assert.Equal(1, question.Value));
    }

    [Fact]
    public async Task The_folder_with_people_s_words_is_for_its_owner_alone()
    {
        using var space = new LastingSpace(Slow);

        LoadRun run = await space.RunAndStop(Replay, afterSeconds: 20);

        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
                File.GetUnixFileMode(new RunFolder(run.RunPath!).Path));
        }
    }
}
