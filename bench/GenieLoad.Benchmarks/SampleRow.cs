using GenieLoad.Benchmarks.Stub;
using GenieLoad.Engine.Genie.Wire;
using GenieLoad.Model;

namespace GenieLoad.Benchmarks;

/// <summary>A row as long as those of a real run.</summary>
internal static class SampleRow
{
    private static readonly DateTime Start = new(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);

    public static QuestionResult Of(int index, GenieMessage message) => new()
    {
        Index = index,
        QuestionId = "q17",
        Question = "How many orders were placed last month, by region?",
        Outcome = Outcome.Completed,
        ResponseSeconds = 12.3456789,
        DurationSeconds = 12.2456789,
        ServiceSeconds = 12.2456789,
        LagSeconds = 0.0004321,
        WaitSeconds = 0.0995679,
        SubmitSeconds = 0.3141592,
        SubmittedSeconds = 0.5,
        FetchingMetadataSeconds = 0.75,
        FilteringContextSeconds = 0.875,
        AskingAiSeconds = 6.1234567,
        PendingWarehouseSeconds = 0.7654321,
        ExecutingQuerySeconds = 2.3456789,
        DetectionSeconds = 0.5432109,
        FetchSeconds = 0.2718281,
        ServerSeconds = 11.4320001,
        PlannedAt = Start,
        StartedAt = Start,
        CompletedAt = Start,
        PlannedOffsetSeconds = index,
        StartedOffsetSeconds = index + 0.1,
        CompletedOffsetSeconds = index + 12.3456789,
        Worker = 7,
        ConversationId = StubAnswers.Ids.Conversation,
        MessageId = StubAnswers.Ids.Message,
        StatementId = "01f0c8a9-4c41-1e2d-8f3a-5b6c7d8e9f01",
        Status = message.Status,
        Attempts = 1,
        Polls = 10,
        RowCount = 5,
        Truncated = false,
        AnswerKind = "Query",
        RegenerateCount = message.AutoRegenerateCount,
        Sql = "SELECT region, COUNT(*) AS orders FROM main.sales.orders GROUP BY region ORDER BY orders DESC",
    };
}
