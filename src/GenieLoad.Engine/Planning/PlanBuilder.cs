using System.Globalization;
using GenieLoad.Engine.Planning.Arrivals;
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
    /// </remarks>
    /// <param name="scenario">The scenario, overrides applied.</param>
    /// <param name="questions">The question list.</param>
    /// <param name="options">Name, seed, uniqueness.</param>
    /// <exception cref="GenieLoadException">
    /// An error of <see cref="ScenarioRules"/> or <see cref="QuestionList.FromQuestions"/>, <c>InvalidTestName</c>,
    /// <c>QuestionTooLongForSuffix</c>, or an error of the file that is replayed.
    /// </exception>
    public static Plan Build(Scenario scenario, IReadOnlyList<Question> questions, PlanOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ScenarioRules.Check(scenario);
        string name = TestName.Check(options.Name ?? TestName.Of(scenario));
        IReadOnlyList<Question> list = QuestionList.FromQuestions(questions);
        UniqueTexts? unique = options.UniqueQuestion ? new UniqueTexts(options.Seed) : null;
        double[] offsets = ArrivalSchedule.Offsets(scenario, scenario.QuestionCount, options.Seed);
        Dictionary<string, int> turns = [];
        List<PlannedQuestion> planned = new(scenario.QuestionCount);
        foreach (QuestionDraw draw in QuestionSequence.Take(list, scenario.QuestionCount))
        {
            string? conversation = ConversationKey(draw);
            planned.Add(new PlannedQuestion
            {
                Index = planned.Count + 1,
                PlannedSeconds = offsets[planned.Count],
                QuestionId = draw.Question.Id,
                Text = unique?.Next(draw.Question) ?? draw.Question.Text,
                Conversation = conversation,
                Turn = conversation is null ? 1 : turns[conversation] = turns.GetValueOrDefault(conversation) + 1,
            });
        }

        var plan = new Plan
        {
            Name = name,
            ScenarioName = scenario.Name,
            DurationSeconds = ArrivalSchedule.Span(scenario, offsets),
            WorkerCount = scenario.WorkerCount,
            Seed = options.Seed,
            Arrival = scenario.Arrival,
            Questions = new RowList<PlannedQuestion>(planned),
        };
        return plan with { Hash = PlanHash.Of(plan) };
    }

    // The number always follows, so that a label which itself ends in "#2" cannot meet the second pass of another.
    private static string? ConversationKey(QuestionDraw draw) => draw.Question.Conversation is string label
        ? string.Create(CultureInfo.InvariantCulture, $"{label}#{draw.Pass}")
        : null;
}
