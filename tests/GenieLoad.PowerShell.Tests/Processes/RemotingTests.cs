using System.Text;
using GenieLoad.PowerShell.Tests.Hosting;

namespace GenieLoad.PowerShell.Tests.Processes;

/// <summary>Tests from several machines, over real sessions.</summary>
public sealed class RemotingTests : IDisposable
{
    private readonly Machines? _machines = OperatingSystem.IsLinux() ? new Machines() : null;

    public void Dispose() => _machines?.Dispose();

    [Fact]
    public void Two_machines_run_one_test_and_nothing_stays_there()
    {
        if (_machines is null)
            return;
        _machines.With("b", $"PSModulePath={BuiltModule.Store}; export PSModulePath");

        ShellOutcome outcome = _machines.Run(
            """
            $simulator = Start-GenieSimulator -TimeScale 20
            $null = Connect-Genie -Simulator $simulator
            $sessions = 'a', 'b' | ForEach-Object { New-PSSession -HostName $_ }
            $given = @{ InstallModule = $true; SendCredential = $true; ExcludeText = $true; StartDelay = 1 }
            $run = Invoke-GenieLoadTest -QuestionCount 6 -Duration 1s -Session $sessions @given
            "$($run.State) $($run.QuestionCount) $(@($run.Results | Where-Object Outcome -EQ Completed).Count)"
            ($run.Results | Sort-Object Index).Place -join ' '
            ($run.Results.Question -join '').Length
            ($run.Shards | ForEach-Object { "$($_.Shard) $($_.Place) $($_.MissingCount)" }) -join ', '
            $sessions.State -join ' '
            "token $($simulator.Token)"
            """);

        string[] lines = outcome.Output.Split('\n');
        Assert.True(lines.Length > 5, outcome.Output + outcome.Error);
        Assert.Equal("Completed 6 6|a b a b a b|0|1/2 a 0, 2/2 b 0|Opened Opened", string.Join('|', lines.Take(5)));
        Assert.Equal("", outcome.Error);
        byte[] token = Encoding.UTF8.GetBytes(lines[5]["token ".Length..]);
        foreach (string machine in (string[])["a", "b"])
        {
            Assert.Empty(_machines.TestsOn(machine));
            Assert.DoesNotContain(_machines.FilesOf(machine), file => Path.GetFileName(file) == "evil");
            Assert.DoesNotContain(_machines.FilesOf(machine), file => File.ReadAllBytes(file).AsSpan().IndexOf(token) >= 0);
        }
    }

    [Fact]
    public void A_killed_shard_costs_only_what_it_had_not_asked()
    {
        if (_machines is null)
            return;
        foreach (string machine in (string[])["a", "c"])
            _machines.With(machine, $"PSModulePath={BuiltModule.Store}; export PSModulePath", $". '{_machines.Bin}/credential'");

        ShellOutcome outcome = _machines.Run(
            """
            $simulator = Start-GenieSimulator -TimeScale 10
            $null = Connect-Genie -Simulator $simulator
            # Each machine has a credential of its own.
            Set-Content "$machines/bin/credential" "DATABRICKS_TOKEN='$($simulator.Token)'; export DATABRICKS_TOKEN"
            $sessions = 'a', 'c' | ForEach-Object { New-PSSession -HostName $_ }
            $trouble = Start-ThreadJob {
                param($machines)
                $rows = "$machines/c/*/places/*/store/runs/*/results.jsonl"
                while (-not (Get-ChildItem $rows -ErrorAction Ignore | Where-Object Length -GT 0)) {
                    Start-Sleep -Milliseconds 100
                }
                $work = (Get-Item "$machines/c/*/places/*").FullName
                $shard = Get-ChildItem /proc -Directory | Where-Object {
                    $_.Name -match '^\d+$' -and
                    "$(Get-Content "$($_.FullName)/cmdline" -Raw -ErrorAction Ignore)".TrimEnd("`0").EndsWith("`0$work")
                }
                /bin/kill -KILL $shard.Name
            } -ArgumentList $machines
            $WarningPreference = 'SilentlyContinue'
            $run = Invoke-GenieLoadTest -QuestionCount 40 -Duration 20s -Session $sessions -WarningVariable warned
            $trouble | Receive-Job -Wait -ErrorAction Stop
            "$($run.State) $($run.Results.Count)"
            ($run.Shards | ForEach-Object { "$($_.Shard) $($_.State) $($_.MissingCount -gt 0)" }) -join ', '
            "$(@($run.Results | Where-Object { $_.Place -eq 'a' -and $_.Outcome -eq 'Completed' }).Count)"
            "$(@($run.Results | Where-Object { $_.Place -eq 'c' -and $_.Outcome -eq 'Completed' }).Count -gt 0)"
            @($warned.Message) -replace ' is broken: .*', ' is broken.' -match '^The connection|^Shard'
            """);

        Assert.Equal(
            """
            Interrupted 40
            1/2 Completed False, 2/2 Interrupted True
            20
            True
            Shard 2/2 of c ended early: its process was killed, or the machine went down.

            """.ReplaceLineEndings("\n"),
            outcome.Output + outcome.Error);
        Assert.All((string[])["a", "c"], machine => Assert.Empty(_machines.TestsOn(machine)));
    }

    [Fact]
    public void What_keeps_a_machine_from_its_shard_is_said_before_anything_starts()
    {
        if (_machines is null)
            return;
        _machines.With("b", $"PSModulePath={BuiltModule.Store}; export PSModulePath");
        _machines.With("c", $"PSModulePath={BuiltModule.Store}; export PSModulePath", "GENIELOAD_HOME=/dev/full");

        ShellOutcome outcome = _machines.Run(
            """
            $simulator = Start-GenieSimulator
            $null = Connect-Genie -Simulator $simulator
            $ErrorActionPreference = 'Stop'
            foreach ($names in @('b', 'a'), @('b'), @('b', 'c')) {
                $sessions = $names | ForEach-Object { New-PSSession -HostName $_ }
                $credential = @{ SendCredential = $names.Count -eq 2 }
                try { Invoke-GenieLoadTest -QuestionCount 4 -Session $sessions @credential }
                catch { "$($_.FullyQualifiedErrorId -split ','): $_" -replace 'GenieLoad \d\S+', 'GenieLoad X' }
            }
            "asked $((Get-GenieSimulator).QuestionCount)"
            """);

        string[] lines = outcome.Output.Split('\n');
        Assert.Equal("", outcome.Error);
        Assert.StartsWith("PlaceWithoutModule ", lines[0], StringComparison.Ordinal);
        Assert.Contains(": a does not have GenieLoad X", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("PlaceRefused ", lines[1], StringComparison.Ordinal);
        Assert.Contains(": b cannot run its shard: ", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("RemoteScriptFailed ", lines[2], StringComparison.Ordinal);
        Assert.Contains(": c reports: ", lines[2], StringComparison.Ordinal);
        Assert.Equal("asked 0", lines[3]);
        Assert.Empty(_machines.TestsOn("b"));
    }

    [Fact]
    public void After_Ctrl_C_all_machines_have_stopped_and_their_answers_are_merged()
    {
        if (_machines is null)
            return;
        foreach (string machine in (string[])["a", "b"])
            _machines.With(machine, $"PSModulePath={BuiltModule.Store}; export PSModulePath");

        using ShellProcess shell = _machines.Start(
            """
            $null = Connect-Genie -Simulator (Start-GenieSimulator -TimeScale 20)
            $sessions = 'a', 'b' | ForEach-Object { New-PSSession -HostName $_ }
            $watch = Start-ThreadJob {
                param($machines, $ui)
                $rows = "$machines/[ab]/*/places/*/store/runs/*/results.jsonl"
                while (@(Get-ChildItem $rows -ErrorAction Ignore | Where-Object Length -GT 0).Count -lt 2) {
                    Start-Sleep -Milliseconds 100
                }
                $ui.WriteLine('running')
            } -ArgumentList $machines, $Host.UI
            Invoke-GenieLoadTest -QuestionCount 100 -Duration 300s -Session $sessions -SendCredential -StartDelay 1 -Force
            """);
        shell.AwaitLine("running");
        shell.Signal("INT");
        ShellOutcome outcome = shell.Finish();

        Assert.Contains("was stopped: ", outcome.Output, StringComparison.Ordinal);
        string run = Assert.Single(Directory.GetDirectories(Path.Combine(_machines.Store, "runs")));
        Assert.Contains(run, outcome.Output, StringComparison.Ordinal);
        Assert.All((string[])["a", "b"], machine => Assert.Empty(_machines.TestsOn(machine)));
    }
}
