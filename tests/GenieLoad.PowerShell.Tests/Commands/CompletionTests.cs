using System.Management.Automation;
using GenieLoad.PowerShell.Tests.Hosting;
using Shell = System.Management.Automation.PowerShell;

namespace GenieLoad.PowerShell.Tests.Commands;

/// <summary>
/// What Tab offers behind a parameter. Which parameters complete with files is tested in <c>Completion.Tests.ps1</c>: this engine has none
/// of the cmdlets that completion finds files with.
/// </summary>
[Collection(ModuleCollection.Name)]
public sealed class CompletionTests : IDisposable
{
    private readonly PowerShellSession _session = new();

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("Invoke-GenieLoadTest -QuestionCount ", "1 10 50 200")]
    [InlineData("Invoke-GenieLoadTest -QuestionCount 2", "200")]
    [InlineData("New-GenieScenario x -Stages ", "'10/min for 5m' '30/min for 5m'")]
    [InlineData("Start-GenieSimulator -TimeScale ", "1 10 100")]
    [InlineData("Connect-Genie -Simulator ", "(Start-GenieSimulator)")]
    [InlineData("Export-GenieRunToMlflow -TrackingUri d", "databricks databricks://profile")]
    [InlineData("Export-GenieRunToOpenTelemetry -OtlpEndpoint ", "http://localhost:4318 https://collector.example.com:4318")]
    [InlineData("Invoke-GenieLoadTest -OtlpEndpoint http://l", "http://localhost:4318")]
    [InlineData("Resume-GenieLoadTest x -OtlpEndpoint ", "http://localhost:4318 https://collector.example.com:4318")]
    [InlineData("Invoke-GenieQuestion 'What was the t", "'What was the total revenue last month?'")]
    [InlineData("Resume-GenieLoadTest x -Option ", "(New-GenieLoadTestOption -MaximumRetry 2) @{ MaximumRetry = 2 }")]
    [InlineData("Invoke-GenieLoadTest -MaximumCostDbu ", "5 20 100")]
    [InlineData("Get-GenieRunCost x -PricePerDbu ", "")]
    [InlineData("Invoke-GenieLoadTest high", "high_load")]
    public void What_is_no_path_completes_with_examples(string typed, string offered) =>
        Assert.Equal(offered, string.Join(' ', Offered(typed).Select(match => match.CompletionText)));

    [Theory]
    [InlineData("'P95ResponseS", "'P95ResponseSeconds < '")]
    [InlineData("'p95responseseconds <= ", "'P95ResponseSeconds <= 10' 'P95ResponseSeconds <= 30' 'P95ResponseSeconds <= 60'")]
    [InlineData("'P95ResponseSeconds < '", "'P95ResponseSeconds < 10' 'P95ResponseSeconds < 30' 'P95ResponseSeconds < 60'")]
    [InlineData("'SuccessRate ", "'SuccessRate > 95' 'SuccessRate > 99'")]
    [InlineData("'ThrottleShare<", "'ThrottleShare < 5' 'ThrottleShare < 1'")]
    [InlineData("'P90ServiceSeconds{question=q7} ", "'P90ServiceSeconds{question=q7} < 10' 'P90ServiceSeconds{question=q7} < 30' "
        + "'P90ServiceSeconds{question=q7} < 60'")]
    [InlineData("'ThroughputPerSecond >", "'ThroughputPerSecond > 0.1' 'ThroughputPerSecond > 1'")]
    [InlineData("'P95ResponseSeconds <= 4", "'P95ResponseSeconds <= 4'")]
    [InlineData("'NoSuchFigure <= ", "")]
    public void A_threshold_completes_behind_its_figure_too(string typed, string offered) =>
        Assert.Equal(offered, string.Join(' ', Offered($"Test-GenieRun -Threshold {typed}").Select(match => match.CompletionText)));

    private System.Collections.ObjectModel.Collection<CompletionResult> Offered(string typed)
    {
        using Shell shell = Shell.Create(_session.Runspace);
        return CommandCompletion.CompleteInput(typed, typed.Length, null, shell).CompletionMatches;
    }
}
