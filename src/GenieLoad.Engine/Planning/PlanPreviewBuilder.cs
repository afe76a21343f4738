using GenieLoad.Engine.Scenarios;
using GenieLoad.Engine.Statistics;
using GenieLoad.Model;

namespace GenieLoad.Engine.Planning;

/// <summary>Sums a plan up before anything is asked.</summary>
public static class PlanPreviewBuilder
{
    /// <summary>Questions per minute and workspace that Genie's API takes at its best effort, as Databricks documented it.</summary>
    public const double DefaultQuestionsPerMinute = 5;

    /// <summary>Sums up a plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="workspaceLimit">
    /// Rate limit of the workspace, in questions per minute, above 0; when left out, the plan's own pace, and without one
    /// <see cref="DefaultQuestionsPerMinute"/>.
    /// </param>
    /// <param name="cost">What is known of warehouses and prices; <see langword="null"/> for nothing.</param>
    /// <exception cref="GenieLoadException"><c>InvalidRateLimit</c>.</exception>
    public static PlanPreview Build(Plan plan, double? workspaceLimit = null, PlanCost? cost = null)
    {
        ArgumentNullException.ThrowIfNull(plan);
        if (workspaceLimit is double given && !ScenarioRules.IsPace(given))
            throw PlanningErrors.InvalidRateLimit(given);
        // Of what all shards may send, each has its share.
        double shards = Shard.TryParse(plan.Shard)?.Count ?? 1;
        double? pace = plan.QuestionsPerMinute / shards;
        double limit = workspaceLimit / shards is double known
            ? Math.Min(known, pace ?? known)
            : pace ?? DefaultQuestionsPerMinute / shards;
        // Each workspace has a limit of its own; a pace holds them all together.
        List<List<PlannedQuestion>> byWorkspace = ByWorkspace(plan.Questions, plan.Connections);
        double least = byWorkspace.Max(questions => LeastSeconds(questions, limit));
        if (pace is double own)
            least = Math.Max(least, LeastSeconds(plan.Questions, own));
        int measured = plan.Questions.Count(question => !question.IsWarmUp);
        return (cost ?? PlanCost.Unknown).Add(new PlanPreview
        {
            Name = plan.Name,
            ScenarioName = plan.ScenarioName,
            QuestionCount = plan.QuestionCount,
            DistinctQuestionCount = plan.Questions.Select(question => question.QuestionId).Distinct().Count(),
            ConversationCount = plan.Questions.Count(question => question.Turn == 1),
            WarmUpCount = plan.QuestionCount - measured,
            Arrival = plan.Arrival,
            UserCount = plan.UserCount,
            WorkerCount = plan.WorkerCount,
            Seed = plan.Seed,
            Hash = plan.Hash,
            Shard = plan.Shard,
            Plan = plan,
            DurationSeconds = plan.DurationSeconds,
            FirstSeconds = plan.Questions.Min(question => question.PlannedSeconds),
            LastSeconds = plan.Questions.Max(question => question.PlannedSeconds),
            FollowsAnswers = plan.Questions.Any(question => question.AfterIndex is not null),
            QuestionsPerMinuteLimit = limit,
            IsPaced = plan.QuestionsPerMinute is not null,
            LeastSeconds = least,
            ExceedsLimit = byWorkspace.Exists(questions => ByMinute(questions).Any(minute => minute.Count() > limit))
                || ByMinute(plan.Questions).Any(minute => minute.Count() > pace),
            Minutes = new RowList<MinuteCount>([.. ByMinute(plan.Questions).Select(minute =>
                new MinuteCount { Minute = minute.Key + 1, QuestionCount = minute.Count() })]),
            Percentiles = new RowList<PlannedPercentile>(
                [.. Percentile.Headline.Select(percent => Planned(percent, measured, limit * byWorkspace.Count))]),
            Connections = plan.Connections ?? new([]),
            Questions = plan.Questions,
        });
    }

    /// <summary>Most questions that a minute of a plan asks one workspace, and whether there are several.</summary>
    /// <param name="preview">The preview of the plan.</param>
    internal static (int Questions, bool HasSeveral) BusiestMinute(PlanPreview preview)
    {
        List<List<PlannedQuestion>> byWorkspace = ByWorkspace(preview.Questions, preview.Connections);
        return (byWorkspace.Max(questions => ByMinute(questions).Max(minute => minute.Count())), byWorkspace.Count > 1);
    }

    private static List<List<PlannedQuestion>> ByWorkspace(
        IEnumerable<PlannedQuestion> questions, IEnumerable<RunConnection>? connections)
    {
        Dictionary<string, string> workspaces = (connections ?? []).ToDictionary(
            connection => connection.Name, connection => connection.WorkspaceUrl, StringComparer.Ordinal);
        return [.. questions.GroupBy(question => question.Connection is string name ? workspaces[name] : "")
            .Select(group => group.ToList())];
    }

    private static IEnumerable<IGrouping<int, PlannedQuestion>> ByMinute(IEnumerable<PlannedQuestion> questions) =>
        questions.GroupBy(question => (int)(question.PlannedSeconds / 60)).OrderBy(minute => minute.Key);

    /// <summary>
    /// Seconds until all have had their turn: each takes one slot of a minute over the limit, none before its instant. Where nobody had to
    /// wait for a slot at the end, the last instant itself.
    /// </summary>
    private static double LeastSeconds(IEnumerable<PlannedQuestion> questions, double limit)
    {
        double slot = 60 / limit;
        double free = 0;
        bool waited = false;
        double last = 0;
        // Counted in slots from the last free instant, so that thousands of them do not add up rounding errors.
        int slots = 0;
        foreach (double instant in questions.Select(question => question.PlannedSeconds).Order())
        {
            last = instant;
            waited = free + (slots * slot) > instant;
            if (!waited)
                (free, slots) = (instant, 0);
            slots++;
        }
        return waited ? free + (slots * slot) : last;
    }

    private static PlannedPercentile Planned(double percent, int measured, double limit)
    {
        int needed = OrderStatistics.RequiredCount(percent);
        return new PlannedPercentile { Percentile = percent, NeededCount = needed, PlannedCount = measured,
            LeastSeconds = 60 * needed / limit };
    }
}
