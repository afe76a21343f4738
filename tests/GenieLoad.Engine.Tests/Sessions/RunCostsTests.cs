using GenieLoad.Engine.Costs;
using GenieLoad.Engine.Http.Retries;
using GenieLoad.Engine.Runs;
using GenieLoad.Engine.Sessions;
using GenieLoad.Engine.Simulation;
using GenieLoad.Engine.Simulation.Records;
using GenieLoad.Engine.Tests.Statements;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Sessions;

/// <summary>What a run cost by its own records, held against what the simulator really used.</summary>
public sealed class RunCostsTests
{
    private static readonly SimulatorOptions Busy = new()
    {
        WarehouseSlots = 2, ColdWarehouseSeconds = 30, RegenerateShare = 0.3, TextOnlyShare = 0.2, ResultRowCount = 1,
    };

    /// <summary>Seconds in which any statement of the simulator was on a running warehouse.</summary>
    private static double TrueSeconds(StatementSpace space)
    {
        List<(DateTime From, DateTime To)> all = [.. space.Simulator.Record.Messages.SelectMany(message => message.Statements)
            .Select(one => (one.StartedAt.Utc.AddSeconds(one.WarehouseStartSeconds), one.EndedAt.Utc))];
        DateTime[] edges = [.. all.SelectMany(one => new[] { one.From, one.To }).Distinct().Order()];
        return edges.Zip(edges.Skip(1)).Where(part => all.Exists(one => one.From <= part.First && one.To >= part.Second))
            .Sum(part => (part.Second - part.First).TotalSeconds);
    }

    [Fact]
    public async Task Bounds_hold_what_was_really_used()
    {
        using var space = new StatementSpace(Busy);
        LoadRun run = await space.UpdateAsync(await space.RunAsync());

        RunCost cost = RunCosts.Of(run, CostPrices.None);

        Assert.Equal((20, 20, (string?)null), (cost.QuestionCount, cost.AnsweredCount, cost.Reason));
        decimal genie = space.Simulator.Record.Messages.Sum(message => message.GenieDbu);
        Assert.InRange((double)genie, cost.GenieDbuLower, cost.GenieDbuUpper);
        Assert.Equal((3.6, 17.2), (cost.GenieDbuLower, cost.GenieDbuUpper));
        Assert.Equal((0.18, 0.86), (Math.Round(cost.GenieDbuPerAnswerLower!.Value, 9), Math.Round(cost.GenieDbuPerAnswerUpper!.Value, 9)));
        double seconds = TrueSeconds(space);
        Assert.Equal(seconds, cost.StatementSeconds!.Value, 0.1);
        double sum = space.Simulator.Record.Messages.SelectMany(message => message.Statements)
            .Sum(one => (one.EndedAt.Utc - one.StartedAt.Utc).TotalSeconds);
        Assert.True(sum > 2 * seconds, "Statements ran side by side.");
        // The tail of ten minutes is billed too: once, for all of them together.
        Assert.InRange(cost.AwakeSeconds!.Value, seconds + 600, seconds + 600 + 60);
        Assert.Equal(("Small", 12 * cost.StatementSeconds!.Value / 3600), (cost.WarehouseSize, cost.WarehouseDbuLower!.Value));
        Assert.Equal(12 * cost.AwakeSeconds!.Value / 3600, cost.WarehouseDbuUpper!.Value);
        Assert.Equal(space.Simulator.Record.Messages.Sum(message => message.Statements.Count), cost.StatementCount);
        Assert.Contains("measured 2026-07", cost.GenieDbuSource, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_prices_there_is_no_price_and_with_both_there_are_bounds()
    {
        using var space = new StatementSpace(Busy);
        LoadRun run = await space.UpdateAsync(await space.RunAsync());

        RunCost none = RunCosts.Of(run, CostPrices.None);
        RunCost one = RunCosts.Of(run, new CostPrices(PerGenieDbu: 0.07));
        RunCost both = RunCosts.Of(run, new CostPrices(0.07, 0.7));

        Assert.Null(none.PriceLower ?? none.PriceUpper ?? none.GeniePriceLower ?? none.WarehousePriceLower);
        Assert.Equal((17.2 * 0.07, null, null), (one.GeniePriceUpper, one.WarehousePriceUpper, one.PriceUpper));
        Assert.Equal((3.6 * 0.07) + (0.7 * both.WarehouseDbuLower), both.PriceLower);
        Assert.Equal((17.2 * 0.07) + (0.7 * both.WarehouseDbuUpper), both.PriceUpper);
    }

    [Fact]
    public async Task A_run_whose_statements_nobody_read_says_how_to_read_them_and_guesses_nothing()
    {
        using var space = new StatementSpace(Busy);
        LoadRun run = await space.RunAsync();

        RunCost cost = RunCosts.Of(run, new CostPrices(0.07, 0.7));

        Assert.Null(cost.WarehouseDbuLower ?? cost.WarehouseDbuUpper ?? cost.StatementSeconds ?? cost.AwakeSeconds ?? cost.PriceLower);
        Assert.Null(cost.StatementCount);
        Assert.Equal(3.6, cost.GenieDbuLower);
        Assert.Equal(
            $"The warehouse's share is not known: read the statements with Update-GenieRun {run.RunId} -Statement.", cost.Reason);
        Assert.Contains("in no folder", RunCosts.Of(run with { RunPath = null }, CostPrices.None).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_statement_that_is_missing_takes_the_upper_bound_away_and_leaves_the_lower()
    {
        using var space = new StatementSpace(Busy with { HistoryMissingShare = 0.3 });
        LoadRun run = await space.UpdateAsync(await space.RunAsync());

        RunCost cost = RunCosts.Of(run, CostPrices.None);

        Assert.Null(cost.WarehouseDbuUpper ?? cost.AwakeSeconds);
        Assert.InRange(cost.WarehouseDbuLower!.Value, 1e-6, 12 * TrueSeconds(space) / 3600);
        Assert.Matches(
            $"^No upper bound for the warehouse: \\d statements are not known; Update-GenieRun {run.RunId} -Statement asks", cost.Reason);
    }

    [Fact]
    public async Task Statements_that_an_agent_did_not_name_take_the_upper_bound_away()
    {
        using var space = new StatementSpace(Busy);
        LoadRun run = await space.UpdateAsync(await space.RunAsync());
        QuestionResult[] rows =
        [
            .. run.Results.Select(row => row.Index == 3 ? row with { Mode = QuestionMode.Agent, StatementCount = 100 } : row),
        ];

        RunCost cost = RunCosts.Of(run with { Results = new RowList<QuestionResult>(rows) }, CostPrices.None);

        Assert.NotNull(cost.WarehouseDbuLower);
        Assert.Null(cost.WarehouseDbuUpper);
        Assert.EndsWith("agent mode was not measured and may cost more", cost.GenieDbuSource, StringComparison.Ordinal);
        Assert.DoesNotContain("agent", RunCosts.Of(run, CostPrices.None).GenieDbuSource, StringComparison.Ordinal);
        Assert.Matches("agent mode did not name \\d+ statements that it ran", cost.Reason);
    }

    [Fact]
    public async Task Questions_whose_end_nobody_saw_may_have_run_more_statements()
    {
        using var space = new StatementSpace(Busy);
        LoadRun run = await space.UpdateAsync(await space.RunAsync());
        QuestionResult[] rows =
            [.. run.Results.Select(row => row.Index == 3 ? row with { Outcome = Outcome.TimedOut, StatementIds = null } : row)];

        RunCost cost = RunCosts.Of(run with { Results = new RowList<QuestionResult>(rows) }, CostPrices.None);

        Assert.Equal(19, cost.AnsweredCount);
        Assert.NotNull(cost.WarehouseDbuLower);
        Assert.Null(cost.WarehouseDbuUpper);
        Assert.Contains("nobody saw the end of 1 question", cost.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answers_in_words_alone_used_no_warehouse()
    {
        using var space = new StatementSpace(Busy with { TextOnlyShare = 1 });
        LoadRun run = await space.UpdateAsync(await space.RunAsync(questions: 5));

        RunCost cost = RunCosts.Of(run, CostPrices.None);

        Assert.Equal((0, 0.0, 0.0, (string?)null), (cost.StatementCount, cost.WarehouseDbuLower, cost.WarehouseDbuUpper, cost.Reason));
    }

    [Theory]
    [InlineData("5X-Large", 10, "'5X-Large'")]
    [InlineData("Small", 0, "never stops")]
    public async Task What_bounds_nothing_is_said(string size, int autoStop, string why)
    {
        using var space = new StatementSpace(Busy with { WarehouseSize = size, WarehouseAutoStopMinutes = autoStop });
        LoadRun run = await space.UpdateAsync(await space.RunAsync(questions: 5));

        RunCost cost = RunCosts.Of(run, CostPrices.None);

        Assert.Null(cost.WarehouseDbuUpper);
        Assert.Equal(size == "Small", cost.WarehouseDbuLower is not null);
        Assert.NotNull(cost.StatementSeconds);
        Assert.Contains(why, cost.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_warehouse_that_the_run_does_not_know_is_not_taken_for_the_one_it_knows()
    {
        using var space = new StatementSpace(Busy);
        LoadRun run = await space.UpdateAsync(await space.RunAsync(questions: 5));
        RunConnection[] others = [.. run.Connections.Select(connection => connection with { WarehouseId = "another" })];

        RunCost cost = RunCosts.Of(run with { Connections = new RowList<RunConnection>(others) }, CostPrices.None);

        Assert.Null(cost.WarehouseDbuLower ?? cost.WarehouseDbuUpper);
        Assert.Contains("could not see the warehouse", cost.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refused_questions_cost_nothing_and_those_of_unknown_fate_may_have()
    {
        using var space = new StatementSpace(new SimulatorOptions());
        LoadRun run = await space.RunAsync(questions: 4);
        string?[] sends = ["0-1=429/60 61-62=200", "0-1=403", "0-1=502 2-3=200", null];
        string[] outcomes = [Outcome.Completed, Outcome.Rejected, Outcome.Completed, Outcome.NotStarted];
        QuestionResult[] rows =
        [
            .. run.Results.Select((row, i) => row with
            {
                Sends = sends[i], Outcome = outcomes[i], MessageId = outcomes[i] == Outcome.Completed ? row.MessageId : null,
            }),
        ];

        LoadRun sent = run with { Results = new RowList<QuestionResult>(rows) };
        RunCost cost = RunCosts.Of(sent, CostPrices.None);
        RunCost twice = RunCosts.Of(sent with { RetryPolicy = $"{new RetryOptions { ResendAmbiguous = true }}" }, CostPrices.None);

        Assert.Equal((3, 2 * 0.18, 2 * 0.86), (cost.QuestionCount, cost.GenieDbuLower, cost.GenieDbuUpper));
        // Of the third, a gateway's 502 may have hidden that it was accepted: a run that then sends again may have asked twice.
        Assert.Equal((2 * 0.18, 3 * 0.86), (twice.GenieDbuLower, twice.GenieDbuUpper));
    }

    [Fact]
    public async Task The_cost_of_a_run_that_is_being_carried_out_is_called_what_it_is()
    {
        using var space = new StatementSpace(new SimulatorOptions());
        LoadRun run = await space.RunAsync(questions: 2);

        Assert.StartsWith("The run is still being carried out",
            RunCosts.Of(run with { State = RunState.Running }, CostPrices.None).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_sent()
    {
        using var space = new StatementSpace(Busy);
        LoadRun run = await space.UpdateAsync(await space.RunAsync(questions: 3));
        long calls = space.Simulator.Record.CallCount;

        RunCosts.Of(RunReader.Read(run.RunPath!), CostPrices.None);

        Assert.Equal(calls, space.Simulator.Record.CallCount);
        Assert.Equal(0, space.Simulator.Record.CountOf(SimulatedOperation.RunStatement));
    }
}
