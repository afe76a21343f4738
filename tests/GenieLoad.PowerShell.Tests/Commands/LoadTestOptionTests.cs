using GenieLoad.PowerShell.Tests.Hosting;

namespace GenieLoad.PowerShell.Tests.Commands;

/// <summary>Options of a load test are its parameters, set once for many tests.</summary>
[Collection(ModuleCollection.Name)]
public sealed class LoadTestOptionTests : IDisposable
{
    private readonly SimulatedSession _simulated = new();

    public void Dispose() => _simulated.Dispose();

    [Fact]
    public void Each_option_is_a_parameter_of_the_test_to_the_letter()
    {
        ScriptOutcome outcome = _simulated.Run(
            """
            function Get-Shape($Command) {
                $shape = @{}
                foreach ($parameter in (Get-Command $Command).Parameters.Values) {
                    $attributes = foreach ($attribute in $parameter.Attributes | Where-Object { $_.GetType().Name -notlike 'Nullable*' }) {
                        $facts = $attribute.PSObject.Properties | Where-Object Name -ne TypeId | ForEach-Object { "$($_.Name)=$($_.Value)" }
                        "$($attribute.GetType().Name) $facts"
                    }
                    $shape[$parameter.Name] = "$($parameter.ParameterType) $($parameter.Aliases) $([string[]]$attributes)"
                }
                $shape
            }
            $test = Get-Shape Invoke-GenieLoadTest
            $option = Get-Shape New-GenieLoadTestOption
            foreach ($name in $option.Keys) { if ($option[$name] -cne $test[$name]) { "$name $($option[$name]) - $($test[$name])" } }
            "$($option.ContainsKey('RetryJitter')) $($option.Count -gt 15)"
            """);

        Assert.Equal(["True True"], outcome.Clean().Output.Select(line => $"{line}"));
    }

    [Fact]
    public void An_option_counts_like_its_parameter_and_a_parameter_beside_it_counts_more()
    {
        dynamic[] runs =
        [
            .. _simulated.Run(
                """
                $option = New-GenieLoadTestOption -MaximumRetry 2 -RetryBaseDelay 3 -PollPolicy Fixed -PollInterval '2s' -SkipResult
                Invoke-GenieLoadTest -QuestionCount 1 -Option $option
                Invoke-GenieLoadTest -QuestionCount 1 -Option $option -MaximumRetry 7 -PollInterval 1 -SkipResult:$false
                """).Output,
        ];

        Assert.StartsWith("2 retries, 3 s doubled up to 60 s", (string)runs[0].RetryPolicy, StringComparison.Ordinal);
        Assert.StartsWith("7 retries, 3 s doubled up to 60 s", (string)runs[1].RetryPolicy, StringComparison.Ordinal);
        Assert.Equal(("every 2 s", "every 1 s"), ((string)runs[0].PollPolicy, (string)runs[1].PollPolicy));
        Assert.Equal((0.0, true), ((double)(runs[0].Results[0].FetchSeconds ?? 0.0), runs[1].Results[0].FetchSeconds is > 0.0));
    }

    [Fact]
    public void Options_that_do_not_go_together_are_refused_by_the_test_before_anything_is_asked()
    {
        ScriptOutcome outcome = _simulated.Run(
            "Invoke-GenieLoadTest single_test -Option (New-GenieLoadTestOption -RetryBaseDelay 5) -RetryMaximumDelay 2");

        Assert.StartsWith("InvalidRetryMaximumDelay", outcome.Error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(
            "RetryMaximumDelay is 2 s, shorter than RetryBaseDelay (5 s)", outcome.Error.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, _simulated.QuestionCount);
    }

    [Fact]
    public void A_resumed_test_keeps_its_retries_unless_told_otherwise()
    {
        dynamic[] runs =
        [
            .. _simulated.Run(
                """
                $run = Invoke-GenieLoadTest -QuestionCount 4 -Duration 2 -MaximumQuestion 1 -MaximumRetry 4 -RetryJitter 1 3>$null @fast
                $again = Resume-GenieLoadTest $run.RunId -MaximumQuestion 2 3>$null @fast
                $again
                Resume-GenieLoadTest $run.RunId -RetryJitter 0 @fast
                """).Output,
        ];

        const string Kept = "4 retries, 1 s doubled up to 60 s, jitter 1 s; Retry-After up to 120 s";
        Assert.Equal(Kept, (string)runs[0].RetryPolicy);
        Assert.Equal($"{Kept}; resumed with {Kept.Replace("jitter 1 s", "jitter 0 s")}", (string)runs[1].RetryPolicy);
    }
}
