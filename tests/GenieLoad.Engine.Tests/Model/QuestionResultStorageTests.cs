using System.Reflection;
using GenieLoad.Engine.Tests.Runs;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Model;

/// <summary>A row gives back what it was given, however it keeps it, and is equal to a row with the same columns.</summary>
public sealed class QuestionResultStorageTests
{
    private static readonly PropertyInfo[] Columns = [.. typeof(QuestionResult).GetProperties().Where(column => column.CanWrite)];

    private static readonly QuestionResult Empty = new()
    {
        Index = 1, QuestionId = "q", Question = "x", Outcome = Outcome.Failed, PlannedAt = SampleRun.StartedAt, PlannedOffsetSeconds = 0,
    };

    [Fact]
    public void A_column_holds_what_it_was_given_and_no_other_changes()
    {
        foreach (PropertyInfo column in Columns)
        {
            QuestionResult row = Empty with { };
            column.SetValue(row, Sample(column.PropertyType));

            Assert.Equal(Sample(column.PropertyType), column.GetValue(row));
            Assert.All(Columns.Where(other => other != column), other => Assert.Equal(other.GetValue(Empty), other.GetValue(row)));
            Assert.Equal(Equals(column.GetValue(Empty), column.GetValue(row)), row == Empty);
        }
    }

    [Fact]
    public void A_copy_that_is_changed_leaves_its_original_alone()
    {
        foreach (PropertyInfo column in Columns)
        {
            QuestionResult original = Empty with { };
            foreach (PropertyInfo each in Columns)
                each.SetValue(original, Sample(each.PropertyType));
            QuestionResult same = original with { };
            QuestionResult copy = original with { };
            column.SetValue(copy, Other(column.PropertyType));

            Assert.Equal(Sample(column.PropertyType), column.GetValue(original));
            Assert.Equal(Other(column.PropertyType), column.GetValue(copy));
            Assert.Equal(same, original);
            Assert.Equal(same.GetHashCode(), original.GetHashCode());
            Assert.NotEqual(copy, original);
        }
    }

    [Fact]
    public void A_column_that_was_emptied_is_as_one_that_was_never_set()
    {
        QuestionResult emptied = (Empty with
        {
            ErrorText = "x", Sql = "y", SqlSeconds = 1, CompileSeconds = 2, MessageId = "m", FetchSeconds = 3,
        })
            with { ErrorText = null, Sql = null, SqlSeconds = null, CompileSeconds = null, MessageId = null, FetchSeconds = null };

        Assert.Equal(Empty, emptied);
        Assert.Equal(Empty.GetHashCode(), emptied.GetHashCode());
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(-0.0)]
    [InlineData(double.Epsilon)]
    public void Numbers_that_are_none_are_still_values(double value)
    {
        QuestionResult row = Empty with { FetchSeconds = value };

        Assert.Equal(BitConverter.DoubleToInt64Bits(value), BitConverter.DoubleToInt64Bits(row.FetchSeconds!.Value));
        Assert.NotEqual(Empty, row);
        Assert.Equal(Empty with { FetchSeconds = value }, row);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0123456789abcdef0123456789abcdef")]
    [InlineData("0123456789abcdef0123456789abcdeF")]
    [InlineData("0123456789abcdef0123456789abcdeg")]
    [InlineData("e6ce88cb-072a-4c47-ac12-cc8b4ff48fe5")]
    [InlineData("E6ce88cb-072a-4c47-ac12-cc8b4ff48fe5")]
    [InlineData("e6ce88cb-072a-4c47-ac12-cc8b4ff48fe ")]
    [InlineData("00000000000000000000000000000000")]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    [InlineData("e6ce88cb-072a-4c47-ac12-cc8b4ff48fe5 e6ce88cb-072a-4c47-ac12-cc8b4ff48fe6")]
    public void Ids_come_back_to_the_letter(string id)
    {
        QuestionResult row = Empty with { MessageId = id, StatementIds = id };

        Assert.Equal(id, row.MessageId);
        Assert.Equal(id, row.StatementIds);
        Assert.Null(row.ConversationId);
        Assert.NotEqual(Empty with { MessageId = id + " ", StatementIds = id }, row);
    }

    private static object Sample(Type type) => Value(type, 7);

    private static object Other(Type type) => Value(type, 8);

    private static object Value(Type type, int number) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        Type one when one == typeof(string) => $"text {number}",
        Type one when one == typeof(int) => number,
        Type one when one == typeof(long) => (long)number,
        Type one when one == typeof(double) => number + 0.25,
        Type one when one == typeof(bool) => number == 7,
        Type one when one == typeof(DateTime) => SampleRun.StartedAt.AddSeconds(number).ToLocalTime(),
        Type other => throw new NotSupportedException($"{other} is in no row so far."),
    };
}
