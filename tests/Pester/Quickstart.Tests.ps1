# The sample that runs in GenieLoad.Host runs unchanged in PowerShell.

Describe 'samples/quickstart.ps1' {
    It 'runs in pwsh, prints the summary and leaves its files' {
        $script = (Resolve-Path "$PSScriptRoot/../../samples/quickstart.ps1").Path

        $output = & (Join-Path $PSHOME 'pwsh') -NoProfile -NonInteractive -File $script -OutputPath $TestDrive 2>&1 | Out-String

        $LASTEXITCODE | Should -Be 0
        $output | Should -Match 'Load Test Summary: high_load_35q_10s'
        $output | Should -Match 'The five slowest questions'
        @(Import-Csv "$TestDrive/results.csv").Count | Should -Be 35
        (Get-Content "$TestDrive/run.json" -Raw | ConvertFrom-Json).QuestionCount | Should -Be 35
    }
}
