using GenieLoad.Model;

namespace GenieLoad.Engine.Figures;

/// <summary>A phase that polls can miss: what a row holds of it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Seconds">Its estimate; <see langword="null"/> where no poll saw it.</param>
/// <param name="Lower">Least that it can have taken.</param>
/// <param name="Upper">Most that it can have taken; <see langword="null"/> where it cannot have been entered.</param>
/// <param name="IsOfQuery">Whether only questions enter it that are answered by a query.</param>
internal sealed record Phase(
    string Name, Func<QuestionResult, double?> Seconds, Func<QuestionResult, double?> Lower, Func<QuestionResult, double?> Upper,
    bool IsOfQuery = false)
{
    /// <summary>The phases, in Genie's order.</summary>
    public static IReadOnlyList<Phase> All { get; } =
    [
        new("FetchingMetadata", row => row.FetchingMetadataSeconds, row => row.FetchingMetadataLowerSeconds,
            row => row.FetchingMetadataUpperSeconds),
        new("FilteringContext", row => row.FilteringContextSeconds, row => row.FilteringContextLowerSeconds,
            row => row.FilteringContextUpperSeconds),
        new("AskingAi", row => row.AskingAiSeconds, row => row.AskingAiLowerSeconds, row => row.AskingAiUpperSeconds),
        new("PendingWarehouse", row => row.PendingWarehouseSeconds, row => row.PendingWarehouseLowerSeconds,
            row => row.PendingWarehouseUpperSeconds, IsOfQuery: true),
        new("ExecutingQuery", row => row.ExecutingQuerySeconds, row => row.ExecutingQueryLowerSeconds,
            row => row.ExecutingQueryUpperSeconds, IsOfQuery: true),
    ];

    /// <summary>
    /// What a row says of it: its estimate, 0 where no poll saw it; <see langword="null"/> where it cannot have been entered.
    /// </summary>
    public double? Estimate(QuestionResult row) => Seconds(row) ?? (Upper(row) is null || (IsOfQuery && HasNoQuery(row)) ? null : 0);

    private static bool HasNoQuery(QuestionResult row) =>
        row.AnswerKind is AnswerKind.Text or AnswerKind.Clarification && row is { StatementId: null, Sql: null };
}
