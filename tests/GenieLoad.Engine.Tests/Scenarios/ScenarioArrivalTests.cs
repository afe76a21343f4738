using GenieLoad.Engine.Planning;
using GenieLoad.Engine.Scenarios;
using GenieLoad.Engine.Tests.Planning;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Scenarios;

public sealed class ScenarioArrivalTests
{
    [Theory]
    [InlineData("questionCount=30 rate=20/min", ArrivalShape.ConstantRate, 30, "a_30q_20pm")]
    [InlineData("duration=10m rate=20/min", ArrivalShape.ConstantRate, 200, "a_200q_20pm")]
    [InlineData("duration=10m rate=0.5/s arrival=poisson", ArrivalShape.Poisson, 300, "a_300q_30pm")]
    [InlineData("questionCount=30 duration=60 arrival=Poisson", ArrivalShape.Poisson, 30, "a_30q_60s")]
    [InlineData("duration=2m rate=10/min final_rate=50/min", ArrivalShape.Ramp, 60, "a_60q_10-50pm")]
    [InlineData("questionCount=5 rate=20/min burstiness=2", ArrivalShape.Gamma, 5, "a_5q_20pm")]
    [InlineData("stages=10/min for 2m, 30/min for 1m", ArrivalShape.Stages, 50, "a_50q_stages")]
    [InlineData("questionCount=7 stages=10/min for 2m, 30/min for 1m", ArrivalShape.Stages, 7, "a_7q_stages")]
    [InlineData("questionCount=7", ArrivalShape.Immediate, 7, "a_7q_immediate")]
    [InlineData("questionCount=7 duration=30", ArrivalShape.Even, 7, "a_7q_30s")]
    [InlineData("questionCount=7 duration=30 arrival=even", ArrivalShape.Even, 7, "a_7q_30s")]
    [InlineData("questionCount=7 duration=0 arrival=immediate", ArrivalShape.Immediate, 7, "a_7q_immediate")]
    public void The_shape_and_the_count_follow_from_what_is_given(string fields, string arrival, int count, string testName)
    {
        Scenario scenario = Make(fields);

        Assert.Equal((arrival, count, testName), (scenario.Arrival, scenario.QuestionCount, TestName.Of(scenario)));
    }

    [Theory]
    [InlineData("questionCount=7 arrival=poison duration=3", "UnknownArrival", "'Poisson'")]
    [InlineData("questionCount=7 arrival=poisson", "ConflictingFields", "Arrival Poisson needs Rate")]
    [InlineData("questionCount=7 arrival=ramp rate=5/min", "ConflictingFields", "Arrival Ramp needs FinalRate")]
    [InlineData("questionCount=7 rate=5/min duration=60", "ConflictingFields", "third follows")]
    [InlineData("questionCount=7 arrival=even duration=60 rate=5/min", "ConflictingFields", "Rate cannot be combined with Arrival Even")]
    [InlineData("questionCount=7 arrival=poisson rate=5/min burstiness=2", "ConflictingFields", "Burstiness cannot be combined")]
    [InlineData("questionCount=7 duration=30 arrival=immediate", "ConflictingFields", "Duration cannot be combined with Arrival Immediate")]
    [InlineData("questionCount=7 arrival=even", "ConflictingFields", "Arrival Even needs Duration")]
    [InlineData("questionCount=7 duration=immediate arrival=even", "ConflictingFields", "Arrival Even needs Duration")]
    [InlineData("questionCount=7 rate=5", "InvalidRate", "'5'")]
    [InlineData("questionCount=7 rate=0/min", "InvalidRate", "'0/min'")]
    [InlineData("questionCount=7 rate=11000/s", "InvalidRate", "'11000/s'")]
    [InlineData("questionCount=7 rate=5/min burstiness=0", "InvalidScenarioValue", "Burstiness is 0")]
    [InlineData("questionCount=7 stages=10 for 2m", "InvalidScenarioValue", "Stages is '10 for 2m'")]
    [InlineData("questionCount=7 stages=0/min for 2m", "InvalidScenarioValue", "Stages is")]
    [InlineData("questionCount=7 stages=1/h for 20d, 1/h for 11d", "InvalidScenarioValue", "Stages is")]
    [InlineData("stages=10000/s for 30d", "InvalidQuestionCount", "QuestionCount is 2147483647")]
    [InlineData("questionCount=21 stages=10/min for 2m", "ConflictingFields", "fewer arrivals")]
    [InlineData("duration=60 stages=10/min for 2m", "ConflictingFields", "Duration cannot be combined with Stages")]
    [InlineData("stages=10/min for 2m turns=60000", "InvalidScenarioValue", "TurnsPerConversation is 60000")]
    [InlineData("questionCount=5 userCount=2 questionsPerUser=3", "ConflictingFields", "2 users with 3 questions each ask 6")]
    [InlineData("questionCount=5 duration=9 stagger=5s", "ConflictingFields", "Stagger needs UserCount")]
    [InlineData("questionCount=5 warmUp=5", "InvalidScenarioValue", "WarmUpCount is 5")]
    [InlineData("questionCount=5 warmUp=-1", "InvalidScenarioValue", "WarmUpCount is -1")]
    public void What_does_not_go_together_is_refused(string fields, string errorId, string words) =>
        ErrorAssert.Refused(errorId, () => Make(fields), words);

    [Theory]
    [InlineData("rate=5", "InvalidRate", "-Rate is '5'")]
    [InlineData("rate=5/min", "QuestionCountMissing", "-Rate alone does not say how many")]
    [InlineData("duration=60", "QuestionCountMissing", "-Duration alone does not say how many")]
    [InlineData("workerCount=6", "QuestionCountMissing", "Nothing says how many")]
    [InlineData("userCount=3", "ConflictingFields", "-UserCount needs -QuestionsPerUser")]
    [InlineData("userCount=3 questionsPerUser=2 duration=60", "ConflictingFields", "-Duration cannot be combined with -UserCount")]
    [InlineData("questionsPerUser=3 questionCount=6", "ConflictingFields", "-QuestionsPerUser needs -UserCount")]
    [InlineData("questionCount=7 finalRate=5/min", "ConflictingFields", "-FinalRate needs -Rate")]
    [InlineData("questionCount=7 arrival=replay", "ConflictingFields", "-Arrival Replay needs -ReplayPath")]
    [InlineData("rate=5/min userCount=2 questionsPerUser=2", "ConflictingFields", "-Rate cannot be combined with -UserCount")]
    [InlineData("questionCount=7 rate=5/min duration=60", "ConflictingFields", "-QuestionCount, -Duration and -Rate cannot all be set")]
    [InlineData("questionCount=7 warmUp=9", "InvalidScenarioValue", "-WarmUpCount is 9")]
    [InlineData("questionCount=0", "InvalidQuestionCount", "-QuestionCount is 0")]
    [InlineData("questionCount=7 thresholds=5 workers=x", "InvalidWorkerCount", "-WorkerCount is 'x'")]
    public void Of_parameters_an_error_names_the_parameters(string fields, string errorId, string words) => ErrorAssert.Refused(
        errorId, () => new ScenarioDraft(Fields("name=a " + fields), areParameters: true).ToScenario(), words);

    [Fact]
    public void A_file_with_a_rate_alone_is_told_what_says_the_count()
    {
        GenieLoadException error =
            Assert.Throws<GenieLoadException>(() => new ScenarioDraft(Fields("name=a rate=5/min"), "a.json", 3).ToScenario());

        Assert.Equal("a.json, line 3: the scenario has no questionCount.", error.Message);
        Assert.Contains("rate and duration", error.Recommendation, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rate_for_one_test_takes_the_place_of_any_pace()
    {
        Scenario even = Make("questionCount=7 duration=30");
        Scenario closed = Make("userCount=2 questionsPerUser=3");
        Scenario steady = Make("duration=10m rate=20/min arrival=poisson");

        Assert.Equal(
            (7, "5/min", ArrivalShape.ConstantRate), Shape(new ScenarioOverrides { Rate = "5/min" }.Apply(even, 0)));
        Assert.Equal(
            (10, "5/min", ArrivalShape.ConstantRate),
            Shape(new ScenarioOverrides { Rate = "5/min", DurationSeconds = 120 }.Apply(even, 0)));
        Assert.Equal((6, "5/min", ArrivalShape.ConstantRate), Shape(new ScenarioOverrides { Rate = "5/min" }.Apply(closed, 0)));
        Assert.Equal((200, "5/min", ArrivalShape.Poisson), Shape(new ScenarioOverrides { Rate = "5/min" }.Apply(steady, 0)));
        Assert.Equal((7, null, ArrivalShape.Poisson), Shape(new ScenarioOverrides { Arrival = "poisson" }.Apply(even, 0)));
        Assert.Equal(
            (10, "5/min", ArrivalShape.Poisson),
            Shape(new ScenarioOverrides { Rate = "5/min", Arrival = "Poisson", DurationSeconds = 120 }.Apply(null, 3)));
        Assert.Equal((3, "5/min", ArrivalShape.ConstantRate), Shape(new ScenarioOverrides { Rate = "5/min" }.Apply(null, 3)));
        ErrorAssert.Refused(
            "ConflictingFields", () => new ScenarioOverrides { Rate = "5/min", UserCount = 2, QuestionsPerUser = 1 }.Apply(even, 0),
            "-Rate cannot be combined with -UserCount");
        ErrorAssert.Refused(
            "ConflictingFields", () => new ScenarioOverrides { Rate = "5/min", DurationSeconds = 60, QuestionCount = 3 }.Apply(null, 0),
            "-QuestionCount, -Duration and -Rate cannot all be set");
        ErrorAssert.Refused("InvalidRate", () => new ScenarioOverrides { Rate = "5" }.Apply(even, 0), "-Rate is '5'");
        ErrorAssert.Refused("ConflictingFields", () => new ScenarioOverrides { Arrival = "ConstantRate" }.Apply(even, 0), "needs -Rate");
    }

    private static (int Count, string? Rate, string Arrival) Shape(Scenario scenario) =>
        (scenario.QuestionCount, scenario.Rate, scenario.Arrival);

    [Theory]
    [InlineData("-UserCount needs -QuestionsPerUser", 0, 3, null, null)]
    [InlineData("-Duration cannot be combined with -UserCount", 5, 3, 60.0, null)]
    [InlineData("-Duration alone does not say how many", 0, null, 60.0, null)]
    [InlineData("-Rate alone does not say how many", 0, null, null, "5/min")]
    [InlineData("Nothing says how many", 0, null, null, null)]
    public void What_one_test_lacks_is_asked_for_by_its_parameters(string words, int each, int? users, double? seconds, string? rate)
    {
        ScenarioOverrides overrides = new()
        {
            UserCount = users, QuestionsPerUser = each == 0 ? null : each, DurationSeconds = seconds, Rate = rate,
        };

        Assert.Contains(words, Assert.Throws<GenieLoadException>(() => overrides.Apply(null, 0)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_change_for_one_test_keeps_the_rate()
    {
        Scenario steady = Make("duration=10m rate=20/min arrival=poisson");

        Assert.Equal((20, "20/min"), Facts(new ScenarioOverrides { QuestionCount = 20 }.Apply(steady, 0)));
        Assert.Equal((40, "20/min"), Facts(new ScenarioOverrides { DurationSeconds = 120 }.Apply(steady, 0)));
        ErrorAssert.Refused("ConflictingFields", () => new ScenarioOverrides { DurationSeconds = 120, QuestionCount = 5 }.Apply(steady, 0));
        ErrorAssert.Refused("InvalidDuration", () => new ScenarioOverrides { DurationSeconds = -120 }.Apply(steady, 0));
        ErrorAssert.Refused(
            "QuestionCountMissing", () => new ScenarioOverrides { DurationSeconds = 0 }.Apply(steady, 0), "the scenario's Rate alone");
    }

    [Theory]
    [InlineData("json")]
    [InlineData("psd1")]
    public void Every_field_is_written_and_only_what_says_something(string extension)
    {
        Scenario[] scenarios =
        [
            Make("duration=10m rate=20/min burstiness=2.5"), Make("questionCount=9 rate=1/min finalRate=7/min"),
            Make("stages=10/min for 2m, 30/min for 1m"), Make("questionCount=3 duration=30"),
        ];
        for (int i = 0; i < scenarios.Length; i++)
            scenarios[i] = scenarios[i] with { Name = $"s{i}" };
        using MemoryStream stream = new();

        ScenarioFile.Write(stream, $"a.{extension}", scenarios);

        string text = System.Text.Encoding.UTF8.GetString(stream.ToArray());
        if (extension == "json")
            Assert.Equal(scenarios, ReadJson(text));
        Assert.Equal(1, Occurrences(text, "burstiness"));
        Assert.Equal(2, Occurrences(text, "Gamma") + Occurrences(text, "Ramp"));
        Assert.DoesNotContain("Even", text, StringComparison.Ordinal);
    }

    private static IReadOnlyList<Scenario> ReadJson(string text)
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory("genieload-scenario-").FullName, "a.json");
        try
        {
            File.WriteAllText(path, text);
            return ScenarioFile.Read(path, _ => throw new NotSupportedException());
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
        }
    }

    private static int Occurrences(string text, string word) => text.Split(word, StringSplitOptions.None).Length - 1
        + (char.IsLower(word[0]) ? text.Split(char.ToUpperInvariant(word[0]) + word[1..]).Length - 1 : 0);

    private static (int Count, string? Rate) Facts(Scenario scenario) => (scenario.QuestionCount, scenario.Rate);

    /// <summary>A scenario of <c>name=value</c> pairs; a pair begins at a word with a sign of equality in it.</summary>
    internal static Scenario Make(string fields) => new ScenarioDraft(Fields(fields)).ToScenario("a");

    private static List<ScenarioField> Fields(string fields)
    {
        List<ScenarioField> list = [];
        foreach (string word in fields.Split(' '))
        {
            int sign = word.IndexOf('=', StringComparison.Ordinal);
            list.Add(sign > 0 ? new ScenarioField(word[..sign], word[(sign + 1)..]) : list[^1] with { Value = $"{list[^1].Value} {word}" });
            if (sign < 0)
                list.RemoveAt(list.Count - 2);
        }
        return list;
    }
}
