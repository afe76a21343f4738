using GenieLoad.PowerShell.Tests.Hosting;

namespace GenieLoad.PowerShell.Tests.Commands;

[Collection(ModuleCollection.Name)]
public sealed class LogPathTests : IDisposable
{
    private readonly FolderSession _session = new();

    public void Dispose()
    {
        _session.Run("Get-GenieSimulator | Stop-GenieSimulator");
        _session.Dispose();
    }

    [Theory]
    [InlineData("Invoke-GenieQuestion 'How many?' -LogPath a.log -WhatIf")]
    [InlineData("Invoke-GenieLoadTest single_test -LogPath a.log -WhatIf")]
    public void What_if_makes_no_log_file(string command)
    {
        _session.Run($"$null = Connect-Genie -Simulator (Start-GenieSimulator); {command}").Clean();

        Assert.False(File.Exists(_session.File("a.log")));
    }

    [Fact]
    public void Several_questions_share_one_log()
    {
        _session.Run(
            """
            $null = Connect-Genie -Simulator (Start-GenieSimulator -TimeScale 100 -RateLimitPerMinute 6000 -RateLimitBurst 1 -RetryAfter None)
            $null = 'One?', 'Two?' | Invoke-GenieQuestion -LogPath a.log -PollInterval 0.05
            """).Clean();

        Assert.True(File.Exists(_session.File("a.log")));
    }

    [Theory]
    [InlineData("Invoke-GenieQuestion 'One?' -LogPath run/events.log")]
    [InlineData("Invoke-GenieLoadTest single_test -LogPath run/new.log")]
    public void No_log_goes_into_the_folder_of_a_run(string command)
    {
        string run = Directory.CreateDirectory(_session.File("run")).FullName;
        string source = Path.Combine(BuiltModule.RepositoryRoot, "tests", "fixtures", "runs", "20261123-192455-high_load-3f9a");
        File.Copy(Path.Combine(source, "run.json"), Path.Combine(run, "run.json"));

        ScriptOutcome outcome = _session.Run($"$null = Connect-Genie -Simulator (Start-GenieSimulator); {command}");

        Assert.StartsWith("TargetInsideRun,", outcome.Error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Single(Directory.EnumerateFileSystemEntries(run));
    }
}
