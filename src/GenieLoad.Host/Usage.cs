namespace GenieLoad.Host;

/// <summary>What <c>--help</c> prints.</summary>
internal static class Usage
{
    public const string Text = """
        GenieLoad.Host runs a PowerShell script with the GenieLoad module, on a machine without PowerShell.

        Usage:
          GenieLoad.Host [options] script.ps1 [arguments of the script]
          GenieLoad.Host [options] -Command "text"

        Options:
          -File <script>      The script to run; the word -File itself may be left out.
          -Command, -c <text> Run the rest of the line as PowerShell.
          -Module <path>      The GenieLoad module folder, or its GenieLoad.psd1. Without it: the variable GENIELOAD_MODULE,
                              a GenieLoad folder beside this program, then out/GenieLoad in a folder above it.
          -NoProgress         Draw no progress line.
          -NonInteractive     Never ask; what would ask fails.
          -Help, -?           This text.
          -Version            Versions of the host, the PowerShell engine and .NET.

        Arguments of the script are given as to pwsh -File: -Name value, -Switch, or by position.

        Exit codes:
          0    the script came to its end
          1    an error ended the script, or the last command of -Command failed
          2    as 1, and GenieLoad was given something it cannot use: a parameter, a file, a name, no connection
          3    as 1, with -FailOnThreshold: a threshold was missed
          4    as 1, with -FailOnThreshold: too few answers to decide
          5    as 1, with -FailOnThreshold: this machine was too busy for the run to be believed
          6    as 1, with -FailOnThreshold: -AbortOnFail ended the test early
          n    the script said: exit n
          64   the command line is wrong, or there is no such script
          70   the GenieLoad module is missing or cannot be imported
          130  stopped by Ctrl+C (a second Ctrl+C ends the host at once)
          143  stopped by SIGTERM

        Commands: those of GenieLoad, the PowerShell engine's own (ForEach-Object, Where-Object, Import-Module, Get-Command,
        Get-Help, Out-Null, the job commands, ...) and these, with the parameters most used:
          Write-Output  Write-Host  Write-Error  Write-Warning  Write-Verbose  Write-Debug  Write-Information  Read-Host
          Select-Object  Sort-Object  Format-Table  Format-List  Join-Path  Test-Path
        For anything else use .NET ([IO.File], [DateTime], ...), or run the script with PowerShell 7.4 or newer (pwsh),
        which has all of them. More in docs/host.md.
        """;
}
