namespace GenieLoad.PowerShell.Tests.HostProgram;

public class ExitCodeTests
{
    [Theory]
    [InlineData("'fine'", 0)]
    [InlineData("Get-Module -Name nothing; Import-Module nonesuch; 'an error that does not end the script'", 0)]
    [InlineData("throw 'too bad'", 1)]
    [InlineData("function Leave { try { exit 7 } finally { 'left' } }; Leave; 'not reached'", 7)]
    [InlineData("dotnet no-such-command *> $null; 'a native program failed, the script did not'", 0)]
    [InlineData("$ErrorActionPreference = 'Stop'; Import-Module nonesuch; 'not reached'", 1)]
    public void A_script_ends_with_the_code_that_pwsh_would_give(string script, int expected)
    {
        var outcome = HostProcess.RunScript(script);

        Assert.Equal(expected, outcome.ExitCode);
        Assert.DoesNotContain("not reached", outcome.Output);
    }

    [Theory]
    [InlineData("1 + 1", 0)]
    [InlineData("Import-Module nonesuch", 1)]
    [InlineData("Import-Module nonesuch; 'recovered'", 0)]
    [InlineData("throw 'too bad'", 1)]
    [InlineData("exit 5", 5)]
    [InlineData("if (", 1)]
    public void A_command_fails_with_its_last_statement(string command, int expected) =>
        Assert.Equal(expected, HostProcess.Run("-Command", command).ExitCode);

    [Theory]
    [InlineData("There is no script", "nowhere.ps1")]
    [InlineData("There is nothing to run")]
    [InlineData("There is no option -Fiel", "-Fiel", "x.ps1")]
    [InlineData("-Command needs a value", "-Command")]
    public void Bad_usage_is_refused_with_64(string expected, params string[] words)
    {
        var outcome = HostProcess.Run(words);

        Assert.Equal(64, outcome.ExitCode);
        Assert.Contains(expected, outcome.Error);
        Assert.Contains("--help", outcome.Error);
        Assert.Empty(outcome.Output);
    }

    [Fact]
    public void A_missing_module_is_told_from_a_failed_script()
    {
        var outcome = HostProcess.Run("-Module", Path.GetTempPath(), "-Command", "1");

        Assert.Equal(70, outcome.ExitCode);
        Assert.Contains("GenieLoad.psd1", outcome.Error);
    }

    [Fact]
    public void A_module_that_cannot_be_imported_is_told_from_a_failed_script()
    {
        var folder = Directory.CreateTempSubdirectory("genieload-host-");
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, "GenieLoad.psd1"), "@{ ModuleVersion = '0.0.1'; RootModule = 'nonesuch.dll' }");

            var outcome = HostProcess.Run("-Module", folder.FullName, "-Command", "1");

            Assert.Equal(70, outcome.ExitCode);
            Assert.Contains("cannot be imported", outcome.Error);
            Assert.Contains("nonesuch.dll", outcome.Error);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Help_tells_the_exit_codes_and_every_command_the_host_adds()
    {
        var outcome = HostProcess.Run("--help");

        Assert.Equal(0, outcome.ExitCode);
        Assert.All(["64", "70", "130", "143"], code => Assert.Contains(code, outcome.Output));
        Assert.All(GenieLoad.Host.Commands.HostCommands.All, command => Assert.Contains(command.Name, outcome.Output));
    }
}
