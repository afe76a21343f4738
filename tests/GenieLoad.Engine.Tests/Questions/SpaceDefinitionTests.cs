using System.Text.Json;
using GenieLoad.Engine.Questions;
using GenieLoad.Engine.Tests.Planning;
using GenieLoad.Engine.Tests.Runs;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Questions;

public sealed class SpaceDefinitionTests : IDisposable
{
    private const string Config =
        """{"sample_questions":[{"id":"a1","question":["Revenue last ","month?"]},{"id":"a2","question":["Top ten customers?"]}]}""";

    private const string Benchmarks =
        """
        {"questions":[
          {"id":"b1","question":["Orders in 2025?"],"answer":[{"format":"SQL","content":["SELECT COUNT(*)\n","FROM orders"]}]},
          {"id":"b2","question":["How was the year?"],"answer":[]}]}
        """;

    private const string Instructions =
        """
        {"text_instructions":[{"id":"t1","content":["Euros.\n"]}],
         "example_question_sqls":[
          {"id":"e1","question":["Revenue by region"],"sql":["SELECT region, SUM(x)\n","FROM sales GROUP BY region"],"new":["often"]}]}
        """;

    private const string Rest =
        """
        "data_sources":{"tables":[{"identifier":"a.b.c","column_configs":[{"column_name":"x"}]}]},"new":{"q":[1]}
        """;

    private const string Whole =
        $$$"""{"version":2,{{{Rest}}},"config":{{{Config}}},"benchmarks":{{{Benchmarks}}},"instructions":{{{Instructions}}}}""";

    private static readonly string[] Samples = ["s1 a1 Sample: Revenue last month? = ", "s2 a2 Sample: Top ten customers? = "];

    private static readonly string[] BenchmarkLines =
        ["b1 b1 Benchmark: Orders in 2025? = SELECT COUNT(*)\nFROM orders", "b2 b2 Benchmark: How was the year? = "];

    private static readonly string[] Examples = ["e1 e1 Example: Revenue by region = SELECT region, SUM(x)\nFROM sales GROUP BY region"];

    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _warnings = [];

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, string, string[]> Shapes => new()
    {
        { "the definition alone", Whole, [.. Samples, .. BenchmarkLines, .. Examples] },
        {
            "what the API returns, with the definition as a text",
            $$$"""{"space_id":"01ef","title":"Retail","etag":"x","serialized_space":{{{JsonSerializer.Serialize(Whole)}}}}""",
            [.. Samples, .. BenchmarkLines, .. Examples]
        },
        { "the same as an object", $$$"""{"title":"R","serialized_space":{{{Whole}}}}""", [.. Samples, .. BenchmarkLines, .. Examples] },
        { "the definition as a text alone", JsonSerializer.Serialize(Whole), [.. Samples, .. BenchmarkLines, .. Examples] },
        { "version 1", $$$"""{"version":1,{{{Rest}}},"config":{{{Config}}}}""", Samples },
        { "config alone", $$$"""{"config":{{{Config}}}}""", Samples },
        { "what is in config", Config, Samples },
        { "benchmarks alone", $$$"""{"benchmarks":{{{Benchmarks}}}}""", BenchmarkLines },
        { "what is in benchmarks", Benchmarks, BenchmarkLines },
        { "benchmarks as a list", """{"benchmarks":[{"id":"b1","question":"One?","answer":[]}]}""", ["b1 b1 Benchmark: One? = "] },
        { "instructions alone", $$$"""{"instructions":{{{Instructions}}}}""", Examples },
        { "what is in instructions", Instructions, Examples },
        { "a list of benchmarks", Items(Benchmarks, "questions"), BenchmarkLines },
        { "a list of samples", Items(Config, "sample_questions"), Samples },
        { "a list of examples", Items(Instructions, "example_question_sqls"), Examples },
        {
            "benchmarks with plain texts", """[{"id":"x","question":"One?","answer":[{"format":"SQL","content":"SELECT 1"}]}]""",
            ["b1 x Benchmark: One? = SELECT 1"]
        },
        { "examples with plain questions", """[{"id":"x","question":"One?","sql":["SELECT 1"]}]""", ["e1 x Example: One? = SELECT 1"] },
        { "one entry", """{"id":"x","question":["One?"]}""", ["s1 x Sample: One? = "] },
        {
            "several spaces", $$$"""[{"serialized_space":{"config":{{{Config}}}}},{"serialized_space":{"benchmarks":{{{Benchmarks}}}}}]""",
            [.. Samples, .. BenchmarkLines]
        },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Every_shape_of_an_export_gives_its_questions(string shape, string json, string[] expected)
    {
        Assert.Equal(expected, Lines(Read(json, QuestionOrigin.All)));
        Assert.True(_warnings.TrueForAll(warning => warning.Contains("has no questions of the source", StringComparison.Ordinal)), shape);
    }

    [Fact]
    public void A_thousand_questions_are_read_and_numbered()
    {
        var questions = Enumerable.Range(0, 1000).Select(i => new
        {
            id = $"{i:x32}", question = new[] { $"Revenue of store {i}", "?" },
            answer = new[] { new { format = "SQL", content = new[] { "SELECT 1\n", $"WHERE store = {i}" } } },
        });

        IReadOnlyList<Question> read = Read(JsonSerializer.Serialize(new { version = 2, benchmarks = new { questions } }));

        Assert.Equal(1000, read.Count);
        Assert.Equal(
            ("b1000", $"{999:x32}", "Revenue of store 999?", "SELECT 1\nWHERE store = 999"),
            (read[999].Id, read[999].SourceId, read[999].Text, read[999].ExpectedSql));
        Assert.Equal(1000, QuestionList.FromQuestions(read).Count);
        Assert.Empty(_warnings);
    }

    [Fact]
    public void Samples_and_benchmarks_are_read_unless_others_are_wanted()
    {
        Assert.Equal([.. Samples, .. BenchmarkLines], Lines(Read(Whole)));
        Assert.Equal(Examples, Lines(Read(Whole, QuestionOrigin.Example)));
        Assert.Equal([.. BenchmarkLines, .. Examples], Lines(Read(Whole, "example", "BENCHMARK")));
        Assert.Empty(_warnings);
    }

    [Fact]
    public void What_is_wanted_and_not_there_is_said()
    {
        string file = _folder.File("space.json");
        ErrorAssert.Refused(
            "NoQuestionsOfSource", () => Read($$$"""{"config":{{{Config}}}}""", QuestionOrigin.Example), file, "the source Example");
        ErrorAssert.Refused("NoQuestionsOfSource", () => Read("""{"version":2}"""), file, "the sources Sample, Benchmark");

        Assert.Equal(Samples, Lines(Read($$$"""{"config":{{{Config}}}}""", QuestionOrigin.Sample, QuestionOrigin.Benchmark)));
        Assert.Equal([$"{file} has no questions of the source Benchmark."], _warnings);
    }

    [Theory]
    [InlineData(
        """{"id":"e","question":["Of :n?"],"sql":["SELECT :n"],"parameters":[{"name":"n","default_value":{"values":["5"]}}]}""", ":n")]
    [InlineData("""{"id":"e","question":["Revenue of :region?"],"sql":["SELECT :region"],"parameters":[{"name":"region"}]}""", ":region")]
    [InlineData("""{"id":"e","question":["Revenue of :region?"],"sql":["SELECT x WHERE r = :region"]}""", ":region")]
    [InlineData("""{"id":"e","question":["Of :region?"],"sql":["SELECT 1"],"parameters":[{"name":"region"}]}""", ":region")]
    [InlineData("""{"id":"e","question":["Of {region}?"],"sql":["SELECT 1"],"parameters":[{"name":"region"}]}""", "{region}")]
    [InlineData("""{"id":"e","question":["Revenue of :region"],"sql":[]}""", ":region")]
    [InlineData("""{"id":"e","question":[":region and its revenue"],"sql":["SELECT 1"]}""", ":region")]
    [InlineData("""{"id":"e","question":["One region (:region)?"],"sql":["SELECT 1"]}""", ":region")]
    [InlineData("""{"id":"e","question":["Revenue of {{region}}?"],"sql":["SELECT 1"]}""", "{{region}}")]
    [InlineData("""{"id":"e","question":["Revenue of {{ region }}?"],"sql":["SELECT 1"]}""", "{{ region }}")]
    public void A_question_with_a_parameter_is_left_out_because_its_name_would_be_asked(string entry, string placeholder)
    {
        ErrorAssert.Refused("NoQuestionsOfSource", () => Read($"[{entry}]", QuestionOrigin.Example));

        string file = _folder.File("space.json");
        Assert.Equal(
            [$"{file}, line 1, [0]: the question contains the parameter '{placeholder}', which has no value; it is left out."], _warnings);
    }

    [Theory]
    [InlineData("""["At 10:30, which ratio 3:one?"]""", "At 10:30, which ratio 3:one?")]
    [InlineData("""["Which of these :weight::int?"]""", "Which of these :weight::int?")]
    [InlineData("""["The ratio a:b, and {region}: which?"]""", "The ratio a:b, and {region}: which?")]
    [InlineData("""["Revenue :) by region : which :5 first?"]""", "Revenue :) by region : which :5 first?")]
    public void What_only_looks_like_a_parameter_is_asked(string question, string text) => Assert.Equal(
        text, Assert.Single(Read($$$"""[{"question":{{{question}}},"sql":["SELECT a::int, b:one"]}]""", QuestionOrigin.Example)).Text);

    [Fact]
    public void A_question_with_a_NUL_is_left_out()
    {
        const string Nul = """[{"question":["One\u0000?"]},{"question":["Two?"]}]""";

        Assert.Equal("Two?", Assert.Single(Read(Nul, QuestionOrigin.Sample)).Text);
        Assert.Contains("U+0000", Assert.Single(_warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_question_whose_SQL_needs_parameters_is_read_without_it()
    {
        Question question = Assert.Single(Read(
            """[{"question":["Top customers"],"sql":["SELECT x LIMIT :n"],"parameters":[{"name":"n"}]}]""", QuestionOrigin.Example));

        Assert.Equal(("Top customers", null), (question.Text, question.ExpectedSql));
        Assert.Contains("needs values for parameters", Assert.Single(_warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_wrong_within_a_text_is_said_with_the_line_of_the_text_and_the_way_from_there()
    {
        string file = _folder.File("space.json");
        string definition = JsonSerializer.Serialize("""{"config":{"sample_questions":[7,{"question":["One?"]}]}}""");

        Assert.Equal(["s1  Sample: One? = "], Lines(Read($$$"""
            {"title":"Retail",
             "serialized_space":{{{definition}}}}
            """)));
        Assert.Equal(
            [$"{file}, line 2, serialized_space, config.sample_questions[0]: there is no question here, but a number; it is left out."],
            _warnings);
        ErrorAssert.Refused(
            "InvalidJson", () => Read("{\n\"serialized_space\":\"{\\n oops\"}"), $"{file}, line 2, serialized_space, line 2: ");
    }

    [Fact]
    public void A_text_that_is_there_twice_is_read_once_and_as_a_benchmark()
    {
        const string Twice = """{"id":"x","question":["Orders in 2025?"]}""";

        Assert.Equal(
            ["s1 y Sample: Other? = ", .. BenchmarkLines],
            Lines(Read(
                $$$"""{"config":{"sample_questions":[{{{Twice}}},{"id":"y","question":["Other?"]}]},"benchmarks":{{{Benchmarks}}}}""")));
        Assert.Equal([$"{_folder.File("space.json")}: 1 question is there more than once; each text is given once."], _warnings);
    }

    [Fact]
    public void What_people_asked_twice_is_kept_twice()
    {
        Question asked = new() { Id = "", Text = "One?", Origin = QuestionOrigin.Conversation };
        QuestionSelection selection = new([QuestionOrigin.Benchmark, QuestionOrigin.Conversation]);

        Question[] questions = [asked with { Origin = QuestionOrigin.Benchmark }, asked, asked with { User = "u" }];
        Assert.Equal(
            ["b1", "c1", "c2"], selection.Number(questions, "Space 's'", _warnings.Add).Select(question => question.Id));
        Assert.Empty(_warnings);
    }

    [Fact]
    public void Questions_of_several_files_have_different_ids()
    {
        QuestionSelection selection = new([]);
        string first = Write("first.json", Whole);
        string second = Write("second.json", """{"config":{"sample_questions":[{"id":"z","question":["Third?"]}]}}""");

        Assert.Equal(
            ["s1", "s2", "b1", "b2", "s3"],
            new[] { first, second }.SelectMany(path => QuestionFile.Read(path, selection: selection)).Select(question => question.Id));
    }

    [Theory]
    [InlineData("""["A", {"question":"B","sql":"SELECT 1","answer":"42"}]""", "q1 A|q2 B")]
    [InlineData("""{"question":"B"}""", "q1 B")]
    [InlineData("""[{"question":"B","version":2},{"text":"C","version":2,"config":{}}]""", "q1 B|q2 C")]
    [InlineData("\"Only one?\"", "q1 Only one?")]
    public void A_list_of_questions_stays_one(string json, string expected) => Assert.Equal(
        expected, string.Join('|', Read(json).Select(question => $"{question.Id} {question.Text}{question.Origin}")));

    private static string Items(string json, string member) => JsonDocument.Parse(json).RootElement.GetProperty(member).GetRawText();

    private static IEnumerable<string> Lines(IEnumerable<Question> questions) =>
        questions.Select(question => $"{question.Id} {question.SourceId} {question.Origin}: {question.Text} = {question.ExpectedSql}");

    private IReadOnlyList<Question> Read(string json, params IReadOnlyList<string> origins) => QuestionFile.Read(
        Write("space.json", json), selection: new QuestionSelection(origins), warn: _warnings.Add);

    private string Write(string name, string json)
    {
        File.WriteAllText(_folder.File(name), json);
        return _folder.File(name);
    }
}
