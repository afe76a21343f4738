using System.Globalization;
using System.Text;
using GenieLoad.Engine.Answers;
using GenieLoad.Engine.Randomness;

namespace GenieLoad.Engine.Tests.Answers;

public sealed class ResultTableTests
{
    private static readonly (string, string?)[] Columns = [("region", "STRING"), ("total", "DOUBLE"), ("n", "LONG")];

    [Fact]
    public void Rows_and_columns_come_in_any_order()
    {
        for (int i = 0; i < 200; i++)
        {
            SeededRandom random = SeededRandom.For(3, "table", i);
            string?[][] rows = Rows(random, 1 + random.NextInt32(30));
            int[] columns = Shuffled(random, 3);
            string?[][] others = [.. Shuffled(random, rows.Length).Select(row => columns.Select(column => rows[row][column]).ToArray())];
            ResultTable table = ResultTable.Of(Columns, rows, isCut: false);
            ResultTable other = ResultTable.Of([.. columns.Select(column => Columns[column])], others, isCut: false);
            Assert.Equal(table.Signature, other.Signature);
            Assert.True(TableComparison.AreClose(table, other));
        }
    }

    [Fact]
    public void Any_other_cell_is_another_result()
    {
        for (int i = 0; i < 200; i++)
        {
            SeededRandom random = SeededRandom.For(4, "table", i);
            string?[][] rows = Rows(random, 1 + random.NextInt32(30));
            ResultTable table = ResultTable.Of(Columns, rows, isCut: false);
            string?[] changed = rows[random.NextInt32(rows.Length)];
            int column = random.NextInt32(3);
            changed[column] = column == 0
                ? changed[0] + "x"
                : Number((1.01 * double.Parse(changed[column]!, CultureInfo.InvariantCulture)) + 1);
            ResultTable other = ResultTable.Of(Columns, rows, isCut: false);
            Assert.NotEqual(table.Signature, other.Signature);
            Assert.False(TableComparison.AreClose(table, other));
            Assert.Equal("other values", TableComparison.Difference(table, other));
        }
    }

    [Fact]
    public void Rounding_at_the_edge_of_a_step_parts_signatures_and_not_tables()
    {
        ResultTable one = Table("DOUBLE", "1.23449", "5");
        ResultTable other = Table("DOUBLE", "1.23451", "5");
        Assert.NotEqual(one.Signature, other.Signature);
        Assert.True(TableComparison.AreClose(one, other));
        Assert.Null(TableComparison.Difference(one, other));
    }

    [Fact]
    public void Columns_in_another_order_are_found_by_name_where_numbers_are_rounded()
    {
        ResultTable one = ResultTable.Of([("a", "DOUBLE"), ("b", "DOUBLE")], [["1.23449", "7"]], isCut: false);
        Assert.True(TableComparison.AreClose(one, ResultTable.Of([("B", "DOUBLE"), ("A", "DOUBLE")], [["7", "1.23451"]], isCut: false)));
        Assert.False(TableComparison.AreClose(one, ResultTable.Of([("c", "DOUBLE"), ("d", "DOUBLE")], [["7", "1.23451"]], isCut: false)));
        Assert.False(TableComparison.AreClose(one, ResultTable.Of([("b", "DOUBLE"), ("b", "DOUBLE")], [["7", "1.23451"]], isCut: false)));
    }

    [Fact]
    public void Columns_that_hold_the_same_in_other_rows_are_told_apart_by_name()
    {
        ResultTable one = ResultTable.Of([("by_sales", "INT"), ("by_cost", "INT")], [["1", "2"], ["2", "3"], ["3", "1"]], isCut: false);
        ResultTable other = ResultTable.Of([("by_cost", "INT"), ("by_sales", "INT")], [["2", "1"], ["3", "2"], ["1", "3"]], isCut: false);
        Assert.Equal(one.Signature, other.Signature);
    }

    [Fact]
    public void A_whole_number_is_close_to_itself_and_to_what_rounds_to_it()
    {
        Assert.False(TableComparison.AreClose(Table("LONG", "123449"), Table("LONG", "123448")));
        Assert.True(TableComparison.AreClose(Table("LONG", "123449"), Table("DECIMAL", "123449.4")));
        Assert.False(TableComparison.AreClose(Table("DOUBLE", "5"), Table("DOUBLE", "Infinity")));
    }

    [Fact]
    public void Rows_that_rounding_puts_in_another_order_are_paired_all_the_same()
    {
        (string, string?)[] columns = [("a", "DOUBLE"), ("b", "DOUBLE")];
        ResultTable one = ResultTable.Of(columns, [["1.23449", "9"], ["1.23451", "1"]], isCut: false);
        Assert.True(TableComparison.AreClose(one, ResultTable.Of(columns, [["1.23452", "9"], ["1.23448", "1"]], isCut: false)));
        Assert.False(TableComparison.AreClose(one, ResultTable.Of(columns, [["1.23452", "9"], ["1.23448", "9"]], isCut: false)));
    }

    [Fact]
    public void Random_rounding_of_any_table_is_close_in_any_order_of_rows()
    {
        for (int i = 0; i < 200; i++)
        {
            SeededRandom random = SeededRandom.For(5, "table", i);
            string?[][] rows = Rows(random, 1 + random.NextInt32(30));
            string?[][] rounded =
            [
                .. Shuffled(random, rows.Length).Select(row => new[]
                {
                    rows[row][0],
                    Number(double.Parse(rows[row][1]!, CultureInfo.InvariantCulture) * (1 + (4e-5 * (random.NextDouble() - 0.5)))),
                    rows[row][2],
                }),
            ];
            Assert.True(TableComparison.AreClose(ResultTable.Of(Columns, rows, false), ResultTable.Of(Columns, rounded, false)));
        }
    }

    [Theory]
    [InlineData("DOUBLE", "1.75E7", "17500000")]
    [InlineData("DECIMAL", "12.3400", "12.34")]
    [InlineData("LONG", "0123", "123")]
    [InlineData("DOUBLE", "123449", "123401")]
    [InlineData("DOUBLE", "-0.0", "0")]
    [InlineData("BOOLEAN", "TRUE", "true")]
    [InlineData("DATE", "2024-03-01", "2024-03-01")]
    [InlineData("TIMESTAMP", "2024-03-01T00:00:00.000Z", "2024-03-01 00:00:00")]
    [InlineData("TIMESTAMP", "2024-03-01T12:00:00.000+02:00", "2024-03-01T10:00:00Z")]
    [InlineData("STRING", " Zürich ", "Zürich")]
    [InlineData(null, "1e3", "1000.0")]
    public void The_same_value_is_one_however_it_is_written(string? type, string one, string other) =>
        Assert.Equal(Table(type, one).Signature, Table(type, other).Signature);

    [Theory]
    [InlineData("STRING", "1e3", "1000")]
    [InlineData("INT", "202401", "202412")]
    [InlineData("LONG", "1000001", "1000002")]
    [InlineData(null, "20240131", "20240630")]
    [InlineData(null, "12e4567", "77e9999")]
    [InlineData("DOUBLE", "Infinity", "-Infinity")]
    [InlineData("STRING", "", null)]
    [InlineData("DOUBLE", "1234", "1236")]
    [InlineData("STRING", "a", "A")]
    [InlineData("TIMESTAMP", "2024-03-01T00:00:01Z", "2024-03-01")]
    public void Other_values_are_others(string? type, string? one, string? other) =>
        Assert.NotEqual(Table(type, one).Signature, Table(type, other).Signature);

    [Fact]
    public void Cells_cannot_pass_for_two()
    {
        ResultTable two = ResultTable.Of([("a", "STRING"), ("b", "STRING")], [["x\u001Fy", "z"]], false);
        ResultTable three = ResultTable.Of([("a", "STRING"), ("b", "STRING")], [["x", "y\u001Fz"]], false);
        Assert.NotEqual(two.Signature, three.Signature);
        Assert.NotEqual(Table("STRING", "a", "b").Signature, Table("STRING", "a\u001Eb").Signature);
    }

    [Fact]
    public void Of_a_cut_result_only_the_size_is_signed()
    {
        ResultTable one = ResultTable.Of(Columns, [["a", "1", "2"]], isCut: true, rowCount: 9);
        ResultTable other = ResultTable.Of(Columns, [["b", "7", "8"]], isCut: true, rowCount: 9);
        Assert.True(one.IsPartial);
        Assert.True(ResultTable.Of(Columns, [["a", "1", "2"]], isCut: true).IsPartial);
        Assert.Equal(one.Signature, other.Signature);
        Assert.NotEqual(one.Signature, ResultTable.Of(Columns, [["a", "1", "2"]], isCut: true, rowCount: 10).Signature);
        Assert.NotEqual(one.Signature, ResultTable.Of(Columns, [["a", "1", "2"]], isCut: false).Signature);
    }

    [Fact]
    public void Five_thousand_rows_are_whole_and_one_more_is_not()
    {
        Assert.False(Long(ResultTable.MostRows).IsPartial);
        ResultTable more = Long(ResultTable.MostRows + 1);
        Assert.True(more.IsPartial);
        Assert.Equal(ResultTable.MostRows, more.Rows.Count);
    }

    [Fact]
    public void The_size_of_what_differs_is_said()
    {
        ResultTable expected = ResultTable.Of(Columns, [["a", "1", "2"], ["b", "1", "2"]], false);
        Assert.Equal("1 rows instead of 2", TableComparison.Difference(expected, ResultTable.Of(Columns, [["a", "1", "2"]], false)));
        Assert.Equal("1 columns instead of 3", TableComparison.Difference(expected, Table("STRING", "a", "b")));
    }

    [Fact]
    public void Many_rows_that_differ_in_numbers_alone_are_paired()
    {
        string?[][] rows = [.. Enumerable.Range(0, 1000).Select(i => new[] { "same", Number(i * 1.5), "1" })];
        Assert.True(TableComparison.AreClose(ResultTable.Of(Columns, rows, false), ResultTable.Of(Columns, rows.Reverse(), false)));
    }

    [Fact]
    public void It_is_read_from_all_parts_of_an_answer()
    {
        ResultTable whole = ResultTable.Read([Body("""[["a","1.0"],["b",null]]""", 2)])!;
        ResultTable parts = ResultTable.Read(
            [Body("""[["a","1.0"]]""", 2), Encoding.UTF8.GetBytes("""{"chunk_index":1,"data_array":[["b",null]]}""")])!;
        Assert.Equal(whole.Signature, parts.Signature);
        Assert.Equal((2, 2L, false), (whole.ColumnCount, whole.RowCount, whole.IsPartial));
        // A part that is missing is not passed over.
        Assert.True(ResultTable.Read([Body("""[["a","1.0"]]""", 2)])!.IsPartial);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("<html>")]
    [InlineData("""{"statement_response":7}""")]
    [InlineData("""{"statement_response":{"manifest":{"schema":{"columns":[]}}}}""")]
    [InlineData("""{"statement_response":{"manifest":{"schema":{"columns":{}}},"result":{"data_array":[["a"]]}}}""")]
    public void What_holds_no_table_is_none(string body) => Assert.Null(ResultTable.Read([Encoding.UTF8.GetBytes(body)]));

    [Theory]
    [InlineData("""["a",[["b"]],7,{},null]""")]
    [InlineData("""[[],["a"],["a","b","c"],[{"x":[1]},true]]""")]
    public void Odd_rows_are_read_as_far_as_they_are_rows(string rows)
    {
        ResultTable table = ResultTable.Read([Body(rows, null)])!;
        Assert.All(table.Rows, row => Assert.Equal(2, row.Length));
    }

    [Fact]
    public void Nothing_of_the_data_is_in_a_signature() => Assert.Matches("^[0-9a-f]{16}$", Table("STRING", "secret").Signature);

    private static ResultTable Table(string? type, params string?[] cells) =>
        ResultTable.Of([("c", type)], cells.Select(cell => new[] { cell }), isCut: false);

    private static ResultTable Long(int count) =>
        ResultTable.Of([("c", "LONG")], Enumerable.Range(0, count).Select(i => new[] { Number(i) }), isCut: false);

    private static ReadOnlyMemory<byte> Body(string rows, int? total) => Encoding.UTF8.GetBytes(
        """{"statement_response":{"manifest":{"schema":{"columns":[{"name":"A","type_name":"STRING"},{"name":"b","type_name":"DOUBLE"}]}"""
        + (total is int count ? FormattableString.Invariant($",\"total_row_count\":{count}") : "")
        + """},"result":{"data_array":""" + rows + "}}}");

    private static string?[][] Rows(SeededRandom random, int count) =>
    [
        .. Enumerable.Range(0, count).Select(_ => new[]
        {
            "r" + random.NextInt32(5).ToString(CultureInfo.InvariantCulture), Number(1 + (1e6 * random.NextDouble())),
            Number(1 + random.NextInt32(500)),
        }),
    ];

    private static int[] Shuffled(SeededRandom random, int count) => [.. Enumerable.Range(0, count).OrderBy(_ => random.NextDouble())];

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
