using GenieLoad.Engine.Costs;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Costs;

public class BillTests
{
    private static readonly DateTime Noon = new(2026, 11, 23, 12, 0, 0, DateTimeKind.Utc);
    private static int _number;

    private static BillRecord Record(
        decimal dbu, decimal? price = 0.07m, string type = "ORIGINAL", int hour = 0, string? id = null) => new()
    {
        RecordId = id ?? $"r{++_number}",
        RecordType = type,
        From = Noon.AddHours(hour),
        To = Noon.AddHours(hour + 1),
        Product = BillRecord.Genie,
        SkuName = "SKU",
        Dbu = dbu,
        ListPrice = price,
        Currency = price is null ? null : "USD",
    };

    [Fact]
    public void What_was_taken_back_is_gone_to_the_last_digit()
    {
        BillRecord[] records = [Record(0.1m), Record(0.7m), Record(-0.1m, type: "RETRACTION"), Record(0.3m, type: "RESTATEMENT")];

        BilledHour hour = Assert.Single(Bill.Hours(records));

        Assert.Equal((1.0, 0.07, 4, 2), (hour.Dbu, hour.ListAmount, hour.RecordCount, hour.CorrectionCount));
        Assert.Equal((1.0, 0.07), (Bill.Dbu(records), Bill.ListAmount(records)));
        Assert.Equal(0, Bill.Dbu([Record(0.1m), Record(0.2m), Record(-0.3m, type: "RETRACTION")]));
    }

    [Fact]
    public void No_price_is_not_a_price_of_nothing()
    {
        BillRecord[] mixed = [Record(2), Record(3, price: null)];

        Assert.Equal((5, 3, 0.14), (Bill.Dbu(mixed), Bill.UnpricedDbu(mixed), Bill.ListAmount(mixed)));
        Assert.Null(Bill.ListAmount([mixed[1]]));
        Assert.Null(Bill.UnpricedDbu([mixed[0]]));
        Assert.Null(Assert.Single(Bill.Hours([mixed[1]])).ListAmount);
    }

    [Fact]
    public void No_record_is_no_bill_of_nothing()
    {
        Assert.Null(Bill.Dbu([]));
        Assert.Null(Bill.ListAmount([]));
    }

    [Fact]
    public void Hours_and_prices_stay_apart()
    {
        IReadOnlyList<BilledHour> hours = Bill.Hours([Record(4, hour: 1), Record(1), Record(2, price: 0.08m), Record(3, hour: 1)]);

        Assert.Equal([1, 2, 7], hours.Select(hour => hour.Dbu));
        Assert.Equal([0, 0, 1], hours.Select(hour => (hour.StartedAt.ToUniversalTime() - Noon).TotalHours));
    }

    [Fact]
    public void Amounts_of_several_currencies_have_no_sum() =>
        Assert.Null(Bill.ListAmount([Record(1), Record(1) with { Currency = "EUR" }]));

    [Fact]
    public void A_record_that_a_join_with_two_prices_gives_twice_counts_once_and_has_no_price()
    {
        BillRecord one = Record(1, id: "a");
        BillRecord other = Record(2, id: "b");

        IReadOnlyList<BillRecord> once = Bill.Once([one, one with { ListPrice = 0.08m }, other, other]);

        Assert.Equal([1, 2], once.Select(record => record.Dbu));
        Assert.Equal([null, 0.07m], once.Select(record => record.ListPrice));
    }

    [Fact]
    public void Records_without_an_id_and_corrections_of_one_id_are_all_kept() =>
        Assert.Equal(4, Bill.Once([
            Record(1, id: ""), Record(1, id: ""), Record(1, id: "a"), Record(-1, type: "RETRACTION", id: "a"),
        ]).Count);

    [Fact]
    public void A_bill_of_hours_says_nothing_of_questions() => Assert.DoesNotContain(
        typeof(RunBill).GetProperties().Concat(typeof(BilledHour).GetProperties()),
        property => property.Name.Contains("Question", StringComparison.Ordinal)
            || property.Name.Contains("Answer", StringComparison.Ordinal));

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void Hours_meet_no_neighbour_at_their_edge(int hour, bool isIn) => Assert.Equal(isIn, Record(1).IsIn(Noon.AddHours(hour)));
}
