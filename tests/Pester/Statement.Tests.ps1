Describe 'Update-GenieRun' {
    BeforeAll {
        Import-Module (& "$PSScriptRoot/BuiltModule.ps1") -Force
        $script:store = Join-Path $TestDrive 'store'
        $script:simulator = Start-GenieSimulator -TimeScale 50 -ColdWarehouseSeconds 30 -WarehouseSlots 2 -RegenerateShare 0.3 -TextOnlyShare 0.2
        $null = Connect-Genie -Simulator $simulator
        $script:run = Invoke-GenieLoadTest -QuestionCount 12 -WorkerCount 6 -Duration 0 -StorePath $store 6> $null
    }

    AfterAll {
        Stop-GenieSimulator -Id $simulator.Id
        Remove-Module GenieLoad
    }

    It 'reads nothing under -WhatIf' {
        $calls = (Get-GenieSimulator -Id $simulator.Id).CallCount
        $run | Update-GenieRun -Statement -WhatIf 6> $null
        (Get-GenieSimulator -Id $simulator.Id).CallCount | Should -Be $calls
        Join-Path $run.RunPath 'statements.jsonl' | Should -Not -Exist
    }

    It 'adds the parts of each answer, without asking a question' {
        $asked = (Get-GenieSimulator -Id $simulator.Id).QuestionCount
        $script:updated = $run | Update-GenieRun -Statement
        (Get-GenieSimulator -Id $simulator.Id).QuestionCount | Should -Be $asked
        $updated.RunId | Should -Be $run.RunId
        $updated.Statements | Should -Match '^\d+ of \d+ answers known, \d+ without a statement$'
        $known = @($updated.Results | Where-Object StatementState -EQ 'Known')
        $known.Count | Should -BeGreaterThan 5
        $row = $known[0]
        $sum = $row.ModelBeforeSeconds + $row.WarehouseStartSeconds + $row.WarehouseQueueSeconds + $row.CompileSeconds +
            $row.ExecuteSeconds + $row.ResultFetchSeconds + $row.ModelAfterSeconds + $row.StatementResidualSeconds
        [math]::Abs($sum - $row.ServerSeconds) | Should -BeLessThan 0.0001
        ($known | Measure-Object WarehouseStartSeconds -Maximum).Maximum | Should -BeGreaterThan 0.1
        ($updated | Out-String -Width 80) | Should -Match 'SQL +\d+ of \d+ answers known'
    }

    It 'bounds what the warehouse consumed' {
        $cost = $updated | Get-GenieRunCost -PricePerDbu 0.07 -WarehousePricePerDbu 0.7
        $cost.Reason | Should -BeNullOrEmpty
        $cost.WarehouseDbuUpper | Should -BeGreaterThan 2
        $cost.PriceUpper | Should -BeGreaterThan $cost.GeniePriceUpper
        ($cost | Out-String -Width 100) | Should -Match '2\.16 - 10\.32 +0\.0\d - 2\.\d\d'
    }

    It 'gives columns to CSV, and the same run when it is read again' {
        $updated | Export-GenieRun -Path (Join-Path $TestDrive 'run.csv')
        $rows = Import-Csv (Join-Path $TestDrive 'run.csv')
        @($rows | Where-Object StatementState -EQ 'Known')[0].ExecuteSeconds | Should -Match '^\d'
        $read = Get-GenieRun -RunId $run.RunId -StorePath $store
        ($read.Results | ConvertTo-Json) | Should -Be ($updated.Results | ConvertTo-Json)
    }

    It 'asks for nothing a second time' {
        $calls = (Get-GenieSimulator -Id $simulator.Id).CallCount
        $null = Update-GenieRun $run.RunPath -Statement
        (Get-GenieSimulator -Id $simulator.Id).CallCount | Should -Be $calls
    }

    It 'comes with the load test under -IncludeStatement' {
        $with = Invoke-GenieLoadTest -QuestionCount 3 -Duration 0 -IncludeStatement -StorePath $store 6> $null
        $with.Statements | Should -Match 'answers known'
        Join-Path $with.RunPath 'statements.jsonl' | Should -Exist
    }

    It 'says what may not be read, and goes on' {
        $forbidden = Start-GenieSimulator -TimeScale 50 -HistoryForbidden -HideWarehouse
        try {
            $null = Connect-Genie -Simulator $forbidden -Name forbidden
            $refused = Invoke-GenieLoadTest -QuestionCount 3 -Duration 0 -IncludeStatement -StorePath $store -WarningVariable said 3> $null 6> $null
            $refused.State | Should -Be 'Completed'
            $refused.Statements | Should -Be '0 of 3 answers known, 3 refused'
            "$said" | Should -Match 'CAN VIEW'
            $refused.Results[0].StatementState | Should -Be 'Refused'
        }
        finally {
            Disconnect-Genie forbidden
            Stop-GenieSimulator -Id $forbidden.Id
        }
    }

    It 'needs a run that is kept in a folder, and its workspace' {
        { Update-GenieRun ($run | ConvertTo-Json -Depth 3 | ConvertFrom-Json) -Statement } | Should -Throw
        $other = Start-GenieSimulator
        try {
            $null = Connect-Genie -Simulator $other -Name other
            { $run | Update-GenieRun -Statement -Connection other -ErrorAction Stop } | Should -Throw -ErrorId 'OtherWorkspace*'
        }
        finally {
            Disconnect-Genie other
            Stop-GenieSimulator -Id $other.Id
        }
    }
}
