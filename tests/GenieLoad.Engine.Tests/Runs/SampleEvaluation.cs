using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Runs;

/// <summary>An evaluation of two benchmarks that tests change where they need to.</summary>
internal static class SampleEvaluation
{
    public static Evaluation Of(string id, string word = "this") => new()
    {
        EvaluationId = id,
        WorkspaceUrl = "https://w",
        SpaceId = "s",
        When = EvaluationTime.During,
        Status = EvaluationStatus.Done,
        QuestionCount = 2,
        GoodCount = 1,
        BadCount = 1,
        NeedsReviewCount = 0,
        StartedAt = SampleRun.StartedAt,
        EndedAt = SampleRun.StartedAt.AddSeconds(5),
        DurationSeconds = 5,
        UnderLoadPercent = 50,
        Results = new RowList<EvaluationResult>(
        [
            new EvaluationResult { BenchmarkId = "b1", Question = $"Is {word} mine?", Verdict = "BAD", Reasons = "RESULT_MISSING_ROWS" },
            new EvaluationResult { BenchmarkId = "b2", Question = "And that?", Verdict = "GOOD" },
        ]),
    };
}
