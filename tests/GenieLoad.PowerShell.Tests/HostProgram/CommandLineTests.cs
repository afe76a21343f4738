using GenieLoad.Host;

namespace GenieLoad.PowerShell.Tests.HostProgram;

public class CommandLineTests
{
    [Fact]
    public void Everything_after_the_script_belongs_to_the_script()
    {
        var line = CommandLine.Parse(["-NoProfile", "--module", "m", "-noprogress", "run.ps1", "-Command", "x", "--help"]);

        Assert.Equal((HostAction.RunFile, "run.ps1", "m", true), (line.Action, line.ScriptPath, line.ModulePath, line.NoProgress));
        Assert.Equal(["-Command", "x", "--help"], line.ScriptArguments);
    }

    [Fact]
    public void The_rest_of_the_line_is_the_command()
    {
        var line = CommandLine.Parse(["-NonInteractive", "-c", "Get-Module", "-Name", "x"]);

        Assert.Equal((HostAction.RunCommand, "Get-Module -Name x", true), (line.Action, line.CommandText, line.NonInteractive));
    }

    [Theory]
    [InlineData("--help", HostAction.ShowHelp)]
    [InlineData("-?", HostAction.ShowHelp)]
    [InlineData("-Version", HostAction.ShowVersion)]
    internal void What_is_only_asked_about_runs_nothing(string word, HostAction expected) =>
        Assert.Equal(expected, CommandLine.Parse([word]).Action);
}
