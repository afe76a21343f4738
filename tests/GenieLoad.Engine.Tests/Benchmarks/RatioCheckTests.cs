using GenieLoad.Benchmarks;

namespace GenieLoad.Engine.Tests.Benchmarks;

public sealed class RatioCheckTests
{
    private static readonly Dictionary<string, double> Page = new() { ["reading"] = 0.5, ["merge"] = 2 };

    [Fact]
    public void The_table_of_a_page_is_read_and_nothing_else_of_it()
    {
        IReadOnlyDictionary<string, double> ratios = RatioCheck.Read(
        [
            "| another table | value |", "| --- | ---: |", "| reading | 7 |", "",
            "| checked ratio | value |", "| ------------- | ----: |", "| reading: bare parser | 0.143 |", "| merge | 2 |", "",
            "| streams | 9 |",
        ]);

        Assert.Equal(new Dictionary<string, double> { ["reading: bare parser"] = 0.143, ["merge"] = 2 }, ratios);
    }

    [Fact]
    public void The_page_of_the_benchmarks_has_the_table()
    {
        IReadOnlyDictionary<string, double> ratios = RatioCheck.ReadPage();

        Assert.NotEmpty(ratios);
        Assert.All(ratios, ratio => Assert.InRange(ratio.Value, 0.001, 1000));
    }

    [Theory]
    [InlineData(0.5, true)]
    [InlineData(0.375, true)]
    [InlineData(0.374, false)]
    [InlineData(4, true)]
    [InlineData(double.NaN, false)]
    public void A_ratio_may_lack_a_quarter_and_no_more(double measured, bool isMet)
    {
        Check(isMet, ("reading", measured));
        // One that is met makes up for none that is not.
        Check(isMet, ("reading", measured), ("merge", 2));
        Check(isMet, ("merge", 2), ("reading", measured));
    }

    [Fact]
    public void A_ratio_that_the_page_does_not_name_is_shown_and_breaks_nothing()
    {
        IReadOnlyList<string> lines = RatioCheck.Compare(new Dictionary<string, double> { ["new"] = 0.1 }, Page, out bool isMet);

        Assert.True(isMet);
        Assert.Contains("not on the page", lines[^1], StringComparison.Ordinal);
    }

    private static void Check(bool isMet, params (string Name, double Value)[] measured)
    {
        IReadOnlyList<string> lines = RatioCheck.Compare(measured.ToDictionary(one => one.Name, one => one.Value), Page, out bool met);

        Assert.Equal(isMet, met);
        Assert.Equal(!isMet, lines.Any(line => line.Contains("too low", StringComparison.Ordinal)));
        Assert.Equal(2 + measured.Length, lines.Count);
    }
}
