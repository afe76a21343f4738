using GenieLoad.PowerShell.Tests.Hosting;

namespace GenieLoad.PowerShell.Tests.Cmdlets;

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
}
