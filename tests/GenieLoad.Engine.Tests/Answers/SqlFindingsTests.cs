using GenieLoad.Engine.Answers;

namespace GenieLoad.Engine.Tests.Answers;

public sealed class SqlFindingsTests
{
    [Theory]
    [InlineData("select a from t order by a limit 3", "")]
    [InlineData("select a from t where d > current_date() - 7", "RelativeDate")]
    [InlineData("select a from t where d > add_months(NOW(), -1)", "RelativeDate")]
    [InlineData("select 'current_date' from t", "")]
    [InlineData("select a from t order by rand()", "Random")]
    [InlineData("select a from t tablesample (5 percent)", "Random")]
    [InlineData("select a from t limit 3", "LimitWithoutOrder")]
    [InlineData("select a from (select a from t order by a) limit 3", "LimitWithoutOrder")]
    [InlineData("select a, rank() over (order by a) from t limit 3", "LimitWithoutOrder")]
    [InlineData("select a from (select a from t limit 3) order by a", "LimitWithoutOrder")]
    [InlineData("select a from (select a from t order by a limit 3) order by a", "")]
    [InlineData("select uuid, now, t.rand from t", "")]
    [InlineData("select count(*) from t limit 1", "")]
    [InlineData("select max(a), b from t group by b limit 1", "LimitWithoutOrder")]
    [InlineData("select uuid(), now() from t limit 1", "RelativeDate Random LimitWithoutOrder")]
    public void It_names_what_gives_another_result_each_time(string sql, string found) =>
        Assert.Equal(found, SqlFindings.Of(SqlLexer.Read(sql)));

    [Theory]
    [InlineData("select 1", true)]
    [InlineData("-- all\n(select 1) union (select 2);", true)]
    [InlineData("with t as (select 1) select * from t", true)]
    [InlineData("from t select a", true)]
    [InlineData("values (1), (2)", true)]
    [InlineData("select replace(a, 'x', 'y'), update, t.delete from t", true)]
    [InlineData("select ';' from t", true)]
    [InlineData("select replace from (select 1 replace)", true)]
    [InlineData("", false)]
    [InlineData("select 1; drop table t", false)]
    [InlineData("drop table t", false)]
    [InlineData("insert into t select 1", false)]
    [InlineData("with s as (select 1) insert into t select * from s", false)]
    [InlineData("with s as (select 1) delete from t", false)]
    [InlineData("create or replace view v as select 1", false)]
    [InlineData("explain select 1", false)]
    [InlineData("from s insert into t select *", false)]
    [InlineData("from s insert overwrite table t select *", false)]
    [InlineData("with x as (select 1) from x insert into t select *", false)]
    [InlineData("select insert(a, 1, 2, 'x'), t.insert from t", true)]
    [InlineData("describe t", false)]
    public void Only_one_statement_that_reads_is_a_query(string sql, bool isQuery) =>
        Assert.Equal(isQuery, SqlFindings.IsQuery(SqlLexer.Read(sql)));
}
