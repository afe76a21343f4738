using System.Globalization;
using GenieLoad.Engine.Simulation.Records;
using GenieLoad.Engine.Simulation.Script;

namespace GenieLoad.Engine.Simulation.Billing;

/// <summary>
/// The billing tables of the account as they stand at an instant: what Genie charged each identity by hour, what the warehouse consumed,
/// and what others did in the same hours.
/// </summary>
internal sealed class BillingTables(SimulatorOptions options, SimulatorClock clock, SimulatorRecord record, string warehouseId)
{
    private const string Cloud = "AZURE";
    private const string GenieSku = "PREMIUM_SERVERLESS_REAL_TIME_INFERENCE_US_EAST";
    private const string FreeSku = "GENIE_FREE_USAGE";
    private const string WarehouseSku = "PREMIUM_SERVERLESS_SQL_COMPUTE_US_EAST";
    private const string Colleague = "colleague@example.com";

    private static readonly DateTime Always = new(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    // Its own: the truth must not come from what is compared with it.
    private static readonly Dictionary<string, decimal> DbuPerHour = new(StringComparer.OrdinalIgnoreCase)
    {
        ["2X-Small"] = 4, ["X-Small"] = 6, ["Small"] = 12, ["Medium"] = 24, ["Large"] = 40, ["X-Large"] = 80, ["2X-Large"] = 144,
        ["3X-Large"] = 272, ["4X-Large"] = 528,
    };

    // No usage_metadata.genie.agent_id, as on many accounts.
    private static readonly IReadOnlySet<string> UsageColumns = new HashSet<string>(
    [
        "record_id", "record_type", "usage_date", "usage_start_time", "usage_end_time", "cloud", "sku_name", "usage_unit", "usage_quantity",
        "billing_origin_product", "usage_metadata.genie.surface", "usage_metadata.genie.channel", "usage_metadata.warehouse_id",
        "identity_metadata.run_as",
    ]);

    private static readonly IReadOnlySet<string> PriceColumns = new HashSet<string>(
    [
        "cloud", "sku_name", "usage_unit", "currency_code", "price_start_time", "price_end_time", "pricing.default",
        "pricing.effective_list.default",
    ]);

    private readonly TimeSpan _lag = clock.Scaled(options.BillingLagSeconds);

    /// <summary>The tables.</summary>
    /// <param name="now">The instant.</param>
    public IReadOnlyList<SqlTable> At(long now) =>
    [
        new("system.billing.usage", UsageColumns, [.. Usage(now)]),
        new("system.billing.list_prices", PriceColumns, [.. Prices()]),
    ];

    private IEnumerable<IReadOnlyDictionary<string, object?>> Usage(long now)
    {
        DateTime shown = clock.Utc(now) - _lag;
        SimulatedMessage[] ended = [.. record.Messages.Where(message => message.CompletedAt.Utc <= shown)];
        bool isFirst = true;
        foreach (var group in ended.GroupBy(message => (Hour: HourOf(message.CompletedAt.Utc), message.Identity))
            .OrderBy(group => group.Key.Hour).ThenBy(group => group.Key.Identity, StringComparer.Ordinal))
        {
            decimal dbu = group.Sum(message => message.GenieDbu);
            (string Type, decimal Dbu)[] records = isFirst && options.BillingCorrected
                ? [("ORIGINAL", dbu * 1.5m), ("RETRACTION", -dbu * 1.5m), ("RESTATEMENT", dbu)]
                : [("ORIGINAL", dbu)];
            isFirst = false;
            foreach ((string type, decimal amount) in records)
                yield return Genie(type, group.Key.Hour, group.Key.Identity, amount);
            // A model that the same identity serves shares the SKU, and a colleague the space.
            yield return Row("ORIGINAL", group.Key.Hour, "MODEL_SERVING", GenieSku, 5, group.Key.Identity, null, null);
            yield return Genie("ORIGINAL", group.Key.Hour, Colleague, 3);
        }
        foreach (IReadOnlyDictionary<string, object?> row in Warehouses(shown))
            yield return row;
    }

    private Dictionary<string, object?> Genie(string type, DateTime hour, string identity, decimal dbu) => Row(
        type, hour, "GENIE", options.BillingFreeUsage ? FreeSku : GenieSku, dbu, identity, "GENIE_AGENTS", null);

    /// <summary>The warehouse, hour by hour while it is awake; and another one, which somebody else uses.</summary>
    private IEnumerable<IReadOnlyDictionary<string, object?>> Warehouses(DateTime shown)
    {
        decimal rate = DbuPerHour.GetValueOrDefault(options.WarehouseSize);
        Dictionary<DateTime, decimal> hours = [];
        DateTime until = DateTime.MinValue;
        TimeSpan tail = options.WarehouseAutoStopMinutes == 0 ? TimeSpan.FromDays(365)
            : TimeSpan.FromMinutes(options.WarehouseAutoStopMinutes);
        foreach ((DateTime ready, DateTime end) in record.Messages.SelectMany(message => message.Statements)
            .Select(one => (one.StartedAt.Utc.AddSeconds(one.WarehouseStartSeconds), one.EndedAt.Utc)).Order())
        {
            DateTime from = Later(ready, until);
            until = Later(until, Sooner(end + tail, shown));
            for (; from < until; from = HourOf(from).AddHours(1))
            {
                TimeSpan part = Sooner(HourOf(from).AddHours(1), until) - from;
                hours[HourOf(from)] = hours.GetValueOrDefault(HourOf(from)) + (rate * part.Ticks / TimeSpan.TicksPerHour);
            }
        }
        foreach ((DateTime hour, decimal dbu) in hours.OrderBy(pair => pair.Key))
        {
            yield return Row("ORIGINAL", hour, "SQL", WarehouseSku, Math.Round(dbu, 6), null, null, warehouseId);
            yield return Row("ORIGINAL", hour, "SQL", WarehouseSku, 9, null, null, "feedfacefeedface");
        }
    }

    private static Dictionary<string, object?> Row(
        string type, DateTime hour, string product, string sku, decimal dbu, string? identity, string? surface, string? warehouse) => new()
    {
        ["record_id"] = QuestionKeys.Hash($"{type}{hour:O}{product}{identity}{warehouse}").ToString("x16", CultureInfo.InvariantCulture),
        ["record_type"] = type,
        ["usage_date"] = hour.Date,
        ["usage_start_time"] = hour,
        ["usage_end_time"] = hour.AddHours(1),
        ["cloud"] = Cloud,
        ["sku_name"] = sku,
        ["usage_unit"] = "DBU",
        ["usage_quantity"] = dbu,
        ["billing_origin_product"] = product,
        ["usage_metadata.genie.surface"] = surface,
        ["usage_metadata.genie.channel"] = surface is null ? null : "API",
        ["usage_metadata.warehouse_id"] = warehouse,
        ["identity_metadata.run_as"] = identity,
    };

    private IEnumerable<IReadOnlyDictionary<string, object?>> Prices()
    {
        DateTime? change = options.BillingPriceChangesAt?.ToUniversalTime();
        yield return Price(GenieSku, 0.07m, Always, options.BillingPricesOverlap ? null : change);
        if (change is DateTime from)
            yield return Price(GenieSku, 0.08m, from, null);
        yield return Price(WarehouseSku, 0.70m, Always, null);
    }

    private static Dictionary<string, object?> Price(string sku, decimal price, DateTime from, DateTime? to) => new()
    {
        ["cloud"] = Cloud,
        ["sku_name"] = sku,
        ["usage_unit"] = "DBU",
        ["currency_code"] = "USD",
        ["price_start_time"] = from,
        ["price_end_time"] = to,
        // What a promotion left of it; the other one is the one to use.
        ["pricing.default"] = price * 2,
        ["pricing.effective_list.default"] = price,
    };

    private static DateTime HourOf(DateTime utc) => new(utc.Ticks - (utc.Ticks % TimeSpan.TicksPerHour), DateTimeKind.Utc);

    private static DateTime Later(DateTime one, DateTime other) => one > other ? one : other;

    private static DateTime Sooner(DateTime one, DateTime other) => one < other ? one : other;
}
