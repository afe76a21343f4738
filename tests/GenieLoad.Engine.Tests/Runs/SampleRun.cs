using System.Text;
using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Runs;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Runs;

/// <summary>Parts of a small run that tests change where they need to.</summary>
internal static class SampleRun
{
    public static readonly DateTime StartedAt = new(2026, 11, 23, 19, 24, 55, 250, DateTimeKind.Utc);

    public static readonly GeneratorRecord Generator = new()
    {
        SampleCount = 46, WatchedSeconds = 45.25, ProcessorShare = 0.125, PeakProcessorShare = 0.5, GcPauseSeconds = 0.01,
        WorstGcPauseSeconds = 0.005, P99PoolDelaySeconds = 0.001, WorstStallSeconds = 0.002, MaximumHandleCount = 200, HandleLimit = 1024,
        ClockStepSeconds = 1e-5, PeakWorkingSetBytes = 1L << 33,
    };

    public static RunHeader Header(string runId = "20261123-192455-high_load-3f9a") => new()
    {
        RunId = runId,
        Name = "high_load_35q_30s",
        ScenarioName = "high_load",
        WorkspaceUrl = "https://adb-1.2.azuredatabricks.net",
        SpaceId = "01ef",
        IsSimulator = true,
        StartedAt = StartedAt,
        GenieLoadVersion = "0.1.0",
    };

    public static Plan Plan(int questionCount) => new()
    {
        Name = "high_load_35q_30s",
        ScenarioName = "high_load",
        DurationSeconds = 30,
        WorkerCount = 10,
        Seed = 7,
        Questions = new RowList<PlannedQuestion>([.. Enumerable.Range(1, questionCount).Select(index => new PlannedQuestion
        {
            Index = index,
            PlannedSeconds = (index - 1) * 0.5,
            QuestionId = $"q{index}",
            Text = $"Question {index}?",
        })]),
    };

    /// <summary>The plan with its questions in these modes, in turn.</summary>
    public static Plan InModes(Plan plan, params string?[] modes) => plan with
    {
        Questions = new RowList<PlannedQuestion>(
            [.. plan.Questions.Select((question, i) => question with { Mode = modes[i % modes.Length] })]),
    };

    public static QuestionResult Success(int index, double responseSeconds) => new()
    {
        Index = index,
        QuestionId = $"q{index}",
        Question = $"Question {index}?",
        Outcome = Outcome.Completed,
        ResponseSeconds = responseSeconds,
        DurationSeconds = responseSeconds - 0.25,
        ServiceSeconds = responseSeconds - 0.5,
        ThrottleSeconds = 0.25,
        ThrottleRetries = 1,
        Retries = 1,
        LagSeconds = 0.001 * index,
        AskingAiSeconds = responseSeconds / 2,
        PlannedAt = StartedAt.AddSeconds((index - 1) * 0.5),
        StartedAt = StartedAt.AddSeconds((index - 1) * 0.5),
        CompletedAt = StartedAt.AddSeconds((index - 1) * 0.5 + responseSeconds),
        PlannedOffsetSeconds = (index - 1) * 0.5,
        StartedOffsetSeconds = (index - 1) * 0.5,
        CompletedOffsetSeconds = (index - 1) * 0.5 + responseSeconds,
        Worker = 1,
        ConversationId = $"c{index}",
        MessageId = $"m{index}",
        Attempts = 1,
        Polls = 3,
        RowCount = 12,
        Truncated = false,
        AnswerKind = AnswerKind.Sql,
        Sql = "SELECT 1",
        Answer = "Forty-two.",
    };

    public static QuestionResult Failure(int index, string outcome, string? errorType, string? errorText = null) => new()
    {
        Index = index,
        QuestionId = $"q{index}",
        Question = $"Question {index}?",
        Outcome = outcome,
        PlannedAt = StartedAt.AddSeconds((index - 1) * 0.5),
        PlannedOffsetSeconds = (index - 1) * 0.5,
        CompletedOffsetSeconds = index,
        FaultRetries = 2,
        Retries = 2,
        FaultSeconds = 1.5,
        ErrorType = errorType,
        ErrorText = errorText,
    };

    public static QuestionResponses Responses(string message, params string[] results) =>
        new(Encoding.UTF8.GetBytes(message), [.. results.Select(part => new ReadOnlyMemory<byte>(Encoding.UTF8.GetBytes(part)))]);

    public static LoadRun Summarize(int planned, params QuestionResult[] rows) => RunSummarizer.Summarize(
        Header(), Plan(planned), rows, new RunStatus(RunState.Completed, StartedAt.AddSeconds(45.23), 45.23));
}
