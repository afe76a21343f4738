using System.Management.Automation;
using GenieLoad.PowerShell.Tests.Hosting;

namespace GenieLoad.PowerShell.Tests.Input;

/// <summary>Whatever a cmdlet takes as a time, a number that PowerShell made of <c>1.5s</c> or <c>1d</c> is none.</summary>
[Collection(ModuleCollection.Name)]
public sealed class DurationParameterTests : IDisposable
{
    private readonly FolderSession _session = new();

    public void Dispose() => _session.Dispose();

    [Fact]
    public void Every_time_that_a_cmdlet_takes_refuses_a_number_that_may_not_be_what_was_typed()
    {
        string[] seen = [];
        foreach (dynamic command in _session.Run("Get-Command -Module GenieLoad -CommandType Cmdlet").Output)
        {
            foreach (ParameterMetadata parameter in ((Dictionary<string, ParameterMetadata>)command.Parameters).Values.Where(IsTime))
            {
                seen = [.. seen, $"{command.Name} -{parameter.Name}"];
                ArgumentTransformationAttribute[] readers = [.. parameter.Attributes.OfType<ArgumentTransformationAttribute>()];
                foreach (object number in (object[])[(short)2, (ushort)2, (sbyte)5, (byte)5, 1m])
                {
                    ArgumentTransformationMetadataException? error = null;
                    try
                    {
                        foreach (ArgumentTransformationAttribute reader in readers)
                            reader.Transform(null!, number);
                    }
                    catch (ArgumentTransformationMetadataException e)
                    {
                        error = e;
                    }

                    Assert.True(error?.Message.Contains("in quotes", StringComparison.Ordinal),
                        $"{seen[^1]} takes {number} ({number.GetType().Name})");
                }
            }
        }

        Assert.Contains("Invoke-GenieLoadTest -Duration", seen);
        Assert.Contains("Invoke-GenieQuestion -PollInterval", seen);
        Assert.Contains("New-GenieScenario -ThinkTime", seen);
        Assert.Contains("Start-GenieSimulator -CallSeconds", seen);
    }

    [Theory]
    [InlineData("(New-GenieScenario -Name a -QuestionCount 2 -Duration 1.5s).DurationSeconds", 1.5)]
    [InlineData("(New-GenieScenario -Name a -QuestionCount 2 -Duration 1d).DurationSeconds", 86400)]
    [InlineData("(New-GenieScenario -Name a -QuestionCount 2 -Duration 1.5).DurationSeconds", 1.5)]
    public void What_was_typed_is_what_counts(string script, double seconds) => Assert.Equal(seconds, (double)_session.Run(script).Only);

    [Fact]
    public void A_time_to_think_is_what_was_typed() => Assert.Equal(
        "1.5s", (string)_session.Run("(New-GenieScenario -Name a -UserCount 1 -QuestionsPerUser 2 -ThinkTime 1.5s).ThinkTime").Only);

    [Theory]
    [InlineData("$x = 1.5s; New-GenieScenario -Name a -QuestionCount 2 -Duration $x")]
    [InlineData("$p = @{ Duration = 1.5s }; New-GenieScenario -Name a -QuestionCount 2 @p")]
    [InlineData("$p = @{ ThinkTime = 1.5s }; New-GenieScenario -Name a -UserCount 1 -QuestionsPerUser 2 @p")]
    [InlineData("[pscustomobject]@{ Name = 'a'; QuestionCount = 2; Duration = 1d } | New-GenieScenario")]
    [InlineData("Export-GenieScenario -Path a.json -Scenario @{ QuestionCount = 2; Duration = 1.5s }")]
    [InlineData("Start-GenieSimulator -CallSeconds (1.5s)")]
    public void What_was_lost_on_the_way_is_refused(string script) => Assert.Contains(
        "Put a duration with a unit in quotes", _session.Run(script).Error.ToString(), StringComparison.Ordinal);

    private static bool IsTime(ParameterMetadata parameter) =>
        parameter.ParameterType == typeof(TimeSpan) || parameter.ParameterType == typeof(TimeSpan?)
        || (parameter.Name.EndsWith("Seconds", StringComparison.Ordinal)
            && (parameter.ParameterType == typeof(double) || parameter.ParameterType == typeof(double?)))
        || parameter.Name == "ThinkTime";
}
