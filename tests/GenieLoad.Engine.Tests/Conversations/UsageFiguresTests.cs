using System.Globalization;
using GenieLoad.Engine.Conversations;
using GenieLoad.Engine.Questions;
using GenieLoad.Engine.Scenarios;
using GenieLoad.Engine.Simulation;
using GenieLoad.Engine.Simulation.Records;
using GenieLoad.Engine.Statistics;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Conversations;

public sealed class UsageFiguresTests
{
    private static readonly DateTime Morning = new(2026, 11, 23, 9, 0, 0, DateTimeKind.Utc);

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 12)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Over_random_pasts_the_figures_are_those_of_the_record(int seed)
    {
        using var space = new TalkedSpace(new SimulatorOptions
        {
            Seed = seed, PastConversationCount = 20 * seed, PastDays = 1 + (seed % 5 * 7),
        });
        IReadOnlyList<SimulatedPastMessage> truth = space.Chats;
        SimulatedPastMessage[] seen = [.. truth.Where(m => !m.IsPrivate || m.IsOwn)];

        SpaceUsage usage = UsageFigures.Of(space.Read(), "space");

        Assert.Equal(truth.Count, usage.Questions);
        Assert.Equal(truth.Select(m => m.ConversationId).Distinct().Count(), usage.Conversations);
        Assert.Equal(truth.Select(m => m.UserId).Distinct().Count(), usage.People);
        Assert.Equal((double)usage.Questions / usage.Conversations, usage.QuestionsPerConversation);
        Assert.Equal((seen.Count(m => m.Failed), truth.Count - seen.Length), (usage.Failed!.Value, usage.QuestionsWithoutAnswer));
        Assert.Equal((double)seen.Count(m => m.Failed) / seen.Length, usage.FailedShare!.Value, 9);
        Assert.Equal(
            (seen.Count(m => m.Rating == "POSITIVE"), seen.Count(m => m.Rating == "NEGATIVE")),
            (usage.ThumbsUp!.Value, usage.ThumbsDown!.Value));
        Assert.Equal(truth.Max(m => m.AskedAt), usage.LastAskedAt!.Value.ToUniversalTime());
        CheckTimes(truth, seen, usage);
        CheckPeaks(truth, usage);
    }

    private static void CheckTimes(IReadOnlyList<SimulatedPastMessage> truth, SimulatedPastMessage[] seen, SpaceUsage usage)
    {
        double[] answers = [.. seen.Where(m => !m.Failed).Select(m => (m.AnsweredAt - m.AskedAt).TotalSeconds).Order()];
        double[] thinking =
        [
            .. truth.Join(seen, m => (m.ConversationId, m.Turn), before => (before.ConversationId, before.Turn + 1),
                (m, before) => (m.AskedAt - before.AnsweredAt).TotalSeconds).Order(),
        ];
        Assert.Equal(Percentile.Of(answers, 50), usage.RecordedMedianSeconds!.Value, 1e-3);
        Assert.Equal(Percentile.Of(answers, 90), usage.RecordedP90Seconds!.Value, 1e-3);
        Assert.Equal(Percentile.Of(answers, 95), usage.RecordedP95Seconds!.Value, 1e-3);
        Assert.Equal(Percentile.Of(thinking, 50), usage.ThinkMedianSeconds!.Value, 1e-3);
        Assert.Equal(Percentile.Of(thinking, 90), usage.ThinkP90Seconds!.Value, 1e-3);
    }

    private static void CheckPeaks(IReadOnlyList<SimulatedPastMessage> truth, SpaceUsage usage)
    {
        int inMinute = truth.Max(m => truth.Count(other => other.AskedAt >= m.AskedAt && other.AskedAt < m.AskedAt.AddMinutes(1)));
        DateTime minute = usage.PeakMinute!.Value.ToUniversalTime();
        Assert.Equal(inMinute, usage.PeakMinuteQuestions);
        Assert.Equal(inMinute, truth.Count(m => m.AskedAt >= minute && m.AskedAt < minute.AddMinutes(1)));
        Assert.Equal(
            truth.GroupBy(m => m.AskedAt.ToLocalTime().Date.AddHours(m.AskedAt.ToLocalTime().Hour)).OrderBy(hour => hour.Key)
                .Select(hour => (
                    hour.Key, hour.Count(), hour.Count(m => m.Turn == 1), (int?)hour.Select(m => m.UserId).Distinct().Count(),
                    hour.Any(m => !m.IsPrivate || m.IsOwn)
                        ? (int?)hour.Count(m => m.Failed && (!m.IsPrivate || m.IsOwn))
                        : null)),
            usage.Hours.Select(hour => (hour.StartedAt, hour.Questions, hour.Conversations, hour.People, hour.Failed)));
        UsageHour peak = usage.Hours.First(hour => hour.Questions == usage.Hours.Max(other => other.Questions));
        Assert.Equal(
            (peak.StartedAt, peak.Questions, peak.Conversations),
            (usage.PeakHour!.Value, usage.PeakHourQuestions!.Value, usage.PeakHourConversations!.Value));
        // Whatever began in that hour, the scenario asks as many questions as people did in it.
        Assert.EndsWith("/h", usage.Rate!, StringComparison.Ordinal);
        Assert.Equal(
            peak.Questions,
            double.Parse(usage.Rate![..^2], CultureInfo.InvariantCulture) * usage.TurnsPerConversation!.Value, 0.5);
    }

    [Fact]
    public void The_busiest_minute_is_any_sixty_seconds()
    {
        SpaceUsage usage = UsageFigures.Of(Of(Asked(0), Asked(50), Asked(70), Asked(109.9), Asked(110)));

        Assert.Equal((Morning.AddSeconds(50), 3), (usage.PeakMinute!.Value.ToUniversalTime(), usage.PeakMinuteQuestions));
    }

    [Fact]
    public void Who_comes_back_after_half_an_hour_did_not_think_for_so_long()
    {
        SpaceUsage usage = UsageFigures.Of(Of(Asked(0, 10), Asked(40, 10), Asked(3000, 10), Asked(3005, 10)));

        Assert.Equal((15.0, 27.0), (usage.ThinkMedianSeconds!.Value, Math.Round(usage.ThinkP90Seconds!.Value, 9)));
    }

    [Fact]
    public void A_scenario_is_like_the_busiest_hour()
    {
        RecordedMessage[][] talks =
        [
            .. Enumerable.Range(0, 4).Select(talk => new[] { Asked(600 * talk, 10), Asked((600 * talk) + 30 + talk, 10) }),
            [Asked(8000, 10)],
        ];

        SpaceUsage usage = UsageFigures.Of(new ConversationHistory
        {
            Conversations = [.. talks.Select(talk => new RecordedConversation(null, talk))],
        });

        Assert.Equal(
            (ArrivalShape.Poisson, "4/h", TimeSpan.FromHours(1), 2, "20.8s-22.3s", 10),
            (usage.Arrival!, usage.Rate!, usage.Duration!.Value, usage.TurnsPerConversation!.Value, usage.ThinkTime!,
                usage.WorkerCount!.Value));
    }

    [Fact]
    public void A_scenario_asks_what_was_asked_in_the_busiest_hour_also_where_conversations_began_before_or_are_of_half_a_question()
    {
        // Two conversations of 20 questions that began in the hour before, and two of one question: 43 / 4 questions each.
        RecordedMessage[] before = [.. Enumerable.Range(0, 20).Select(turn => Asked(turn == 0 ? -60 : 60 * turn, 10))];
        SpaceUsage usage = UsageFigures.Of(new ConversationHistory
        {
            Conversations = [.. new RecordedMessage[][] { before, before, [Asked(9000)], [Asked(9001), Asked(9002)] }
                .Select(talk => new RecordedConversation(null, talk))],
        });
        SpaceUsage half = UsageFigures.Of(new ConversationHistory
        {
            Conversations = [.. new RecordedMessage[][] { [Asked(0), Asked(1)], [Asked(2), Asked(3), Asked(4)] }
                .Select(talk => new RecordedConversation(null, talk))],
        });
        Scenario scenario = new ScenarioDraft(
            [
                new ScenarioField("Name", "like"), new ScenarioField("Arrival", usage.Arrival), new ScenarioField("Rate", usage.Rate),
                new ScenarioField("Duration", usage.Duration), new ScenarioField("TurnsPerConversation", usage.TurnsPerConversation),
            ],
            areParameters: true).ToScenario();

        Assert.Equal((38, 11, "3.4545/h"), (usage.PeakHourQuestions, usage.TurnsPerConversation, usage.Rate));
        Assert.InRange(scenario.QuestionCount, 38 - 11, 38 + 11);
        Assert.Equal((3, "1.6667/h"), (half.TurnsPerConversation, half.Rate));
    }

    [Fact]
    public void What_failed_is_no_answer_whose_time_counts()
    {
        SpaceUsage usage = UsageFigures.Of(Of(
            Asked(0, 10) with { IsAnswered = true }, Asked(60, 500) with { IsAnswered = false, Failed = true },
            Asked(900, 400) with { IsAnswered = false }, Asked(1500, 20)));

        Assert.Equal((15.0, 19.5), (usage.RecordedMedianSeconds!.Value, usage.RecordedP95Seconds!.Value));
    }

    [Fact]
    public void What_nobody_says_is_not_nought()
    {
        SpaceUsage usage = UsageFigures.Of(Of(Asked(0, 10)));

        Assert.Equal((null, null, null, null), (usage.Failed, usage.ThumbsUp, usage.ThumbsDown, usage.IncludesOthers));
        Assert.Null(Assert.Single(usage.Hours).Failed);
    }

    [Fact]
    public void Where_nobody_asked_there_are_no_figures()
    {
        SpaceUsage usage = UsageFigures.Of(new ConversationHistory { Conversations = [] }, "space", Morning);

        Assert.Equal((0, 0, null, null, null), (usage.Questions, usage.Conversations, usage.People, usage.PeakHour, usage.Rate));
        Assert.Equal(Morning, usage.From!.Value.ToUniversalTime());
        Assert.Empty(usage.Hours);
    }

    [Fact]
    public void What_is_not_in_it_is_said()
    {
        SpaceUsage usage = UsageFigures.Of(new ConversationHistory
        {
            Conversations = [new RecordedConversation("a", [new RecordedMessage { Text = "Q" }])],
            IncludesOthers = false, AgentCount = 2, UnreadableCount = 1, TextlessCount = 3,
        });

        Assert.Equal(
            (false, 1, 1, null), (usage.IncludesOthers, usage.QuestionsWithoutTime, usage.QuestionsWithoutAnswer, usage.FailedShare));
        Assert.All(
            ["CAN MANAGE", "2 conversations in agent mode", "1 conversation,", "3 messages"],
            (string words) => Assert.Contains(words, usage.LeftOut!, StringComparison.Ordinal));
    }

    [Fact]
    public void Recorded_questions_give_the_figures_of_their_space_as_far_as_they_tell()
    {
        using var space = new TalkedSpace();
        ConversationHistory history = space.Read();

        SpaceUsage usage = UsageFigures.Of(history);
        SpaceUsage again = UsageFigures.Of(QuestionHistory.Of(RecordedQuestions.Of(history)));

        Assert.Equal(
            (usage.Questions, usage.Conversations, usage.People, usage.PeakMinute, usage.PeakMinuteQuestions, usage.ThinkP90Seconds,
                usage.Rate, usage.ThinkTime),
            (again.Questions, again.Conversations, again.People, again.PeakMinute, again.PeakMinuteQuestions, again.ThinkP90Seconds,
                again.Rate, again.ThinkTime));
        Assert.Equal((null, null, null), (again.Failed, again.FailedShare, again.ThumbsUp));
    }

    private static RecordedMessage Asked(double second, double? seconds = null) =>
        new() { Text = $"At {second}?", AskedAt = Morning.AddSeconds(second), Seconds = seconds };

    private static ConversationHistory Of(params RecordedMessage[] messages) =>
        new() { Conversations = [new RecordedConversation("a", messages)] };
}
