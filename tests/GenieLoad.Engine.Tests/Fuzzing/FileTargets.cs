using GenieLoad.Engine.DataFiles;
using GenieLoad.Engine.Mlflow.Folders;
using GenieLoad.Engine.Questions;
using GenieLoad.Engine.Scenarios;
using GenieLoad.Engine.Scenarios.Arrivals;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Fuzzing;

/// <summary>Readers of files that users write.</summary>
internal static class FileTargets
{
    public static IEnumerable<FuzzTarget> All()
    {
        yield return File("scenarios.json", Scenarios(), path => CheckScenarios(ScenarioFile.Read(path, NoPsd1)));
        yield return File("questions.txt", QuestionTexts(), path => CheckQuestions(QuestionFile.Read(path)));
        yield return File("questions.csv", QuestionTables(), path => CheckQuestions(QuestionFile.Read(path)));
        yield return File("questions.jsonl", QuestionLines(), path => CheckQuestions(QuestionFile.Read(path)));
        yield return File("questions.json", QuestionLists(), path => CheckQuestions(QuestionFile.Read(path)));
        yield return File("replay.csv", Replays(), path => CheckOffsets(ReplayFile.Read(path)));
        yield return File("replay.txt", FuzzTarget.Texts("0\n# a comment\n1.5\n\n2e1\n86400\n"),
            path => CheckOffsets(ReplayFile.Read(path)));
        yield return File("meta.yaml", Metas(), ReadMeta) with { Refuses = false };
    }

    private static FuzzTarget File(string name, byte[][] samples, Action<string> read)
    {
        string path = FuzzSamples.Shared.FileFor("input-" + name);
        return new FuzzTarget(
            "files/" + name, samples,
            input =>
            {
                System.IO.File.WriteAllBytes(path, input);
                read(path);
                return true;
            },
            FuzzTargets.IsUserError)
        {
            BytesPerByte = 1000, Cost = 2,
        };
    }

    private static DataValue NoPsd1(string text) => throw new InvalidOperationException("It is no psd1.");

    private static void CheckScenarios(IReadOnlyList<Scenario> scenarios)
    {
        foreach (Scenario scenario in scenarios)
        {
            ScenarioRules.Check(scenario);
            Assert.InRange(scenario.QuestionCount, 1, ScenarioRules.MaximumQuestionCount);
        }
        using var stream = new MemoryStream();
        ScenarioFile.Write(stream, "x.json", scenarios);
        ScenarioFile.Write(stream, "x.psd1", scenarios);
    }

    private static void CheckQuestions(IReadOnlyList<Question> questions)
    {
        Assert.NotEmpty(questions);
        Assert.Equal(questions.Count, questions.Select(question => question.Id).Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(questions,
            question => Assert.True(question is { Text.Length: > 0 and <= Question.MaximumTextLength, Weight: > 0, Id.Length: > 0 }));
    }

    private static void CheckOffsets(double[] offsets)
    {
        Assert.NotEmpty(offsets);
        Assert.Equal(0, offsets[0]);
        Assert.All(offsets, offset => Assert.InRange(offset, 0, ScenarioRules.MaximumDurationSeconds));
    }

    private static void ReadMeta(string path)
    {
        MetaFile meta = MetaFile.Read(path)!;
        _ = (meta["run_id"], meta["run_name"], meta["artifact_uri"], meta.Number("start_time"), meta.Number("end_time"));
    }

    private static byte[][] Scenarios() => FuzzTarget.Texts(
        """{"name":"a","questionCount":10,"duration":"30s","workerCount":5,"description":"Ten","thresholds":"P95ResponseSeconds < 30"}""",
        """{"scenarios":[{"name":"b","rate":"20/min","duration":"2m","arrival":"Poisson"},{"name":"c","stages":"10/min for 5m, 30/min for 5m"}]}""",
        """
        [ // with comments
          {"name":"d","userCount":3,"questionsPerUser":4,"thinkTime":"2s-10s","turnsPerConversation":2,"stagger":1,},
          {"name":"e","rate":"1/s","finalRate":"5/s","duration":60,"warmUpCount":2,"questionsPerMinute":20,"overflow":"Shed"},
          {"name":"f","rate":"1/s","duration":"60s","burstiness":2.5}
        ]
        """);

    private static byte[][] QuestionTexts() => FuzzTarget.Texts("How many orders?\n# no\n\nWhich region?\r\nWhat else, then?\n");

    private static byte[][] QuestionTables() => FuzzTarget.Texts(
        "id,question,weight,conversation\r\na,\"How many, by \"\"region\"\"?\",2,c1\r\nb,Which?,2,c1\r\n,What?,1,\r\n",
        "text\nOne?\nTwo?\n\"Three\nlines?\"\n");

    private static byte[][] QuestionLines() => FuzzTarget.Texts(
        """
        {"id":"a","question":"How many?","weight":2.5,"conversation":"c"}
        "Which?"
        {"text":"What?","extra":{"deep":[1,2]}}
        """);

    private static byte[][] QuestionLists() => FuzzTarget.Texts("""["One?",{"id":7,"question":"Two?","weight":3},{"text":"Three?"}]""", "\"One?\"");

    private static byte[][] Replays() => FuzzTarget.Texts(
        "Index,PlannedOffsetSeconds,Question\r\n1,0,\"a, b\"\r\n2,1.5,c\r\n3,20,d\r\n", "offsetSeconds\n3\n1\n2\n");

    private static byte[][] Metas() => FuzzTarget.Texts(
        "artifact_uri: \"file:///tmp/x y\"\nend_time: 1795438800000\nexperiment_id: '0'\nrun_id: abc\nrun_name: \"a "
            + "\\\"b\\\"\"\nstart_time: null\nstatus: 3\ntags: []\n",
        "name: a long\n  text\nlifecycle_stage: active\n");
}
