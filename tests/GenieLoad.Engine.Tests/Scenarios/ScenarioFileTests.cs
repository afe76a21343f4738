using System.Text;
using GenieLoad.Engine.DataFiles;
using GenieLoad.Engine.Randomness;
using GenieLoad.Engine.Scenarios;
using GenieLoad.Engine.Tests.Planning;
using GenieLoad.Engine.Tests.Runs;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Scenarios;

public sealed class ScenarioFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string JsonPath => _folder.File("scenarios.json");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void One_scenario_is_read_with_comments_trailing_commas_and_names_in_any_case()
    {
        Scenario scenario = Assert.Single(Read("""
            // nightly
            {
              "NAME": "nightly", "question_count": 40, /* spread */ "Duration": "2m",
              "WorkerCount": 4, "description": "Nightly \"check\"",
            }
            """));

        Assert.Equal(
            ("nightly", 40, 120.0, 4, "Nightly \"check\""),
            (scenario.Name, scenario.QuestionCount, scenario.DurationSeconds, scenario.WorkerCount, scenario.Description));
    }

    [Theory]
    [InlineData("""["P90ResponseSeconds < 45", "SuccessRate >= 90"]""")]
    [InlineData("""  "P90ResponseSeconds < 45; SuccessRate >= 90"  """)]
    public void Thresholds_are_a_list_or_one_text(string thresholds) => Assert.Equal(
        "P90ResponseSeconds < 45; SuccessRate >= 90",
        Assert.Single(Read($$"""{"name":"a","questionCount":1,"thresholds":{{thresholds}}}""")).Thresholds);

    [Fact]
    public void No_threshold_is_none_and_one_that_is_no_text_is_refused()
    {
        Assert.Null(Assert.Single(Read("""{"name":"a","questionCount":1,"thresholds":[]}""")).Thresholds);
        GenieLoadException error = Assert.Throws<GenieLoadException>(() => Read("""{"name":"a","questionCount":1,"thresholds":["SuccessRate >= 90", 7]}"""));
        Assert.Equal("InvalidScenarioValue", error.ErrorId);
        Assert.Contains("thresholds", error.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("""[{"name":"a","questionCount":1},{"name":"b","questionCount":2}]""")]
    [InlineData("""{"scenarios":[{"name":"a","num_questions":1},{"name":"b","questions":2}]}""")]
    public void Several_scenarios_are_read(string json) =>
        Assert.Equal([("a", 1), ("b", 2)], Read(json).Select(scenario => (scenario.Name, scenario.QuestionCount)));

    [Theory]
    [InlineData("30", 30.0)]
    [InlineData("0.5", 0.5)]
    [InlineData("\"30\"", 30.0)]
    [InlineData("\"30s\"", 30.0)]
    [InlineData("\"2m\"", 120.0)]
    [InlineData("\"00:00:30\"", 30.0)]
    [InlineData("\"immediate\"", null)]
    [InlineData("null", null)]
    [InlineData("0", null)]
    public void A_duration_is_read_in_each_form(string duration, double? seconds) => Assert.Equal(
        seconds, Assert.Single(Read($$"""{"name":"a","questionCount":1,"durationSeconds":{{duration}}}""")).DurationSeconds);

    [Fact]
    public void Without_duration_and_workers_it_is_immediate_with_at_most_ten_workers()
    {
        IReadOnlyList<Scenario> scenarios = Read("""[{"name":"a","questionCount":3},{"name":"b","questionCount":30,"workers":null}]""");

        Assert.Equal([(null, 3), (null, 10)], scenarios.Select(scenario => (scenario.DurationSeconds, scenario.WorkerCount)));
    }

    [Theory]
    [InlineData("UnknownScenarioField", "\"quesionCount\": 3", "'quesionCount'", "Did you mean 'questionCount'")]
    [InlineData("DuplicateScenarioField", "\"num_questions\": 3", "'num_questions'", "questionCount")]
    [InlineData("InvalidDuration", "\"duration\": \"soon\"", "'soon'", "duration")]
    [InlineData("InvalidDuration", "\"duration\": -3", "-3", "duration")]
    [InlineData("InvalidDuration", "\"duration\": 1e300", "1E+300", "duration")]
    [InlineData("InvalidDuration", "\"duration\": [3]", "a list", "duration")]
    [InlineData("InvalidDuration", "\"duration\": true", "True", "duration")]
    [InlineData("InvalidWorkerCount", "\"workerCount\": 0", "0", "workerCount")]
    [InlineData("InvalidWorkerCount", "\"workerCount\": 2.5", "2.5", "workerCount")]
    [InlineData("InvalidWorkerCount", "\"workerCount\": 1e300", "1E+300", "workerCount")]
    [InlineData("InvalidWorkerCount", "\"workerCount\": \"many\"", "'many'", "workerCount")]
    [InlineData("InvalidDescription", "\"description\": 5", "5", "description")]
    public void A_bad_field_is_named_with_file_line_and_value(string errorId, string field, string value, string word) =>
        ErrorAssert.Refused(
            errorId, () => Read($"{{\n\"name\": \"a\",\n\"questionCount\": 3,\n\n{field}\n}}"), $"{JsonPath}, line 5: ", value, word);

    [Fact]
    public void Missing_fields_and_bad_names_are_named()
    {
        ErrorAssert.Refused("MissingScenarioField", () => Read("\n{\"questionCount\":1}"), "line 2", "name");
        ErrorAssert.Refused("MissingScenarioField", () => Read("{\"name\":\"a\"}"), "line 1", "questionCount");
        ErrorAssert.Refused("InvalidScenarioName", () => Read("{\"questionCount\":1,\n\"name\":\"a b\"}"), "line 2", "'a b'");
        ErrorAssert.Refused("InvalidQuestionCount", () => Read("{\"name\":\"a\",\"questionCount\":null}"), "line 1", "empty");
        ErrorAssert.Refused(
            "ConflictingFields", () => Read("{\"name\":\"a\",\"questionCount\":1,\n\"duration\":9,\n\"arrival\":\"immediate\"}"),
            "line 3", "duration cannot be combined with arrival Immediate");
    }

    [Fact]
    public void A_name_given_twice_in_one_file_is_named_with_its_second_line() => ErrorAssert.Refused(
        "DuplicateScenario",
        () => Read("[{\"name\":\"a\",\"questionCount\":1},\n{\"questionCount\":1,\n\"name\":\"A\"}]"),
        $"{JsonPath}, line 3: ", "'A'");

    [Theory]
    [InlineData("{\n\"name\": oops\n}", 2)]
    [InlineData("{\n\"name\": \"a\",\n", 3)]
    [InlineData("{\"name\":\"a\",\"questionCount\":1}\n\n{}", 3)]
    [InlineData("{\n\"name\": \"\\ud800\"}", 2)]
    public void Broken_JSON_is_named_with_its_line(string json, int line) =>
        ErrorAssert.Refused("InvalidJson", () => Read(json), $"{JsonPath}, line {line}: ");

    /// <summary>A path may name any file of the machine, and what stands in it is not for whoever reads the error.</summary>
    [Theory]
    [InlineData("hush-hush")]
    [InlineData("true-hush-hush")]
    [InlineData("{\"name\": nullhush }")]
    [InlineData("{\"name\": 12hush }")]
    [InlineData("{\"name\": \"hush\\q\"}")]
    [InlineData("{\"hush\" \"hush\"}")]
    public void Broken_JSON_is_not_repeated(string json)
    {
        GenieLoadException error = ErrorAssert.Refused("InvalidJson", () => Read(json), "line 1");

        Assert.DoesNotContain("hush", $"{error} {error.InnerException} {error.Target}", StringComparison.Ordinal);
        Assert.DoesNotContain("'", error.Message.Replace(JsonPath, "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_without_a_scenario_is_refused()
    {
        ErrorAssert.Refused("NoScenario", () => Read(" \n"), JsonPath);
        ErrorAssert.Refused("NoScenario", () => Read("[]"), JsonPath);
        ErrorAssert.Refused("NotAScenario", () => Read("[3]"), "3");
    }

    [Fact]
    public void Where_one_scenario_is_wanted_several_are_named()
    {
        File.WriteAllText(JsonPath, """[{"name":"a","questionCount":1},{"name":"b","questionCount":2}]""");
        ErrorAssert.Refused("SeveralScenarios", () => ScenarioFile.ReadOne(JsonPath, NoPsd1), JsonPath, "contains 2: a, b.");

        File.WriteAllText(JsonPath, """[{"name":"a","questionCount":1}]""");
        Assert.Equal("a", ScenarioFile.ReadOne(JsonPath, NoPsd1).Name);
    }

    [Fact]
    public void A_file_that_cannot_be_read_says_why()
    {
        ErrorAssert.Refused("FileNotFound", () => ScenarioFile.Read(_folder.File("none.json"), NoPsd1), "none.json");
        ErrorAssert.Refused("UnknownScenarioFormat", () => ScenarioFile.Read(_folder.File("a.yaml"), NoPsd1), "a.yaml");
        Directory.CreateDirectory(_folder.File("folder.json"));
        ErrorAssert.Refused("FileNotReadable", () => ScenarioFile.Read(_folder.File("folder.json"), NoPsd1), "folder.json");
        File.WriteAllBytes(JsonPath, [(byte)'{', (byte)'\n', 0xFF, 0xFE, 0xFF]);
        ErrorAssert.Refused("BadEncoding", () => ScenarioFile.Read(JsonPath, NoPsd1), $"{JsonPath}, line 2: ");
    }

    [Fact]
    public void Files_with_a_byte_order_mark_are_read()
    {
        const string Json = """{"name":"a","questionCount":1,"description":"Größe"}""";
        foreach (Encoding encoding in new Encoding[] { new UTF8Encoding(true), Encoding.Unicode, Encoding.BigEndianUnicode })
        {
            File.WriteAllText(JsonPath, Json, encoding);
            Assert.Equal("Größe", Assert.Single(ScenarioFile.Read(JsonPath, NoPsd1)).Description);
        }
    }

    [Fact]
    public void Psd1_data_goes_the_same_way_and_its_parser_s_complaint_gets_file_and_line()
    {
        string path = _folder.File("s.psd1");
        File.WriteAllText(path, "@{ }");
        DataMember[] members = [new("Name", new DataValue("a", 1), 1), new("Questions", new DataValue(4, 2), 2)];
        DataValue data = new(members, 1);

        Assert.Equal(4, Assert.Single(ScenarioFile.Read(path, _ => data)).QuestionCount);
        ErrorAssert.Refused(
            "InvalidDataFile",
            () => ScenarioFile.Read(path, _ => throw new DataFileSyntaxException("no commands", 7)), $"{path}, line 7: ");
    }

    [Fact]
    public void What_is_written_as_JSON_reads_back_the_same_to_the_last_bit()
    {
        SeededRandom random = new(7);
        for (int round = 0; round < 200; round++)
        {
            List<Scenario> written = [.. Enumerable.Range(0, 1 + random.NextInt32(3)).Select(i => RandomScenario(random, i))];
            using MemoryStream stream = new();
            ScenarioFile.Write(stream, JsonPath, written);
            File.WriteAllBytes(JsonPath, stream.ToArray());
            Assert.Equal(written.Select(Fields), ScenarioFile.Read(JsonPath, NoPsd1).Select(Fields));
        }
    }

    [Fact]
    public void A_psd1_file_is_written_for_people()
    {
        using MemoryStream stream = new();

        ScenarioFile.Write(
            stream, "a.psd1", [ScenarioRulesTests.Make("it_s", 5, 2, 2.5, "It's ‘quoted’"), ScenarioRulesTests.Make("b")]);

        Assert.Equal(
            """
            @{
                Scenarios = @(
                    @{
                        Name            = 'it_s'
                        QuestionCount   = 5
                        DurationSeconds = 2.5
                        WorkerCount     = 2
                        Description     = 'It''s ‘‘quoted’’'
                    }
                    @{
                        Name            = 'b'
                        QuestionCount   = 5
                        DurationSeconds = $null
                        WorkerCount     = 2
                        Description     = ''
                    }
                )
            }

            """,
            Encoding.UTF8.GetString(stream.ToArray()));
    }

    [Fact]
    public void What_could_not_be_read_back_is_not_written()
    {
        Scenario good = ScenarioRulesTests.Make();
        ErrorAssert.Refused("UnknownScenarioFormat", () => Write("a.txt", good), "a.txt");
        ErrorAssert.Refused("NoScenarioToWrite", () => Write("a.json"));
        ErrorAssert.Refused("DuplicateScenario", () => Write("a.json", good, good), "'test'");
        ErrorAssert.Refused("InvalidQuestionCount", () => Write("a.json", ScenarioRulesTests.Make(questions: 0)));
    }

    [Fact]
    public void A_hashtable_makes_a_scenario_and_a_name_is_only_needed_in_files()
    {
        Scenario scenario = ScenarioDraft.FromDictionary(
            new Dictionary<string, object?> { ["QuestionCount"] = "5", ["Duration"] = TimeSpan.FromSeconds(90), ["Workers"] = 2L })
            .ToScenario(ScenarioOverrides.AdHocName);

        Assert.Equal(
            ("custom_adhoc_test", 5, 90.0, 2),
            (scenario.Name, scenario.QuestionCount, scenario.DurationSeconds, scenario.WorkerCount));
    }

    internal static Scenario RandomScenario(SeededRandom random, int number)
    {
        const string Letters = "abc 'ßé漢‘\"\\/$`#@{}();,:😀";
        StringBuilder description = new();
        for (int i = random.NextInt32(30); i > 0; i--)
            description.Append(Letters.EnumerateRunes().ElementAt(random.NextInt32(Letters.EnumerateRunes().Count())));
        return ScenarioRulesTests.Make(
            $"s_{number}", 1 + random.NextInt32(1_000_000), 1 + random.NextInt32(100_000),
            random.NextDouble() < 0.3 ? null : random.NextDouble() * 100_000, description.ToString());
    }

    internal static (string, int, double?, int, string) Fields(Scenario s) =>
        (s.Name, s.QuestionCount, s.DurationSeconds, s.WorkerCount, s.Description);

    private static DataValue NoPsd1(string text) => throw new InvalidOperationException("This is no psd1 file.");

    private static object? Write(string path, params Scenario[] scenarios)
    {
        ScenarioFile.Write(new MemoryStream(), path, scenarios);
        return null;
    }

    private IReadOnlyList<Scenario> Read(string json)
    {
        File.WriteAllText(JsonPath, json);
        return ScenarioFile.Read(JsonPath, NoPsd1);
    }
}
