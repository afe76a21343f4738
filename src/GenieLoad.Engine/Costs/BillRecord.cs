namespace GenieLoad.Engine.Costs;

/// <summary>A record of <c>system.billing.usage</c> with its list price.</summary>
public sealed record BillRecord
{
    /// <summary>Product of Genie itself.</summary>
    public const string Genie = "GENIE";

    /// <summary>Product of SQL warehouses.</summary>
    public const string Warehouse = "SQL";

    /// <summary>Its id.</summary>
    public required string RecordId { get; init; }

    /// <summary>ORIGINAL, RETRACTION or RESTATEMENT.</summary>
    public required string RecordType { get; init; }

    /// <summary>Begin of the usage, UTC.</summary>
    public required DateTime From { get; init; }

    /// <summary>End of the usage, UTC.</summary>
    public required DateTime To { get; init; }

    /// <summary>Product.</summary>
    public required string Product { get; init; }

    /// <summary>Surface of Genie.</summary>
    public string? Surface { get; init; }

    /// <summary>SKU.</summary>
    public string? SkuName { get; init; }

    /// <summary>DBU; below 0 for a retraction.</summary>
    public required decimal Dbu { get; init; }

    /// <summary>Who is billed.</summary>
    public string? Identity { get; init; }

    /// <summary>Id of the warehouse.</summary>
    public string? WarehouseId { get; init; }

    /// <summary>List price of a DBU at its end; <see langword="null"/> for none, which is not 0.</summary>
    public decimal? ListPrice { get; init; }

    /// <summary>Currency of the price.</summary>
    public string? Currency { get; init; }

    /// <summary>Whether it corrects another record.</summary>
    public bool IsCorrection => RecordType is "RETRACTION" or "RESTATEMENT";

    /// <summary>Whether it has time in common with an hour.</summary>
    /// <param name="hour">Begin of the hour, UTC.</param>
    public bool IsIn(DateTime hour) => From < hour.AddHours(1) && To > hour;
}
