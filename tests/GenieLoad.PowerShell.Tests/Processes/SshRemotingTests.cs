namespace GenieLoad.PowerShell.Tests.Processes;

/// <summary>As <see cref="RemotingTests"/>, through a real SSH server.</summary>
public sealed class SshRemotingTests : IDisposable
{
    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("genieload-ssh-");

    public void Dispose() => _home.Delete(recursive: true);

    [SshdFact]
    public void A_session_over_ssh_that_is_cut_is_opened_again_and_nothing_is_missing()
    {
        using SshDaemon daemon = new(_home.FullName);

        ShellOutcome outcome = ShellProcess.Run(
            $$"""
            $null = Connect-Genie -Simulator (Start-GenieSimulator -TimeScale 10)
            $options = {{daemon.Options}}
            $sessions = (New-PSSession @options), (New-PSSession @options)
            $server = Invoke-Command $sessions[1] { $PID }
            $cut = Start-ThreadJob {
                param($server)
                $rows = '{{_home.FullName}}/places/*/store/runs/*/results.jsonl'
                while (@(Get-ChildItem $rows -ErrorAction Ignore | Where-Object Length -GT 0).Count -lt 2) {
                    Start-Sleep -Milliseconds 100
                }
                /bin/kill -KILL $server
            } -ArgumentList $server
            $WarningPreference = 'SilentlyContinue'
            $run = Invoke-GenieLoadTest -QuestionCount 30 -Duration 15s -Session $sessions -SendCredential -WarningVariable warned
            "$($run.State) $(@($run.Results | Where-Object Outcome -EQ Completed).Count)"
            ($run.Shards | ForEach-Object { "$($_.Shard) $($_.Place) $($_.State)" }) -join ', '
            @($warned.Message) -replace ' is broken: .*', ' is broken.' -match '^The connection|^Shard'
            """,
            ("GENIELOAD_HOME", Path.Combine(_home.FullName, "local")));

        Assert.Equal(
            """
            Completed 30
            1/2 127.0.0.1 (1) Completed, 2/2 127.0.0.1 (2) Completed
            The connection to 127.0.0.1 (2) is broken.

            """.ReplaceLineEndings("\n"),
            outcome.Output);
        Assert.Equal("", outcome.Error);
        Assert.False(Directory.Exists(Path.Combine(_home.FullName, "places")));
    }
}
