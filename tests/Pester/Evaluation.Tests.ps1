Describe 'Invoke-GenieEvaluation' {
    BeforeAll {
        Import-Module (& "$PSScriptRoot/BuiltModule.ps1") -Force
        $script:simulator = Start-GenieSimulator -TimeScale 10 -EvaluationGoodShare 0.7 -BenchmarkWithoutSqlCount 2 -EvaluationQuestionSeconds 1
        $null = Connect-Genie -Simulator $simulator
    }

    AfterAll {
        Stop-GenieSimulator -Id $simulator.Id
        Remove-Module GenieLoad
    }

    It 'evaluates nothing under -WhatIf' {
        $calls = (Get-GenieSimulator -Id $simulator.Id).CallCount
        Invoke-GenieEvaluation -WhatIf 6> $null | Should -BeNullOrEmpty
        (Get-GenieSimulator -Id $simulator.Id).CallCount | Should -Be $calls
    }

    It 'gives an object that a script can use and a person can read' {
        $evaluation = Invoke-GenieEvaluation -PollInterval 200ms
        $evaluation.Status | Should -Be 'DONE'
        $evaluation.QuestionCount | Should -Be 12
        $evaluation.NeedsReviewCount | Should -Be 2
        ($evaluation.Results | Where-Object Verdict -eq 'GOOD').Count | Should -Be $evaluation.GoodCount
        $evaluation.GoodCount + $evaluation.BadCount | Should -Be 10
        ($evaluation | Format-Table | Out-String -Width 80) | Should -Match 'Right %'
        ($evaluation | Format-List | Out-String -Width 80) | Should -Match 'AccuracyPercent'
        ($evaluation.Results | Format-Table | Out-String -Width 80) | Should -Match 'What is the total'
        $evaluation.Results | Export-Csv -Path (Join-Path $TestDrive 'verdicts.csv')
        (Import-Csv (Join-Path $TestDrive 'verdicts.csv')).Count | Should -Be 12
    }

    It 'evaluates again what comes through the pipeline, and nothing where nothing comes' {
        $first = Invoke-GenieEvaluation -PollInterval 200ms
        $again = $first.Results | Select-Object -First 2 | Invoke-GenieEvaluation -PollInterval 200ms
        $again.Results.BenchmarkId | Should -Be $first.Results[0..1].BenchmarkId
        $calls = (Get-GenieSimulator -Id $simulator.Id).CallCount
        $first.Results | Where-Object Verdict -eq 'none' | Invoke-GenieEvaluation | Should -BeNullOrEmpty
        (Get-GenieSimulator -Id $simulator.Id).CallCount | Should -Be $calls
    }

    It 'gets one that was started before, also by its object' {
        $first = Invoke-GenieEvaluation -Timeout 1 -PollInterval 200ms -ErrorAction SilentlyContinue
        $again = $first | Invoke-GenieEvaluation -PollInterval 200ms
        $again.EvaluationId | Should -Be $first.EvaluationId
        $again.Status | Should -Be 'DONE'
    }

    It 'returns what there is before the error of one that takes too long' {
        $slow = Start-GenieSimulator -TimeScale 10 -EvaluationQuestionSeconds 100
        $connection = Connect-Genie -Simulator $slow -Name slow
        $evaluation = Invoke-GenieEvaluation -Connection $connection -Timeout 1 -ErrorVariable problem -ErrorAction SilentlyContinue
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'EvaluationTimedOut,*'
        $problem[0].ErrorDetails.RecommendedAction | Should -Match $evaluation.EvaluationId
        $evaluation.OpenCount | Should -Be 12
        Stop-GenieSimulator -Id $slow.Id
        $null = Connect-Genie -Simulator $simulator
    }

    It 'says where the Beta is off and where the right is missing' {
        foreach ($given in @{ EvaluationApi = 'Missing' }, @{ EvaluationApi = 'Forbidden' }, @{ SpaceRight = 'CanRun' }) {
            $off = Start-GenieSimulator -TimeScale 10 @given
            $connection = Connect-Genie -Simulator $off -Name off
            { Invoke-GenieEvaluation -Connection $connection -ErrorAction Stop } | Should -Throw -ErrorId 'Evaluation*'
            Stop-GenieSimulator -Id $off.Id
        }
        $null = Connect-Genie -Simulator $simulator
    }
}

Describe 'Invoke-GenieLoadTest -Evaluate' {
    BeforeAll {
        Import-Module (& "$PSScriptRoot/BuiltModule.ps1") -Force
        $script:simulator = Start-GenieSimulator -TimeScale 10 -BenchmarkCount 30 -EvaluationQuestionSeconds 1 -EvaluationBusyGoodShare 0.2 -EvaluationBusyFrom 1
        $null = Connect-Genie -Simulator $simulator
        $script:run = Invoke-GenieLoadTest -QuestionCount 20 -WorkerCount 10 -Duration 6 -Evaluate after, Before, During -StorePath (Join-Path $TestDrive 'store')
    }

    AfterAll {
        Stop-GenieSimulator -Id $simulator.Id
        Remove-Module GenieLoad
    }

    It 'says whether load costs accuracy' {
        $run.Evaluations.When | Should -Be 'Before', 'During', 'After'
        $run.AccuracyUnderLoad | Should -Match '^Load costs accuracy'
        $run.AccuracyChanges[0].Verdict | Should -Be 'Worse'
        ($run | Out-String -Width 80) | Should -Match 'Accuracy +Load costs accuracy'
        ($run.AccuracyChanges | Format-Table | Out-String -Width 60) | Should -Match 'Worse'
        $run.QuestionCount | Should -Be 20
    }

    It 'keeps it with the run, in every export' {
        (Get-GenieRun -Path $run.RunPath).AccuracyUnderLoad | Should -Be $run.AccuracyUnderLoad
        foreach ($type in 'md', 'html', 'json') {
            Get-GenieRun -Path $run.RunPath | Export-GenieRun -Path (Join-Path $TestDrive "run.$type")
            Get-Content (Join-Path $TestDrive "run.$type") -Raw | Should -Match 'Load costs accuracy'
        }
    }

    It 'shows under -WhatIf what else is asked, and asks nothing' {
        $calls = (Get-GenieSimulator -Id $simulator.Id).CallCount
        Invoke-GenieLoadTest single_test -Evaluate During -WhatIf | Should -BeNullOrEmpty
        (Get-GenieSimulator -Id $simulator.Id).CallCount | Should -Be $calls
    }
}
