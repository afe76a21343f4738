# The nightly runbook as a scheduler with PowerShell runs it.

Describe 'samples/runbook.ps1' {
    It 'passes in pwsh, compares the second night with the first, and fails on a missed threshold' {
        $script = (Resolve-Path "$PSScriptRoot/../../samples/runbook.ps1").Path
        $pwsh = Join-Path $PSHOME 'pwsh'

        $first = & $pwsh -NoProfile -NonInteractive -File $script -OutputPath $TestDrive 2>&1 | Out-String
        # A machine that is busy makes the run invalid, which fails the runbook too.
        $LASTEXITCODE | Should -Be ([int]($first -match 'Health: Invalid'))
        $second = & $pwsh -NoProfile -NonInteractive -File $script -OutputPath $TestDrive 2>&1 | Out-String
        $LASTEXITCODE | Should -Be ([int]($second -match 'Health: Invalid'))
        $null = & $pwsh -NoProfile -NonInteractive -File $script -OutputPath $TestDrive -Threshold 'QuestionCount > 1000' 2>&1
        $LASTEXITCODE | Should -Be 1

        $first | Should -Match 'Load Test Summary: high_load_35q_5s'
        $first | Should -Not -Match '  against '
        $second | Should -Match '  against \d{8}-\d{6}-high_load'
    }
}
