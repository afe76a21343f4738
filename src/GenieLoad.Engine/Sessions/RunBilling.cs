using System.Globalization;
using GenieLoad.Engine.Addresses;
using GenieLoad.Engine.Costs;
using GenieLoad.Engine.Genie;
using GenieLoad.Engine.Genie.Wire;
using GenieLoad.Engine.Logging;
using GenieLoad.Engine.Running;
using GenieLoad.Model;

namespace GenieLoad.Engine.Sessions;

/// <summary>
/// What was billed in the hours of a run, from the billing tables. Asking runs one statement on a warehouse, which costs warehouse time.
/// </summary>
public sealed class RunBilling
{
    /// <summary>What every bill of hours is, in words.</summary>
    public const string Basis =
        "The hours include everything that this identity asked in them, in all workspaces; list prices are not those of your contract.";

    // Records come up to 12 hours late by the documentation; 24 were seen.
    private static readonly TimeSpan LongestLag = TimeSpan.FromHours(24);

    private static readonly RedactedRecord<BilledHour> SeenHours = new();

    private readonly LoadRun _run;
    private readonly string[] _warehouses;
    private readonly IReadOnlyList<DateTime> _genieHours;
    private readonly IReadOnlyList<DateTime> _warehouseHours;
    private readonly string? _identity;
    private readonly SqlStatementRequest _request;

    private RunBilling(LoadRun run, string warehouseId, string? identity)
    {
        _run = run;
        _identity = identity;
        _genieHours = RunHours.InFlight(run.Results);
        if (_genieHours.Count == 0)
            throw SessionsErrors.NothingBilled(run);
        _warehouses = [.. run.Connections.Select(connection => ServiceId.OrNull(connection.WarehouseId)).OfType<string>().Distinct()];
        int autoStop = run.Connections.Max(connection => connection.WarehouseAutoStopMinutes) ?? 0;
        // A warehouse is billed until it stops. A day of it is enough.
        _warehouseHours = RunHours.InFlight(run.Results, TimeSpan.FromMinutes(Math.Clamp(autoStop, 0, 24 * 60)));
        _request = BillingQuery.Of(warehouseId, identity, _warehouses, _genieHours, _warehouseHours);
    }

    /// <summary>Looks at a run; nothing is sent.</summary>
    /// <param name="run">The run.</param>
    /// <param name="warehouseId">Id of the warehouse that runs the statement.</param>
    /// <param name="identity">
    /// Whose questions they were: e-mail address of a person, application id of a service principal; <see langword="null"/> for the
    /// identity of the connection.
    /// </param>
    /// <exception cref="GenieLoadException">
    /// <c>InvalidId</c>, <c>InvalidIdentity</c>, <c>NothingBilled</c>: no question was sent.
    /// </exception>
    public static RunBilling Of(LoadRun run, string warehouseId, string? identity = null)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(warehouseId);
        if (identity is not null && (string.IsNullOrWhiteSpace(identity) || identity.Any(char.IsControl)))
            throw SessionsErrors.InvalidIdentity(identity);
        GenieErrors.CheckId("WarehouseId", warehouseId);
        return new RunBilling(run, warehouseId, identity);
    }

    /// <summary>Asks.</summary>
    /// <param name="client">Way to a workspace of the account.</param>
    /// <param name="stop">Ends it at once.</param>
    /// <exception cref="GenieLoadException">
    /// <c>BillingRefused</c>, <c>BillingQueryFailed</c>, <c>BillingQueryTimedOut</c>, <c>InvalidId</c>, and what keeps a call from being
    /// made.
    /// </exception>
    public async Task<RunBill> RunAsync(GenieApiClient client, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(client);
        StatementResult result;
        try
        {
            result = await new StatementRun(client, "Billing").RunAsync(_request, stop).ConfigureAwait(false);
        }
        catch (StatementFailure failure)
        {
            throw failure.Kind switch
            {
                StatementFailureKind.Refused => SessionsErrors.BillingRefused(
                    failure.IsOfCall ? client.Workspace.Authority : "The account", failure.Message, failure.InnerException),
                StatementFailureKind.TimedOut => SessionsErrors.BillingQueryTimedOut(StatementRun.Longest),
                _ => SessionsErrors.BillingQueryFailed(_request.WarehouseId, failure.Message, failure.InnerException),
            };
        }
        return BillOf(
            Bill.Once(result.ByName().Select(BillingQuery.RecordOf).OfType<BillRecord>()), result.IsCut,
            client.Time.GetUtcNow().UtcDateTime);
    }

    private RunBill BillOf(IReadOnlyList<BillRecord> found, bool isCut, DateTime now)
    {
        // Between an interruption and the resumption other hours lie.
        BillRecord[] genie = [.. found.Where(record => record.Product == BillRecord.Genie && _genieHours.Any(record.IsIn))];
        BillRecord[] warehouse = [.. found.Where(record => record.Product == BillRecord.Warehouse && _warehouseHours.Any(record.IsIn))];
        IReadOnlyList<DateTime> certain = RunHours.Certain(_run.Results);
        int missing = certain.Count(hour => !Array.Exists(genie, record => record.IsIn(hour)));
        BillRecord[] all = [.. genie, .. warehouse];
        return new RunBill
        {
            RunId = _run.RunId,
            From = _genieHours[0],
            To = _genieHours[^1].AddHours(1),
            Identity = genie.FirstOrDefault()?.Identity is string identity ? Redactor.Redact(identity) : _identity,
            GenieDbu = Bill.Dbu(genie),
            GenieUnpricedDbu = Bill.UnpricedDbu(genie),
            GenieListAmount = Bill.ListAmount(genie),
            WarehouseDbu = Bill.Dbu(warehouse),
            WarehouseListAmount = Bill.ListAmount(warehouse),
            Currency = CurrencyOf(all) is string currency ? Redactor.Redact(currency) : null,
            NewestRecordEndsAt = all.Length == 0 ? null : all.Max(record => record.To),
            MissingHourCount = missing,
            Moving = Moving(now, missing, certain.Count, all),
            Reason = Reason(genie, warehouse, isCut),
            Basis = Basis,
            Hours = new RowList<BilledHour>([.. Bill.Hours(all).Select(SeenHours.Redact)]),
        };
    }

    private static string? CurrencyOf(BillRecord[] records) =>
        records.Select(record => record.Currency).OfType<string>().Distinct().Take(2).ToArray() is [var only] ? only : null;

    private string? Moving(DateTime now, int missing, int certain, BillRecord[] all)
    {
        DateTime settled = (_genieHours[^1] > _warehouseHours[^1] ? _genieHours : _warehouseHours)[^1].AddHours(1) + LongestLag;
        string hours = Text($"{missing} of {certain} {(certain == 1 ? "hour has" : "hours have")} no record of Genie");
        if (now >= settled)
            return missing == 0 ? null : $"{hours}, although a day has passed: check -Identity.";
        List<string> parts = [Text($"Records may come and change until {settled:yyyy-MM-dd HH:mm} UTC")];
        if (missing > 0)
            parts.Add($"{hours} yet");
        if (all.Length > 0)
        {
            double age = (now - all.Max(record => record.To)).TotalHours;
            parts.Add(age <= 0 ? "the newest record is of this hour" : Text($"the newest record ended {age:0.#} hours ago"));
        }
        return string.Join("; ", parts) + ".";
    }

    private string? Reason(BillRecord[] genie, BillRecord[] warehouse, bool isCut)
    {
        List<string> parts = [];
        if (genie.Length == 0)
        {
            parts.Add($"No record of Genie was found for {(_identity is null ? "the identity of this connection" : $"'{_identity}'")} in "
                + "these hours. That is not a bill of 0: records come late, and -Identity must be who ran the test.");
        }
        if (Bill.UnpricedDbu(genie) is double unpriced)
        {
            string skus = string.Join(", ", genie.Where(record => record.ListPrice is null).Select(record => record.SkuName).Distinct());
            parts.Add(Text($"{unpriced:0.###} DBU of Genie have no list price ({Redactor.Redact(skus)}) and are in no amount;")
                + " no price is not a price of 0.");
        }
        if (_warehouses.Length == 0)
            parts.Add("The run does not know its SQL warehouse, so the bill of the warehouse is missing.");
        else if (warehouse.Length == 0)
            parts.Add("No record of the SQL warehouse was found in these hours. That is not a bill of 0.");
        if (Bill.UnpricedDbu(warehouse) is double without)
            parts.Add(Text($"{without:0.###} DBU of the warehouse have no list price and are in no amount."));
        if (isCut)
            parts.Add(Text($"Only the first {BillingQuery.MostRows} records were read: the sums are too low."));
        return parts.Count == 0 ? null : string.Join(' ', parts);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
