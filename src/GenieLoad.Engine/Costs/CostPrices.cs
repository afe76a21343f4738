namespace GenieLoad.Engine.Costs;

/// <summary>What the user pays for a DBU, in his currency; <see langword="null"/> where he did not say. Nothing is assumed.</summary>
/// <param name="PerGenieDbu">For a DBU of Genie.</param>
/// <param name="PerWarehouseDbu">For a DBU of the SQL warehouse.</param>
public sealed record CostPrices(double? PerGenieDbu = null, double? PerWarehouseDbu = null)
{
    /// <summary>No price is known.</summary>
    public static CostPrices None { get; } = new();

    /// <summary>The price of both together; <see langword="null"/> unless both prices and both amounts are known.</summary>
    /// <param name="genieDbu">DBU of Genie.</param>
    /// <param name="warehouseDbu">DBU of the warehouse.</param>
    public double? Of(double? genieDbu, double? warehouseDbu) => (genieDbu * PerGenieDbu) + (warehouseDbu * PerWarehouseDbu);
}
