using System.Globalization;
using GenieLoad.Engine.Costs;
using GenieLoad.Engine.Genie.Wire;

namespace GenieLoad.Engine.Sessions;

/// <summary>The statement that asks the billing tables, and what its rows say. Every value is a parameter.</summary>
internal static class BillingQuery
{
    /// <summary>Most rows that are read.</summary>
    public const int MostRows = 10_000;

    // The year 9000 in milliseconds.
    private const long LatestStamp = 221_845_392_000_000;

    // Far more than anybody pays or uses in an hour: with what is larger, sums and products would not be numbers any more.
    private const decimal MostAmount = 1_000_000_000_000;

    // The hours as milliseconds, so that no time zone of the warehouse's session moves them. Days one wider on both sides, for they only
    // keep the table from being read whole. No agent_id: accounts that do not have the field yet refuse the whole statement.
    private const string Text = """
        SELECT u.record_id, u.record_type, unix_millis(u.usage_start_time) AS start_ms, unix_millis(u.usage_end_time) AS end_ms,
          u.billing_origin_product AS product, u.usage_metadata.genie.surface AS surface, u.sku_name, u.usage_quantity,
          u.identity_metadata.run_as AS identity, u.usage_metadata.warehouse_id AS warehouse_id,
          p.pricing.effective_list.default AS list_price, p.currency_code
        FROM system.billing.usage AS u
        LEFT JOIN system.billing.list_prices AS p
          ON p.cloud = u.cloud AND p.sku_name = u.sku_name AND p.usage_unit = u.usage_unit
            AND u.usage_end_time >= p.price_start_time AND (p.price_end_time IS NULL OR u.usage_end_time < p.price_end_time)
        WHERE u.usage_date >= :first_day AND u.usage_date <= :last_day AND u.usage_unit = 'DBU'
          AND ((u.billing_origin_product = 'GENIE' AND u.identity_metadata.run_as = coalesce(:identity, current_user())
              AND u.usage_end_time > :genie_from AND u.usage_start_time < :genie_to)
            OR (u.billing_origin_product = 'SQL' AND array_contains(split(:warehouses, ','), u.usage_metadata.warehouse_id)
              AND u.usage_end_time > :sql_from AND u.usage_start_time < :sql_to))
        ORDER BY u.usage_start_time, u.record_id
        """;

    /// <summary>The statement.</summary>
    /// <param name="warehouseId">Warehouse that runs it.</param>
    /// <param name="identity">Whose questions; <see langword="null"/> for whoever asks.</param>
    /// <param name="billedWarehouses">Warehouses of the run, whose hours are read too.</param>
    /// <param name="genieHours">Hours of the questions, in order; at least one.</param>
    /// <param name="warehouseHours">Hours of the warehouses, in order; at least one.</param>
    public static SqlStatementRequest Of(
        string warehouseId, string? identity, IEnumerable<string> billedWarehouses, IReadOnlyList<DateTime> genieHours,
        IReadOnlyList<DateTime> warehouseHours)
    {
        DateTime last = warehouseHours[^1] > genieHours[^1] ? warehouseHours[^1] : genieHours[^1];
        DateTime first = warehouseHours[0] < genieHours[0] ? warehouseHours[0] : genieHours[0];
        return new SqlStatementRequest(
            warehouseId, Text,
            [
                new("first_day", Day(first.AddDays(-1)), "DATE"),
                new("last_day", Day(last.AddDays(1)), "DATE"),
                new("genie_from", Instant(genieHours[0]), "TIMESTAMP"),
                new("genie_to", Instant(genieHours[^1].AddHours(1)), "TIMESTAMP"),
                new("sql_from", Instant(warehouseHours[0]), "TIMESTAMP"),
                new("sql_to", Instant(warehouseHours[^1].AddHours(1)), "TIMESTAMP"),
                new("identity", identity),
                new("warehouses", string.Join(',', billedWarehouses)),
            ],
            MostRows);
    }

    /// <summary>A row of the result; <see langword="null"/> for one that says no DBU of any hour.</summary>
    /// <param name="row">Cells by the names of their columns.</param>
    public static BillRecord? RecordOf(IReadOnlyDictionary<string, string?> row)
    {
        if (Instant(row.GetValueOrDefault("start_ms")) is not DateTime from || Instant(row.GetValueOrDefault("end_ms")) is not DateTime to
            || Number(row.GetValueOrDefault("usage_quantity")) is not decimal dbu
            || row.GetValueOrDefault("product") is not string product)
            return null;
        return new BillRecord
        {
            RecordId = row.GetValueOrDefault("record_id") ?? "",
            RecordType = row.GetValueOrDefault("record_type") ?? "",
            From = from,
            To = to,
            Product = product,
            Surface = row.GetValueOrDefault("surface"),
            SkuName = row.GetValueOrDefault("sku_name"),
            Dbu = dbu,
            Identity = row.GetValueOrDefault("identity"),
            WarehouseId = row.GetValueOrDefault("warehouse_id"),
            ListPrice = Number(row.GetValueOrDefault("list_price")),
            Currency = row.GetValueOrDefault("currency_code"),
        };
    }

    private static string Day(DateTime utc) => utc.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Instant(DateTime utc) => utc.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static DateTime? Instant(string? milliseconds) =>
        long.TryParse(milliseconds, NumberStyles.Integer, CultureInfo.InvariantCulture, out long value) && value is > 0 and < LatestStamp
            ? DateTime.UnixEpoch.AddMilliseconds(value)
            : null;

    private static decimal? Number(string? text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal value) && Math.Abs(value) <= MostAmount
            ? value
            : null;
}
