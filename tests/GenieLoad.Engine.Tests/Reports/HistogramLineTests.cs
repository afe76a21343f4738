using GenieLoad.Engine.Reports;
using GenieLoad.Engine.Tests.Runs;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Reports;

public sealed class HistogramLineTests
{
    [Fact]
    public void The_fullest_cell_is_a_whole_block_and_a_single_value_is_seen() =>
        Assert.Equal("█▅   ▁", HistogramLine.Draw([.. Enumerable.Repeat(0.0, 16), .. Enumerable.Repeat(1.5, 10), 6], 6));

    [Fact]
    public void Few_values_or_equal_ones_are_not_drawn()
    {
        Assert.Null(HistogramLine.Draw([1, 2, 3, 4, 5, 6, 7, 8, 9], 10));
        Assert.Null(HistogramLine.Draw([.. Enumerable.Repeat(1.0, 20)], 10));
    }

    private static readonly SummaryStyle Blocks = new() { HasBlocks = true };

    [Fact]
    public void The_summary_draws_the_spread_only_where_it_can_be_shown_and_within_its_width()
    {
        LoadRun run = ReportRun.Of(60);

        string line = SummaryText.Write(run, Blocks).Split('\n').Single(text => text.StartsWith("Spread", StringComparison.Ordinal));
        Assert.Equal(60, line.Length);
        Assert.Contains('█', line);
        Assert.Matches(@"^Spread      \d+\.\d\ds .* \d+\.\d\ds$", line);
        Assert.DoesNotContain("Spread", SummaryText.Write(run), StringComparison.Ordinal);
        Assert.DoesNotContain(
            "Spread", SummaryText.Write(SampleRun.Summarize(1, SampleRun.Success(1, 4)), Blocks), StringComparison.Ordinal);
    }
}
