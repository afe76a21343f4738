# Dates as the cmdlets of PowerShell itself see them, east and west of Greenwich: each place is a pwsh of its own.

BeforeDiscovery {
    $script:places = if ($IsWindows) { @() } else { 'Pacific/Kiritimati', 'Pacific/Honolulu' }
}

BeforeAll {
    $root = (Resolve-Path (Join-Path $PSScriptRoot '..' '..')).Path
    $script:manifest = & "$PSScriptRoot/BuiltModule.ps1"
    $script:fixture = Join-Path $root 'tests' 'fixtures' 'runs' '20261123-192455-high_load-3f9a'

    function Invoke-There([string] $Place, [string] $Script) {
        $before = $env:TZ
        $env:TZ = $Place
        $command = "Import-Module '$manifest'; `$run = Get-GenieRun -Path '$fixture'; $Script"
        try { & (Join-Path $PSHOME 'pwsh') -NoProfile -NonInteractive -Command $command }
        finally { $env:TZ = $before }
    }
}

Describe 'A date of a run in <_>' -ForEach $places {
    It 'is compared with a date of the user''s' {
        Invoke-There $_ ('$at = [datetime]"2026-11-23T19:24:55.25Z"; ' +
            '"$($run.StartedAt -eq $at) $($run.StartedAt -lt $at.AddSeconds(1)) $($run.StartedAt -gt $at.AddSeconds(-1))"') |
            Should -BeExactly 'True True True'
    }

    It 'comes through ConvertTo-Json as its instant' {
        Invoke-There $_ '($run | Select-Object StartedAt | ConvertTo-Json | ConvertFrom-Json).StartedAt.ToUniversalTime().ToString("o")' |
            Should -BeExactly '2026-11-23T19:24:55.2500000Z'
    }

    It 'comes through Export-Csv and Import-Csv as its instant, to the second' {
        Invoke-There $_ ('$file = New-TemporaryFile; $run | Select-Object StartedAt | Export-Csv $file; ' +
            '$at = (Import-Csv $file).StartedAt; Remove-Item $file; ([datetime]$at).ToUniversalTime().ToString("s")') |
            Should -BeExactly '2026-11-23T19:24:55'
    }
}
