using System.Globalization;
using GenieLoad.Engine.Answers;
using GenieLoad.Engine.Running;

namespace GenieLoad.Engine.Tests.Running;

public sealed class KnownResultsTests
{
    [Fact]
    public void A_result_is_taken_for_the_first_that_differs_by_rounding_alone()
    {
        var known = new KnownResults();
        ResultTable first = Table(1.23449);
        Assert.Same(first, known.FirstOf("q", first));
        Assert.Same(first, known.FirstOf("q", Table(1.23451)));
        ResultTable other = Table(1.23451);
        Assert.Same(other, known.FirstOf("another", other));
    }

    [Fact]
    public void Only_so_many_cells_are_kept()
    {
        var known = new KnownResults(mostCells: 1);
        known.FirstOf("q", Table(1.23449));
        known.FirstOf("q", Table(5.23449));
        Assert.Equal(Table(1.23449).Signature, known.FirstOf("q", Table(1.23451)).Signature);
        Assert.NotEqual(Table(5.23449).Signature, known.FirstOf("q", Table(5.23451)).Signature);
    }

    [Fact]
    public void Of_a_question_that_brings_something_else_each_time_twenty_are_kept()
    {
        var known = new KnownResults();
        for (int i = 1; i <= 21; i++)
            known.FirstOf("q", Table(i + 0.23449));
        Assert.Equal(Table(1.23449).Signature, known.FirstOf("q", Table(1.23451)).Signature);
        ResultTable late = Table(21.23449);
        Assert.Same(late, known.FirstOf("q", late));
    }

    private static ResultTable Table(double value) =>
        ResultTable.Of([("n", "DOUBLE")], [[value.ToString("R", CultureInfo.InvariantCulture)]], isCut: false);
}
