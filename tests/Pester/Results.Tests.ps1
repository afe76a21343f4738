# What only a real pwsh has: Format-Table, Export-Csv, ConvertTo-Json, jobs. The run is the sample in tests/fixtures/runs.

BeforeAll {
    $root = (Resolve-Path (Join-Path $PSScriptRoot '..' '..')).Path
    $script:manifest = & "$PSScriptRoot/BuiltModule.ps1"
    Import-Module $manifest -Force
    $script:fixture = Join-Path $root 'tests' 'fixtures' 'runs' '20261123-192455-high_load-3f9a'
    $script:run = Get-GenieRun -Path $fixture
    $script:rendering = $PSStyle.OutputRendering
    $PSStyle.OutputRendering = 'PlainText'
}

AfterAll {
    $PSStyle.OutputRendering = $rendering
    Remove-Module GenieLoad
}

Describe 'A run on the console' {
    It 'opens with its verdict, and has the summary block' {
        $lines = ($run | Out-String -Width 120).Trim() -split '\r?\n'
        $lines[0] | Should -BeExactly '? Stopped. Stopped by the user.'
        $lines = $lines[[array]::IndexOf($lines, '=' * 60)..($lines.Count - 1)]
        $lines[0] | Should -BeExactly ('=' * 60)
        $lines[1] | Should -BeExactly 'Load Test Summary: high_load_6q_3s'
        $lines[3] | Should -BeExactly 'Total Questions: 6'
        $lines[6] | Should -BeExactly 'Success Rate: 75.00%'
    }

    It 'shows its rows as a table within 120 columns' {
        $lines = ($run.Results | Out-String -Width 120) -split '\r?\n'
        $lines | ForEach-Object { $_.Length | Should -BeLessOrEqual 120 }
        $lines[1] | Should -Match '^ +# Outcome +Question +Response s +429 s +Rows'
    }

    It 'shows chosen columns with Format-Table' {
        $text = $run.Results | Sort-Object ResponseSeconds -Descending | Select-Object -First 1 |
            Format-Table Index, Outcome, ErrorType | Out-String
        $text | Should -Match '3 +Failed +SQL_EXECUTION_EXCEPTION'
    }
}

Describe 'Weak percentiles on the console' {
    It 'are marked, told with the number of answers they lack, and plain where output is redirected' {
        $text = Get-GenieRun -Path $fixture -Detailed | Out-String -Width 120
        $text | Should -Match 'Response +~5\.00 '
        $text | Should -Match 'P99 .+ s, from 3 answers; 368 needed'
        $text | Should -Not -Match "`e"
    }

    It 'bring no escape sequences into the output of a script that goes to a file' {
        $before = $env:NO_COLOR
        $env:NO_COLOR = $null
        try { $lines = & (Join-Path $PSHOME 'pwsh') -NoProfile -Command "Import-Module '$manifest'; Get-GenieRun -Path '$fixture'" }
        finally { $env:NO_COLOR = $before }
        $lines | Should -Contain 'Load Test Summary: high_load_6q_3s'
        # Not as a match: what fails is written into XML, which holds no escape character.
        ($lines -join '').Contains("`e") | Should -BeFalse
    }
}

Describe 'Rows in a pipeline' {
    It 'are filtered, sorted, grouped and measured by their properties' {
        @($run.Results | Where-Object Success).Count | Should -Be 3
        @($run.Results | Where-Object ThrottleSeconds -GT 0).Index | Should -Be 4
        ($run.Results | Sort-Object ServiceSeconds -Descending | Select-Object -First 1).Index | Should -Be 3
        ($run.Results | Group-Object Outcome | Where-Object Name -EQ 'Completed').Count | Should -Be 3
        ($run.Results | Measure-Object ResponseSeconds -Maximum).Maximum | Should -Be 11.001
    }

    It 'lose nothing in Export-Csv' {
        $path = Join-Path $TestDrive 'rows.csv'
        $run.Results | Export-Csv -Path $path
        $read = Import-Csv -Path $path
        $read.Count | Should -Be 6
        @($read[0].PSObject.Properties.Name) | Should -Be @($run.Results[0].PSObject.Properties.Name)
        $read[2].Question | Should -BeExactly $run.Results[2].Question
        [double]::Parse($read[3].ThrottleSeconds, [cultureinfo]::InvariantCulture) | Should -Be 3.5
        $read[5].ResponseSeconds | Should -BeNullOrEmpty
        Get-Content -Raw -Path $path | Should -Not -Match 'System\.|GenieLoad\.'
    }

    It 'lose nothing in ConvertTo-Json' {
        $read = $run.Results | ConvertTo-Json | ConvertFrom-Json
        foreach ($i in 0..5) {
            foreach ($property in $run.Results[$i].PSObject.Properties) {
                $read[$i].($property.Name) | Should -Be $property.Value -Because "row $i, $($property.Name)"
            }
        }
    }

    It 'keep their view and their values when they come from a job' {
        $row = Start-Job { Import-Module $using:manifest; (Get-GenieRun -Path $using:fixture).Results[3] } |
            Receive-Job -Wait -AutoRemoveJob
        $row.PSObject.TypeNames[0] | Should -BeExactly 'Deserialized.GenieLoad.Model.QuestionResult'
        $row.ThrottleSeconds | Should -Be 3.5
        $row.PlannedAt | Should -BeOfType [datetime]
        $row | Out-String -Width 120 | Should -Match '# Outcome +Question +Response s'
    }
}

Describe 'A run in a pipeline' {
    It 'goes into Export-Csv without a type name in a cell' {
        $line = ($run | Select-Object RunId, Results, Latency, Causes, Plan | ConvertTo-Csv)[1]
        $line | Should -BeExactly '"20261123-192455-high_load-3f9a","6 rows","32 rows","3 rows","high_load_6q_3s"'
    }

    It 'keeps rows and figures in ConvertTo-Json' {
        $read = $run | ConvertTo-Json -Depth 4 | ConvertFrom-Json
        $read.Results[2].ErrorType | Should -BeExactly 'SQL_EXECUTION_EXCEPTION'
        $read.Latency[0].Measure | Should -BeExactly 'Response'
        $read.Plan.Questions.Count | Should -Be 6
        $read.SuccessRate | Should -Be 75
    }

    It 'exports files that Import-Csv and ConvertFrom-Json read' {
        $files = $run | Export-GenieRun -Path (Join-Path $TestDrive 'run.csv'), (Join-Path $TestDrive 'run.json') -PassThru
        $rows = Import-Csv -Path $files[0]
        $rows[1].Question | Should -BeExactly "'$($run.Results[1].Question)"
        $rows[2].Question | Should -BeExactly $run.Results[2].Question
        $rows[0].PlannedAt | Should -BeExactly '2026-11-23T19:24:55.250Z'
        (Get-Content -Raw -Path $files[1] | ConvertFrom-Json).results.Count | Should -Be 6
    }
}

Describe 'Reports' {
    It 'are written by extension and can be opened by what reads them' {
        $paths = "$TestDrive/r.html", "$TestDrive/r.xml", "$TestDrive/r.md"
        $files = $run | Export-GenieRun -Path $paths -Threshold 'QuestionCount < 3' -PassThru
        $files.Name | Should -Be 'r.html', 'r.xml', 'r.md'
        [xml]$junit = Get-Content "$TestDrive/r.xml" -Raw
        $missed = $junit.testsuites.testsuite.testcase | Where-Object name -EQ 'QuestionCount < 3'
        $missed.failure.type | Should -BeExactly 'ThresholdMissed'
        (ConvertFrom-Markdown -Path "$TestDrive/r.md").Html | Should -Match '<td>Success rate</td>'
        Get-Content "$TestDrive/r.html" -Raw | Should -Match '^<!DOCTYPE html>'
    }

    It 'of comparisons come down the pipeline like runs' {
        $other = Join-Path $TestDrive '20261124-192455-high_load-4a00'
        Copy-Item $fixture $other -Recurse
        $renamed = (Get-Content "$other/run.json" -Raw).Replace('20261123-192455-high_load-3f9a', '20261124-192455-high_load-4a00')
        $renamed | Set-Content "$other/run.json"
        Get-GenieRun -Path $other | Compare-GenieRun -ReferenceRun $run -WarningAction Ignore |
            Export-GenieRun -Path { "$TestDrive/$($_.DifferenceRunId).html" } -PassThru |
            Get-Content -Raw | Should -Match 'Comparison of two runs'
    }

    It 'of capacities do so too' {
        $simulator = Start-GenieSimulator -TimeScale 200
        try {
            Connect-Genie -Simulator $simulator
            $capacity = Invoke-GenieLoadTest -Question 'How many?' -QuestionCount 12 -StorePath "$TestDrive/store" |
                Measure-GenieCapacity -Slo 'P90ResponseSeconds <= 60' -ThinkTime '30s' -QuestionsPerMinute 5 -PredictOnly
            $files = $capacity | Export-GenieRun -Path "$TestDrive/c.html", "$TestDrive/c.xml", "$TestDrive/c.md" -PassThru
            $files.Name | Should -Be 'c.html', 'c.xml', 'c.md'
            Get-Content "$TestDrive/c.html" -Raw | Should -Match 'How many people a space supports'
            ([xml](Get-Content "$TestDrive/c.xml" -Raw)).testsuites.testsuite.testcase.name | Should -Be 'People meet P90ResponseSeconds <= 60'
            (ConvertFrom-Markdown -Path "$TestDrive/c.md").Html | Should -Match 'Capacity: \d+ (people|person), predicted'
        }
        finally {
            $simulator | Stop-GenieSimulator
        }
    }
}
