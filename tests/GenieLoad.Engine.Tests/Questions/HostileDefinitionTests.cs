using System.Text;
using System.Text.Json;
using GenieLoad.Engine.Questions;
using GenieLoad.Engine.Tests.Planning;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Questions;

/// <summary>Definitions that are broken, or that somebody wrote to break a reader.</summary>
public sealed class HostileDefinitionTests
{
    private const string Good = """{"id":"g","question":["Good?"]}""";

    private readonly List<string> _warnings = [];

    [Theory]
    [InlineData("""{"id":"x","question":[1]}""", "'question' has a part that is no text; it is left out")]
    [InlineData("""{"id":"x","question":{"text":"?"}}""", "'question' is an object, not a list of texts; it is left out")]
    [InlineData("""{"id":"x"}""", "there is no question here, but an object without 'question'; it is left out")]
    [InlineData("7", "there is no question here, but a number; it is left out")]
    [InlineData("[]", "the question is empty; it is left out")]
    [InlineData("null", "there is no question here, but null; it is left out")]
    [InlineData("""{"id":"x","question":[]}""", "the question is empty; it is left out")]
    [InlineData("""{"id":"x","question":["\n"," "]}""", "the question is empty; it is left out")]
    public void An_entry_that_is_no_question_is_left_out_with_its_place(string entry, string what)
    {
        IReadOnlyList<Question> read = Read($$$"""{"config":{"sample_questions":[{{{Good}}},{{{entry}}}]}}""");

        Assert.Equal("Good?", Assert.Single(read).Text);
        Assert.Equal([$"Space 's', config.sample_questions[1]: {what}."], _warnings);
    }

    [Theory]
    [InlineData("""{"id":"x","question":["B?"],"answer":7}""", "'answer' is a number, not a list; the question is read without it")]
    [InlineData(
        """{"id":"x","question":["B?"],"answer":[{"format":"SQL","content":{"a":1}}]}""",
        "its SQL is an object, not a list of texts; the question is read without it")]
    public void A_benchmark_with_an_odd_answer_is_read_without_it(string entry, string what)
    {
        Question read = Assert.Single(Read($$$"""{"benchmarks":{"questions":[{{{entry}}}]}}"""));

        Assert.Equal(("B?", null), (read.Text, read.ExpectedSql));
        Assert.Equal([$"Space 's', benchmarks.questions[0]: {what}."], _warnings);
    }

    [Theory]
    [InlineData("""{"id":"x","question":["B?"],"answer":[{"format":"TEXT","content":["42"]}]}""", "x", null)]
    [InlineData("""{"id":"x","question":["B?"],"answer":[null,1,{"format":"sql","content":"SELECT 1"}]}""", "x", "SELECT 1")]
    [InlineData("""{"id":"x","question":["B?"],"answer":[{"format":"SQL","content":[" \n"]}]}""", "x", null)]
    [InlineData("""{"id":7,"question":["B?"],"answer":null}""", "7", null)]
    [InlineData("""{"id":["x"],"question":["B?"]}""", null, null)]
    [InlineData("""{"id":"a\nb","question":["B?"]}""", null, null)]
    public void Answers_in_words_and_odd_ids_cost_nothing_else(string entry, string? id, string? sql)
    {
        Question read = Assert.Single(Read($$$"""{"benchmarks":{"questions":[{{{entry}}}]}}"""));

        Assert.Equal((id, sql), (read.SourceId, read.ExpectedSql));
        Assert.Empty(_warnings);
    }

    [Theory]
    [InlineData("\"config\":7", "config: a number stands where the questions should be")]
    [InlineData("\"config\":{\"sample_questions\":{}}", "config.sample_questions: an object stands where the questions should be")]
    [InlineData("\"instructions\":\"none\"", "instructions: a text stands where the questions should be")]
    [InlineData("\"version\":3", "version: only versions 1 and 2 are known")]
    [InlineData("\"version\":\"two\"", "version: only versions 1 and 2 are known")]
    public void A_section_of_the_wrong_kind_costs_only_itself(string section, string what)
    {
        Assert.Single(Read($$$"""{{{{section}}},"benchmarks":{"questions":[{{{Good}}}]}}"""));
        Assert.StartsWith($"Space 's', {what}", Assert.Single(_warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Ids_that_occur_twice_are_said_and_cost_no_question()
    {
        const string Twice = $$$"""{"config":{"sample_questions":[{{{Good}}}]},"benchmarks":[{"id":"g","question":["B?"]}]}""";

        Assert.Equal(2, Read(Twice).Count);
        Assert.Equal(
            ["Space 's', benchmarks[0]: the id 'g' is already used at Space 's', config.sample_questions[0]; both questions are read."],
            _warnings);
    }

    [Fact]
    public void A_question_that_is_too_long_is_left_out()
    {
        Assert.Single(Read($$$"""{"config":{"sample_questions":[{{{Good}}},{"question":["{{{new string('x', 10_001)}}}"]}]}}"""));
        Assert.Contains("10,001 characters", Assert.Single(_warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_many_odd_entries_ten_are_named_and_the_rest_is_counted()
    {
        string odd = string.Join(',', Enumerable.Repeat("7", 50_000));

        Assert.Single(Read($$$"""{"config":{"sample_questions":[{{{odd}}},{{{Good}}}]}}"""));
        Assert.Equal(11, _warnings.Count);
        Assert.Equal("Space 's': 49,990 more of these are not listed.", _warnings[^1]);
    }

    [Theory]
    [InlineData("", "line 1")]
    [InlineData("{\"version\":2,\n\"config\":", "line 2")]
    [InlineData("{\"a\":1,\n\"a\":2}", "line 2")]
    [InlineData("not JSON", "line 1")]
    [InlineData("{\"serialized_space\":\"{\\n oops\"}", "serialized_space, line 2")]
    [InlineData("{\"serialized_space\":7}", "serialized_space")]
    [InlineData("7", "Space 's'")]
    public void What_is_no_definition_is_refused_with_the_place(string json, string place)
    {
        GenieLoadException error = Assert.Throws<GenieLoadException>(() => Read(json));
        Assert.Contains(error.ErrorId, new[] { "InvalidJson", "DuplicateKey", "NotADefinition" });
        Assert.Contains(place, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nesting_without_end_is_refused_and_not_followed()
    {
        string lists = new string('[', 100_000) + new string(']', 100_000);
        ErrorAssert.Refused("InvalidJson", () => Read(lists), "Space 's'", "deeper in each other than 64 levels");
        ErrorAssert.Refused("InvalidJson", () => Read($$$"""{"config":{"sample_questions":{{{lists}}}}}"""));

        string objects = string.Concat(Enumerable.Repeat("{\"serialized_space\":", 20)) + "{}" + new string('}', 20);
        ErrorAssert.Refused("NotADefinition", () => Read(objects), "serialized_space");

        string texts = "{\"version\":2}";
        for (int i = 0; i < 8; i++)
            texts = JsonSerializer.Serialize(new { serialized_space = texts });
        ErrorAssert.Refused("NotADefinition", () => Read(texts), "serialized_space");
    }

    [Fact]
    public void Halves_of_characters_in_what_a_space_gives_cost_no_question() =>
        Assert.Equal("Bad \uFFFD?", Assert.Single(Read("""{"config":{"sample_questions":[{"question":["Bad \ud800?"]}]}}""")).Text);

    [Fact]
    public void Whatever_is_changed_in_an_export_it_is_read_or_refused_and_nothing_else()
    {
        const string Export =
            """
            {"version":2,"config":{"sample_questions":[{"id":"a","question":["One ","two?"]}]},
             "benchmarks":{"questions":[{"id":"b","question":["B?"],"answer":[{"format":"SQL","content":["SELECT 1"]}]}]},
             "instructions":{"example_question_sqls":[{"id":"e","question":["E :p?"],"sql":["S :p"],"parameters":[{"name":"p"}]}]}}
            """;
        string[] pieces = ["{", "}", "[", "]", "null", "7", "\"", ",", ":", "\\u", "\u0000", "true", "\"question\"", "serialized_space"];
        Random random = new(16);
        int read = 0;
        for (int round = 0; round < 3000; round++)
        {
            StringBuilder text = new(Export);
            for (int change = random.Next(1, 4); change > 0; change--)
            {
                int at = random.Next(text.Length);
                text.Remove(at, random.Next(Math.Min(12, text.Length - at)));
                if (random.Next(2) == 0)
                    text.Insert(at, pieces[random.Next(pieces.Length)]);
            }
            try
            {
                read += Read(text.ToString()).Count > 0 ? 1 : 0;
            }
            catch (GenieLoadException)
            {
                // Said in words.
            }
        }
        Assert.InRange(read, 300, 2900);
    }

    private IReadOnlyList<Question> Read(string json) => SpaceDefinition.Read(json, "Space 's'", QuestionOrigin.All, _warnings.Add);
}
