using System.Text.Json;
using GenieLoad.Engine.Costs;
using GenieLoad.Engine.Genie;
using GenieLoad.Engine.Genie.Wire;
using GenieLoad.Engine.Sessions;
using GenieLoad.Engine.Simulation;
using GenieLoad.Engine.Simulation.Records;
using GenieLoad.Engine.Tests.Planning;
using GenieLoad.Engine.Tests.Statements;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Sessions;

/// <summary>The bill of a run, held against what the simulator charged. The clock begins at noon.</summary>
public sealed class RunBillingTests
{
    private const string Owner = "simulated-user@example.com";

    private static readonly DateTime Noon = new(2026, 11, 23, 12, 0, 0, DateTimeKind.Utc);
    private static readonly SimulatorOptions Plain = new() { CallSeconds = 0 };

    private static Task<RunBill> BillAsync(StatementSpace space, LoadRun run, string? identity = null, string? warehouse = null) =>
        space.Time.Drive(async () =>
        {
            using GenieApiClient client = space.Open(space.Time);
            return await RunBilling.Of(run, warehouse ?? space.Simulator.WarehouseId, identity).RunAsync(client, CancellationToken.None);
        });

    private static async Task<GenieLoadException> RefusedAsync(StatementSpace space, LoadRun run, string? warehouse = null) =>
        await Assert.ThrowsAsync<GenieLoadException>(() => BillAsync(space, run, warehouse: warehouse));

    /// <summary>A run whose last questions come in the hour after noon's.</summary>
    private static async Task<LoadRun> OverTheEdgeAsync(StatementSpace space)
    {
        space.Time.SetUtcNow(Noon.AddMinutes(59).AddSeconds(40));
        return await space.RunAsync(questions: 20, seconds: 40);
    }

    private static double TrueDbu(StatementSpace space, int hour) => (double)space.Simulator.Record.Messages
        .Where(message => RunHours.Of(message.CompletedAt.Utc) == Noon.AddHours(hour)).Sum(message => message.GenieDbu);

    [Fact]
    public async Task The_bill_is_what_genie_charged_this_identity_hour_by_hour()
    {
        using var space = new StatementSpace(Plain);
        LoadRun run = await OverTheEdgeAsync(space);

        RunBill bill = await BillAsync(space, run);

        BilledHour[] genie = [.. bill.Hours.Where(hour => hour.Product == "GENIE")];
        Assert.Equal([TrueDbu(space, 0), TrueDbu(space, 1)], genie.Select(hour => hour.Dbu));
        Assert.All(genie, hour => Assert.Equal(
            (Owner, "GENIE_AGENTS", 0.07, "USD", 1, 0),
            (hour.Identity, hour.Surface, hour.ListPrice, hour.Currency, hour.RecordCount, hour.CorrectionCount)));
        Assert.Equal(TrueDbu(space, 0) + TrueDbu(space, 1), bill.GenieDbu!.Value, 9);
        Assert.Equal(0.07 * bill.GenieDbu!.Value, bill.GenieListAmount!.Value, 9);
        Assert.Equal((Noon, Noon.AddHours(2), Owner), (bill.From.ToUniversalTime(), bill.To.ToUniversalTime(), bill.Identity));
        Assert.Equal(("USD", 0, RunBilling.Basis), (bill.Currency, bill.MissingHourCount, bill.Basis));
        Assert.Null(bill.Reason ?? (object?)bill.GenieUnpricedDbu);
    }

    [Fact]
    public async Task The_warehouse_of_the_run_is_in_it_until_it_stops_and_no_other()
    {
        using var space = new StatementSpace(Plain);
        space.Time.SetUtcNow(Noon.AddMinutes(55));
        LoadRun run = await space.UpdateAsync(await space.RunAsync());
        space.Time.Advance(TimeSpan.FromHours(3));

        RunBill bill = await BillAsync(space, run);

        BilledHour[] hours = [.. bill.Hours.Where(hour => hour.Product == "SQL")];
        Assert.Equal([0, 1], hours.Select(hour => (hour.StartedAt.ToUniversalTime() - Noon).TotalHours));
        Assert.All(hours, hour => Assert.Equal((space.Simulator.WarehouseId, 0.7), (hour.WarehouseId, hour.ListPrice)));
        RunCost cost = RunCosts.Of(run, CostPrices.None);
        Assert.InRange(bill.WarehouseDbu!.Value, cost.WarehouseDbuLower!.Value, cost.WarehouseDbuUpper!.Value + 1e-6);
        Assert.Equal(0.7 * bill.WarehouseDbu!.Value, bill.WarehouseListAmount!.Value, 9);
        Assert.Equal(12 * 630 / 3600.0, bill.WarehouseDbu!.Value, 0.2);
    }

    [Fact]
    public async Task What_was_taken_back_and_stated_again_is_billed_once()
    {
        using var space = new StatementSpace(Plain with { BillingCorrected = true });
        LoadRun run = await OverTheEdgeAsync(space);

        RunBill bill = await BillAsync(space, run);

        BilledHour first = bill.Hours.First(hour => hour.Product == "GENIE");
        Assert.Equal((TrueDbu(space, 0), 3, 2), (Math.Round(first.Dbu, 9), first.RecordCount, first.CorrectionCount));
        Assert.Equal(TrueDbu(space, 0) + TrueDbu(space, 1), bill.GenieDbu!.Value, 9);
    }

    [Fact]
    public async Task Usage_without_a_list_price_has_no_amount_and_is_not_called_free()
    {
        using var space = new StatementSpace(Plain with { BillingFreeUsage = true });
        LoadRun run = await space.RunAsync();

        RunBill bill = await BillAsync(space, run);

        Assert.Equal((bill.GenieDbu, (double?)null), (bill.GenieUnpricedDbu, bill.GenieListAmount));
        Assert.Contains("have no list price (GENIE_FREE_USAGE)", bill.Reason, StringComparison.Ordinal);
        Assert.All(bill.Hours.Where(hour => hour.Product == "GENIE"), hour => Assert.Null(hour.ListPrice ?? hour.ListAmount));
        string said = $"{bill.Reason} {bill.Moving} {bill.Basis}".Replace("GENIE_FREE_USAGE", "", StringComparison.Ordinal);
        Assert.DoesNotContain("free", said, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Each_hour_has_the_price_that_held_at_its_end()
    {
        using var space = new StatementSpace(Plain with { BillingPriceChangesAt = Noon.AddMinutes(90) });
        LoadRun run = await OverTheEdgeAsync(space);

        RunBill bill = await BillAsync(space, run);

        Assert.Equal([0.07, 0.08], bill.Hours.Where(hour => hour.Product == "GENIE").Select(hour => hour.ListPrice));
        Assert.Equal((0.07 * TrueDbu(space, 0)) + (0.08 * TrueDbu(space, 1)), bill.GenieListAmount!.Value, 9);
    }

    [Fact]
    public async Task Two_prices_for_one_hour_do_not_double_it_and_none_of_them_is_taken()
    {
        using var space = new StatementSpace(Plain with { BillingPriceChangesAt = Noon.AddMinutes(90), BillingPricesOverlap = true });
        LoadRun run = await OverTheEdgeAsync(space);

        RunBill bill = await BillAsync(space, run);

        Assert.Equal(TrueDbu(space, 0) + TrueDbu(space, 1), bill.GenieDbu!.Value, 9);
        Assert.Equal([0.07, null], bill.Hours.Where(hour => hour.Product == "GENIE").Select(hour => hour.ListPrice));
        Assert.Equal(TrueDbu(space, 1), bill.GenieUnpricedDbu!.Value, 9);
    }

    [Fact]
    public async Task An_hour_that_is_not_there_yet_is_said_and_comes_later()
    {
        using var space = new StatementSpace(Plain with { BillingLagSeconds = 7200 });
        LoadRun run = await OverTheEdgeAsync(space);

        RunBill none = await BillAsync(space, run);
        // The statement takes two seconds.
        space.Time.SetUtcNow(Noon.AddHours(3).AddSeconds(-2.01));
        RunBill some = await BillAsync(space, run);
        space.Time.SetUtcNow(Noon.AddHours(2).AddHours(24));
        RunBill all = await BillAsync(space, run);

        Assert.Equal((2, null, null, null), (none.MissingHourCount, none.GenieDbu, none.GenieListAmount, none.WarehouseDbu));
        Assert.Contains("2 of 2 hours have no record of Genie yet", none.Moving, StringComparison.Ordinal);
        Assert.Contains("No record of Genie was found", none.Reason, StringComparison.Ordinal);
        Assert.Contains("not a bill of 0", none.Reason, StringComparison.Ordinal);
        Assert.Equal(1, some.MissingHourCount);
        Assert.Equal(TrueDbu(space, 0), some.GenieDbu);
        Assert.Equal(
            "Records may come and change until 2026-11-24 14:00 UTC; 1 of 2 hours have no record of Genie yet; "
                + "the newest record ended 2 hours ago.",
            some.Moving);
        Assert.Equal((0, null), (all.MissingHourCount, all.Moving));
        Assert.Equal(TrueDbu(space, 0) + TrueDbu(space, 1), all.GenieDbu!.Value, 9);
    }

    [Fact]
    public async Task After_a_day_an_hour_without_a_record_points_at_the_identity()
    {
        using var space = new StatementSpace(Plain);
        LoadRun run = await space.RunAsync();
        space.Time.Advance(TimeSpan.FromDays(3));

        RunBill bill = await BillAsync(space, run, identity: "nobody@example.com");

        Assert.Equal((null, "nobody@example.com"), (bill.GenieDbu, bill.Identity));
        Assert.Contains("although a day has passed: check -Identity", bill.Moving, StringComparison.Ordinal);
        Assert.Contains("'nobody@example.com'", bill.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_identity_is_asked_for_by_name()
    {
        using var space = new StatementSpace(Plain);
        LoadRun run = await OverTheEdgeAsync(space);

        RunBill bill = await BillAsync(space, run, identity: "colleague@example.com");

        Assert.Equal((6.0, "colleague@example.com"), (bill.GenieDbu, bill.Identity));
    }

    [Fact]
    public async Task A_name_with_quotes_is_a_value_and_no_part_of_the_statement()
    {
        using var space = new StatementSpace(Plain);
        LoadRun run = await space.RunAsync(questions: 3);

        Assert.Null((await BillAsync(space, run, identity: "x' OR u.usage_unit = 'DBU")).GenieDbu);
    }

    [Fact]
    public async Task Other_hours_of_the_same_identity_are_not_in_it()
    {
        using var space = new StatementSpace(Plain);
        LoadRun before = await space.RunAsync(questions: 3);
        space.Time.SetUtcNow(Noon.AddHours(2));
        LoadRun run = await space.RunAsync(questions: 4);
        space.Time.SetUtcNow(Noon.AddHours(4));
        await space.RunAsync(questions: 5);

        RunBill bill = await BillAsync(space, run);
        RunBill resumed = await BillAsync(space, run with
        {
            Results = new RowList<QuestionResult>([.. before.Results, .. run.Results]),
        });

        Assert.Equal(TrueDbu(space, 2), bill.GenieDbu!.Value, 9);
        Assert.Equal(TrueDbu(space, 0) + TrueDbu(space, 2), resumed.GenieDbu!.Value, 9);
    }

    [Fact]
    public async Task No_more_rows_are_read_than_are_billed()
    {
        // As many parts as there are rows.
        using var space = new StatementSpace(Plain with { ResultChunkCount = 1000 });
        await space.RunAsync(questions: 3);
        space.Time.SetUtcNow(Noon.AddHours(2));
        LoadRun run = await space.RunAsync(questions: 4);
        space.Time.SetUtcNow(Noon.AddHours(4));
        await space.RunAsync(questions: 5);
        long before = space.Simulator.Record.CountOf(SimulatedOperation.GetResultChunk);

        RunBill bill = await BillAsync(space, run);

        Assert.Equal(
            bill.Hours.Sum(hour => hour.RecordCount) - 1,
            space.Simulator.Record.CountOf(SimulatedOperation.GetResultChunk) - before);
    }

    [Fact]
    public async Task Hours_between_an_interruption_and_the_resumption_are_not_in_it()
    {
        using var space = new StatementSpace(Plain);
        LoadRun first = await space.RunAsync(questions: 3);
        space.Time.SetUtcNow(Noon.AddHours(2));
        await space.RunAsync(questions: 5);
        space.Time.SetUtcNow(Noon.AddHours(4));
        LoadRun last = await space.RunAsync(questions: 4);

        RunBill bill = await BillAsync(space, last with
        {
            Results = new RowList<QuestionResult>([.. first.Results, .. last.Results]),
        });

        Assert.Equal(TrueDbu(space, 0) + TrueDbu(space, 4), bill.GenieDbu!.Value, 9);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(90, 7)]
    public async Task A_statement_that_is_pending_is_waited_for_and_its_parts_are_read(double seconds, int chunks)
    {
        using var space = new StatementSpace(Plain with { OwnStatementSeconds = seconds, ResultChunkCount = chunks });
        LoadRun run = await OverTheEdgeAsync(space);
        long before = space.Simulator.Record.CountOf(SimulatedOperation.GetResultChunk);

        RunBill bill = await BillAsync(space, run);

        Assert.Equal(TrueDbu(space, 0) + TrueDbu(space, 1), bill.GenieDbu!.Value, 9);
        Assert.Equal(1, space.Simulator.Record.CountOf(SimulatedOperation.RunStatement));
        Assert.Equal(seconds > 0, space.Simulator.Record.CountOf(SimulatedOperation.GetStatement) > 0);
        Assert.InRange(space.Simulator.Record.CountOf(SimulatedOperation.GetStatement), 0, 25);
        Assert.Equal(Math.Min(chunks, 4) - 1, space.Simulator.Record.CountOf(SimulatedOperation.GetResultChunk) - before);
    }

    [Fact]
    public async Task What_may_not_be_read_says_which_rights_are_missing()
    {
        using var tables = new StatementSpace(Plain with { BillingForbidden = true });
        using var warehouse = new StatementSpace(Plain with { HistoryForbidden = true });

        foreach (StatementSpace space in (StatementSpace[])[tables, warehouse])
        {
            GenieLoadException error = await RefusedAsync(space, await space.RunAsync(questions: 3));

            Assert.Equal(("BillingRefused", ErrorKind.Permission), (error.ErrorId, error.Kind));
            Assert.Contains("system.billing.usage", error.Recommendation, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_statement_that_fails_says_why()
    {
        using var space = new StatementSpace(Plain with { OwnStatementError = "[TABLE_OR_VIEW_NOT_FOUND] system.billing.usage" });
        LoadRun run = await space.RunAsync(questions: 3);

        GenieLoadException failed = await RefusedAsync(space, run);
        GenieLoadException unknown = await RefusedAsync(space, run, warehouse: "beef");

        Assert.Equal(("BillingQueryFailed", "BillingQueryFailed"), (failed.ErrorId, unknown.ErrorId));
        Assert.Contains("TABLE_OR_VIEW_NOT_FOUND", failed.Message, StringComparison.Ordinal);
        Assert.Contains("'beef'", unknown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_statement_that_does_not_end_is_cancelled()
    {
        using var space = new StatementSpace(Plain with { OwnStatementSeconds = 3600 });
        LoadRun run = await space.RunAsync(questions: 3);

        GenieLoadException error = await RefusedAsync(space, run);

        Assert.Equal(("BillingQueryTimedOut", ErrorKind.Timeout), (error.ErrorId, error.Kind));
        Assert.Equal(1, space.Simulator.Record.CountOf(SimulatedOperation.CancelStatement, 200));
    }

    [Fact]
    public async Task Whoever_stops_waiting_leaves_no_statement_behind()
    {
        using var space = new StatementSpace(Plain with { OwnStatementSeconds = 3600 });
        LoadRun run = await space.RunAsync(questions: 3);
        using GenieApiClient client = space.Open(space.Time);
        RunBilling billing = RunBilling.Of(run, space.Simulator.WarehouseId);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => space.Time.DriveThenCancel(stop => billing.RunAsync(client, stop), cancelAfterSeconds: 10));

        Assert.Equal(1, space.Simulator.Record.CountOf(SimulatedOperation.CancelStatement, 200));
    }

    [Theory]
    [InlineData("1.25", "0.07", true, true)]
    [InlineData("-1E3", null, true, false)]
    [InlineData("1e13", "0.07", false, false)]
    [InlineData("much", "0.07", false, false)]
    [InlineData(null, "0.07", false, false)]
    [InlineData("1", "1e20", true, false)]
    public void A_row_whose_amounts_can_be_none_adds_nothing(string? dbu, string? price, bool isRecord, bool hasPrice)
    {
        BillRecord? record = BillingQuery.RecordOf(new Dictionary<string, string?>
        {
            ["start_ms"] = "1795000000000", ["end_ms"] = "1795003600000", ["product"] = "GENIE", ["usage_quantity"] = dbu,
            ["list_price"] = price,
        });

        Assert.Equal((isRecord, hasPrice), (record is not null, record?.ListPrice is not null));
    }

    [Fact]
    public async Task What_cannot_be_asked_is_refused_before_anything_is_sent()
    {
        using var space = new StatementSpace(Plain);
        LoadRun run = await space.RunAsync(questions: 3);
        long calls = space.Simulator.Record.CallCount;
        QuestionResult[] unasked = [.. run.Results.Select(row => row with { Outcome = Outcome.NotStarted, StartedAt = null })];

        ErrorAssert.Refused("InvalidId", () => RunBilling.Of(run, "../../../x"), "WarehouseId");
        LoadRun none = run with { Results = new RowList<QuestionResult>(unasked) };
        ErrorAssert.Refused("NothingBilled", () => RunBilling.Of(none, "w"), run.RunId);
        Assert.Equal(calls, space.Simulator.Record.CallCount);
    }

    [Theory]
    [InlineData(" ")]
    [InlineData("somebody\n@example.com")]
    public async Task An_identity_that_nobody_has_is_refused_before_anything_is_sent(string identity)
    {
        using var space = new StatementSpace(new SimulatorOptions());
        LoadRun run = await space.RunAsync(questions: 1);

        Assert.Equal("InvalidIdentity", Assert.Throws<GenieLoadException>(() => RunBilling.Of(run, "0123456789abcdef", identity)).ErrorId);
    }

    [Fact]
    public async Task A_warehouse_that_the_run_does_not_know_is_missing_from_the_bill_and_that_is_said()
    {
        using var space = new StatementSpace(new SimulatorOptions { HideWarehouse = true });
        LoadRun run = await space.RunAsync(questions: 1);

        RunBill bill = await BillAsync(space, run);

        Assert.Null(bill.WarehouseDbu);
        Assert.Contains("does not know its SQL warehouse", bill.Reason, StringComparison.Ordinal);
    }

    /// <summary>Whoever presses Ctrl+C can cancel only a statement whose id is known.</summary>
    [Fact]
    public void The_call_that_starts_the_statement_does_not_wait_for_it() => Assert.Contains(
        "\"wait_timeout\":\"0s\"",
        JsonSerializer.Serialize(new SqlStatementRequest("w1", "SELECT 1", [], 1), WireJson.Default.SqlStatementRequest),
        StringComparison.Ordinal);
}
