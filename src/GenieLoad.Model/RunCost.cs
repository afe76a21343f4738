namespace GenieLoad.Model;

/// <summary>
/// What a run cost, as far as its own records tell: bounds and an estimate, never a bill. A figure that nobody knows is
/// <see langword="null"/>. DBU of Genie and of the warehouse have different prices, so they are never added up.
/// </summary>
public sealed record RunCost
{
    /// <summary>Id of the run.</summary>
    public required string RunId { get; init; }

    /// <summary>Name of the test.</summary>
    public required string Name { get; init; }

    /// <summary>Start of the run, local time.</summary>
    public required DateTime StartedAt { get; init => field = LocalTime.Of(value); }

    /// <summary>Questions sent, those that only warm up included.</summary>
    public required int QuestionCount { get; init; }

    /// <summary>Questions of them that were answered in full.</summary>
    public required int AnsweredCount { get; init; }

    /// <summary>
    /// DBU that Genie itself charges a service principal, at the lower end of <see cref="GenieDbuSource"/>: for the questions that were
    /// certainly accepted.
    /// </summary>
    public required double GenieDbuLower { get; init; }

    /// <summary>The same at the upper end: for all sendings that may have been accepted.</summary>
    public required double GenieDbuUpper { get; init; }

    /// <summary>Where the range comes from, and of when it is.</summary>
    public required string GenieDbuSource { get; init; }

    /// <summary><see cref="GenieDbuLower"/> by answered question; <see langword="null"/> where none was answered.</summary>
    public double? GenieDbuPerAnswerLower { get; init; }

    /// <summary><see cref="GenieDbuUpper"/> by answered question; <see langword="null"/> where none was answered.</summary>
    public double? GenieDbuPerAnswerUpper { get; init; }

    /// <summary>Statements of the run that are known; <see langword="null"/> where nobody has asked the query history.</summary>
    public int? StatementCount { get; init; }

    /// <summary>Size of the warehouse at the start; of several, all of them, parted by <c>, </c>.</summary>
    public string? WarehouseSize { get; init; }

    /// <summary>Seconds for which a warehouse had at least one of the statements, those that ran side by side counted once.</summary>
    public double? StatementSeconds { get; init; }

    /// <summary>
    /// Seconds for which the statements kept it awake, if nobody else used it: each until the auto stop after its end.
    /// </summary>
    public double? AwakeSeconds { get; init; }

    /// <summary>DBU of the warehouse at least: it ran while it had a statement of the run.</summary>
    public double? WarehouseDbuLower { get; init; }

    /// <summary>DBU of the warehouse at most: the run alone kept it awake, with all clusters that it may have.</summary>
    public double? WarehouseDbuUpper { get; init; }

    /// <summary>Price of a DBU of Genie, as given.</summary>
    public double? PricePerDbu { get; init; }

    /// <summary>Price of a DBU of the warehouse, as given.</summary>
    public double? WarehousePricePerDbu { get; init; }

    /// <summary>Price of Genie at least, in the currency of the price that was given; none without it.</summary>
    public double? GeniePriceLower { get; init; }

    /// <summary>Price of Genie at most.</summary>
    public double? GeniePriceUpper { get; init; }

    /// <summary>Price of the warehouse at least, in the currency of the price that was given; none without it.</summary>
    public double? WarehousePriceLower { get; init; }

    /// <summary>Price of the warehouse at most.</summary>
    public double? WarehousePriceUpper { get; init; }

    /// <summary>Price of both together at least; none unless both prices are given and both amounts are known.</summary>
    public double? PriceLower { get; init; }

    /// <summary>Price of both together at most.</summary>
    public double? PriceUpper { get; init; }

    /// <summary>What is not known, why, and what to do; <see langword="null"/> where nothing is missing.</summary>
    public string? Reason { get; init; }

    /// <summary>The run's id.</summary>
    public override string ToString() => RunId;
}
