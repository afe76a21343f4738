using System.Globalization;
using GenieLoad.Engine.Conversations;
using GenieLoad.Engine.Questions;
using GenieLoad.Engine.Scenarios;
using GenieLoad.Engine.Statistics;
using GenieLoad.Model;

namespace GenieLoad.Engine.Planning;

/// <summary>The plan of a replay: questions that people have asked, at the instants at which they asked them, once each.</summary>
public static class ReplayPlan
{
    /// <summary>Name of the scenario of every replay.</summary>
    public const string ScenarioName = "replay";

    /// <summary>Greatest speed.</summary>
    public const double MaximumSpeed = 1_000_000;

    /// <summary>Makes it.</summary>
    /// <remarks>
    /// <para>
    /// A conversation begins at (its first instant - the first of all) / speed. Within it, each further question follows the end of the
    /// answer before it, after the time that its asker thought then: from the end of the recorded answer to the question, at least 0, which
    /// the speed leaves as it is. Where the recorded time of an answer is not known, the median of those known stands for it.
    /// </para>
    /// <para>
    /// Who came back after more than half an hour begins anew: the question is due at its own instant, divided by the speed, in the same
    /// conversation, but never before the question before it has ended.
    /// </para>
    /// </remarks>
    /// <param name="questions">Recorded questions; those with one conversation label are one conversation.</param>
    /// <param name="speed">How many times faster than then conversations begin, above 0 and at most <see cref="MaximumSpeed"/>.</param>
    /// <param name="changes">What is set for the test: workers, pace, overflow, modes; nothing that says when questions are asked.</param>
    /// <param name="options">Name, seed, uniqueness, connections.</param>
    /// <exception cref="GenieLoadException">
    /// <c>InvalidSpeed</c>, <c>ReplayConflict</c>, <c>QuestionNotRecorded</c>, <c>ReplayTooLong</c>, <c>InvalidTestName</c>,
    /// <c>QuestionTooLongForSuffix</c>, or an error of <see cref="QuestionList.FromQuestions"/> or <see cref="ScenarioRules"/>.
    /// </exception>
    public static Plan Build(IReadOnlyList<Question> questions, double speed, ScenarioOverrides changes, PlanOptions options)
    {
        ArgumentNullException.ThrowIfNull(changes);
        ArgumentNullException.ThrowIfNull(options);
        if (!(speed > 0 && speed <= MaximumSpeed))
            throw PlanningErrors.InvalidSpeed(speed);
        CheckChanges(changes);
        IReadOnlyList<Question> list = QuestionList.FromQuestions(questions);
        if (list.FirstOrDefault(question => question.AskedAt is null) is Question unknown)
            throw PlanningErrors.QuestionNotRecorded(unknown, list.Count(question => question.AskedAt is null));
        Scenario checkedChanges = changes.Apply(null, list.Count);
        PlannedQuestion[] planned = Place(Turns(list, speed));
        if (planned[^1].PlannedSeconds > ScenarioRules.MaximumPlanSeconds)
            throw PlanningErrors.ReplayTooLong(planned[^1].PlannedSeconds);
        CacheBuster? unique = options.UniqueQuestion ? new CacheBuster(options.Seed) : null;
        for (int i = 0; unique is not null && i < planned.Length; i++)
            planned[i] = planned[i] with { Text = unique.Next(planned[i].QuestionId, planned[i].Text) };
        if (options.Connections is { Count: > 1 } several)
            planned = RunConnections.Assign(planned, several, options.Seed);
        planned = QuestionModes.Assign(planned, ScenarioModes.Of(checkedChanges.Mode, checkedChanges.ModeWeight), options.Seed);
        int conversations = planned.Count(question => question.Turn == 1);
        var plan = new Plan
        {
            Name = TestName.Check(options.Name ?? string.Create(
                CultureInfo.InvariantCulture, $"{ScenarioName}_{planned.Length}q{(speed == 1 ? "" : $"_{speed:0.###}x")}")),
            ScenarioName = ScenarioName,
            DurationSeconds = planned[^1].PlannedSeconds,
            // Whoever asked then did not wait for a worker.
            WorkerCount = changes.WorkerCount ?? Math.Min(conversations, ScenarioRules.MaximumWorkerCount),
            Seed = options.Seed,
            Arrival = ArrivalShape.Replay,
            QuestionsPerMinute = checkedChanges.QuestionsPerMinute,
            Overflow = checkedChanges.Overflow,
            Connections = PlanBuilder.Counted(options.Connections, planned),
            Questions = new RowList<PlannedQuestion>(planned),
        };
        return plan with { Hash = PlanHash.Of(plan) };
    }

    /// <summary>What is to be said of a replay before it begins.</summary>
    /// <param name="preview">Its preview.</param>
    /// <param name="questions">What it asks.</param>
    public static IEnumerable<string> Warnings(PlanPreview preview, IReadOnlyList<Question> questions)
    {
        ArgumentNullException.ThrowIfNull(preview);
        ArgumentNullException.ThrowIfNull(questions);
        (int most, bool several) = PlanPreviewBuilder.BusiestMinute(preview);
        if (preview.ExceedsLimit && !preview.IsPaced)
        {
            yield return FormattableString.Invariant(
                $"The busiest minute of the replay asks {(several ? "one workspace " : "")}{most:#,0} questions; the limit ")
                + FormattableString.Invariant($"is {preview.QuestionsPerMinuteLimit:0.##}: ")
                + "expect 429s and waiting. A lower -Speed spreads the questions.";
        }
        int unknown = questions.Count(question => question.RecordedSeconds is null);
        if (unknown > 0)
        {
            yield return FormattableString.Invariant(
                $"How long the answer took then is not known of {unknown:#,0} of {questions.Count:#,0} questions: times to think after it ")
                + (unknown == questions.Count ? "include the answer." : "assume the median of the others.");
        }
    }

    private static void CheckChanges(ScenarioOverrides changes)
    {
        (string Field, object? Value)[] timing =
        [
            (nameof(changes.QuestionCount), changes.QuestionCount), ("Duration", changes.DurationSeconds),
            (nameof(changes.Rate), changes.Rate), (nameof(changes.Arrival), changes.Arrival),
            (nameof(changes.UserCount), changes.UserCount),
            (nameof(changes.QuestionsPerUser), changes.QuestionsPerUser), (nameof(changes.ThinkTime), changes.ThinkTime),
            // No warm-up is what a replay does.
            (nameof(changes.WarmUpCount), changes.WarmUpCount is 0 ? null : changes.WarmUpCount),
        ];
        if (Array.Find(timing, one => one.Value is not null).Field is string field)
            throw PlanningErrors.ReplayConflict($"-{field}");
    }

    private static List<Turn> Turns(IReadOnlyList<Question> list, double speed)
    {
        DateTime Asked(Question question) => question.AskedAt!.Value.ToUniversalTime();
        DateTime first = list.Min(Asked);
        double[] known = Percentile.Sort(list.Select(question => question.RecordedSeconds));
        double usual = known.Length == 0 ? 0 : Percentile.Of(known, 50);
        double Start(Question question) => Micro((Asked(question) - first).TotalSeconds / speed);
        List<Turn> turns = [];
        IEnumerable<Question[]> conversations = list.Select((question, i) => (question, Key: question.Conversation ?? (object)i))
            .GroupBy(one => one.Key, (_, group) => group.Select(one => one.question).OrderBy(Asked).ToArray());
        foreach ((Question[] asked, int number) in conversations.Select((asked, i) => (asked, i)))
        {
            double earliest = 0;
            for (int i = 0; i < asked.Length; i++)
            {
                double? think = i == 0
                    ? null
                    : Micro(RecordedPause.Seconds(Asked(asked[i - 1]), asked[i - 1].RecordedSeconds ?? usual, Asked(asked[i])));
                if (think > RecordedPause.LongestThinkSeconds)
                    think = null;
                earliest = think is double pause ? earliest + pause : Math.Max(earliest, Start(asked[i]));
                turns.Add(new Turn(asked[i], asked.Length == 1 ? null : asked[0].Conversation, number, i, earliest, think));
            }
        }
        return turns;
    }

    private static PlannedQuestion[] Place(List<Turn> turns)
    {
        var indexes = new Dictionary<(int Conversation, int Place), int>();
        return
        [
            .. turns.OrderBy(turn => turn.Earliest).ThenBy(turn => turn.Number).ThenBy(turn => turn.Place).Select(turn =>
            {
                int index = indexes[(turn.Number, turn.Place)] = indexes.Count + 1;
                return new PlannedQuestion
                {
                    Index = index,
                    PlannedSeconds = turn.Earliest,
                    QuestionId = turn.Question.Id,
                    Text = turn.Question.Text,
                    Conversation = turn.Conversation,
                    Turn = turn.Place + 1,
                    AfterIndex = turn.Place == 0 ? null : indexes[(turn.Number, turn.Place - 1)],
                    ThinkSeconds = turn.Think,
                };
            }),
        ];
    }

    private static double Micro(double seconds) => Math.Round(seconds * 1e6) / 1e6;

    private sealed record Turn(Question Question, string? Conversation, int Number, int Place, double Earliest, double? Think);
}
