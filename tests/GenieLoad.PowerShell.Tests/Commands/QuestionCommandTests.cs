using GenieLoad.PowerShell.Tests.Hosting;

namespace GenieLoad.PowerShell.Tests.Commands;

[Collection(ModuleCollection.Name)]
public sealed class QuestionCommandTests : IDisposable
{
    private const string Facts = "ForEach-Object { \"$($_.Id)|$($_.Text)|$($_.Weight)|$($_.Conversation)\" }";

    private readonly FolderSession _session = new(importSamples: true);

    public void Dispose() => _session.Dispose();

    [Fact]
    public void Questions_come_from_each_kind_of_file_and_are_numbered_through()
    {
        _session.Write("a.txt", "First?\nSecond?\n");
        _session.Write("b.csv", "question,id,weight,conversation\nThird?,own,2.5,talk\nFourth?,,,\n");
        _session.Write("c.jsonl", "\"Fifth?\"\n{\"question\":\"Sixth?\"}\n");

        Assert.Equal(
            ["q1|First?|1|", "q2|Second?|1|", "own|Third?|2.5|talk", "q4|Fourth?|1|", "q5|Fifth?|1|", "q6|Sixth?|1|"],
            Texts($"Import-GenieQuestion a.txt, b.csv, c.jsonl | {Facts}"));
        Assert.Equal(["q1|First?|1|", "q2|Second?|1|"], Texts($"'a.txt' | Import-GenieQuestion | {Facts}"));
        Assert.Equal(["q1|First?|1|", "q2|Second?|1|"], Texts($"Import-GenieQuestion -LiteralPath a.txt | {Facts}"));
    }

    [Fact]
    public void A_bad_file_is_refused_with_its_line_and_what_follows_in_the_pipeline_does_not_go_on_without_it()
    {
        _session.Write("a.txt", "First?\n");
        _session.Write("b.csv", "question,id\nSecond?,\n\"  \",x\n");

        ScriptOutcome outcome = _session.Run("Import-GenieQuestion a.txt, b.csv | Get-SampleQuestion");

        Assert.Equal("EmptyQuestion,GenieLoad.PowerShell.Commands.ImportGenieQuestionCommand", outcome.Error.FullyQualifiedErrorId);
        Assert.Contains("b.csv, line 3: ", outcome.Error.ToString(), StringComparison.Ordinal);
        Assert.Empty(outcome.Output);
    }

    [Theory]
    [InlineData("Import-GenieQuestion none.csv")]
    [InlineData("Import-GenieQuestion *.csv")]
    [InlineData("Import-GenieQuestion -LiteralPath none.csv")]
    public void A_file_that_is_not_there_ends_the_pipeline(string import)
    {
        ScriptOutcome outcome = _session.Run($"{import} | Get-SampleQuestion");

        Assert.StartsWith("FileNotFound,", outcome.Error.FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Get-SampleQuestion 'A?'", "q1|A?|1|")]
    [InlineData("Get-SampleQuestion 'A?', ' B? '", "q1|A?|1| q2|B?|1|")]
    [InlineData("'A?', 'B?' | Get-SampleQuestion", "q1|A?|1| q2|B?|1|")]
    [InlineData("Get-SampleQuestion @{ question = 'A?'; weight = 2; id = 7 }, 'B?'", "7|A?|2| q2|B?|1|")]
    [InlineData("[pscustomobject]@{ Question = 'A?'; Weight = '0.5'; Conversation = 'c'; Extra = 1 } | Get-SampleQuestion", "q1|A?|0.5|c")]
    [InlineData("Import-GenieQuestion q.txt | Get-SampleQuestion", "q1|Q?|1|")]
    [InlineData("Get-SampleQuestion (Import-GenieQuestion q.txt)", "q1|Q?|1|")]
    [InlineData("Import-GenieQuestion q.txt | ForEach-Object { [System.Management.Automation.PSSerializer]::Deserialize("
        + "[System.Management.Automation.PSSerializer]::Serialize($_)) } | Get-SampleQuestion", "q1|Q?|1|")]
    public void A_question_parameter_takes_texts_rows_and_questions(string script, string facts)
    {
        _session.Write("q.txt", "Q?");

        Assert.Equal(facts, string.Join(' ', Texts($"{script} | {Facts}")));
    }

    [Theory]
    [InlineData("Get-SampleQuestion ''", "the question is empty")]
    [InlineData("Get-SampleQuestion 7", "is not a question")]
    [InlineData("Get-SampleQuestion @{ frage = 'A?' }", "only 'frage'")]
    [InlineData("Get-SampleQuestion 'A?', @{ question = 'B?'; weight = 'heavy' }", "weight is 'heavy'")]
    public void What_is_no_question_is_refused_with_the_reason(string script, string words)
    {
        ScriptOutcome outcome = _session.Run(script);

        Assert.StartsWith("ParameterArgumentTransformationError,", outcome.Error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(words, outcome.Error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("high_load", "high_load|35|30")]
    [InlineData("own.json", "own|4|")]
    [InlineData("./own.psd1", "own|5|90")]
    [InlineData("([IO.FileInfo]\"$folder/own.json\")", "own|4|")]
    [InlineData("@{ QuestionCount = 3; Duration = '2m' }", "custom_adhoc_test|3|120")]
    [InlineData("@{ Name = 'mine'; questions = 3 }", "mine|3|")]
    [InlineData("([pscustomobject]@{ Name = 'mine'; QuestionCount = '3'; DurationSeconds = 2.5 })", "mine|3|2.5")]
    [InlineData("(Get-GenieScenario stress_test)", "stress_test|50|20")]
    [InlineData("([System.Management.Automation.PSSerializer]::Deserialize("
        + "[System.Management.Automation.PSSerializer]::Serialize((Get-GenieScenario burst_test))))", "burst_test|50|")]
    public void A_scenario_parameter_takes_names_files_hashtables_and_scenarios(string argument, string facts)
    {
        _session.Write("own.json", """{ "name": "own", "questionCount": 4 }""");
        _session.Write("own.psd1", "@{ Name = 'own'; QuestionCount = 5; Duration = '90s' }");

        string script = $"Get-SampleScenario {argument} | ForEach-Object {{ \"$($_.Name)|$($_.QuestionCount)|$($_.DurationSeconds)\" }}";
        Assert.Equal([facts], Texts(script));
    }

    [Theory]
    [InlineData("hihg_load", "Did you mean 'high_load'?")]
    [InlineData("none.json", "none.json")]
    [InlineData("two.json", "contains 2: a, b.")]
    [InlineData("@{ QuestionCount = 0 }", "QuestionCount is 0.")]
    [InlineData("@{ Duration = 5 }", "Duration alone does not say how many questions to ask.")]
    public void What_is_no_scenario_is_refused_with_the_reason(string argument, string words)
    {
        _session.Write("two.json", """[{ "name": "a", "questionCount": 4 }, { "name": "b", "questionCount": 4 }]""");

        ScriptOutcome outcome = _session.Run($"Get-SampleScenario {argument}");

        Assert.StartsWith("ParameterArgumentTransformationError,", outcome.Error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(words, outcome.Error.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    private IEnumerable<string> Texts(string script) => _session.Run(script).Clean().Output.Select(line => (string)line);
}
