using System.Globalization;
using GenieLoad.Engine.Answers;
using GenieLoad.Engine.Running;

namespace GenieLoad.Engine.Tests.Running;

public sealed class KnownStatementsTests
{
    private readonly KnownStatements _known = new();

    [Fact]
    public void A_statement_is_signed_once_and_as_it_is_by_itself()
    {
        string sql = "SELECT region FROM orders WHERE day = current_date() LIMIT 3";
        SqlSignatures first = _known.SignaturesOf(sql);

        Assert.Equal(SqlSignatures.Of(sql), first);
        Assert.Same(first, _known.SignaturesOf(new string(sql)));
        Assert.NotEqual(first, _known.SignaturesOf(sql.Replace('3', '4')));
        Assert.Equal(first.Masked, _known.SignaturesOf(sql.Replace('3', '4')).Masked);
    }

    [Fact]
    public void Only_so_many_statements_are_kept_and_none_that_is_long()
    {
        string longest = Of(KnownStatements.Longest);
        string longer = Of(KnownStatements.Longest + 1);
        Assert.Same(_known.SignaturesOf(longest), _known.SignaturesOf(longest));
        Assert.NotSame(_known.SignaturesOf(longer), _known.SignaturesOf(longer));
        for (int i = 0; i < KnownStatements.Most + 10; i++)
            _known.SignaturesOf(string.Create(CultureInfo.InvariantCulture, $"SELECT {i}"));

        Assert.Equal(KnownStatements.Most, _known.Count);
        Assert.Equal(SqlSignatures.Of("SELECT 1009"), _known.SignaturesOf("SELECT 1009"));

        static string Of(int length) => $"SELECT '{new string('a', length - "SELECT ''".Length)}'";
    }
}
