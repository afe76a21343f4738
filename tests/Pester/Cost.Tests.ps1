Describe 'Cost' {
    BeforeAll {
        Import-Module (& "$PSScriptRoot/BuiltModule.ps1") -Force
        $script:store = Join-Path $TestDrive 'store'
        $script:simulator = Start-GenieSimulator -TimeScale 50 -BillingCorrected
        $null = Connect-Genie -Simulator $simulator
        $script:run = Invoke-GenieLoadTest -QuestionCount 12 -WorkerCount 6 -Duration 0 -MaximumCostDbu 8 -StorePath $store 3> $null 6> $null
    }

    AfterAll {
        Stop-GenieSimulator -Id $simulator.Id
        Remove-Module GenieLoad
    }

    It 'ends a test before it exceeds its budget' {
        $run.StopCause | Should -Be 'Budget'
        (Get-GenieSimulator -Id $simulator.Id).QuestionCount | Should -Be 9
    }

    It 'is estimated from the records of the run' {
        $cost = $run | Get-GenieRunCost -PricePerDbu 0.07 -WarningVariable said 3> $null
        $cost.QuestionCount | Should -Be 9
        $cost.GenieDbuUpper | Should -Be 7.74
        $cost.GeniePriceUpper | Should -Be (7.74 * 0.07)
        $cost.WarehouseDbuLower | Should -BeNullOrEmpty
        "$said" | Should -Match "Update-GenieRun $($run.RunId) -Statement"
        ($cost | Out-String -Width 100) | Should -Match '1\.62 - 7\.74'
        ($cost | Format-List | Out-String) | Should -Match 'measured 2026-07'
    }

    It 'is known to the last digit from the bill' {
        $bill = Get-GenieRunCost $run -Billed -WarehouseId (Get-GenieConnection).WarehouseId 3> $null
        $genie = @($bill.Hours | Where-Object Product -EQ 'GENIE')
        ($genie | Measure-Object Dbu -Sum).Sum | Should -Be $bill.GenieDbu
        $bill.GenieDbu | Should -BeGreaterThan 1.62
        $bill.GenieDbu | Should -BeLessThan 7.74
        ($genie | Measure-Object CorrectionCount -Sum).Sum | Should -Be 2
        ($bill | Out-String -Width 100) | Should -Match ([regex]::Escape($run.RunId))
        ($bill.Hours | Out-String -Width 100) | Should -Match 'GENIE.*REAL_TIME_INFERENCE'
        $bill.Hours[0].Surface | Should -Be 'GENIE_AGENTS'
    }

    It 'of a bill completes the warehouse' {
        (TabExpansion2 'Get-GenieRunCost x -Billed -WarehouseId ').CompletionMatches.CompletionText |
            Should -Contain (Get-GenieConnection).WarehouseId
    }

    It 'has its bounds in a file too' {
        $path = Join-Path $TestDrive 'cost.csv'
        $run | Get-GenieRunCost 3> $null | Export-Csv $path
        [double](Import-Csv $path).GenieDbuLower | Should -Be 1.62
    }
}
