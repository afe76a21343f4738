using System.Reflection;
using System.Text.Json;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Model;

/// <summary>
/// What Format-Table, Export-Csv, ConvertTo-Json and remoting rely on: a row is a flat thing of scalars. Holds for every type of the
/// model that is not named here as one that holds rows.
/// </summary>
public class RowTypeTests
{
    private static readonly Type[] Holders =
    [
        typeof(LoadRun), typeof(Plan), typeof(PlanPreview), typeof(RunComparison), typeof(RateLimit), typeof(SpaceCapacity),
        typeof(RunBill), typeof(Evaluation), typeof(SpaceUsage), typeof(RunAgreement),
    ];

    private static readonly Type[] Scalars =
    [
        typeof(string), typeof(bool), typeof(int), typeof(long), typeof(double), typeof(DateTime),
    ];

    public static TheoryData<Type> Rows => [.. RowTypes];

    private static IEnumerable<Type> RowTypes => typeof(LoadRun).Assembly.GetExportedTypes()
        .Where(type => type is { IsClass: true, IsAbstract: false, IsGenericType: false })
        .Where(type => !type.IsSubclassOf(typeof(Exception)) && !Holders.Contains(type));

    [Fact]
    public void The_rows_that_people_see_are_among_those_looked_at() => Assert.Superset(
        new HashSet<Type>
        {
            typeof(QuestionResult), typeof(LatencyFigures), typeof(CauseCount), typeof(Scenario), typeof(Question), typeof(PlannedQuestion),
            typeof(Space), typeof(Connection),
        },
        RowTypes.ToHashSet());

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_row_has_only_scalar_properties(Type row) => Assert.All(
        row.GetProperties(BindingFlags.Public | BindingFlags.Instance),
        property => Assert.Contains(Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType, Scalars));

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_row_prints_as_something_better_than_its_type(Type row) =>
        Assert.NotEqual(typeof(object), row.GetMethod(nameof(ToString), Type.EmptyTypes)!.DeclaringType);

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_row_loses_nothing_in_json(Type row)
    {
        object original = Filled(row);
        object copy = JsonSerializer.Deserialize(JsonSerializer.Serialize(original, row), row)!;

        Assert.All(row.GetProperties(), property => Assert.Equal(property.GetValue(original), property.GetValue(copy)));
    }

    [Theory]
    [InlineData(typeof(QuestionResult), "Index,QuestionId,Question,Outcome,Success,ResponseSeconds,DurationSeconds,ServiceSeconds")]
    [InlineData(typeof(LatencyFigures), "Measure,Count,MinimumSeconds,MeanSeconds")]
    [InlineData(typeof(CauseCount), "Outcome,ErrorType,Count,Example")]
    [InlineData(typeof(Scenario), "Name,QuestionCount,DurationSeconds,WorkerCount,Description")]
    [InlineData(typeof(Question), "Id,Text,Weight,Conversation")]
    [InlineData(typeof(PlannedQuestion), "Index,PlannedSeconds,QuestionId,Text,Conversation,Turn,AfterIndex,ThinkSeconds")]
    public void A_row_opens_with_what_tells_it_from_the_others(Type row, string names)
    {
        string[] expected = names.Split(',');

        Assert.Equal(
            expected,
            row.GetProperties().OrderBy(property => property.MetadataToken).Take(expected.Length).Select(property => property.Name));
    }

    /// <summary>A row in which every property has a value of its own.</summary>
    private static object Filled(Type row)
    {
        object filled = Activator.CreateInstance(row)!;
        int number = 0;
        foreach (PropertyInfo property in row.GetProperties().Where(property => property.CanWrite))
            property.SetValue(filled, Value(Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType, ++number));
        return filled;
    }

    private static object Value(Type type, int number) => Type.GetTypeCode(type) switch
    {
        TypeCode.String => $"text {number} \"ü\"\n=1",
        TypeCode.Boolean => true,
        TypeCode.Int32 => number,
        TypeCode.Int64 => (1L << 40) + number,
        TypeCode.Double => number + 1.0 / 3,
        TypeCode.DateTime => new DateTime(2026, 11, 23, 19, 24, number % 60, 250, 123, DateTimeKind.Utc),
        _ => throw new NotSupportedException($"{type}"),
    };
}
