Describe 'Set-GenieLoadTest' {
    BeforeAll {
        Import-Module (& "$PSScriptRoot/BuiltModule.ps1") -Force
        $script:store = Join-Path $TestDrive 'store'
        $script:simulator = Start-GenieSimulator -TimeScale 50
        $null = Connect-Genie -Simulator $simulator
        $script:job = Invoke-GenieLoadTest -QuestionCount 500 -Duration 1h -WorkerCount 5 -StorePath $store -Force -AsJob
        while (-not (Get-GenieRun -StorePath $store -State Running -ErrorAction Ignore -WarningAction Ignore)) {
            Start-Sleep -Milliseconds 100
        }
    }

    AfterAll {
        $job | Stop-Job -PassThru | Remove-Job -Force
        Stop-GenieSimulator -Id $simulator.Id
        Remove-Module GenieLoad
    }

    It 'pauses a job, and says what holds' {
        $change = Set-GenieLoadTest -Job $job -Paused -PassThru
        $change.Change | Should -Be 'paused'
        $change.IsPaused | Should -BeTrue
        $change.WorkerCount | Should -Be 5
        ($change | Format-Table | Out-String) | Should -Match 'paused'
    }

    It 'changes nothing that is so already' {
        (Set-GenieLoadTest -Job $job -Paused -PassThru).Change | Should -BeNullOrEmpty
        Set-GenieLoadTest -Job $job -Paused | Should -BeNullOrEmpty
    }

    It 'takes running tests from the pipeline' {
        $change = Get-GenieRun -StorePath $store -State Running |
            Set-GenieLoadTest -StorePath $store -Paused:$false -QuestionsPerMinute 600 -WorkerCount 9 -PassThru
        $change.Change | Should -Be 'continued, 600 questions a minute, 9 workers'
    }

    It 'changes nothing under -WhatIf' {
        Set-GenieLoadTest -Job $job -Paused -PassThru -WhatIf 6> $null | Should -BeNullOrEmpty
        (Set-GenieLoadTest -Job $job -Paused:$false -PassThru).Change | Should -BeNullOrEmpty
    }

    It 'offers running tests' {
        $id = (Get-GenieRun -StorePath $store -State Running).RunId
        $typed = "Set-GenieLoadTest -StorePath '$store' -RunId "
        (TabExpansion2 $typed $typed.Length).CompletionMatches.CompletionText | Should -Contain $id
    }

    It 'refuses <Name>' -TestCases @(
        @{ Name = 'nothing to change'; Id = 'NothingToChange*'; Given = @{} }
        @{ Name = 'a pace below the lowest'; Id = 'InvalidOption*'; Given = @{ QuestionsPerMinute = -1 } }
    ) {
        param ($Name, $Id, $Given)
        { Set-GenieLoadTest -Job $job @Given -ErrorAction Stop } | Should -Throw -ErrorId $Id
    }

    It 'refuses another job' {
        $other = Start-ThreadJob { }
        { Set-GenieLoadTest -Job $other -Paused -ErrorAction Stop } | Should -Throw -ErrorId 'NotALoadTestJob*'
        $other | Wait-Job | Remove-Job
    }

    It 'refuses a run that is over, whose changes are kept' {
        $job | Stop-Job
        $run = Get-GenieRun -StorePath $store -Latest
        $run.Changes.Change | Should -Be 'paused', 'continued, 600 questions a minute, 9 workers'
        { Set-GenieLoadTest -Path $run.RunPath -Paused -ErrorAction Stop } | Should -Throw -ErrorId 'RunNotRunning*'
        $run | Out-String | Should -Match 'Changed +at [\d.]+ s: paused; at'
    }
}
