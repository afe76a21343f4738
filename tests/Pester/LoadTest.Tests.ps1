# A load test as a user's pwsh sees it: views, files, pipelines, help, completion, threads. The space is simulated.

BeforeDiscovery {
    $exported = (Import-PowerShellDataFile (& "$PSScriptRoot/BuiltModule.ps1")).CmdletsToExport
}

BeforeAll {
    $root = (Resolve-Path "$PSScriptRoot/../..").Path
    $script:manifest = & "$PSScriptRoot/BuiltModule.ps1"
    Import-Module $manifest -Force
    # Nothing of the person's own: neither runs nor credentials.
    $script:environment = @{}
    $names = @((Get-ChildItem env:).Name -like 'DATABRICKS_*') + 'DATABRICKS_CONFIG_FILE', 'GENIELOAD_HOME', 'GENIE_SPACE_ID' |
        Sort-Object -Unique
    foreach ($name in $names) {
        $environment[$name] = [Environment]::GetEnvironmentVariable($name)
        [Environment]::SetEnvironmentVariable($name, $null)
    }
    $env:GENIELOAD_HOME = Join-Path $TestDrive 'home'
    $env:DATABRICKS_CONFIG_FILE = Join-Path $TestDrive 'databrickscfg'
    $script:samples = Join-Path $root 'samples'
    $script:rendering = $PSStyle.OutputRendering
    $PSStyle.OutputRendering = 'PlainText'
    $script:progress = $global:ProgressPreference
    $global:ProgressPreference = 'SilentlyContinue'

    $script:simulator = Start-GenieSimulator -TimeScale 200 -Seed 5 -FailedShare 0.2
    $script:connection = Connect-Genie -Simulator $simulator
    $script:fast = @{ PollInterval = 0.02; MaximumPollInterval = 0.05 }
    $script:run = Import-GenieQuestion (Join-Path $samples 'questions.txt') | Invoke-GenieLoadTest light_load -Duration 1 -Seed 3 @fast

    function Get-Asked { (Get-GenieSimulator -Id $simulator.Id).QuestionCount }
    function Get-Completion([string] $line) { (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText }
}

AfterAll {
    Stop-GenieSimulator -All
    $PSStyle.OutputRendering = $rendering
    $global:ProgressPreference = $progress
    foreach ($name in $environment.Keys) {
        [Environment]::SetEnvironmentVariable($name, $environment[$name])
    }
    Remove-Module GenieLoad
}

Describe 'The commands' {
    It 'are those of the manifest' {
        @((Get-Command -Module GenieLoad).Name) | Should -Be $exported -Because 'the list is sorted'
    } -ForEach @{ exported = $exported }

    It '<_> has help with examples' -ForEach $exported {
        $help = Get-Help $_ -Full
        $help.Synopsis | Should -Not -BeNullOrEmpty
        $help.Synopsis | Should -Not -Match "^\s*$_ " -Because 'that would be the syntax that PowerShell makes up'
        Get-Help $_ -Examples | Out-String | Should -Match $_
        $own = (Get-Command $_).Parameters.Values | Where-Object {
            $_.Name -notin [Management.Automation.Cmdlet]::CommonParameters + [Management.Automation.Cmdlet]::OptionalCommonParameters
        }
        foreach ($parameter in $own) {
            $page = $help.parameters.parameter | Where-Object name -EQ $parameter.Name
            $page.description.Text | Should -Not -BeNullOrEmpty -Because $parameter.Name
        }
    }
}

Describe 'Connecting' {
    It 'takes a secure string' {
        $token = ConvertTo-SecureString $simulator.Token -AsPlainText -Force
        $mine = Connect-Genie -WorkspaceUrl $simulator.Uri -SpaceId $simulator.SpaceId -Token $token
        $mine.Credential | Should -BeExactly 'Token parameter'
        $mine | ConvertTo-Json | Should -Not -Match $simulator.Token
        $mine | Format-List * | Out-String | Should -Not -Match $simulator.Token
        $mine | Disconnect-Genie
        { Invoke-GenieQuestion 'How many?' -Connection $mine } | Should -Throw -ErrorId 'ConnectionClosed,*'
        $null = Connect-Genie -Simulator $simulator
    }

    It 'takes a profile, whose name Tab completes' {
        $lab = "[lab]`nhost = $($simulator.Uri)`ntoken = $($simulator.Token)"
        Set-Content $env:DATABRICKS_CONFIG_FILE $lab, '[other]', 'host = https://a.example'
        Get-Completion 'Connect-Genie -Profile l' | Should -BeExactly 'lab'
        (Connect-Genie -Profile lab -SpaceId $simulator.SpaceId).Credential | Should -BeExactly 'Profile lab'
        { Connect-Genie -Profile none } | Should -Throw -ErrorId 'ProfileNotFound,*' -ExpectedMessage '*lab, other*'
    }

    It 'says what is wrong and what to do' {
        { Connect-Genie -WorkspaceUrl $simulator.Uri -SpaceId x -Token (ConvertTo-SecureString 'no' -AsPlainText -Force) } |
            Should -Throw -ErrorId 'WorkspaceRefusedToken,*'
        $Error[0] | Out-String | Should -Match 'Recommendation: The token is wrong'
        (Get-GenieConnection -Current).WorkspaceUrl | Should -BeExactly $simulator.Uri -Because 'the earlier connection stays'
    }

    It 'lists the spaces' {
        (Get-GenieSpace -Title 'simul*').SpaceId | Should -BeExactly $simulator.SpaceId
        (Get-GenieSpace | Get-GenieSpace).Title | Should -BeExactly 'Simulated space'
    }
}

Describe 'A load test' {
    It 'shows its summary, its failures and where it is kept' {
        $lines = ($run | Out-String -Width 300).Trim() -split '\r?\n'
        # A busy machine is no ground for figures, and the verdict says so.
        $lines[0] | Should -Match '^(- Completed\. No thresholds were set\.|! Invalid\. )'
        $block = $lines[[array]::IndexOf($lines, '=' * 60)..($lines.Count - 1)]
        $block[0, 2, 10] | Should -BeExactly (@('=' * 60) * 3)
        $block[1] | Should -BeExactly 'Load Test Summary: light_load_10q_1s'
        $block[3] | Should -BeExactly 'Total Questions: 10'
        $block[4] | Should -BeExactly "Successful: $($run.SuccessfulCount)"
        $lines | Should -Contain "Folder: $($run.RunPath)"
    }

    It 'gives rows for Format-Table, Format-List, Sort-Object and Group-Object' {
        $run.Results | Format-Table Index, Outcome, QuestionId | Out-String | Should -Match '10 +\w+ +q10'
        $run.Results[0] | Format-List | Out-String | Should -Match 'ServiceSeconds *:'
        $run.Results[0] | Format-List * | Out-String | Should -Match 'ExecutingQuerySeconds *:'
        ($run.Results | Sort-Object ResponseSeconds -Bottom 1).ResponseSeconds | Should -BeGreaterThan 0
        ($run.Results | Group-Object Outcome | Measure-Object Count -Sum).Sum | Should -Be 10
    }

    It 'comes back whole from CSV and JSON' {
        $rows = $run.Results | ConvertTo-Csv | ConvertFrom-Csv
        @($rows.Outcome) | Should -Be @($run.Results.Outcome)
        $read = $run | ConvertTo-Json -Depth 5 | ConvertFrom-Json
        $read.Results.Count | Should -Be 10
        $read.Results[9].Sql | Should -Be $run.Results[9].Sql
        $read.TotalDurationSeconds | Should -Be $run.TotalDurationSeconds
    }

    It 'goes from a file through the test to files' {
        Import-GenieQuestion (Join-Path $samples 'questions.csv') | Invoke-GenieLoadTest -QuestionCount 4 @fast |
            Export-GenieRun -Path "$TestDrive/run.csv", "$TestDrive/run.json"
        @(Import-Csv "$TestDrive/run.csv").Count | Should -Be 4
        (Get-Content "$TestDrive/run.json" -Raw | ConvertFrom-Json).results.Count | Should -Be 4
    }

    It 'takes rows of Import-Csv' {
        Set-Content "$TestDrive/mine.csv" 'question,owner', '"One, two?",me', 'Three?,you'
        $mine = Import-Csv "$TestDrive/mine.csv" | Invoke-GenieLoadTest @fast
        @($mine.Results.Question) | Should -Be @('One, two?', 'Three?')
    }

    It 'asks nothing when a row of Import-Csv has no question' {
        Set-Content "$TestDrive/gap.csv" 'question,owner', 'One?,me', ',you', 'Three?,me'
        $asked = Get-Asked
        { Import-Csv "$TestDrive/gap.csv" | Invoke-GenieLoadTest @fast } | Should -Throw -ErrorId 'EmptyQuestion,*'
        Get-Asked | Should -Be $asked
    }

    It 'shows the plan of a scenario as text, and its rows as tables' {
        $plan = Get-GenieScenario high_load -Plan -Seed 42
        $plan | Out-String | Should -Match 'Plan of high_load_35q_30s[\s\S]*P50, P75 supported by 35 answers; P90 needs 36 \(7\.2 min\)'
        $plan.Percentiles | Out-String | Should -Match 'Planned +Needed'
        $plan | ConvertTo-Json -Depth 3 | ConvertFrom-Json | ForEach-Object LeastSeconds | Should -Be 420
    }

    It 'asks two spaces in one test and shows the figures of each' {
        $other = Start-GenieSimulator -TimeScale 200 -SpaceTitle Sales
        $current = Get-GenieConnection -Current
        $second = Connect-Genie -Simulator $other -Name second
        $run = Invoke-GenieLoadTest -QuestionCount 8 -Connection $current, $second -ConnectionWeight 3, 1 @fast
        ($run.Results | Group-Object Connection | Where-Object Name -EQ second).Count | Should -Be 2
        Get-GenieRun -Path $run.RunPath -Detailed | Out-String | Should -Match 'Connections[\s\S]*second\s+2 of 2 answered'
        ($run.Results | ConvertTo-Csv | ConvertFrom-Csv | Where-Object Connection -EQ second).Count | Should -Be 2
        Stop-GenieSimulator -Id $other.Id
        $null = Connect-Genie -Simulator $simulator
    }

    It 'asks nothing with -WhatIf' {
        $asked = Get-Asked
        Invoke-GenieLoadTest high_load -WhatIf | Should -BeNullOrEmpty
        'One?' | Invoke-GenieQuestion -WhatIf | Should -BeNullOrEmpty
        Get-Asked | Should -Be $asked
    }

    It 'needs no answer with -Confirm:$false, whatever the preference' {
        $ConfirmPreference = 'Low'
        (Invoke-GenieLoadTest single_test -Confirm:$false @fast).QuestionCount | Should -Be 1
    }

    It 'streams rows with -PassThruResult and stops asking when nobody wants more' {
        $asked = Get-Asked
        $first = Invoke-GenieLoadTest -QuestionCount 500 -Duration 5m -WorkerCount 3 -PassThruResult -Force @fast | Select-Object -First 2
        @($first).Count | Should -Be 2
        $stopped = Get-GenieRun -Latest
        $stopped.State | Should -BeExactly 'Stopped'
        (Get-Asked) - $asked | Should -Be @($stopped.Results | Where-Object MessageId).Count
    }

    It 'is found again by Get-GenieRun' {
        (Get-GenieRun -RunId $run.RunId).SuccessfulCount | Should -Be $run.SuccessfulCount
        Get-Completion "Get-GenieRun -RunId $($run.RunId.Substring(0, 20))" | Should -Contain $run.RunId
        Get-GenieRun | Out-String -Width 120 | Should -Match ([regex]::Escape($run.RunId))
    }
}

Describe 'Asking one question' {
    It 'returns one flat row' {
        $row = Invoke-GenieQuestion 'How many?' -ErrorAction Ignore @fast
        $row.PSObject.Properties.Value | Where-Object { $_ -is [System.Collections.ICollection] } | Should -BeNullOrEmpty
        $row | ConvertTo-Csv | Out-String | Should -Not -Match 'System\.'
    }

    It 'runs in parallel with -Connection' {
        $rows = 1..4 | ForEach-Object -ThrottleLimit 4 -Parallel {
            Import-Module $using:manifest
            $fast = $using:fast
            Invoke-GenieQuestion "Question $_`?" -Connection $using:connection -ErrorAction Ignore @fast
        }
        @($rows.Question | Sort-Object) | Should -Be @('Question 1?', 'Question 2?', 'Question 3?', 'Question 4?')
    }

    It 'has no connection of its own in another thread' {
        $id = 1 | ForEach-Object -Parallel {
            Import-Module $using:manifest
            try { Invoke-GenieQuestion 'How many?' } catch { $_.FullyQualifiedErrorId }
        }
        $id | Should -BeLike 'NotConnected,*'
    }

    It 'runs in a thread job' -Skip:(-not (Get-Command Start-ThreadJob -ErrorAction Ignore)) {
        $job = Start-ThreadJob {
            param($manifest, $connection, $fast)
            Import-Module $manifest
            Invoke-GenieLoadTest -QuestionCount 2 -Connection $connection @fast
        } -ArgumentList $manifest, $connection, $fast
        ($job | Receive-Job -Wait -AutoRemoveJob).QuestionCount | Should -Be 2
    }
}

Describe 'Tab' {
    It 'completes <line>' -ForEach @(
        @{ line = 'Invoke-GenieLoadTest hi'; word = 'high_load' }
        @{ line = 'Invoke-GenieLoadTest -Scenario sus'; word = 'sustained_load' }
        @{ line = 'Get-GenieScenario str'; word = 'stress_test' }
        @{ line = 'Invoke-GenieLoadTest -Pass'; word = '-PassThruResult' }
        @{ line = 'Start-GenieSimulator -RetryAfter D'; word = 'Date' }
    ) {
        Get-Completion $line | Should -Contain $word
    }
}

Describe 'The table of simulators' {
    It 'fits 80 columns, headers included' {
        $lines = (Get-GenieSimulator | Out-String -Width 80).Trim("`r", "`n") -split '\r?\n'
        $lines.Count | Should -Be 3 -Because 'header, ruler, one row'
        $lines[0] | Should -Match '^ *Id State +Uri +Scale Limit/min +Asked *$'
        $lines[2] | Should -Match ([regex]::Escape($simulator.Uri))
    }
}

Describe 'A test that ends early' {
    It 'is gone on with, and nothing is asked twice' {
        $before = Get-Asked
        $short = Invoke-GenieLoadTest light_load -Duration 1 -MaximumQuestion 4 -WarningVariable told -WarningAction SilentlyContinue @fast
        $short.StopCause | Should -Be 'Budget'
        "$told" | Should -BeLike "*Resume-GenieLoadTest $($short.RunId)*"
        (Get-Asked) - $before | Should -Be 4

        $whole = $short | Resume-GenieLoadTest
        $whole.State | Should -Be 'Completed'
        (Get-Asked) - $before | Should -Be 10
        "$($whole.Interruptions[0])" | Should -BeLike 'at * s, resumed * s later'
    }

    It 'runs in the background as a job' {
        $job = Invoke-GenieLoadTest light_load -Duration 1 -AsJob @fast
        $job.PSJobTypeName | Should -Be 'GenieLoadTest'
        $run = Receive-Job $job -Wait -AutoRemoveJob
        $run.QuestionCount | Should -Be 10
        Get-Job | Should -BeNullOrEmpty
    }

    It 'shows progress and returns the run where -Live has no terminal' {
        $run = Invoke-GenieLoadTest light_load -Duration 1 -Live @fast
        $run.State | Should -Be 'Completed'
        $run.QuestionCount | Should -Be 10
    }

    It 'refuses -Live with <_> before anything is asked' -ForEach 'AsJob', 'PassThruResult' {
        $before = (Get-GenieSimulator).QuestionCount
        $parameters = @{ Live = $true; $_ = $true }
        { Invoke-GenieLoadTest light_load -Duration 1 @parameters @fast -ErrorAction Stop } |
            Should -Throw -ErrorId 'LiveTakesTheTerminal,*'
        (Get-GenieSimulator).QuestionCount | Should -Be $before
    }

    It 'is refused without consent where nobody can be asked' {
        $script = @(
            "Import-Module '$manifest'"
            '$s = Start-GenieSimulator'
            '$t = ConvertTo-SecureString $s.Token -AsPlainText -Force'
            '$null = Connect-Genie -WorkspaceUrl $s.Uri -SpaceId $s.SpaceId -Token $t'
            'try { Invoke-GenieLoadTest -QuestionCount 300 } catch { $_.FullyQualifiedErrorId }'
            '(Get-GenieSimulator).QuestionCount'
        ) -join '; '
        $lines = & (Join-Path $PSHOME 'pwsh') -NoProfile -NonInteractive -Command $script
        $lines | Should -Be 'ConsentNeeded,GenieLoad.PowerShell.Commands.InvokeGenieLoadTestCommand', 0
    }

    It 'is deleted with everything that is kept of it' {
        $gone = Invoke-GenieLoadTest single_test @fast
        $gone | Remove-GenieRun -Confirm:$false
        $gone.RunPath | Should -Not -Exist
        { Get-GenieRun $gone.RunId -ErrorAction Stop } | Should -Throw -ErrorId 'RunNotFound*'
    }
}
