namespace GenieLoad.Engine.Costs;

/// <summary>What a SQL warehouse consumes while it runs, as Databricks publishes it for serverless warehouses.</summary>
public static class WarehouseSizes
{
    private static readonly Dictionary<string, int> DbuByName = new(StringComparer.OrdinalIgnoreCase)
    {
        ["2X-Small"] = 4,
        ["X-Small"] = 6,
        ["Small"] = 12,
        ["Medium"] = 24,
        ["Large"] = 40,
        ["X-Large"] = 80,
        ["2X-Large"] = 144,
        ["3X-Large"] = 272,
        ["4X-Large"] = 528,
    };

    /// <summary>DBU per hour and cluster; <see langword="null"/> for a size for which nothing is published, such as 5X-Large.</summary>
    /// <param name="size">Name of the size, such as <c>2X-Small</c>.</param>
    public static int? DbuPerHour(string? size) => size is not null && DbuByName.TryGetValue(size, out int dbu) ? dbu : null;
}
