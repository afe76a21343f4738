using GenieLoad.PowerShell.Tests.Hosting;

namespace GenieLoad.PowerShell.Tests.Commands;

/// <summary>Whatever is given for a path, a name or an id is an error of the input, never one of ours.</summary>
[Collection(ModuleCollection.Name)]
public sealed class HostileNameTests : IDisposable
{
    private readonly SimulatedSession _simulated = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("genieload-test-").FullName;

    public HostileNameTests()
    {
        File.WriteAllText(Path.Combine(_folder, "file.json"), "{}");
        _simulated.Session.Set("folder", _folder);
        _simulated.Run("$ExecutionContext.SessionState.Path.SetLocation($folder)").Clean();
    }

    public void Dispose()
    {
        _simulated.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("Import-GenieQuestion -Path $value")]
    [InlineData("Import-GenieQuestion -LiteralPath $value")]
    [InlineData("Import-GenieScenario -Path $value")]
    [InlineData("Import-GenieScenario -LiteralPath $value")]
    [InlineData("Get-GenieScenario light_load | Export-GenieScenario -Path $value -WhatIf")]
    [InlineData("New-GenieScenario -Name a -Arrival Replay -ReplayPath $value")]
    [InlineData("@{ name = 'a'; replayPath = $value } | Export-GenieScenario -Path a.json -WhatIf")]
    [InlineData("New-GenieScenario -Name $value -QuestionCount 1")]
    [InlineData("Get-GenieScenario -Name $value")]
    [InlineData("Get-GenieRun -Path $value")]
    [InlineData("Get-GenieRun -RunId $value")]
    [InlineData("Remove-GenieRun -Path $value -WhatIf")]
    [InlineData("Remove-GenieRun -RunId $value -WhatIf")]
    [InlineData("Resume-GenieLoadTest -Path $value -WhatIf")]
    [InlineData("Resume-GenieLoadTest -RunId $value -WhatIf")]
    [InlineData("Test-GenieRun -Run $value")]
    [InlineData("Compare-GenieRun -ReferenceRun $value -DifferenceRun $value")]
    [InlineData("Invoke-GenieLoadTest light_load -RunPath $value -WhatIf")]
    [InlineData("Invoke-GenieLoadTest $value -WhatIf")]
    [InlineData("Invoke-GenieQuestion 'How many?' -LogPath $value -SpaceId none")]
    [InlineData("Get-GenieSpace -SpaceId $value")]
    [InlineData("Connect-Genie -Profile $value")]
    public void No_hostile_value_is_an_unexpected_failure(string script)
    {
        string[] values = ["a\0b", "\0", " ", ".", "..", "file.json/x", _folder, new('a', 5000), new('a', 40_000), "a\nb", "C:\\a|b",
            "none:x", "*[", "\ud800"];
        foreach (string value in values)
        {
            _simulated.Session.Set("value", value);

            ScriptOutcome outcome = _simulated.Run(script);

            Assert.All(outcome.Errors, error => Assert.False(
                error.FullyQualifiedErrorId.StartsWith("UnexpectedFailure", StringComparison.Ordinal),
                $"{script} with '{value[..Math.Min(20, value.Length)].Replace("\0", "NUL", StringComparison.Ordinal)}': {error.Exception}"));
        }
    }
}
