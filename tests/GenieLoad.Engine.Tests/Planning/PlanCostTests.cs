using GenieLoad.Engine.Costs;
using GenieLoad.Engine.Planning;
using GenieLoad.Engine.Questions;
using GenieLoad.Engine.Scenarios;
using GenieLoad.Engine.Running.Stopping;
using GenieLoad.Engine.Sessions;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Planning;

/// <summary>What a plan may cost, before anything is sent.</summary>
public class PlanCostTests
{
    private static readonly WarehouseSpec Small = new("Small", 1, 2, 10);
    private static readonly CostPrices Both = new(0.07, 0.7);

    private static PlanPreview Of(CostPrices prices, params WarehouseSpec[] warehouses) => PlanPreviewBuilder.Build(
        PlanBuilder.Build(ScenarioCatalog.Find("high_load"), SampleQuestions.All, new PlanOptions { Seed = 42 }),
        cost: new PlanCost(warehouses, prices));

    private static string Text(PlanPreview preview) =>
        string.Join(' ', PlanPreviewText.Format(preview).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    [Fact]
    public void Questions_cost_the_range_that_was_measured_and_the_warehouse_what_its_size_takes()
    {
        PlanPreview preview = Of(CostPrices.None, Small);

        Assert.Equal((6.3, 30.1), (preview.GenieDbuLower, preview.GenieDbuUpper));
        double arrivals = preview.LastSeconds - preview.FirstSeconds;
        Assert.Equal(12 * arrivals / 3600, preview.WarehouseDbuLower!.Value, 9);
        Assert.Equal(12 * 2 * (preview.LeastSeconds + 600) / 3600, preview.WarehouseDbuUpper!.Value, 9);
        Assert.Contains(
            "Warehouse: 0.1 to 6.8 DBU: Small, 12 DBU an hour and cluster; at least 1 cluster for the 29.1 s in which questions arrive, "
                + "at most 2 clusters for 7 min and until the auto stop after 10 min",
            Text(preview), StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_budget_does_not_allow_costs_nothing()
    {
        PlanPreview Preview(RunBudget budget) => LoadTestSession.Of(new LoadTestRequest
        {
            Overrides = new ScenarioOverrides { QuestionCount = 20 }, Options = new SessionOptions { Budget = budget },
        }).Preview!;

        Assert.Equal((0.36, 1.72), Bounds(Preview(new RunBudget { MaximumCostDbu = 2, MaximumQuestions = 10 })));
        Assert.Equal((0.54, 2.58), Bounds(Preview(new RunBudget { MaximumQuestions = 3 })));
        Assert.Equal((3.6, 17.2), Bounds(Preview(new RunBudget { MaximumCostDbu = 100 })));
        Assert.Contains("Genie: 0.36 to 1.72 DBU", Text(Preview(new RunBudget { MaximumCostDbu = 2 })), StringComparison.Ordinal);

        static (double, double) Bounds(PlanPreview preview) => (preview.GenieDbuLower, preview.GenieDbuUpper);
    }

    [Fact]
    public void Without_prices_there_is_no_price()
    {
        PlanPreview preview = Of(CostPrices.None, Small);

        Assert.Null(preview.PriceLower ?? preview.PriceUpper ?? preview.GeniePriceLower ?? preview.WarehousePriceUpper);
        Assert.DoesNotContain("Price:", Text(preview), StringComparison.Ordinal);
    }

    [Fact]
    public void Prices_are_those_that_were_given_and_add_up_where_both_are()
    {
        PlanPreview preview = Of(Both, Small);

        Assert.Equal((6.3 * 0.07, 30.1 * 0.07), (preview.GeniePriceLower!.Value, preview.GeniePriceUpper!.Value));
        Assert.Equal((6.3 * 0.07) + (0.7 * preview.WarehouseDbuLower!.Value), preview.PriceLower!.Value, 9);
        Assert.Equal((30.1 * 0.07) + (0.7 * preview.WarehouseDbuUpper!.Value), preview.PriceUpper!.Value, 9);
        Assert.Contains(
            "Price: Genie 0.44 to 2.11, warehouse 0.07 to 4.76, together 0.51 to 6.87", Text(preview), StringComparison.Ordinal);
        Assert.Null(Of(new CostPrices(0.07), Small).PriceLower);
        Assert.EndsWith("Price: Genie 0.44 to 2.11", Text(Of(new CostPrices(0.07), Small)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_warehouse_that_never_stops_has_no_upper_bound()
    {
        PlanPreview preview = Of(Both, Small with { AutoStopMinutes = 0 });

        Assert.NotNull(preview.WarehouseDbuLower);
        Assert.Null(preview.WarehouseDbuUpper ?? preview.PriceUpper);
        Assert.Contains("Warehouse: at least 0.1 DBU: Small", Text(preview), StringComparison.Ordinal);
        Assert.Contains("the warehouse never stops by itself", Text(preview), StringComparison.Ordinal);
        Assert.Contains("together at least 0.51", Text(preview), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("5X-Large", "not known: no DBU are published for warehouses of size '5X-Large'")]
    [InlineData(null, "not known: the credential could not see the warehouse")]
    public void A_warehouse_whose_dbu_nobody_publishes_or_that_nobody_sees_is_not_known(string? size, string text)
    {
        PlanPreview preview = Of(Both, Small with { Size = size });

        Assert.Null(preview.WarehouseDbuLower ?? preview.WarehouseDbuUpper ?? preview.PriceLower);
        Assert.Contains($"Warehouse: {text}", Text(preview), StringComparison.Ordinal);
    }

    [Fact]
    public void Several_warehouses_are_added_up_and_one_that_is_not_known_makes_the_sum_unknown()
    {
        PlanPreview one = Of(Both, Small);
        PlanPreview two = Of(Both, Small, Small);

        Assert.Equal(2 * one.WarehouseDbuUpper!.Value, two.WarehouseDbuUpper!.Value, 9);
        Assert.Contains("2 warehouses; at least", Text(two), StringComparison.Ordinal);
        Assert.Null(Of(Both, Small, WarehouseSpec.Unknown).WarehouseDbuLower);
    }
}
