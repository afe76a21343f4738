using GenieLoad.Model;

namespace GenieLoad.Engine.Planning;

/// <summary>Sums a plan up before anything is asked.</summary>
public static class PlanPreviewBuilder
{
    /// <summary>Questions per minute and workspace that Genie's API takes at its best effort, as Databricks documented it.</summary>
    public const double DefaultQuestionsPerMinute = 5;

    /// <summary>Sums up a plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="questionsPerMinute">Rate limit of the workspace, in questions per minute, above 0.</param>
    /// <exception cref="GenieLoadException"><c>InvalidRateLimit</c>.</exception>
    public static PlanPreview Build(Plan plan, double questionsPerMinute = DefaultQuestionsPerMinute)
    {
        ArgumentNullException.ThrowIfNull(plan);
        if (!(questionsPerMinute > 0 && double.IsFinite(questionsPerMinute)))
            throw PlanningErrors.InvalidRateLimit(questionsPerMinute);
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
            QuestionsPerMinuteLimit = questionsPerMinute,
            LeastSeconds = Math.Max(last, 60 * plan.QuestionCount / questionsPerMinute),
            Minutes = new RowList<MinuteCount>(minutes),
        };
    }
}
