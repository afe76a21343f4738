using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Figures;

/// <summary>Rows of a run with only what figures look at.</summary>
internal static class Rows
{
    private static readonly DateTime Start = new(2026, 11, 23, 12, 0, 0, DateTimeKind.Utc);

    /// <summary>A question that was due, sent and ended at these offsets.</summary>
    public static QuestionResult Of(
        int index, double planned, double? started = null, double? completed = null, string outcome = Outcome.Completed,
        string? question = null,
        int turn = 1, string? errorType = null, double? lag = null, string? status = null, int? httpStatus = null,
        string? requestId = null) => new()
        {
            Index = index,
            QuestionId = question ?? $"q{index}",
            Question = $"Question {question ?? $"q{index}"}?",
            Outcome = outcome,
            PlannedAt = Start.AddSeconds(planned),
            PlannedOffsetSeconds = planned,
            StartedAt = started is { } sent ? Start.AddSeconds(sent) : null,
            StartedOffsetSeconds = started,
            CompletedAt = completed is { } ended ? Start.AddSeconds(ended) : null,
            CompletedOffsetSeconds = completed,
            ResponseSeconds = completed - planned,
            DurationSeconds = completed - started,
            ServiceSeconds = completed - started,
            LagSeconds = lag,
            Turn = turn,
            ErrorType = errorType,
            Status = status,
            HttpStatus = httpStatus,
            RequestId = requestId,
        };
}
