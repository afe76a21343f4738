# A run in a local MLflow folder, as a user's own PowerShell writes and shows it.

BeforeAll {
    $root = (Resolve-Path (Join-Path $PSScriptRoot '..' '..')).Path
    Import-Module (& "$PSScriptRoot/BuiltModule.ps1") -Force
    $script:run = Get-GenieRun -Path (Join-Path $root 'tests' 'fixtures' 'runs' '20261123-192455-high_load-3f9a')
    $script:rendering = $PSStyle.OutputRendering
    $PSStyle.OutputRendering = 'PlainText'
}

AfterAll {
    $PSStyle.OutputRendering = $rendering
    Remove-Module GenieLoad
}

Describe 'Export-GenieRunToMlflow into a folder' {
    BeforeAll {
        $script:tree = Join-Path $TestDrive 'tracking'
        $script:export = $run | Export-GenieRunToMlflow -TrackingUri $tree
    }

    It 'writes a parent and a nested run per question, and reads them back' {
        $export.Verified | Should -BeTrue
        $export.QuestionRunCount | Should -Be 6
        $folders = Get-ChildItem (Join-Path $tree $export.ExperimentId) -Directory | Where-Object Name -Match '^[0-9a-f]{32}$'
        $folders.Count | Should -Be 7
    }

    It 'puts the files beside the tree' {
        $artifacts = Join-Path $TestDrive 'mlartifacts' $export.ExperimentId $export.ParentRunId 'artifacts'
        (Import-Csv (Join-Path $artifacts 'results.csv')).Count | Should -Be 6
        (Get-Content -Raw (Join-Path $artifacts 'summary.json') | ConvertFrom-Json).successRate | Should -Be 75
    }

    It 'completes what is there instead of doubling it' {
        $again = $run | Export-GenieRunToMlflow -TrackingUri $tree
        $again.Resumed | Should -BeTrue
        $again.ParentRunId | Should -BeExactly $export.ParentRunId
        $again.WrittenQuestionRunCount | Should -Be 0
    }

    It 'gives an object that survives CSV and JSON' {
        ($export | ConvertTo-Csv)[1] | Should -Not -Match 'System\.|GenieLoad\.Model'
        ($export | ConvertTo-Json | ConvertFrom-Json).ParentRunId | Should -BeExactly $export.ParentRunId
    }

    It 'shows the command that opens the folder' {
        $export | Out-String -Width 400 | Should -Match 'OpenWith +: Set-Location .*mlflow server'
    }
}

Describe 'Export-GenieRunToMlflow -Trace' {
    It 'refuses a folder before anything is written, also with -WhatIf' {
        $tree = Join-Path $TestDrive 'traces'
        $id = 'TracesNotSupported,GenieLoad.PowerShell.Commands.ExportGenieRunToMlflowCommand'
        { $run | Export-GenieRunToMlflow -TrackingUri $tree -Trace -ErrorAction Stop } | Should -Throw -ErrorId $id
        { $run | Export-GenieRunToMlflow -TrackingUri $tree -Trace -WhatIf -ErrorAction Stop } | Should -Throw -ErrorId $id
        Test-Path $tree | Should -BeFalse
    }

    It 'refuses a Databricks workspace, and names the other way' {
        $before = $env:DATABRICKS_HOST, $env:DATABRICKS_TOKEN
        try {
            $env:DATABRICKS_HOST, $env:DATABRICKS_TOKEN = 'https://adb-1.2.azuredatabricks.net', 'dapi1'
            $run | Export-GenieRunToMlflow -TrackingUri databricks -Trace -ErrorAction SilentlyContinue -ErrorVariable problem
        }
        finally {
            $env:DATABRICKS_HOST, $env:DATABRICKS_TOKEN = $before
        }
        $problem.Count | Should -Be 1
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'TracesNotInDatabricks,*'
        $problem[0].ErrorDetails.RecommendedAction | Should -BeLike '*Export-GenieRunToOpenTelemetry*'
    }

    It 'is shown as a number, 0 without it' {
        $export = $run | Export-GenieRunToMlflow -TrackingUri (Join-Path $TestDrive 'plain')
        $export.TraceCount | Should -Be 0
        $export | Out-String | Should -Match 'TraceCount +: 0'
    }
}
