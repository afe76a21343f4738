namespace GenieLoad.Model;

/// <summary>What was billed for one hour, product and price: the records of <c>system.billing.usage</c>, corrections added up.</summary>
public sealed record BilledHour
{
    /// <summary>Begin of the hour, local time.</summary>
    public required DateTime StartedAt { get; init => field = LocalTime.Of(value); }

    /// <summary>End of the hour, local time.</summary>
    public required DateTime EndedAt { get; init => field = LocalTime.Of(value); }

    /// <summary>Product: <c>GENIE</c>, or <c>SQL</c> for the warehouse.</summary>
    public required string Product { get; init; }

    /// <summary>Surface of Genie, such as <c>GENIE_AGENTS</c>; none for the warehouse.</summary>
    public string? Surface { get; init; }

    /// <summary>Who is billed: e-mail address of a person, application id of a service principal.</summary>
    public string? Identity { get; init; }

    /// <summary>Id of the warehouse; none for Genie.</summary>
    public string? WarehouseId { get; init; }

    /// <summary>Name of the SKU.</summary>
    public string? SkuName { get; init; }

    /// <summary>DBU, retractions and restatements added up.</summary>
    public required double Dbu { get; init; }

    /// <summary>List price of a DBU in this hour; <see langword="null"/> where the SKU has none. That is not 0.</summary>
    public double? ListPrice { get; init; }

    /// <summary>Currency of the price.</summary>
    public string? Currency { get; init; }

    /// <summary>DBU at list price, which is not the price of a contract; <see langword="null"/> without a list price.</summary>
    public double? ListAmount { get; init; }

    /// <summary>Records of the billing table in it.</summary>
    public required int RecordCount { get; init; }

    /// <summary>Records of them that correct others: retractions and restatements.</summary>
    public required int CorrectionCount { get; init; }

    /// <summary>Hour, product and DBU in one line.</summary>
    public override string ToString() => FormattableString.Invariant($"{StartedAt:yyyy-MM-dd HH:mm} {Product} {Dbu:0.###} DBU");
}
