using GenieLoad.Engine.Questions;
using GenieLoad.Engine.Randomness;
using GenieLoad.Engine.Scenarios;
using GenieLoad.Engine.Scenarios.Arrivals;
using GenieLoad.Model;

namespace GenieLoad.Engine.Planning;

/// <summary>Makes the plan of a run.</summary>
public static class PlanBuilder
{
    /// <summary>Plans every question: what is asked, when, and in which conversation.</summary>
    /// <remarks>
    /// <para>Question i of N (i from 0) is due at i × duration / N in an even scenario; all at 0 when it is immediate. Other shapes: see
    /// <see cref="ArrivalShape"/>.</para>
    /// <para>A list shorter than N is gone through again and again, heavier questions more often.</para>
    /// <para>
    /// Questions with one conversation label become turns 1, 2 ... of one conversation. Each further pass over the list opens a new
    /// one: the conversation of label <c>a</c> has the key <c>a#1</c> in the first pass, <c>a#2</c> in the second. The last may be cut
    /// short by N.
    /// </para>
    /// <para>Connections, then modes, are drawn for each user, conversation and question that stands alone.</para>
    /// <para>
    /// Users, conversations of a set length, and time to think make sessions: their first question is an arrival, each further one is due
    /// when the one before it has ended and the time to think, drawn here, has passed.
    /// </para>
    /// </remarks>
    /// <param name="scenario">The scenario, overrides applied.</param>
    /// <param name="questions">The question list.</param>
    /// <param name="options">Name, seed, uniqueness.</param>
    /// <exception cref="GenieLoadException">
    /// An error of <see cref="ScenarioRules"/> or <see cref="QuestionList.FromQuestions"/>, <c>InvalidTestName</c>,
    /// <c>QuestionTooLongForSuffix</c>, <c>PlanTooLong</c>, or an error of the file that is replayed.
    /// </exception>
    public static Plan Build(Scenario scenario, IReadOnlyList<Question> questions, PlanOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ScenarioRules.Check(scenario);
        string name = TestName.Check(options.Name ?? TestName.Of(scenario));
        IReadOnlyList<Question> list = QuestionList.FromQuestions(questions);
        IReadOnlyList<IReadOnlyList<SessionTurn>> sessions = SessionLayout.Of(scenario, list);
        Arrival arrival = Arrival.Of(scenario);
        double[] offsets = arrival.Offsets(sessions.Count, options.Seed);
        CacheBuster? unique = options.UniqueQuestion ? new CacheBuster(options.Seed) : null;
        PlannedQuestion[] planned = Place(scenario, sessions, offsets, options.Seed);
        CheckLength(planned[^1].PlannedSeconds, scenario);
        for (int i = 0; unique is not null && i < planned.Length; i++)
            planned[i] = planned[i] with { Text = unique.Next(planned[i].QuestionId, planned[i].Text) };
        if (options.Connections is { Count: > 1 } several)
            planned = RunConnections.Assign(planned, several, options.Seed);
        planned = QuestionModes.Assign(planned, ScenarioModes.Of(scenario.Mode, scenario.ModeWeight), options.Seed);

        var plan = new Plan
        {
            Name = name,
            ScenarioName = scenario.Name,
            DurationSeconds = arrival.Span(offsets.Length),
            WorkerCount = scenario.WorkerCount,
            Seed = options.Seed,
            Arrival = scenario.Arrival,
            UserCount = scenario.UserCount,
            QuestionsPerMinute = scenario.QuestionsPerMinute,
            Overflow = scenario.Overflow,
            WarmUpCount = scenario.WarmUpCount,
            Connections = Counted(options.Connections, planned),
            Questions = new RowList<PlannedQuestion>(planned),
        };
        return plan with { Hash = PlanHash.Of(plan) };
    }

    /// <summary>Each figure may be sensible and all together take a lifetime: instants that far away cannot be waited for.</summary>
    private static void CheckLength(double lastSeconds, Scenario scenario)
    {
        double paced = scenario.QuestionsPerMinute is double pace ? (scenario.QuestionCount - 1) / pace * 60 : 0;
        double length = Math.Max(lastSeconds, paced);
        if (!(length <= ScenarioRules.MaximumPlanSeconds))
            throw PlanningErrors.PlanTooLong(scenario.Name, length);
    }

    /// <summary>The connections with the number of questions for each; <see langword="null"/> for one.</summary>
    internal static RowList<RunConnection>? Counted(IReadOnlyList<RunConnection>? connections, PlannedQuestion[] planned) =>
        connections is not { Count: > 1 }
            ? null
            : new([.. connections.Select(connection =>
                connection with { QuestionCount = planned.Count(question => question.Connection == connection.Name) })]);

    /// <summary>Brings the questions of all sessions into the order of their earliest instants.</summary>
    private static PlannedQuestion[] Place(
        Scenario scenario, IReadOnlyList<IReadOnlyList<SessionTurn>> sessions, double[] offsets, int seed)
    {
        (double Least, double Most)? thinkRange = ThinkTimeText.Parse(scenario.ThinkTime);
        List<(double Earliest, double Think, int Session, int Place)> entries = [];
        for (int session = 0; session < sessions.Count; session++)
        {
            double earliest = offsets[session];
            for (int place = 0; place < sessions[session].Count; place++)
            {
                var random = SeededRandom.For(seed, "think", ((long)session << 32) + place);
                double think = place == 0 ? 0 : ThinkTimeText.Draw(thinkRange, random);
                earliest += think;
                entries.Add((earliest, think, session, place));
            }
        }

        var indexes = new Dictionary<(int Session, int Place), int>();
        return
        [
            .. entries.OrderBy(entry => entry.Earliest).ThenBy(entry => entry.Session).ThenBy(entry => entry.Place).Select(entry =>
            {
                int index = indexes[(entry.Session, entry.Place)] = indexes.Count + 1;
                SessionTurn turn = sessions[entry.Session][entry.Place];
                return new PlannedQuestion
                {
                    Index = index,
                    PlannedSeconds = entry.Earliest,
                    QuestionId = turn.Question.Id,
                    Text = turn.Question.Text,
                    Conversation = turn.Conversation,
                    Turn = turn.Turn,
                    AfterIndex = entry.Place == 0 ? null : indexes[(entry.Session, entry.Place - 1)],
                    ThinkSeconds = entry.Place == 0 ? null : entry.Think,
                    User = scenario.UserCount is null ? null : entry.Session + 1,
                    IsWarmUp = index <= scenario.WarmUpCount,
                };
            }),
        ];
    }
}
