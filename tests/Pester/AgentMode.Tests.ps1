# Agent mode as a user's pwsh sees it, against the simulator. Its answers take about a second here; nothing depends on how long.

BeforeAll {
    $root = (Resolve-Path "$PSScriptRoot/../..").Path
    Import-Module (& "$PSScriptRoot/BuiltModule.ps1") -Force
    $script:homeBefore = $env:GENIELOAD_HOME
    $env:GENIELOAD_HOME = Join-Path $TestDrive 'home'
    $script:simulator = Start-GenieSimulator -TimeScale 20 -Seed 5
    $null = Connect-Genie -Simulator $simulator
    $script:mixed = Import-GenieQuestion "$root/samples/questions.txt" |
        Invoke-GenieLoadTest -QuestionCount 12 -Duration 0 -Mode Chat, Agent -ModeWeight 2, 1 -WorkerCount 12 -PollInterval 0.1

    function Get-Asked([object] $Of = $simulator) { (Get-GenieSimulator -Id $Of.Id).QuestionCount }
}

AfterAll {
    Stop-GenieSimulator -All
    $env:GENIELOAD_HOME = $homeBefore
    Remove-Module GenieLoad
}

Describe 'A test in both modes' {
    It 'asks in each as the weights say, and each answer counts' {
        $mixed.State | Should -BeExactly 'Completed'
        $mixed.SuccessfulCount | Should -Be 12
        $slices = $mixed.Slices | Where-Object Slice -EQ Mode | Sort-Object Key
        $slices.Key | Should -Be 'Agent', 'Chat'
        $slices.SuccessfulCount | Should -Be 4, 8
        $slices.P50ResponseSeconds | Should -BeGreaterThan 0
    }

    It 'has the times of agent mode where they are, and those of chat where those are' {
        $agent, $chat = ($mixed.Results | Where-Object Mode -EQ Agent), ($mixed.Results | Where-Object Mode -EQ Chat)
        foreach ($row in $agent) {
            $row.AcknowledgedSeconds | Should -BeGreaterThan 0
            $row.FirstItemSeconds | Should -BeGreaterOrEqual $row.AcknowledgedSeconds
            $row.FirstSqlSeconds | Should -BeGreaterOrEqual $row.FirstItemSeconds
            $row.LastSqlSeconds | Should -BeGreaterOrEqual $row.FirstSqlSeconds
            $row.ServiceSeconds | Should -BeGreaterThan $row.LastSqlSeconds
            $row.LongestSilenceSeconds | Should -BeLessThan $row.ServiceSeconds
            $row.StatementCount | Should -BeGreaterThan 0
            $row.ItemCount | Should -BeGreaterThan $row.StatementCount
            $row.StreamBytes | Should -BeGreaterThan 100
            $row.Polls | Should -Be 0
            $parts = $row.LagSeconds + $row.WaitSeconds + $row.SubmitSeconds + $row.ThinkingSeconds + $row.SqlSeconds + $row.WritingSeconds
            [Math]::Abs($parts - $row.ResponseSeconds) | Should -BeLessThan 0.001
        }
        @($agent.AskingAiSeconds) + $agent.DetectionSeconds + $agent.ServerSeconds -ne $null | Should -BeNullOrEmpty
        @($chat.FirstItemSeconds) + $chat.ThinkingSeconds + $chat.StreamBytes -ne $null | Should -BeNullOrEmpty
        $chat.ServerSeconds | Should -HaveCount 8
    }

    It 'says in its summary what agents did, and where it is of few answers' {
        $shown = $mixed | Out-String -Width 200
        $shown | Should -Match 'Mode: Chat 66\.7 %, Agent 33\.3 %'
        $shown | Should -Match 'Agent     P50/P90 in s: thinking ~\d+\.\d/~\d+\.\d, SQL ~'
    }

    It 'is held to thresholds of agent mode' {
        $long, $short, $none = $mixed | Test-GenieRun -Threshold @(
            'MaximumResponseSeconds < 3600', 'P50LongestSilenceSeconds{mode=Agent} < 0.001', 'P50LongestSilenceSeconds{mode=Chat} < 1')
        $long.Verdict | Should -BeExactly 'Pass'
        $short.Count | Should -Be 4
        $short.Value | Should -BeGreaterThan 0.001
        $none.Reason | Should -BeExactly 'none of 8 answers in mode=Chat has this time'
    }

    It 'has the columns in CSV' {
        $path = Join-Path $TestDrive 'rows.csv'
        $null = $mixed | Export-GenieRun -Path $path
        $rows = Import-Csv $path | Where-Object Mode -EQ Agent
        $rows | Should -HaveCount 4
        foreach ($name in 'AcknowledgedSeconds', 'FirstItemSeconds', 'FirstSqlSeconds', 'LastSqlSeconds', 'LongestSilenceSeconds',
            'ThinkingSeconds', 'SqlSeconds', 'WritingSeconds', 'ItemCount', 'StatementCount', 'StreamBytes') {
            $rows.$name | Should -Match '^\d' -Because $name
        }
    }
}

Describe 'A row' {
    It 'shows the times of agent mode in a list where there are any' {
        $agent = $mixed.Results | Where-Object Mode -EQ Agent | Select-Object -First 1
        $chat = $mixed.Results | Where-Object Mode -EQ Chat | Select-Object -First 1
        $agent | Format-List | Out-String | Should -Match '(?s)FirstItemSeconds +: .*LongestSilenceSeconds +: .*ThinkingSeconds +: '
        $chat | Format-List | Out-String | Should -Not -Match 'FirstItem|Silence|Thinking'
    }

    It 'fits a table of 80 columns' {
        $lines = ($mixed.Results | Format-Table | Out-String -Width 80) -split '\r?\n'
        $lines | Where-Object { $_ -match 'Completed' } | Should -HaveCount 12
        $lines | ForEach-Object { $_.TrimEnd().Length } | Measure-Object -Maximum | ForEach-Object Maximum | Should -BeLessOrEqual 80
    }
}

Describe 'One question' {
    It 'is asked in agent mode, and the next one in its conversation' {
        $first = Invoke-GenieQuestion 'How many customers are there?' -Mode Agent
        $next = Invoke-GenieQuestion 'And in Europe?' -Mode Agent -ConversationId $first.ConversationId
        "$($first.Mode) $($first.Outcome) $($next.Mode) $($next.Outcome)" | Should -BeExactly 'Agent Completed Agent Completed'
        $next.ConversationId | Should -BeExactly $first.ConversationId
        $first.Answer | Should -Not -BeNullOrEmpty
        $first.Sql | Should -Not -BeNullOrEmpty
    }

    It 'takes a limit of silence, and refuses one that is none' {
        (Invoke-GenieQuestion 'How many?' -Mode Agent -StreamIdleTimeout 2m).Outcome | Should -BeExactly 'Completed'
        { Invoke-GenieQuestion 'How many?' -Mode Agent -StreamIdleTimeout 0 } | Should -Throw '*StreamIdleTimeout*1 to 86,400*'
        { Invoke-GenieQuestion 'How many?' -Mode Agent -StreamIdleTimeout 2d } | Should -Throw '*StreamIdleTimeout*1 to 86,400*'
        (New-GenieLoadTestOption -StreamIdleTimeout 90).StreamIdleTimeout | Should -Be ([timespan]::FromSeconds(90))
    }
}

Describe 'A workspace without agent mode' {
    BeforeAll {
        $script:off = Start-GenieSimulator -TimeScale 20 -AgentApi Disabled
        $null = Connect-Genie -Simulator $off
    }

    AfterAll { $null = Connect-Genie -Simulator $simulator }

    It 'says what to switch on' {
        $row = Invoke-GenieQuestion 'How many?' -Mode Agent -ErrorVariable failed -ErrorAction SilentlyContinue
        "$($row.Outcome) $($row.ErrorType)" | Should -BeExactly 'Rejected FEATURE_DISABLED'
        "$($failed[0])" | Should -Match "preview 'Genie Agents Agent Mode API'"
        $failed[0].ErrorDetails.RecommendedAction | Should -BeExactly 'Ask a workspace admin to turn on the preview, or omit -Mode Agent.'
    }

    It 'stops a test at once, for that reason' {
        $run = Invoke-GenieLoadTest -QuestionCount 4 -Duration 20s -Mode Agent -ErrorAction SilentlyContinue
        $run.StateReason | Should -Match 'agent mode is off in this workspace'
        Get-Asked $off | Should -Be 0
    }
}

Describe 'A test that is stopped' {
    It 'is resumed, finds what was in flight, and asks nothing twice' {
        $store = @{ StorePath = Join-Path $TestDrive 'stopped' }
        # An answer takes seconds: many times as long as stopping does.
        $slow = Start-GenieSimulator -TimeScale 20 -Seed 7 -AgentThinkingSeconds 40 -AgentStatementCount 1 -AgentWritingSeconds 40
        $null = Connect-Genie -Simulator $slow
        $job = Invoke-GenieLoadTest -QuestionCount 2 -Duration 0 -WorkerCount 2 -Mode Agent -AsJob -StopGrace 0 @store
        # Until the first events have come, and their ids are on the disk.
        $sought = [DateTime]::UtcNow.AddSeconds(60)
        do { Start-Sleep -Milliseconds 20; $marks = Get-Content "$($store.StorePath)/runs/*/started.jsonl" -ErrorAction Ignore }
        until (@($marks -match 'messageId').Count -eq 2 -or [DateTime]::UtcNow -gt $sought)
        Stop-Job $job
        $null = Receive-Job $job -Wait -ErrorAction SilentlyContinue 3>$null
        $run = Get-GenieRun -Latest @store
        $run.State | Should -BeExactly 'Stopped'
        $run.Results.Outcome | Should -Be 'Interrupted', 'Interrupted'

        $resumed = Resume-GenieLoadTest $run.RunId -StreamIdleTimeout 1m @store
        $resumed.State | Should -BeExactly 'Completed'
        $resumed.SuccessfulCount | Should -Be 2
        $resumed.Results.IsReattached | Should -Be $true, $true
        $resumed.Results.Answer | Should -Not -BeNullOrEmpty
        Get-Asked $slow | Should -Be 2
        $null = Connect-Genie -Simulator $simulator
    }
}
