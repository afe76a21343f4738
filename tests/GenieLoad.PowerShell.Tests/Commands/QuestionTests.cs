using System.Management.Automation;
using GenieLoad.PowerShell.Tests.Hosting;

namespace GenieLoad.PowerShell.Tests.Commands;

[Collection(ModuleCollection.Name)]
public sealed class QuestionTests : IDisposable
{
    private readonly SimulatedSession _simulated = new();

    public void Dispose() => _simulated.Dispose();

    [Fact]
    public void A_question_gives_its_answer_with_sql_and_times()
    {
        dynamic row = _simulated.Run("Invoke-GenieQuestion 'What was the revenue?' @fast").Only;

        Assert.Equal(("Completed", "What was the revenue?", 10L), ((string)row.Outcome, (string)row.Question, (long)row.RowCount));
        Assert.StartsWith("SELECT", (string)row.Sql, StringComparison.Ordinal);
        Assert.False(string.IsNullOrEmpty((string)row.Answer));
        Assert.True((double)row.DurationSeconds > 0);
    }

    [Fact]
    public void Questions_through_the_pipe_are_asked_one_after_the_other()
    {
        ScriptOutcome outcome = _simulated.Run(
            "'One?', @{ question = 'Two?'; id = 'b' }, [pscustomobject]@{ question = 'Three?' } | Invoke-GenieQuestion @fast").Clean();

        Assert.Equal(["One?", "Two?", "Three?"], outcome.Output.Select(row => (string)row.Question));
        Assert.Equal([1, 2, 3], outcome.Output.Select(row => (int)row.Index));
        Assert.Equal(["q1", "b", "q3"], outcome.Output.Select(row => (string)row.QuestionId));
        Assert.Equal(3, outcome.Output.Select(row => (string)row.ConversationId).Distinct().Count());
        Assert.Equal(3, _simulated.QuestionCount);
    }

    [Fact]
    public void A_follow_up_is_asked_in_its_conversation()
    {
        ScriptOutcome outcome = _simulated.Run(
            "$first = Invoke-GenieQuestion 'One?' @fast; $first; $first | Invoke-GenieQuestion -Question 'And then?' @fast").Clean();

        Assert.Equal((string)outcome.Output[0].ConversationId, (string)outcome.Output[1].ConversationId);
        Assert.NotEqual((string)outcome.Output[0].MessageId, (string)outcome.Output[1].MessageId);
    }

    [Fact]
    public void What_if_names_the_questions_and_asks_none()
    {
        ScriptOutcome outcome = _simulated.Run("'One?', 'Two?' | Invoke-GenieQuestion -WhatIf").Clean();

        Assert.Empty(outcome.Output);
        Assert.Contains("Ask 'Two?'", outcome.Text, StringComparison.Ordinal);
        Assert.Equal(0, _simulated.QuestionCount);
    }

    [Theory]
    [InlineData("-FailedShare 1", "", "Failed", ErrorCategory.InvalidResult, "history")]
    [InlineData("-RateLimitedMessageShare 1", "", "Throttled", ErrorCategory.QuotaExceeded, "Wait a minute")]
    [InlineData("-ExpiredShare 1", "", "Expired", ErrorCategory.InvalidResult, "-RefreshExpiredResult")]
    [InlineData("-AskingAiSeconds 3600", "-QuestionTimeout 1", "TimedOut", ErrorCategory.OperationTimeout, "-QuestionTimeout")]
    [InlineData("", "-ConversationId nowhere", "Rejected", ErrorCategory.PermissionDenied, "-ConversationId")]
    public void A_question_without_an_answer_is_a_row_and_an_error_that_says_what_to_do(
        string simulator, string parameters, string outcomeName, ErrorCategory category, string advice)
    {
        using var failing = new SimulatedSession(simulator);

        ScriptOutcome outcome = failing.Run($"Invoke-GenieQuestion 'How many?' @fast {parameters}");

        Assert.Equal(outcomeName, (string)Assert.Single(outcome.Output).Outcome);
        Assert.StartsWith("QuestionNotAnswered,", outcome.Error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(category, outcome.Error.CategoryInfo.Category);
        Assert.Contains(advice, outcome.Error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void A_workspace_that_has_gone_leaves_the_question_unreachable()
    {
        ScriptOutcome outcome = _simulated.Run("$simulator | Stop-GenieSimulator; Invoke-GenieQuestion 'How many?' -MaximumRetry 0");

        Assert.Equal("Unreachable", (string)Assert.Single(outcome.Output).Outcome);
        Assert.Contains("network", outcome.Error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void An_expired_result_is_there_again_when_it_is_refreshed()
    {
        using var expiring = new SimulatedSession("-ExpiredShare 1");

        dynamic row = expiring.Run("Invoke-GenieQuestion 'How many?' -RefreshExpiredResult @fast").Only;

        Assert.Equal(("Completed", 10L), ((string)row.Outcome, (long)row.RowCount));
    }

    [Fact]
    public void Rows_that_are_not_wanted_are_not_read()
    {
        long before = _simulated.CallCount;
        dynamic row = _simulated.Run("Invoke-GenieQuestion 'How many?' -SkipResult @fast").Only;

        Assert.Null((double?)row.FetchSeconds);
        Assert.Equal(before + 1 + (int)row.Polls, _simulated.CallCount);
    }
}
