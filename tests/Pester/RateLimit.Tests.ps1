Describe 'Measure-GenieRateLimit' {
    BeforeAll {
        Import-Module (& "$PSScriptRoot/BuiltModule.ps1") -Force
        $script:simulator = Start-GenieSimulator -RateLimitPerMinute 20 -RateLimitBurst 2 -CallSeconds 0.01 -RetryAfterSeconds 1 -AskingAiSeconds 0.1
        $null = Connect-Genie -Simulator $simulator
    }

    AfterAll {
        Stop-GenieSimulator -Id $simulator.Id
        Remove-Module GenieLoad
    }

    It 'asks nothing under -WhatIf' {
        Measure-GenieRateLimit -WhatIf 6> $null
        (Get-GenieSimulator).CallCount | Should -BeLessThan 3
        (Get-GenieSimulator).QuestionCount | Should -Be 0
    }

    It 'gives an object that a script can use and a person can read' {
        $limit = Measure-GenieRateLimit -RestDuration 0s -MaximumQuestion 6 -MaximumDuration 30s
        $limit.QuestionsSpent | Should -BeLessOrEqual 6
        $limit.LowerPerMinute | Should -BeLessOrEqual 20
        $limit.QuestionsSpent | Should -Be (Get-GenieSimulator).QuestionCount
        $limit.Observations.Count | Should -Be ($limit.QuestionsSpent + $limit.RefusedCount)
        ($limit | Out-String -Width 80) | Should -Match 'Reason'
        ($limit | Format-Table | Out-String -Width 60) | Should -Match 'From/min'
        $limit.Observations | Export-Csv -Path (Join-Path $TestDrive 'sends.csv')
        (Import-Csv (Join-Path $TestDrive 'sends.csv'))[0].Accepted | Should -Be 'True'
    }

    It 'reads it off a run that met the limit, without asking' {
        $run = Invoke-GenieLoadTest -QuestionCount 6 -WorkerCount 6 -Duration 0 -StorePath (Join-Path $TestDrive 'store') -RetryJitter 0
        $asked = (Get-GenieSimulator).QuestionCount
        $limit = $run | Measure-GenieRateLimit
        (Get-GenieSimulator).QuestionCount | Should -Be $asked
        $limit.RunId | Should -Be $run.RunId
        $limit.LowerPerMinute | Should -Be $run.LimitLowerPerMinute
        $run.Results.Sends -join ' ' | Should -Match '=429/1 .*=200'
    }

    It 'names what is wrong before anything is sent' {
        { Measure-GenieRateLimit -MaximumQuestion 1 } | Should -Throw -ErrorId 'ParameterArgumentValidationError*'
    }
}

Describe 'Measure-GenieCapacity' {
    BeforeAll {
        Import-Module (& "$PSScriptRoot/BuiltModule.ps1") -Force
        $script:simulator = Start-GenieSimulator -TimeScale 100
        $null = Connect-Genie -Simulator $simulator
        $script:run = Invoke-GenieLoadTest -QuestionCount 20 -WorkerCount 4 -Duration 0 -StorePath (Join-Path $TestDrive 'store') 6> $null
    }

    AfterAll {
        Stop-GenieSimulator -Id $simulator.Id
        Remove-Module GenieLoad
    }

    It 'predicts people from a run, without asking' {
        $asked = (Get-GenieSimulator -Id $simulator.Id).CallCount
        $forecast = $run | Measure-GenieCapacity 'P90ResponseSeconds <= 60' -ThinkTime '180s' -QuestionsPerMinute 5 -PredictOnly
        (Get-GenieSimulator -Id $simulator.Id).CallCount | Should -Be $asked
        $forecast.PeoplePredicted | Should -BeGreaterThan 10
        $forecast.BindingConstraint | Should -Be 'RateLimit'
        ($forecast | Out-String -Width 80) | Should -Match 'PeoplePredicted'
        ($forecast.Curve | Format-Table | Out-String -Width 60) | Should -Match 'Miss share'
    }

    It 'predicts the open model without asking' {
        $asked = (Get-GenieSimulator -Id $simulator.Id).CallCount
        $forecast = $run | Measure-GenieCapacity 'P90ResponseSeconds <= 60' -QuestionsPerMinute 5 -OpenModel
        $forecast.QuestionsPerMinute | Should -BeGreaterThan 2
        (Get-GenieSimulator -Id $simulator.Id).CallCount | Should -Be $asked
    }
}
