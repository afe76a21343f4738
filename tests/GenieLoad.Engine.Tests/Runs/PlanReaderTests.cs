using System.Text;
using System.Text.Json;
using GenieLoad.Engine.Runs;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Runs;

/// <summary>A plan that is read question by question is the one that the serializer reads; what is in another form is left to it.</summary>
public sealed class PlanReaderTests : IDisposable
{
    private const string Questions = """
        [{"index":1,"plannedSeconds":0.5,"questionId":"q1","text":"How many?"},
        {"index":2,"plannedSeconds":1,"questionId":"q2","text":"Why?"}]
        """;

    private readonly TemporaryFolder _temporary = new();

    public void Dispose() => _temporary.Dispose();

    // Texts of a third of the buffer end in other places of it each time; longer ones than the buffer make it grow.
    [Theory]
    [InlineData(40)]
    [InlineData(87_001)]
    [InlineData(300_000)]
    public void Every_member_is_that_of_the_serializer(int length)
    {
        Plan plan = SampleRun.Plan(30) with
        {
            UserCount = 3, QuestionsPerMinute = 12.5, PaceBurst = 2, WarmUpCount = 1, Hash = "abc", Thresholds = "P95ResponseSeconds < 5",
            Connections = new RowList<RunConnection>([new RunConnection { Name = "one", WorkspaceUrl = "https://a", SpaceId = "01ef" }]),
            ExpectedQueries = new RowList<ExpectedQuery>([new ExpectedQuery { QuestionId = "q1", Sql = "SELECT \"questions\"" }]),
            Questions = new RowList<PlannedQuestion>([.. Enumerable.Range(1, 30).Select(index => new PlannedQuestion
            {
                Index = index, PlannedSeconds = index / 7.0, QuestionId = $"q{index}", Text = new string('x', length + index) + "ü\n\"?",
                Conversation = index % 2 == 0 ? "c" : null, Turn = 1 + (index % 3), AfterIndex = index > 3 ? index - 3 : null,
                ThinkSeconds = index % 4 == 0 ? 0.1 : null, User = index % 5, Connection = "one", Mode = QuestionMode.Agent,
                IsWarmUp = index == 1,
            })]),
        };
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(plan, RunJson.Lines.Plan);

        Assert.Equal(json, JsonSerializer.SerializeToUtf8Bytes(Read(json)!, RunJson.Lines.Plan));
    }

    [Theory]
    [InlineData("{H,\"questions\":Q}")]
    [InlineData("{\"questions\":Q,H}")]
    [InlineData(" {H,\n\"later\":{\"questions\":[{\"index\":7}]}, \"questions\" :\t Q , \"later2\":[1] } ")]
    public void Members_may_stand_before_and_behind_the_questions(string form)
    {
        byte[] json = Filled(form);

        Plan plan = Read(json)!;

        Assert.Equal([1, 2], plan.Questions.Select(question => question.Index));
        Assert.Equal(("n", "s", 3, 4), (plan.Name, plan.ScenarioName, plan.WorkerCount, plan.Seed));
        Assert.Equal(Serialized(json), JsonSerializer.Serialize(plan, RunJson.Lines.Plan));
    }

    [Theory]
    [InlineData("{H,\"later\":\"L\",\"questions\":Q}")]
    [InlineData("{\"questions\":Q,\"later\":\"L\",H}")]
    public void Other_members_may_be_longer_than_what_is_read_at_once(string form)
    {
        Plan plan = Read(Filled(form.Replace("L", new string('x', 600_000), StringComparison.Ordinal)))!;

        Assert.Equal([1, 2], plan.Questions.Select(question => question.Index));
        Assert.Equal(("n", "s", 3, 4), (plan.Name, plan.ScenarioName, plan.WorkerCount, plan.Seed));
    }

    [Theory]
    [InlineData("{H}")]
    [InlineData("{H,\"questions\":null}")]
    [InlineData("{H,\"questions\":{}}")]
    [InlineData("{H,\"questions\":Q,\"questions\":Q}")]
    [InlineData("{H,\"questions\":[{\"index\":1}]}")]
    [InlineData("{H,\"questions\":[{\"index\":\"1\",\"plannedSeconds\":0,\"questionId\":\"q\",\"text\":\"t\"}]}")]
    [InlineData("{H,\"questions\":[17]}")]
    [InlineData("{H,\"questions\":Q")]
    [InlineData("{H,\"questions\":Q}}")]
    [InlineData("[{H,\"questions\":Q}]")]
    [InlineData("")]
    // Sound JSON, and no sound plan: one index twice, and an instant beyond every test.
    [InlineData("{H,\"questions\":[D,D]}")]
    [InlineData("{H,\"questions\":[{\"index\":1,\"plannedSeconds\":1e300,\"questionId\":\"q\",\"text\":\"t\"}]}")]
    public void Any_other_form_is_left_to_the_serializer(string form) => Assert.Null(Read(Filled(form)));

    [Fact]
    public void A_byte_that_is_no_text_is_left_to_the_serializer()
    {
        byte[] json = Filled("{H,\"questions\":Q}");
        json[json.AsSpan().IndexOf("Why"u8)] = 0xFF;

        Assert.Null(Read(json));
    }

    [Fact]
    public void A_file_that_is_not_there_is_left_to_the_serializer() => Assert.Null(PlanReader.TryRead(_temporary.File("none.json")));

    private static byte[] Filled(string form) => Encoding.UTF8.GetBytes(form
        .Replace("H", "\"name\":\"n\",\"scenarioName\":\"s\",\"workerCount\":3,\"seed\":4", StringComparison.Ordinal)
        .Replace("D", """{"index":1,"plannedSeconds":0,"questionId":"q","text":"t"}""", StringComparison.Ordinal)
        .Replace("Q", Questions, StringComparison.Ordinal));

    private static string Serialized(byte[] json) =>
        JsonSerializer.Serialize(JsonSerializer.Deserialize(json, RunJson.Lines.Plan)!, RunJson.Lines.Plan);

    private Plan? Read(byte[] json)
    {
        string path = _temporary.File("plan.json");
        File.WriteAllBytes(path, json);
        return PlanReader.TryRead(path);
    }
}
