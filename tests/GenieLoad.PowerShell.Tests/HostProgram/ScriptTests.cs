using GenieLoad.PowerShell.Tests.Hosting;

namespace GenieLoad.PowerShell.Tests.HostProgram;

public class ScriptTests
{
    [Fact]
    public void Arguments_bind_by_name_by_position_and_as_switches()
    {
        const string Script = """
            param([string] $Name, [int] $Count = 1, [switch] $Loud, [switch] $Quiet = $true, [Parameter(ValueFromRemainingArguments)] $Rest)
            "$Name|$Count|$Loud|$Quiet|$($Rest -join ',')"
            """;

        var outcome = HostProcess.RunScript(Script, "first", "-Loud", "-Count", "3", "-Quiet:$false", "second", "-7");

        Assert.Equal(("first|3|True|False|second,-7\n", 0), (outcome.Output, outcome.ExitCode));
    }

    [Fact]
    public void A_script_knows_its_folder_and_its_name()
    {
        using var file = new ScriptFile("\"$PSScriptRoot|$PSCommandPath|$($MyInvocation.MyCommand.Name)\"");

        var outcome = HostProcess.Run(file.Path);

        Assert.Equal($"{Path.GetDirectoryName(file.Path)}|{file.Path}|test.ps1\n", outcome.Output);
    }

    [Fact]
    public void The_module_is_there_by_itself_and_can_be_asked_for_by_name()
    {
        var outcome = HostProcess.RunScript("""
            #Requires -Version 7.4
            #Requires -Modules GenieLoad
            Import-Module GenieLoad -ErrorAction Stop
            @(Get-Module GenieLoad).ModuleBase
            """);

        Assert.Equal((BuiltModule.Folder + "\n", "", 0), (outcome.Output, outcome.Error, outcome.ExitCode));
    }

    /// <summary>In a process of its own, because any command run before has already loaded what the removal needs.</summary>
    [Fact]
    public void A_module_that_was_not_used_can_be_removed_and_imported_again()
    {
        var outcome = HostProcess.RunScript("""
            Remove-Module GenieLoad
            Import-Module GenieLoad
            Import-Module GenieLoad -Force
            @(Get-GenieScenario).Count
            """);

        Assert.Equal(("7\n", "", 0), (outcome.Output, outcome.Error, outcome.ExitCode));
    }

    [Theory]
    [InlineData("#Requires -Modules Nonesuch", "Nonesuch")]
    [InlineData("#Requires -Version 99.0", "99.0")]
    public void A_script_whose_requirements_are_not_met_is_not_begun(string requirement, string expected)
    {
        var outcome = HostProcess.RunScript($"{requirement}\n'begun'");

        Assert.Equal((1, ""), (outcome.ExitCode, outcome.Output));
        Assert.Contains(expected, outcome.Error);
    }

    [Fact]
    public void Output_and_errors_are_apart_and_carry_no_escapes_when_redirected()
    {
        var outcome = HostProcess.RunScript("""
            [pscustomobject]@{ Name = 'a'; Seconds = 1.5 } | Out-Default
            Write-Host 'red' -ForegroundColor Red
            Write-Warning 'careful'
            Write-Verbose 'detail' -Verbose
            Write-Debug 'inside' -Debug
            $record = [Management.Automation.ProgressRecord]::new(1, 'Working', 'on it')
            $Host.UI.WriteProgress(0, $record)
            Write-Error 'gone wrong' -RecommendedAction 'try again'
            throw 'the end'
            """);

        Assert.Equal("""

            Name Seconds
            ---- -------
            a       1.50

            red
            WARNING: careful
            VERBOSE: detail
            DEBUG: inside

            """.ReplaceLineEndings("\n"), outcome.Output);
        Assert.Contains("gone wrong", outcome.Error);
        Assert.Contains("try again", outcome.Error);
        Assert.Matches(@"(?s)test\.ps1:9\n.*the end", outcome.Error);
        Assert.DoesNotContain('\e', outcome.Output + outcome.Error);
        Assert.DoesNotContain("Working", outcome.Output + outcome.Error);
    }

    [Fact]
    public void A_script_that_is_no_PowerShell_is_refused_with_the_place()
    {
        var outcome = HostProcess.RunScript("'begun'\nif ($true) {\n");

        Assert.Equal((1, ""), (outcome.ExitCode, outcome.Output));
        Assert.Contains("test.ps1:2", outcome.Error);
    }

    [Fact]
    public void A_mandatory_parameter_is_not_asked_for_when_nobody_is_there()
    {
        var outcome = HostProcess.RunScript("param([Parameter(Mandatory)] [string] $SpaceId)\n'begun'");

        Assert.Equal((1, ""), (outcome.ExitCode, outcome.Output));
        Assert.Contains("SpaceId", outcome.Error);
    }

    [Fact]
    public void A_question_without_anybody_to_answer_fails_and_says_so()
    {
        var outcome = HostProcess.Run("-Command", "Read-Host 'Token'");

        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains("nobody to ask", outcome.Error);
    }

    [Fact]
    public void A_command_that_only_PowerShell_has_is_named_and_pwsh_recommended()
    {
        var outcome = HostProcess.RunScript("Get-Date");

        Assert.Contains("Get-Date", outcome.Error);
        Assert.Contains("run the script with pwsh", outcome.Error);
    }
}
