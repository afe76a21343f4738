#requires -Version 7.4
#requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.5' }

# How many people a space supports, measured with simulated people against the simulator.

Describe 'Measure-GenieCapacity' {
    BeforeAll {
        Import-Module (& "$PSScriptRoot/BuiltModule.ps1") -Force
        # Answers of seconds: on a busy machine, lateness would spoil shorter ones, and nothing would be decided.
        $script:simulator = Start-GenieSimulator -TimeScale 3
        $null = Connect-Genie -Simulator $simulator
        $script:store = Join-Path $TestDrive 'store'
        # Everything is late: it needs no more than a few questions to say so.
        $script:late = @{ Slo = 'P90ResponseSeconds <= 0.1'; ThinkTime = '0.05s'; QuestionsPerMinute = 6000; StorePath = $store; PollInterval = 0.05 }
    }

    AfterAll {
        Stop-GenieSimulator -Id $simulator.Id
        Remove-Module GenieLoad
    }

    It 'measures a baseline, predicts, and tests with simulated people' {
        $script:capacity = Measure-GenieCapacity @late -BaselineQuestion 10
        $capacity.PeopleFailed | Should -Be 1
        $capacity.People | Should -BeNullOrEmpty
        $capacity.Probes[0].Verdict | Should -Be 'Fail'
        $capacity.BindingConstraint | Should -Be 'Model'
        $capacity.QuestionsSpent | Should -Be (Get-GenieSimulator -Id $simulator.Id).QuestionCount
        $capacity.Reason | Should -Match 'one person is too many'
    }

    It 'shows a table, a list and the probes' {
        ($capacity | Format-Table | Out-String -Width 60) | Should -Match 'Predicted'
        ($capacity | Out-String -Width 100) | Should -Match 'PeopleFailed'
        ($capacity.Probes | Format-Table | Out-String -Width 60) | Should -Match 'Fail'
        "$capacity" | Should -Match 'Fewer than 1 people'
    }

    It 'keeps baseline and probes as runs' {
        (Get-GenieRun -RunId $capacity.RunId -StorePath $store).ScenarioName | Should -Be 'capacity_baseline'
        $probe = Get-GenieRun -RunId $capacity.Probes[0].RunId -StorePath $store
        $probe.StopCause | Should -Be 'Decided'
        { Resume-GenieLoadTest $probe.RunId -StorePath $store } | Should -Throw -ErrorId 'ProbeNotResumable*'
    }

    It 'continues from the id of a probe, and asks nothing where all is decided' {
        $asked = (Get-GenieSimulator -Id $simulator.Id).QuestionCount
        $probe = Get-GenieRun -RunId $capacity.Probes[0].RunId -StorePath $store
        $again = Measure-GenieCapacity -Resume $probe -StorePath $store
        $again.PeopleFailed | Should -Be 1
        $again.QuestionsSpent | Should -Be $capacity.QuestionsSpent
        (Get-GenieSimulator -Id $simulator.Id).QuestionCount | Should -Be $asked
    }

    It 'says before it asks what is missing' {
        { Measure-GenieCapacity 'P90ResponseSeconds <= 60' } | Should -Throw -ErrorId 'ThinkTimeNotGiven*'
        { Measure-GenieCapacity 'Nonsense <= 60' -ThinkTime '10s' } | Should -Throw -ErrorId 'UnknownFigure*'
        { Measure-GenieCapacity 'FailedCount <= 1' -ThinkTime '10s' } | Should -Throw -ErrorId 'UnusableServiceLevel*'
        { Measure-GenieCapacity -Resume (Get-GenieRun -RunId $capacity.RunId -StorePath $store) -StorePath $store } |
            Should -Throw -ErrorId 'NotAProbe*'
    }

    It 'asks as a scenario says, and reads the statements' {
        $people = New-GenieScenario people -UserCount 5 -QuestionsPerUser 6 -TurnsPerConversation 3 -ThinkTime '0.05s'
        $given = $late.Clone()
        $given.Remove('ThinkTime')
        $asked = Measure-GenieCapacity @given -Scenario $people -From (Get-GenieRun -RunId $capacity.RunId -StorePath $store) -IncludeStatement
        $asked.ThinkTimeSeconds | Should -Be 0.05
        $probe = Get-GenieRun -RunId $asked.Probes[0].RunId -StorePath $store
        $probe.Statements | Should -Match 'answers? known'
        ($probe.Plan.Questions.Turn | Measure-Object -Maximum).Maximum | Should -Be 3
    }

    It 'asks nothing with -WhatIf' {
        $asked = (Get-GenieSimulator -Id $simulator.Id).CallCount
        Measure-GenieCapacity @late -WhatIf
        (Get-GenieSimulator -Id $simulator.Id).CallCount | Should -Be $asked
    }
}
