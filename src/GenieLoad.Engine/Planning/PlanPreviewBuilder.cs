using GenieLoad.Model;

namespace GenieLoad.Engine.Planning;

/// <summary>Sums a plan up before anything is asked.</summary>
public static class PlanPreviewBuilder
{
    /// <summary>Questions per minute and workspace that Genie's API takes at its best effort, as Databricks documented it.</summary>
    public const double DefaultQuestionsPerMinute = 5;

    /// <summary>Sums up a plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="questionsPerMinute">
    /// Rate limit of the workspace, in questions per minute, above 0; when left out, the plan's own pace, and without one
    /// <see cref="DefaultQuestionsPerMinute"/>.
    /// </param>
    /// <exception cref="GenieLoadException"><c>InvalidRateLimit</c>.</exception>
    public static PlanPreview Build(Plan plan, double? questionsPerMinute = null)
    {
        ArgumentNullException.ThrowIfNull(plan);
        double limit = questionsPerMinute ?? plan.QuestionsPerMinute ?? DefaultQuestionsPerMinute;
        if (!(limit > 0 && double.IsFinite(limit)))
            throw PlanningErrors.InvalidRateLimit(limit);
        double last = plan.Questions.Max(question => question.PlannedSeconds);
        MinuteCount[] minutes =
        [
            .. plan.Questions
                .GroupBy(question => (int)(question.PlannedSeconds / 60))
                .OrderBy(minute => minute.Key)
                .Select(minute => new MinuteCount { Minute = minute.Key + 1, QuestionCount = minute.Count() }),
        ];
        return new PlanPreview
        {
            Name = plan.Name,
            ScenarioName = plan.ScenarioName,
            QuestionCount = plan.QuestionCount,
            DistinctQuestionCount = plan.Questions.Select(question => question.QuestionId).Distinct().Count(),
            ConversationCount = plan.Questions.Count(question => question.Turn == 1),
            WorkerCount = plan.WorkerCount,
            Seed = plan.Seed,
            DurationSeconds = plan.DurationSeconds,
            FirstSeconds = plan.Questions.Min(question => question.PlannedSeconds),
            LastSeconds = last,
            QuestionsPerMinuteLimit = limit,
            IsPaced = plan.QuestionsPerMinute is not null,
            LeastSeconds = Math.Max(last, 60 * plan.QuestionCount / limit),
            Minutes = new RowList<MinuteCount>(minutes),
        };
    }
}
