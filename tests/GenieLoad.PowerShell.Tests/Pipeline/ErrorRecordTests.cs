using System.Management.Automation;
using GenieLoad.PowerShell.Tests.Hosting;

namespace GenieLoad.PowerShell.Tests.Pipeline;

[Collection(ModuleCollection.Name)]
public sealed class ErrorRecordTests : IDisposable
{
    private const string Class = "GenieLoad.SampleCmdlets.InvokeSampleFailureCommand";

    private readonly PowerShellSession _session = new(importSamples: true);

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("Begin")]
    [InlineData("Process")]
    [InlineData("Work")]
    public void A_failure_is_a_terminating_error_with_id_advice_and_target(string place)
    {
        // Only a terminating error gets to the catch block.
        ErrorRecord error = _session.Run($"try {{ Invoke-SampleFailure {place} -Kind NotFound }} catch {{ $_ }}").Only;

        Assert.Equal("SampleFailed," + Class, error.FullyQualifiedErrorId);
        Assert.Equal(ErrorCategory.ObjectNotFound, error.CategoryInfo.Category);
        Assert.Equal("The sample failed.", error.ToString());
        Assert.Equal("Ask for less.", error.ErrorDetails.RecommendedAction);
        Assert.Equal("the target", error.TargetObject);
    }

    [Theory]
    [InlineData("Attempt")]
    [InlineData("Channel")]
    public void A_failure_of_one_input_lets_the_next_have_its_turn(string place)
    {
        ScriptOutcome outcome = _session.Run($"Invoke-SampleFailure {place}");

        Assert.Equal("SampleFailed," + Class, outcome.Error.FullyQualifiedErrorId);
        Assert.Equal("went on", Assert.Single(outcome.Output));
    }

    [Fact]
    public void A_script_catches_the_error_by_its_own_type()
    {
        ScriptOutcome outcome = _session.Run(
            "try { Invoke-SampleFailure Work } catch [GenieLoad.Model.GenieLoadException] { \"caught $($_.Exception.ErrorId)\" }");

        Assert.Equal("caught SampleFailed", outcome.Only);
    }

    [Fact]
    public void The_console_shows_the_message_and_the_advice()
    {
        string text = _session.Show("Invoke-SampleFailure Attempt");

        Assert.Contains("The sample failed.", text, StringComparison.Ordinal);
        Assert.Contains("Recommendation: Ask for less.", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[System.IO.IOException]::new('disk')", "disk", ErrorCategory.ReadError)]
    [InlineData("[System.AggregateException]::new([System.TimeoutException]::new('late'))", "late", ErrorCategory.OperationTimeout)]
    [InlineData("[System.OperationCanceledException]::new('not by the user')", "not by the user", ErrorCategory.OperationStopped)]
    [InlineData("[System.FormatException]::new('odd')", "odd", ErrorCategory.NotSpecified)]
    public void An_unexpected_exception_keeps_its_type_under_a_stable_id(string exception, string message, ErrorCategory category)
    {
        ErrorRecord error = _session.Run($"Invoke-SampleFailure Work -Exception ({exception})").Error;

        Assert.Equal("UnexpectedFailure," + Class, error.FullyQualifiedErrorId);
        Assert.Equal(category, error.CategoryInfo.Category);
        Assert.Equal(message, error.Exception.Message);
        Assert.Contains(error.Exception.GetType().Name, exception, StringComparison.Ordinal);
        Assert.Equal($"Unexpected error: {message}", error.ToString());
    }

    [Fact]
    public void Every_kind_of_trouble_has_a_category()
    {
        ScriptOutcome outcome = _session.Run(
            "foreach ($kind in [Enum]::GetValues([GenieLoad.Model.ErrorKind])) { Invoke-SampleFailure Attempt -Kind $kind }");

        Assert.NotEmpty(outcome.Errors);
        Assert.DoesNotContain(outcome.Errors, error => error.CategoryInfo.Category == ErrorCategory.NotSpecified);
        Assert.Equal(outcome.Errors.Count, outcome.Errors.Select(error => error.CategoryInfo.Category).Distinct().Count());
    }

    [Fact]
    public void ErrorAction_Stop_ends_the_script_with_the_same_id()
    {
        ScriptOutcome outcome = _session.Run("Invoke-SampleFailure Attempt -ErrorAction Stop");

        Assert.NotNull(outcome.TerminatedBy);
        Assert.Equal("SampleFailed," + Class, outcome.Error.FullyQualifiedErrorId);
        Assert.Empty(outcome.Output);
    }
}
