using GenieLoad.Engine.Answers;
using GenieLoad.Engine.Randomness;

namespace GenieLoad.Engine.Tests.Answers;

public sealed class SqlFormTests
{
    private const string Statement =
        "SELECT `region`, SUM(amount) AS total FROM main.sales.orders o WHERE o.day >= DATE '2024-01-01' AND status IN ('A', 'B') LIMIT 10";

    [Theory]
    [InlineData("Exact", "select 1", "\r\n select 1 \n")]
    [InlineData("Exact", "select 1\nfrom t", "select 1\r\nfrom t")]
    [InlineData("Lexical", "SELECT a FROM t", "select  A\nfrom\tT;")]
    [InlineData("Lexical", "select a from t", "select a -- the first\nfrom t /* of /* all */ tables */ ;;")]
    [InlineData("Lexical", "select `a` from `main`.`t`", "select a from main.t")]
    [InlineData("Lexical", "select a as b from t as u", "select a b from t u")]
    [InlineData("Lexical", "select 1.50, 1e3, .5, 7L", "select 1.5, 1000, 0.5, 7")]
    [InlineData("Lexical", "where a <> 1 and b == 2", "where a != 1 and b = 2")]
    [InlineData("Lexical", "where a = \"it's\"", "where a = 'it''s'")]
    [InlineData("Lexical", "where a = 'it\\'s'", "where a = 'it''s'")]
    [InlineData("Lexical", "select/*+ BROADCAST(t) */a from t", "select a from t")]
    [InlineData("Masked", "where day >= date '2024-01-01' limit 10", "where day >= DATE'2023-12-31' limit 20")]
    [InlineData("Masked", "where a > -5", "where a > 17")]
    [InlineData("Shape", "select sum(x) as total from t order by total", "select sum(x) s from t order by s")]
    [InlineData("Shape", "select o.x from orders o join items i on o.id = i.id", "select a.x from orders as a join items b on a.id = b.id")]
    [InlineData("Shape", "with totals as (select 1 as n) select n from totals", "with sums as (select 2 m) select m from sums")]
    [InlineData("Shape", "where a in (1, 2, 3)", "where a in (7)")]
    [InlineData("Shape", "where a in (date '2024-01-01', date '2024-02-01')", "where a in (date '2023-01-01')")]
    [InlineData("Shape", "where a not in ('x','y')", "where a not in ('z')")]
    public void What_says_the_same_is_one_at_its_level_and_at_no_stricter_one(string level, string one, string other)
    {
        SqlForm first = SqlForm.Of(one);
        SqlForm second = SqlForm.Of(other);
        string[] levels = ["Exact", "Lexical", "Masked", "Shape"];
        Assert.Equal(levels[Array.IndexOf(levels, level)..], levels.Where(name => Form(first, name) == Form(second, name)));
    }

    [Theory]
    [InlineData("select a from t", "select b from t")]
    [InlineData("select a - 5 from t", "select a + 5 from t")]
    [InlineData("select a -5 from t", "select a from t")]
    [InlineData("select sum(a) from t", "select avg(a) from t")]
    [InlineData("select a from t where b = 1", "select a from t where b > 1")]
    [InlineData("select a from t order by a", "select a from t order by a desc")]
    [InlineData("select cast(a as int) from t", "select cast(a as bigint) from t")]
    [InlineData("select sum(revenue) as revenue from t", "select sum(cost) as revenue from t")]
    [InlineData("where a in (1, 2)", "where a in (select 1)")]
    [InlineData("select `a b` from t", "select `a c` from t")]
    [InlineData("select '--' from t", "select 1 -- from t")]
    public void What_asks_something_else_is_another_at_every_level(string one, string other) =>
        Assert.NotEqual(SqlForm.Of(one).Shape, SqlForm.Of(other).Shape);

    [Theory]
    [InlineData("split(x, '\\t')", "split(x, 't')")]
    [InlineData("1e-40", "0")]
    public void Other_values_are_other_queries_until_values_are_left_out(string one, string other)
    {
        Assert.NotEqual(SqlForm.Of(one).Lexical, SqlForm.Of(other).Lexical);
        Assert.Equal(SqlForm.Of(one).Masked, SqlForm.Of(other).Masked);
    }

    [Fact]
    public void A_name_that_is_also_a_column_is_the_column_before_it_is_declared()
    {
        // sum(revenue) is of the column; ORDER BY revenue is the alias.
        Assert.Equal(
            SqlForm.Of("select sum(revenue) as revenue from t order by revenue").Shape,
            SqlForm.Of("select sum(revenue) as total from t order by total").Shape);
        Assert.Equal(
            "select sum ( revenue ) a1 from t order by a1",
            SqlForm.Of("select sum(revenue) as revenue from t order by revenue").Shape);
    }

    [Fact]
    public void Blanks_case_and_comments_at_random_change_nothing_but_the_exact_form()
    {
        IReadOnlyList<SqlToken> tokens = SqlLexer.Read(Statement);
        SqlForm plain = SqlForm.Of(Statement);
        string[] between = [" ", "\n", "\t", " /* c */ ", " -- c\n", "  "];
        for (int i = 0; i < 300; i++)
        {
            SeededRandom random = SeededRandom.For(7, "sql", i);
            string written = string.Concat(tokens.Select(token =>
                (token.Kind == SqlTokenKind.Word && random.NextDouble() < 0.5 ? token.Text.ToUpperInvariant() : token.ToString())
                    + between[random.NextInt32(between.Length)]));
            SqlForm form = SqlForm.Of(written);
            Assert.Equal((plain.Lexical, plain.Masked, plain.Shape), (form.Lexical, form.Masked, form.Shape));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("'")]
    [InlineData("`")]
    [InlineData("/*")]
    [InlineData("'\\")]
    [InlineData("r'")]
    [InlineData("1e")]
    [InlineData("in (?")]
    [InlineData("as as as")]
    [InlineData("))))")]
    [InlineData("\ud800")]
    public void What_is_no_sql_comes_apart_all_the_same(string text)
    {
        SqlForm form = SqlForm.Of(text);
        Assert.Equal(form, SqlForm.Of(text));
    }

    [Fact]
    public void Every_cut_of_a_statement_comes_apart()
    {
        for (int from = 0; from < Statement.Length; from++)
        {
            for (int to = from; to <= Statement.Length; to++)
                Assert.NotNull(SqlForm.Of(Statement[from..to]).Shape);
        }
    }

    private static string Form(SqlForm form, string level) => level switch
    {
        "Exact" => form.Exact,
        "Lexical" => form.Lexical,
        "Masked" => form.Masked,
        _ => form.Shape,
    };
}
