Describe 'Consistency' {
    BeforeAll {
        Import-Module (& "$PSScriptRoot/BuiltModule.ps1") -Force
        $script:store = Join-Path $TestDrive 'store'
        # Usual answers one by one, others with all workers busy.
        $script:simulator = Start-GenieSimulator -TimeScale 10 -AnswerDriftShare 1 -AnswerDriftAbove 6 -Seed 5
        $null = Connect-Genie -Simulator $simulator
        $script:questions = Get-GenieQuestion -Source Benchmark | Select-Object -First 4
        $script:run = $questions | Invoke-GenieLoadTest -QuestionCount 48 -WorkerCount 12 -Duration 5 -CheckAnswer -StorePath $store `
            -Threshold 'AnswerAgreement >= 95', 'ExpectedAnswerShare >= 95' -WarningVariable said 3> $null 6> $null
    }

    AfterAll {
        Stop-GenieSimulator -Id $simulator.Id
        Remove-Module GenieLoad
    }

    It 'says of each question how many different answers it got' {
        $run.Consistency.QuestionId | Should -Be $questions.Id
        ($run.Consistency | Measure-Object AnswerCount -Sum).Sum | Should -Be 48
        ($run.Consistency.DifferentCount | Measure-Object -Maximum).Maximum | Should -Be 2
        $table = $run.Consistency | Format-Table | Out-String -Width 80
        $table | Should -Match 'Different Agree %'
        $table | Should -Match 'What is the total for each'
        ($run.Consistency[0] | Format-List | Out-String) | Should -Match 'SqlLevel'
    }

    It 'counts right answers by the expected SQL of the questions' {
        $wrong = @($run.Results | Where-Object Expectation -EQ 'Wrong')
        $wrong.Count | Should -BeGreaterThan 0
        $wrong.Count | Should -Be $run.Agreement.WrongCount
        $run.Agreement.RightCount + $run.Agreement.WrongCount | Should -Be 48
        $wrong[0].ExpectationReason | Should -Be 'other values'
        $run.ExpectedAnswers.State | Select-Object -Unique | Should -Be 'Stable'
        ($run.ExpectedAnswers | Format-Table | Out-String) | Should -Match 'Stable'
    }

    It 'says whether load changes answers' {
        $run.Agreement.Verdict | Should -BeIn 'Changed', 'NotShown'
        $run.Agreement.QuietUpTo | Should -BeGreaterThan 0
        ($run.Agreement | Format-Table | Out-String) | Should -Match $run.Agreement.Verdict
        ($run.Agreement.Kinds | Format-Table | Out-String) | Should -Match 'When quiet'
        ($run | Out-String) | Should -Match 'as expected'
    }

    It 'decides thresholds' {
        $results = Test-GenieRun -InputObject $run
        $results.Figure | Should -Be 'AnswerAgreement', 'ExpectedAnswerShare'
        $results[1].Reason | Should -Match 'from 48'
        # Each sums in its own order.
        [Math]::Abs($results[0].Value - $run.Agreement.PairwiseAgreement) | Should -BeLessThan 1e-9
    }

    It 'compares answers with those of another run' {
        $script:calm = $questions | Invoke-GenieLoadTest -QuestionCount 8 -WorkerCount 1 -Duration 0 -StorePath $store 3> $null 6> $null
        $calm.Agreement.RightCount | Should -BeNullOrEmpty
        $comparison = Compare-GenieRun -ReferenceRun $run -DifferenceRun $calm 3> $null
        $comparison.Answers.QuestionId | Sort-Object | Should -Be ($questions.Id | Sort-Object)
        ($comparison.Answers | Format-Table | Out-String) | Should -Match 'Verdict'
        ($comparison | Out-String) | Should -Match 'Answers: '
    }

    It 'survives JSON and is read back' {
        $read = Get-GenieRun -Path $run.RunPath
        $read.Agreement.PairwiseAgreement | Should -Be $run.Agreement.PairwiseAgreement
        $path = Join-Path $TestDrive 'run.json'
        $run | Export-GenieRun -Path $path
        $exported = Get-Content $path -Raw | ConvertFrom-Json
        $exported.consistency.Count | Should -Be 4
        $exported.agreement.rightCount | Should -Be $run.Agreement.RightCount
        $again = Compare-GenieRun -ReferenceRun $path -DifferenceRun $calm 3> $null
        $again.Answers.Count | Should -Be 4
    }

    It 'refuses what cannot be checked' {
        { Invoke-GenieLoadTest -Question 'How much?' -CheckAnswer -ErrorAction Stop } | Should -Throw -ErrorId 'NoExpectedSql,*'
        { $questions | Invoke-GenieLoadTest -CheckAnswer -SkipResult -ErrorAction Stop } | Should -Throw -ErrorId 'CheckNeedsResult,*'
    }
}
