using GenieLoad.Engine.Figures;
using GenieLoad.Model;

namespace GenieLoad.Engine.Reports;

/// <summary>One of the questions of a run, over all the times it was asked; warm-up left out.</summary>
internal sealed record RankedQuestion
{
    /// <summary>Id of the question.</summary>
    public required string Id { get; init; }

    /// <summary>Its text; empty where texts were left out.</summary>
    public required string Text { get; init; }

    /// <summary>Times it was asked and came to an end.</summary>
    public required int EndedCount { get; init; }

    /// <summary>Times it was answered.</summary>
    public required int AnsweredCount { get; init; }

    /// <summary>
    /// Figures of its response time. It may be answered and have none: nobody saw when, the run was interrupted meanwhile.
    /// </summary>
    public required LatencyFigures Response { get; init; }

    /// <summary>Seconds slept because of 429s.</summary>
    public required double ThrottleSeconds { get; init; }

    /// <summary>Its queries, the most frequent first, each with how often it came.</summary>
    public required IReadOnlyList<(string Sql, int Count)> Queries { get; init; }

    /// <summary>Its median response time in words.</summary>
    public string MedianText => Response.P50Seconds is double median ? $"{ReportNumber.Seconds(median)} s"
        : AnsweredCount > 0 ? "unknown"
        : "never";

    /// <summary>
    /// The questions of a run, those that were never answered first, then by falling median response time; those of which nothing has
    /// ended tell nothing, and are last.
    /// </summary>
    public static IReadOnlyList<RankedQuestion> Of(LoadRun run) =>
    [
        .. MeasuredRows.Of(run)
            .GroupBy(row => row.QuestionId ?? "", StringComparer.Ordinal)
            .Select(Of)
            .OrderBy(question => question.EndedCount == 0)
            .ThenByDescending(question => question.Response.P50Seconds ?? (question.AnsweredCount > 0 ? 0 : double.PositiveInfinity))
            .ThenByDescending(question => question.EndedCount),
    ];

    private static RankedQuestion Of(IGrouping<string, QuestionResult> rows) => new()
    {
        Id = rows.Key,
        Text = rows.Select(row => row.Question).FirstOrDefault(text => !string.IsNullOrWhiteSpace(text)) ?? "",
        EndedCount = rows.Count(AskedQuestions.IsEnded),
        AnsweredCount = rows.Count(row => row.Success),
        Response = LatencyFiguresCalculator.Of(Measure.Response, [.. rows.Where(row => row.Success)]),
        ThrottleSeconds = rows.Sum(row => row.ThrottleSeconds),
        Queries =
        [
            .. rows.Where(row => !string.IsNullOrWhiteSpace(row.Sql))
                .GroupBy(row => row.Sql!, StringComparer.Ordinal)
                .OrderByDescending(query => query.Count())
                .Select(query => (query.Key, query.Count())),
        ],
    };
}
