using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Tests.Runs;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Figures;

public sealed class SortedRowsTests
{
    [Fact]
    public void Rows_come_as_OrderBy_gives_them_also_where_many_are_equal()
    {
        double[] few = [3, -0.0, 0.0, double.NaN, 1, double.PositiveInfinity];
        Random random = new(3);
        QuestionResult[] rows = [.. Enumerable.Range(1, 500).Select(
            index => SampleRun.Success(index, 1) with { LagSeconds = few[random.Next(few.Length)] })];

        QuestionResult[] sorted = SortedRows.By(rows, row => row.LagSeconds!.Value);

        Assert.Equal(rows.OrderBy(row => row.LagSeconds!.Value).Select(row => row.Index), sorted.Select(row => row.Index));
    }
}
