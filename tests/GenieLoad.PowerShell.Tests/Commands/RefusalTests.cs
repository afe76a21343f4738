using System.Management.Automation;
using GenieLoad.PowerShell.Tests.Hosting;

namespace GenieLoad.PowerShell.Tests.Commands;

/// <summary>Bad input: a clear error, and nothing asked.</summary>
[Collection(ModuleCollection.Name)]
public sealed class RefusalTests : IDisposable
{
    private readonly SimulatedSession _simulated = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("genieload-test-").FullName;

    public RefusalTests()
    {
        _simulated.Session.Set("folder", _folder);
        _simulated.Run("$ExecutionContext.SessionState.Path.SetLocation($folder)").Clean();
    }

    public void Dispose()
    {
        _simulated.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("high_lod", "UnknownScenario", "Did you mean 'high_load'?")]
    [InlineData("./none.json", "FileNotFound", "./none.json")]
    [InlineData("bad.json", "InvalidJson", "bad.json")]
    [InlineData("zero.json", "InvalidQuestionCount", "questionCount is 0")]
    [InlineData("@{ QuestionCount = -5 }", "InvalidQuestionCount", "QuestionCount is -5")]
    [InlineData("light_load -Duration soon", "InvalidDuration", "'soon' is not a duration")]
    [InlineData("light_load -Duration -3", "InvalidDuration", "'-3' is not a duration")]
    [InlineData("light_load -Duration 31d", "InvalidDuration", "at most 30 days")]
    [InlineData("light_load -QuestionCount 0", null, "'QuestionCount'. The 0 argument")]
    [InlineData("light_load -QuestionCount -1", null, "'QuestionCount'. The -1 argument")]
    [InlineData("light_load -WorkerCount 0", null, "'WorkerCount'. The 0 argument")]
    [InlineData("light_load -MaximumRetry -1", null, "'MaximumRetry'. The -1 argument")]
    [InlineData("light_load -PollInterval 0", null, "'PollInterval'. 0 seconds are out of range: give 0.01 to 600 seconds")]
    [InlineData("light_load -QuestionTimeout 2d", null, "'QuestionTimeout'. 172800 seconds are out of range: give 1 to 86,400 seconds")]
    [InlineData("light_load -Live -AsJob", "LiveTakesTheTerminal", "-Live is given with -AsJob")]
    [InlineData("light_load -Live -PassThruResult", "LiveTakesTheTerminal", "Omit -Live or -PassThruResult")]
    [InlineData("light_load -PollInterval 5 -MaximumPollInterval 2", "InvalidMaximumPollInterval", "MaximumPollInterval is 2 s")]
    [InlineData("light_load -PollPolicy Fixed -MaximumPollInterval 2", "FixedPollsHaveNoMaximum", "-MaximumPollInterval has no effect")]
    [InlineData("light_load -PollPolicy Adaptive -PollInterval 0.5", "InvalidAdaptivePollInterval", "PollInterval is 0.5 s")]
    [InlineData("light_load -PollPolicy Often", null, "Backoff,Fixed,Adaptive")]
    [InlineData("light_load -WorkspaceLimit -1", "InvalidRateLimit", "WorkspaceLimit is -1")]
    [InlineData("light_load -QuestionsPerMinute 0", "InvalidScenarioValue", "-QuestionsPerMinute is 0")]
    [InlineData("light_load -QuestionsPerMinute 1e-9", "InvalidScenarioValue", "from 0.001 to 600000")]
    [InlineData("light_load -QuestionsPerMinute 1e300", "InvalidScenarioValue", "-QuestionsPerMinute is 1E+300")]
    [InlineData("light_load -QuestionsPerMinute NaN", "InvalidScenarioValue", "-QuestionsPerMinute is NaN")]
    [InlineData("light_load -QuestionCount 1000000 -QuestionsPerMinute 0.001", "PlanTooLong", "the maximum is 365")]
    [InlineData("light_load -QuestionCount 2000000000", null, "'QuestionCount'")]
    [InlineData("light_load -WarmUpCount 10", "InvalidScenarioValue", "-WarmUpCount is 10")]
    [InlineData("light_load -Name \"two`nlines\"", "InvalidTestName", "The name of the test")]
    [InlineData("", "QuestionCountMissing", "how many questions")]
    [InlineData("light_load -Question @()", "NoQuestions", "No question is given")]
    [InlineData("light_load -Question ''", "EmptyQuestion", "empty")]
    [InlineData("light_load -Question 'One?', $null", "EmptyQuestion", "empty")]
    [InlineData("light_load -Question ('x' * 10001)", "QuestionTooLong", "10,001 characters")]
    [InlineData("light_load -Question @{ text2 = 'One?' }", "NotAQuestion", "only 'text2'")]
    [InlineData("light_load -LogPath none/x.log", "LogNotWritable", "x.log")]
    [InlineData("light_load -RunPath bad.json", "RunFolderNotWritable", "bad.json")]
    [InlineData("light_load -SpaceId nowhere", "SpaceNotFound", "'nowhere'")]
    public void A_load_test_that_cannot_be_is_refused_before_anything_is_asked(string parameters, string? errorId, string text)
    {
        Write();

        ScriptOutcome outcome = _simulated.Run("Invoke-GenieLoadTest " + parameters);

        AssertRefused(outcome, errorId, text);
    }

    [Theory]
    [InlineData("@() | Invoke-GenieLoadTest light_load", "NoQuestions", "No question is given")]
    [InlineData("'One?', '', 'Three?' | Invoke-GenieLoadTest light_load", "EmptyQuestion", "empty")]
    [InlineData("'One?', $null, 'Three?' | Invoke-GenieLoadTest light_load", "EmptyQuestion", "empty")]
    [InlineData("@{ question = 'One?'; weight = 'much' } | Invoke-GenieLoadTest light_load", "InvalidWeight", "'much'")]
    [InlineData("'One?', 7 | Invoke-GenieLoadTest light_load", "NotAQuestion", "7 is not a question")]
    [InlineData("Import-GenieQuestion none.csv | Invoke-GenieLoadTest light_load", "FileNotFound", "none.csv")]
    [InlineData("Import-GenieQuestion empty.csv | Invoke-GenieLoadTest light_load", "NoQuestions", "empty.csv")]
    [InlineData("Import-GenieQuestion gap.csv | Invoke-GenieLoadTest light_load", "EmptyQuestion", "gap.csv, line 3")]
    [InlineData("Import-GenieQuestion column.csv | Invoke-GenieLoadTest light_load", "MissingQuestionColumn", "no column 'question'")]
    public void Half_a_list_is_not_asked(string script, string errorId, string text)
    {
        Write();

        AssertRefused(_simulated.Run(script), errorId, text);
    }

    [Theory]
    [InlineData("''", "EmptyQuestion", "empty")]
    [InlineData("'How many?' -PollInterval 0", null, "'PollInterval'")]
    [InlineData("'How many?' -LogPath none/x.log", "LogNotWritable", "x.log")]
    public void A_question_that_cannot_be_is_not_asked(string parameters, string? errorId, string text) =>
        AssertRefused(_simulated.Run("Invoke-GenieQuestion " + parameters), errorId, text);

    private void AssertRefused(ScriptOutcome outcome, string? errorId, string text)
    {
        if (errorId is not null)
            Assert.Equal(errorId, IdOf(outcome.Error));
        Assert.Contains(text, outcome.Error + " " + outcome.Error.ErrorDetails?.RecommendedAction, StringComparison.Ordinal);
        Assert.Empty(outcome.Output);
        Assert.Equal(0, _simulated.QuestionCount);
    }

    /// <summary>The id of our own error, also where PowerShell has wrapped it because it came up while a parameter was bound.</summary>
    private static string IdOf(ErrorRecord error)
    {
        for (Exception? exception = error.Exception; exception is not null; exception = exception.InnerException)
        {
            if (exception.GetType().Name == "GenieLoadException")
                return ((dynamic)exception).ErrorId;
        }
        return error.FullyQualifiedErrorId;
    }

    private void Write()
    {
        foreach ((string name, string content) in new[]
        {
            ("bad.json", "{"),
            ("zero.json", """{ "name": "zero", "questionCount": 0 }"""),
            ("empty.csv", "question\n"),
            ("gap.csv", "question,id\nOne?,a\n,b\n"),
            ("column.csv", "frage\nWieviel?\n"),
        })
            File.WriteAllText(Path.Combine(_folder, name), content);
    }
}
