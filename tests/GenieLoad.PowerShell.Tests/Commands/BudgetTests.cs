using GenieLoad.PowerShell.Tests.Hosting;

namespace GenieLoad.PowerShell.Tests.Commands;

/// <summary>Nothing is spent that the owner of a test did not allow; what was asked, the simulator says.</summary>
[Collection(ModuleCollection.Name)]
public sealed class BudgetTests : IDisposable
{
    private readonly SimulatedSession _simulated = new("-FailedShare 1");

    public void Dispose() => _simulated.Dispose();

    [Theory]
    [InlineData("-MaximumQuestion 4", "4 questions were asked, the limit of -MaximumQuestion")]
    [InlineData("-MaximumCostDbu 4", "4 questions were asked, up to 3.44 DBU; -MaximumCostDbu allows 4")]
    [InlineData("-MaximumFailure 3", "3 questions failed, the limit of -MaximumFailure")]
    [InlineData("-MaximumFailure '50%'", "10 of 10 questions failed, which is 100 %; -MaximumFailure allows 50 %")]
    [InlineData("-MaximumDuration 0.5", "-MaximumDuration allows 0.5 s")]
    public void A_test_ends_at_its_budget_and_says_which(string budget, string reason)
    {
        ScriptOutcome outcome = _simulated.Run($"Invoke-GenieLoadTest high_load -Duration 20 -WorkerCount 1 {budget} @fast");

        dynamic run = outcome.Only;
        Assert.Equal(("Stopped", "Budget"), ((string)run.State, (string)run.StopCause));
        Assert.Contains(reason, (string)run.StateReason, StringComparison.Ordinal);
        int unasked = ((IEnumerable<dynamic>)run.Results).Count(row => row.Outcome == "NotStarted");
        Assert.Equal(35 - _simulated.QuestionCount, unasked);
        Assert.InRange(unasked, 1, 34);
        Assert.Contains(outcome.Warnings, warning =>
            warning.Contains(reason, StringComparison.Ordinal)
            && warning.Contains($"{unasked} of 35 questions were not asked; Resume-GenieLoadTest {run.RunId}", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("'100%'")]
    [InlineData("some")]
    [InlineData("-5")]
    public void A_limit_of_failures_that_is_none_is_refused_before_anything_is_asked(string limit)
    {
        ScriptOutcome outcome = _simulated.Run($"Invoke-GenieLoadTest high_load -MaximumFailure {limit} @fast");

        Assert.Contains("neither a count nor a share", outcome.Error.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, _simulated.QuestionCount);
    }

    [Fact]
    public void A_service_that_refuses_for_good_ends_the_test_unless_that_is_what_is_measured()
    {
        using var broken = new SimulatedSession("-FailedShare 1 -FailedErrorType WAREHOUSE_NOT_FOUND_EXCEPTION");

        ScriptOutcome outcome = broken.Run("Invoke-GenieLoadTest -QuestionCount 20 -WorkerCount 1 @fast");
        dynamic run = Assert.Single(outcome.Output);
        dynamic all = broken.Run("Invoke-GenieLoadTest -QuestionCount 20 -WorkerCount 1 -SkipStopRule @fast").Only;

        Assert.Equal(("Stopped", "Service"), ((string)run.State, (string)run.StopCause));
        Assert.Contains("SQL warehouse is missing", (string)run.StateReason, StringComparison.Ordinal);
        Assert.Equal("ServiceRefused,GenieLoad.PowerShell.Commands.InvokeGenieLoadTestCommand", outcome.Error.FullyQualifiedErrorId);
        Assert.Equal(("Completed", 20), ((string)all.State, (int)all.FailedCount));
        Assert.InRange(broken.QuestionCount, 21, 22);
    }

    [Fact]
    public void Conversations_are_deleted_after_the_test_on_request()
    {
        using var space = new SimulatedSession();

        dynamic run = space.Run("Invoke-GenieLoadTest -QuestionCount 5 -RemoveConversation @fast").Only;
        string first = (string)((IEnumerable<dynamic>)run.Results).First().ConversationId;
        ScriptOutcome followUp = space.Run($"Invoke-GenieQuestion 'And now?' -ConversationId {first} -MaximumRetry 0 @fast");

        Assert.Equal(5, (int)run.SuccessfulCount);
        Assert.Contains("404", (string)followUp.Output[0].HttpStatus.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Texts_stay_out_of_the_run_and_of_its_files()
    {
        using var space = new SimulatedSession();

        dynamic run = space.Run("Invoke-GenieLoadTest -Question 'A secret question?' -ExcludeText @fast").Only;

        Assert.Equal(1, (int)run.SuccessfulCount);
        foreach (string file in Directory.EnumerateFiles((string)run.RunPath))
        {
            string text = File.ReadAllText(file);
            Assert.DoesNotContain("secret question", text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("SELECT", text, StringComparison.OrdinalIgnoreCase);
        }
    }
}
