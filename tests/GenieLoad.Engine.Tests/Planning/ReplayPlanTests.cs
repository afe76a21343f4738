using GenieLoad.Engine.Planning;
using GenieLoad.Engine.Questions;
using GenieLoad.Engine.Scenarios;
using GenieLoad.Engine.Sessions;
using GenieLoad.Engine.Tests.Conversations;
using GenieLoad.Engine.Simulation;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Planning;

public sealed class ReplayPlanTests
{
    private static readonly DateTime Monday = new(2026, 11, 23, 9, 0, 0, DateTimeKind.Utc);
    private static readonly PlanOptions Options = new() { Seed = 1 };

    // Two conversations that overlap: answers of 10 s, and somebody who asks again before the answer is there.
    private static readonly Question[] Two =
    [
        Recorded("First?", 100, "a", 10), Recorded("Then?", 140, "a", 10), Recorded("Already?", 145, "a", 10),
        Recorded("Other?", 120, "b", 10), Recorded("More?", 190, "b", 10),
    ];

    [Fact]
    public void Conversations_begin_as_recorded_and_times_to_think_follow_the_answers()
    {
        Plan plan = Build(Two);

        Assert.Equal(
            [
                ("First?", 0.0, "a", 1, null, null), ("Other?", 20.0, "b", 1, null, null), ("Then?", 30.0, "a", 2, 1, 30.0),
                ("Already?", 30.0, "a", 3, 3, 0.0), ("More?", 80.0, "b", 2, (int?)2, (double?)60.0),
            ],
            plan.Questions.Select(q => (q.Text, q.PlannedSeconds, q.Conversation!, q.Turn, q.AfterIndex, q.ThinkSeconds)));
        Assert.Equal(("replay_5q", "replay", 2, ArrivalShape.Replay), (plan.Name, plan.ScenarioName, plan.WorkerCount, plan.Arrival));
        Assert.Equal(Enumerable.Range(1, 5), plan.Questions.Select(q => q.Index));
    }

    [Fact]
    public void Speed_moves_the_starts_together_and_leaves_the_times_to_think()
    {
        Plan plan = Build(Two, speed: 4);

        Assert.Equal([("First?", 0.0), ("Other?", 5.0), ("Then?", 30.0), ("Already?", 30.0), ("More?", 65.0)],
            plan.Questions.Select(q => (q.Text, q.PlannedSeconds)));
        Assert.Equal([30.0, 0.0, 60.0], plan.Questions.Where(q => q.ThinkSeconds is not null).Select(q => q.ThinkSeconds!.Value));
        Assert.Equal("replay_5q_4x", plan.Name);
    }

    [Fact]
    public void Order_of_the_list_does_not_matter_and_every_text_is_asked_once()
    {
        Plan plan = Build([.. Two.Reverse()]);

        Assert.Equal(
            Build(Two).Questions.Select(q => (q.PlannedSeconds, q.Text, q.Turn, q.ThinkSeconds)),
            plan.Questions.Select(q => (q.PlannedSeconds, q.Text, q.Turn, q.ThinkSeconds)));
    }

    [Fact]
    public void The_hash_tells_replays_of_different_speed_apart_and_not_those_of_one()
    {
        Assert.Equal(Build(Two).Hash, Build(Two).Hash);
        Assert.NotEqual(Build(Two).Hash, Build(Two, speed: 2).Hash);
        Assert.Matches("^[0-9a-f]{64}$", Build(Two).Hash);
    }

    [Fact]
    public void An_answer_of_unknown_length_took_as_long_as_the_others()
    {
        Plan plan = Build(
            [Recorded("A?", 0, "a", null), Recorded("B?", 60, "a", null), Recorded("C?", 5, "c", 8), Recorded("D?", 5, "d", 12)]);

        Assert.Equal(50, plan.Questions.Single(q => q.Text == "B?").ThinkSeconds);
    }

    [Fact]
    public void Who_comes_back_after_more_than_half_an_hour_begins_anew_in_the_same_conversation()
    {
        Plan plan = Build([Recorded("A?", 0, "a", 10), Recorded("B?", 7210, "a", 10), Recorded("C?", 7250, "a", 10)], speed: 10);

        Assert.Equal(
            [("A?", 0.0, 1, null, null), ("B?", 721.0, 2, 1, null), ("C?", 751.0, 3, (int?)2, (double?)30.0)],
            plan.Questions.Select(q => (q.Text, q.PlannedSeconds, q.Turn, q.AfterIndex, q.ThinkSeconds)));
        Assert.Equal("a", Assert.Single(plan.Questions.Select(q => q.Conversation).Distinct()));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_speed_of_none_is_refused(double speed) => ErrorAssert.Refused("InvalidSpeed", () => Build(Two, speed), "Speed is");

    [Fact]
    public void What_nobody_recorded_is_refused_with_its_id() => ErrorAssert.Refused(
        "QuestionNotRecorded", () => Build([Two[0], new Question { Id = "mine", Text = "Mine?" }]), "'mine'", "AskedAt");

    [Fact]
    public void Samples_cannot_be_replayed() => ErrorAssert.Refused(
        "QuestionNotRecorded", () => LoadTestSession.Of(new LoadTestRequest { ReplaySpeed = 1 }), "no recorded questions");

    [Fact]
    public void A_replay_takes_no_times_from_anywhere_else()
    {
        (ScenarioOverrides Changes, string Name)[] conflicts =
        [
            (new() { QuestionCount = 5 }, "-QuestionCount"), (new() { DurationSeconds = 5 }, "-Duration"),
            (new() { Rate = "1/s" }, "-Rate"),
            (new() { Arrival = ArrivalShape.Poisson }, "-Arrival"), (new() { UserCount = 5 }, "-UserCount"),
            (new() { QuestionsPerUser = 5 }, "-QuestionsPerUser"), (new() { ThinkTime = "5s" }, "-ThinkTime"),
            (new() { WarmUpCount = 1 }, "-WarmUpCount"),
        ];
        Assert.All(conflicts, conflict => ErrorAssert.Refused(
            "ReplayConflict", () => ReplayPlan.Build(Two, 1, conflict.Changes, Options), conflict.Name));
        GenieLoadException error = ErrorAssert.Refused(
            "ReplayConflict",
            () => LoadTestSession.Of(new LoadTestRequest { ReplaySpeed = 1, Questions = Two, Scenario = BuiltInScenarios.All[0] }),
            $"The scenario '{BuiltInScenarios.All[0].Name}' cannot be used");
        Assert.Equal($"Leave out the scenario '{BuiltInScenarios.All[0].Name}', or -Replay.", error.Recommendation);
    }

    [Theory]
    [InlineData(1, "has no AskedAt.")]
    [InlineData(2, "has no AskedAt; nor has 1 other.")]
    [InlineData(3, "has no AskedAt; nor have 2 others.")]
    public void Questions_without_an_instant_are_counted(int count, string words) => ErrorAssert.Refused(
        "QuestionNotRecorded",
        () => Build([Two[0], .. Enumerable.Range(0, count).Select(i => new Question { Id = $"mine{i}", Text = $"Mine {i}?" })]), words);

    [Fact]
    public void Workers_pace_and_overflow_can_be_set_and_are_checked()
    {
        Plan plan = ReplayPlan.Build(
            Two, 1, new ScenarioOverrides { WarmUpCount = 0, WorkerCount = 1, QuestionsPerMinute = 5, Overflow = "shed" }, Options);

        Assert.Equal((1, 5.0, OverflowRule.Shed), (plan.WorkerCount, plan.QuestionsPerMinute!.Value, plan.Overflow));
        Assert.Throws<GenieLoadException>(() => ReplayPlan.Build(Two, 1, new ScenarioOverrides { QuestionsPerMinute = -1 }, Options));
    }

    [Fact]
    public void A_replay_that_would_last_for_years_is_refused() => ErrorAssert.Refused(
        "ReplayTooLong", () => Build([Recorded("A?", 0, "a", 1), Recorded("B?", 500 * 86_400.0, "b", 1)]), "500 days");

    [Fact]
    public void The_busiest_minute_is_held_against_the_limit_before_anything_is_asked()
    {
        using LoadTestSession session = LoadTestSession.Of(new LoadTestRequest { ReplaySpeed = 60, Questions = Two, WorkspaceLimit = 2 });
        using LoadTestSession wide = LoadTestSession.Of(new LoadTestRequest { ReplaySpeed = 60, Questions = Two, WorkspaceLimit = 100 });

        string warning = Assert.Single(session.Warnings);
        Assert.Contains("asks 4 questions; the limit is 2", warning, StringComparison.Ordinal);
        Assert.Empty(wide.Warnings);
        Assert.Contains("Replay", session.Describe(), StringComparison.Ordinal);
        Assert.True(session.AsksForConsent || session.Connections.Any() == false);
    }

    [Fact]
    public void Of_several_workspaces_the_busiest_minute_of_one_is_held_against_its_limit()
    {
        Connection To(string name) => new()
        {
            Name = name, WorkspaceUrl = $"https://{name}.example", SpaceId = "s", Credential = "test", ConnectedAt = DateTime.UnixEpoch,
        };
        Question[] many = [.. Enumerable.Range(0, 12).Select(i => Recorded($"Question {i}?", i, $"{i}", 10))];
        using LoadTestSession session = LoadTestSession.Of(new LoadTestRequest
        {
            ReplaySpeed = 1, Questions = many, WorkspaceLimit = 5, Connections = [To("a"), To("b")],
        });

        Assert.Contains("asks one workspace 6 questions; the limit is 5", Assert.Single(session.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Unknown_answer_times_are_warned_of()
    {
        using LoadTestSession session = LoadTestSession.Of(new LoadTestRequest
        {
            ReplaySpeed = 1, Questions = [Recorded("A?", 0, "a", null), Two[0]], WorkspaceLimit = 100,
        });

        Assert.Contains("1 of 2 questions", Assert.Single(session.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 3)]
    [InlineData(3, 40)]
    public void Over_random_pasts_starts_and_pauses_are_those_of_the_record(int seed, double speed)
    {
        using var space = new TalkedSpace(new SimulatorOptions { Seed = seed, PastConversationCount = 80 });
        Question[] questions = [.. RecordedQuestions.Of(space.Read())];
        var truth = space.Chats.ToDictionary(message => message.MessageId);
        Dictionary<string, string> sources = questions.ToDictionary(question => question.Id, question => question.SourceId!);
        DateTime first = space.Chats.Min(message => message.AskedAt);

        Plan plan = Build(questions, speed);

        Assert.Equal(truth.Count, plan.QuestionCount);
        foreach (PlannedQuestion question in plan.Questions)
        {
            var then = truth[sources[question.QuestionId]];
            Assert.Equal((then.Question, then.Turn), (question.Text, question.Turn));
            if (then.Turn == 1)
                Assert.Equal((then.AskedAt - first).TotalSeconds / speed, question.PlannedSeconds, 1e-5);
            else if (!then.IsPrivate)
            {
                var before = truth[sources[plan.Questions[question.AfterIndex!.Value - 1].QuestionId]];
                Assert.Equal(then.ConversationId, before.ConversationId);
                Assert.Equal((then.AskedAt - before.AnsweredAt).TotalSeconds, question.ThinkSeconds!.Value, 3);
            }
        }
    }

    internal static Question Recorded(string text, double second, string? conversation, double? seconds) => new()
    {
        Id = "", Text = text, Conversation = conversation, AskedAt = Monday.AddSeconds(second), RecordedSeconds = seconds,
        Origin = QuestionOrigin.Conversation,
    };

    private static Plan Build(IReadOnlyList<Question> questions, double speed = 1) =>
        ReplayPlan.Build(questions, speed, new ScenarioOverrides(), Options);
}
