# One test from several places, as a user's pwsh sees it: a plan in a file, and jobs that each run a part of it.

BeforeAll {
    Import-Module (& "$PSScriptRoot/BuiltModule.ps1") -Force
    $script:homeBefore = $env:GENIELOAD_HOME
    $env:GENIELOAD_HOME = Join-Path $TestDrive 'home'
    $script:simulator = Start-GenieSimulator -TimeScale 50 -Seed 5
    $null = Connect-Genie -Simulator $simulator
    $script:planPath = Join-Path $TestDrive 'plan.json'
    New-GenieScenario places 12 3s -WorkerCount 6 -TurnsPerConversation 2 | Get-GenieScenario -Plan -Seed 3 | Export-GeniePlan $planPath
    $script:startAt = [DateTime]::UtcNow.AddSeconds(2).ToString('o')
    $script:runs = 1..3 | ForEach-Object {
        Invoke-GenieLoadTest -Plan $planPath -Shard "$_/3" -StartAt $startAt -Place "place $_" -PollInterval 0.1 -AsJob
    } | Receive-Job -Wait -AutoRemoveJob
}

AfterAll {
    Stop-GenieSimulator -All
    $env:GENIELOAD_HOME = $homeBefore
    Remove-Module GenieLoad
}

Describe 'Three shards of a plan' {
    It 'ask all of it once' {
        $runs.Results.Index | Sort-Object | Should -Be (1..12)
        (Get-GenieSimulator -Id $simulator.Id).QuestionCount | Should -Be 12
        $runs.SuccessfulCount | Should -Be 4, 4, 4
    }

    It 'have one plan and one start, and say who is who' {
        $runs.PlanHash | Select-Object -Unique | Should -HaveCount 1
        $runs.StartedAt | Select-Object -Unique | Should -HaveCount 1
        ($runs | Sort-Object Shard).Place | Should -Be 'place 1', 'place 2', 'place 3'
        $runs.StartLagSeconds | ForEach-Object { $_ | Should -BeGreaterOrEqual 0 }
    }

    It 'keep conversations together' {
        foreach ($run in $runs) {
            $run.Results | Group-Object ConversationId | ForEach-Object { $_.Group.Turn | Sort-Object | Should -Be 1, 2 }
        }
    }

    It 'know how far their clocks are from that of the service' {
        foreach ($run in $runs) {
            [Math]::Abs($run.ClockOffsetSeconds) | Should -BeLessOrEqual ($run.ClockHalfWidthSeconds + 1)
        }
    }

    It 'complete the parameters that say which part, and when' {
        $typed = 'Invoke-GenieLoadTest -Plan p.json -Shard '
        (TabExpansion2 $typed $typed.Length).CompletionMatches.CompletionText | Should -Contain '1/2'
        $typed = 'Invoke-GenieLoadTest -StartAt '
        $instants = (TabExpansion2 $typed $typed.Length).CompletionMatches
        [DateTime] $instants[0].CompletionText | Should -BeGreaterThan ([DateTime]::Now)
    }
}

Describe 'A plan in a file' {
    It 'is refused when it was changed' {
        $changed = Join-Path $TestDrive 'changed.json'
        (Get-Content $planPath -Raw) -replace 'plannedSeconds": 0', 'plannedSeconds": 1' | Set-Content $changed
        { Invoke-GenieLoadTest -Plan $changed -WhatIf } | Should -Throw -ExpectedMessage '*was changed after it was written*'
    }

    It 'is smaller when compressed, and the same plan' {
        $plan = New-GenieScenario places 200 3s | Get-GenieScenario -Plan -Seed 3
        $plain, $packed = 'plain.json', 'packed.json.gz' | ForEach-Object { $plan | Export-GeniePlan (Join-Path $TestDrive $_) -PassThru }
        $packed.Length | Should -BeLessThan ($plain.Length / 5)
        { Invoke-GenieLoadTest -Plan $packed -WhatIf } | Should -Not -Throw
    }
}
