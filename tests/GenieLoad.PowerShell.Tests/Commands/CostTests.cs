using GenieLoad.PowerShell.Tests.Hosting;

namespace GenieLoad.PowerShell.Tests.Commands;

/// <summary>What a test may cost, did cost and was billed, as its owner is told.</summary>
[Collection(ModuleCollection.Name)]
public sealed class CostTests : IDisposable
{
    private const string Prices = "-PricePerDbu 0.07 -WarehousePricePerDbu 0.7";
    private const string Billed = "Get-GenieRunCost $run -Billed -WarehouseId (Get-GenieConnection).WarehouseId";

    private readonly SimulatedSession _simulated = new();

    public void Dispose() => _simulated.Dispose();

    private string Plan(string parameters) => string.Join(' ', _simulated.Run($"Invoke-GenieLoadTest high_load -WhatIf {parameters}").Text
        .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private string RunHere(int questions = 6) => (string)_simulated.Run(
        $"$run = Invoke-GenieLoadTest -QuestionCount {questions} -WorkerCount 6 -Duration 0 @fast; $run").Only.RunId;

    [Fact]
    public void What_if_says_the_dbu_and_prices_only_where_they_are_given_and_sends_nothing()
    {
        long calls = _simulated.CallCount;

        string plain = Plan("");
        string priced = Plan(Prices);

        Assert.Contains("Genie: 6.3 to 30.1 DBU for a service principal", plain, StringComparison.Ordinal);
        Assert.Contains("Warehouse: 0.1 to 3.4 DBU: Small, 12 DBU an hour and cluster", plain, StringComparison.Ordinal);
        Assert.DoesNotContain("Price:", plain, StringComparison.Ordinal);
        Assert.Contains("Price: Genie 0.44 to 2.11, warehouse 0.07 to 2.38, together 0.51 to 4.49", priced, StringComparison.Ordinal);
        Assert.Equal(calls, _simulated.CallCount);
    }

    [Fact]
    public void The_warehouse_of_a_space_that_nobody_has_seen_is_not_known()
    {
        Assert.Contains(
            "Warehouse: not known: the credential could not see the warehouse", Plan("-SpaceId 0123"), StringComparison.Ordinal);
        _simulated.Run("Disconnect-Genie").Clean();
        Assert.Contains("Warehouse: not known: connect to the space with Connect-Genie", Plan(""), StringComparison.Ordinal);
    }

    [Fact]
    public void A_connection_knows_its_warehouse_where_it_may_see_it_and_is_made_where_it_may_not()
    {
        dynamic seen = _simulated.Run("Get-GenieConnection").Only;
        using var hidden = new SimulatedSession("-HistoryForbidden");
        dynamic unseen = hidden.Run("Get-GenieConnection").Only;

        Assert.Equal(("Small", 1, 1, 10), (
            (string)seen.WarehouseSize, (int)seen.WarehouseMinimumClusters, (int)seen.WarehouseMaximumClusters,
            (int)seen.WarehouseAutoStopMinutes));
        Assert.NotNull((string?)unseen.WarehouseId);
        Assert.Null((string?)unseen.WarehouseSize);
    }

    [Theory]
    [InlineData("0.5")]
    [InlineData("-1")]
    public void A_cost_that_allows_no_question_is_refused_before_anything_is_asked(string dbu)
    {
        ScriptOutcome outcome = _simulated.Run($"Invoke-GenieLoadTest high_load -MaximumCostDbu {dbu} @fast");

        Assert.StartsWith("InvalidOption,", outcome.Error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("it must be from 0.86", outcome.Error.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, _simulated.QuestionCount);
    }

    [Fact]
    public void A_resumed_test_counts_what_it_cost_before()
    {
        _simulated.Run(
            "$run = Invoke-GenieLoadTest -QuestionCount 12 -WorkerCount 1 -MaximumCostDbu 4 -WarningAction Ignore @fast").Clean();

        dynamic same = _simulated.Run("Resume-GenieLoadTest $run.RunId -MaximumCostDbu 4.2 -WarningAction Ignore").Only;
        Assert.Equal(("Stopped", "Budget", 4L), ((string)same.State, (string)same.StopCause, _simulated.QuestionCount));
        dynamic run = _simulated.Run("Resume-GenieLoadTest $run.RunId -MaximumCostDbu 6 -WarningAction Ignore").Only;

        Assert.Equal(("Stopped", 6L), ((string)run.State, _simulated.QuestionCount));
        Assert.Contains("6 questions were asked, up to 5.16 DBU", (string)run.StateReason, StringComparison.Ordinal);
    }

    [Fact]
    public void After_a_test_the_estimate_comes_from_its_records_says_what_is_missing_and_sends_nothing()
    {
        string id = RunHere();
        long calls = _simulated.CallCount;

        ScriptOutcome outcome = _simulated.Run("Get-GenieRunCost $run");
        dynamic cost = Assert.Single(outcome.Output);
        dynamic priced = Assert.Single(_simulated.Run("$run.RunPath | Get-GenieRunCost -PricePerDbu 0.07").Output);

        Assert.Equal((6, 6, 1.08, 5.16), ((int)cost.QuestionCount, (int)cost.AnsweredCount, (double)cost.GenieDbuLower,
            (double)cost.GenieDbuUpper));
        Assert.Null((double?)cost.WarehouseDbuLower ?? (double?)cost.GeniePriceUpper);
        Assert.Contains($"Update-GenieRun {id} -Statement", Assert.Single(outcome.Warnings), StringComparison.Ordinal);
        Assert.Equal(5.16 * 0.07, (double)priced.GeniePriceUpper, 9);
        Assert.Equal(calls, _simulated.CallCount);
    }

    [Fact]
    public void The_bill_is_asked_for_on_request_and_says_that_it_may_still_change()
    {
        string id = RunHere();

        ScriptOutcome outcome = _simulated.Run(Billed);

        dynamic bill = Assert.Single(outcome.Output);
        Assert.Equal((id, "simulated-user@example.com", "USD"), ((string)bill.RunId, (string)bill.Identity, (string)bill.Currency));
        Assert.InRange((double)bill.GenieDbu, 6 * 0.18, 6 * 0.86);
        Assert.Equal((double)bill.GenieDbu * 0.07, (double)bill.GenieListAmount, 6);
        Assert.Contains("may come and change until", Assert.Single(outcome.Warnings), StringComparison.Ordinal);
        dynamic other = Assert.Single(_simulated.Run($"{Billed} -Identity colleague@example.com -Connection (Get-GenieConnection)").Output);
        Assert.Equal(0, (double)other.GenieDbu % 3);
    }

    [Theory]
    [InlineData("Get-GenieRunCost $run -WarehouseId x -PricePerDbu 1", "AmbiguousParameterSet")]
    [InlineData("Get-GenieRunCost $run -Billed -WarehouseId '../x'", "InvalidId")]
    [InlineData("Get-GenieRunCost $run -Billed -WarehouseId x", "BillingQueryFailed")]
    [InlineData(Billed + " -Connection nobody", "ParameterArgumentTransformationError")]
    [InlineData("Get-GenieRunCost $run -PricePerDbu -1", "ParameterArgumentValidationError")]
    public void What_cannot_be_asked_is_refused(string script, string errorId)
    {
        RunHere(questions: 1);

        Assert.StartsWith(errorId, _simulated.Run(script).Error.FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void The_bill_is_asked_for_on_no_warehouse_that_nobody_named() => Assert.Contains(
        ((IEnumerable<dynamic>)_simulated.Run("(Get-Command Get-GenieRunCost).Parameters.WarehouseId.ParameterSets.Billed").Output),
        set => set.IsMandatory);

    [Fact]
    public void Whoever_may_not_read_the_bill_is_told_which_rights_are_missing()
    {
        using var space = new SimulatedSession("-BillingForbidden");
        space.Run("$run = Invoke-GenieLoadTest -QuestionCount 1 -Duration 0 @fast").Clean();

        ScriptOutcome outcome = space.Run(Billed);

        Assert.StartsWith("BillingRefused,", outcome.Error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("SELECT on system.billing.usage", outcome.Error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }
}
