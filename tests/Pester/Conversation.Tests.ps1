# What people asked a space before: read, exported, imported, replayed.

BeforeAll {
    Import-Module (& "$PSScriptRoot/BuiltModule.ps1") -Force
    $script:store = Join-Path $TestDrive 'store'
    $script:simulator = Start-GenieSimulator -TimeScale 10 -PastConversationCount 40 -PastDays 5
    $null = Connect-Genie -Simulator $simulator
}

AfterAll {
    Stop-GenieSimulator -Id $simulator.Id
    Remove-Module GenieLoad
}

Describe 'Get-GenieQuestion -Source Conversation' {
    It 'gives questions with time, conversation and person, and asks nothing' {
        $asked = Get-GenieQuestion -Source Conversation -WarningAction SilentlyContinue
        $asked.Count | Should -BeGreaterThan 40
        $asked.Origin | Select-Object -Unique | Should -Be 'Conversation'
        $asked[0].Id | Should -BeExactly 'c1'
        $asked[0].AskedAt | Should -BeLessThan (Get-Date)
        $asked[0].User | Should -Match '^\d+$'
        (Get-GenieSimulator -Id $simulator.Id).QuestionCount | Should -Be 0
    }

    It 'takes a time written without quotes, and a date' {
        $all = Get-GenieQuestion -Source Conversation -WarningAction SilentlyContinue
        $late = Get-GenieQuestion -Source Conversation -Since 2d -WarningAction SilentlyContinue
        $late.Count | Should -BeLessThan $all.Count
        $dated = Get-GenieQuestion -Source Conversation -Since (Get-Date).AddDays(-2) -WarningAction SilentlyContinue
        $dated.SourceId | Should -Be $late.SourceId
    }

    It 'leaves out who asked' {
        $asked = Get-GenieQuestion -Source Conversation -Anonymous -WarningAction SilentlyContinue
        $asked.User | Where-Object { $_ } | Should -BeNullOrEmpty
        $asked.SourceId | Where-Object { $_ } | Should -BeNullOrEmpty
        $asked[0].Conversation | Should -BeExactly 'c1'
    }

    It 'refuses <_> without conversations' -ForEach 'Since', 'Anonymous' {
        $given = if ($_ -eq 'Since') { @{ Since = '7d' } } else { @{ Anonymous = $true } }
        { Get-GenieQuestion @given } | Should -Throw -ErrorId 'OnlyForConversations*'
    }

    It 'refuses a time that is none' {
        { Get-GenieQuestion -Source Conversation -Since 'last week' } | Should -Throw '*neither a duration nor a date*'
        { Get-GenieQuestion -Source Conversation -Since (Get-Date).AddDays(1) } | Should -Throw '*neither a duration nor a date*'
    }

    It 'gives ones own with a warning to who may not manage the space' {
        $other = Start-GenieSimulator -TimeScale 10 -PastConversationCount 40 -SpaceRight CanRun
        try {
            $connection = Connect-Genie -Simulator $other -Name other
            $own = Get-GenieQuestion -Source Conversation -Connection $connection -WarningVariable said 3> $null
            @($own.User | Select-Object -Unique).Count | Should -Be 1
            "$said" | Should -Match 'CAN MANAGE'
        }
        finally {
            Disconnect-Genie -Connection $connection
            Stop-GenieSimulator -Id $other.Id
            $null = Connect-Genie -Simulator $simulator
        }
    }
}

Describe 'Files of conversations' {
    It 'go through JSON and CSV and come back the same' {
        $asked = Get-GenieQuestion -Source Conversation -WarningAction SilentlyContinue
        $asked | ConvertTo-Json | Set-Content (Join-Path $TestDrive 'asked.json')
        $asked | Export-Csv (Join-Path $TestDrive 'asked.csv')
        foreach ($file in 'asked.json', 'asked.csv') {
            $back = Import-GenieQuestion (Join-Path $TestDrive $file)
            ($back | ForEach-Object { "$($_.Text) $($_.Conversation) $($_.AskedAt.Ticks) $($_.RecordedSeconds) $($_.User)" }) |
                Should -Be ($asked | ForEach-Object { "$($_.Text) $($_.Conversation) $($_.AskedAt.Ticks) $($_.RecordedSeconds) $($_.User)" })
        }
    }

    It 'are read in YAML' {
        Set-Content (Join-Path $TestDrive 'conversations.yaml') @'
conversations:
- id: a
  messages:
  - {content: First?, timestamp: 1763600000000}
  - {content: Second?, timestamp: 1763600030000}
'@
        $read = Import-GenieQuestion (Join-Path $TestDrive 'conversations.yaml')
        $read.Text | Should -Be 'First?', 'Second?'
        $read[1].AskedAt.ToUniversalTime().ToString('s') | Should -BeExactly '2025-11-20T00:53:50'
    }
}

Describe 'Invoke-GenieLoadTest -Replay' {
    BeforeAll {
        $begin = [datetime]::UtcNow.AddDays(-1)
        $script:recorded = foreach ($talk in 0..2) {
            foreach ($turn in 0..1) {
                [pscustomobject]@{
                    question = "Revenue of talk $talk, turn ${turn}?"; conversation = "t$talk"
                    askedAt = $begin.AddSeconds(2 * $talk + 3 * $turn); recordedSeconds = 2
                }
            }
        }
    }

    It 'asks each question once, in its conversation, with the time to think' {
        $run = $recorded | Invoke-GenieLoadTest -Replay -Speed 2 -StorePath $store -WarningAction SilentlyContinue 6> $null
        $run.State | Should -Be 'Completed'
        $run.ScenarioName | Should -Be 'replay'
        ($run.Results | Sort-Object Question).Question | Should -Be $recorded.question
        @($run.Results.ConversationId | Select-Object -Unique).Count | Should -Be 3
        $run.Plan.Questions.ThinkSeconds | Where-Object { $null -ne $_ } | Should -Be 1, 1, 1
        ($run.Plan.Questions | Where-Object Turn -EQ 1).PlannedSeconds | Should -Be 0, 1, 2
    }

    It 'shows its plan and warns of the busiest minute, asking nothing' {
        $before = (Get-GenieSimulator -Id $simulator.Id).QuestionCount
        $recorded | Invoke-GenieLoadTest -Replay -WhatIf -WorkspaceLimit 2 -WarningVariable said 3> $null
        "$said" | Should -Match 'busiest minute'
        (Get-GenieSimulator -Id $simulator.Id).QuestionCount | Should -Be $before
    }

    It 'refuses what says something else about time: <_>' -ForEach 'QuestionCount', 'Duration', 'UserCount', 'Scenario' {
        $given = @{ $_ = if ($_ -eq 'Scenario') { 'light_load' } else { 5 } }
        { $recorded | Invoke-GenieLoadTest -Replay -StorePath $store @given } | Should -Throw -ErrorId 'ReplayConflict*'
    }

    It 'refuses questions that nobody recorded, a speed of 0, and a speed without a replay' {
        { 'Mine?' | Invoke-GenieLoadTest -Replay } | Should -Throw -ErrorId 'QuestionNotRecorded*'
        { $recorded | Invoke-GenieLoadTest -Replay -Speed 0 } | Should -Throw -ErrorId 'InvalidSpeed*'
        { $recorded | Invoke-GenieLoadTest -Speed 2 } | Should -Throw -ErrorId 'SpeedWithoutReplay*'
    }
}

Describe 'Measure-GenieUsage' {
    It 'says how the space is used, and asks nothing' {
        $before = (Get-GenieSimulator -Id $simulator.Id).QuestionCount
        $usage = Measure-GenieUsage -Since 30d -WarningAction SilentlyContinue
        $asked = Get-GenieQuestion -Source Conversation -WarningAction SilentlyContinue
        $usage.Questions | Should -Be $asked.Count
        $usage.Conversations | Should -Be @($asked.Conversation | Select-Object -Unique).Count
        ($usage.Hours | Measure-Object Questions -Sum).Sum | Should -Be $asked.Count
        $usage.PeakMinuteQuestions | Should -BeGreaterThan 1
        $usage.IncludesOthers | Should -BeTrue
        (Get-GenieSimulator -Id $simulator.Id).QuestionCount | Should -Be $before
    }

    It 'makes a scenario like the busiest hour' {
        $usage = Measure-GenieUsage -WarningAction SilentlyContinue
        $scenario = $usage | New-GenieScenario -Name monday_morning
        $scenario.Name | Should -BeExactly 'monday_morning'
        $scenario.Arrival | Should -Be 'Poisson'
        $scenario.Rate | Should -BeExactly $usage.Rate
        [Math]::Abs($scenario.QuestionCount - $usage.PeakHourQuestions) | Should -BeLessOrEqual $usage.TurnsPerConversation
        $scenario.TurnsPerConversation | Should -Be $usage.TurnsPerConversation
        $scenario.ThinkTime | Should -BeExactly $usage.ThinkTime
    }

    It 'measures the questions of a file' {
        $file = Join-Path $TestDrive 'usage.csv'
        Get-GenieQuestion -Source Conversation -Anonymous -WarningAction SilentlyContinue | Export-Csv $file
        $usage = Import-GenieQuestion $file | Measure-GenieUsage
        $usage.Questions | Should -Be @(Import-Csv $file).Count
        $usage.People | Should -BeNullOrEmpty
        $usage | New-GenieScenario -Name of_file | Should -Not -BeNullOrEmpty
        $usage.Failed, $usage.ThumbsUp, $usage.IncludesOthers | Where-Object { $null -ne $_ } | Should -BeNullOrEmpty
    }

    It 'measures rows of a table or of JSON' {
        $file = Join-Path $TestDrive 'rows.csv'
        $asked = Get-GenieQuestion -Source Conversation -WarningAction SilentlyContinue
        $asked | Export-Csv $file
        $usage = Import-Csv $file | Measure-GenieUsage -WarningAction SilentlyContinue
        $usage.Questions | Should -Be $asked.Count
        $usage.PeakMinuteQuestions | Should -Be ($asked | Measure-GenieUsage -WarningAction SilentlyContinue).PeakMinuteQuestions
        ($asked | ConvertTo-Json | ConvertFrom-Json | Measure-GenieUsage -WarningAction SilentlyContinue).Questions | Should -Be $asked.Count
    }

    It 'warns of questions of which nobody knows when they were asked' {
        'One?', 'Two?' | Measure-GenieUsage -WarningVariable said 3> $null | Should -Not -BeNullOrEmpty
        "$said" | Should -Match '2 of 2 questions'
    }

    It 'leaves out what a load test asked' {
        $home_ = $env:GENIELOAD_HOME
        $env:GENIELOAD_HOME = Join-Path $TestDrive 'own'
        try {
            $before = (Measure-GenieUsage -WarningAction SilentlyContinue).Questions
            $null = Invoke-GenieLoadTest -Question 'Mine?' -QuestionCount 2 -Duration 0 -Confirm:$false 3> $null
            $after = Measure-GenieUsage -WarningVariable said 3> $null
            $after.Questions | Should -Be $before
            "$said" | Should -Match '2 conversations of load tests'
        }
        finally { $env:GENIELOAD_HOME = $home_ }
    }

    It 'measures rows, as they come from files and other sessions' {
        $asked = Get-GenieQuestion -Source Conversation -WarningAction SilentlyContinue
        $file = Join-Path $TestDrive 'rows.csv'
        $asked | Export-Csv $file
        $asked | Export-Clixml "$file.xml"
        $usage = $asked | Measure-GenieUsage
        foreach ($rows in (Import-Csv $file), (Import-Clixml "$file.xml"), ($asked | ConvertTo-Json | ConvertFrom-Json)) {
            $again = $rows | Measure-GenieUsage
            $again.Questions | Should -Be $asked.Count
            $again.Conversations | Should -Be $usage.Conversations
            $again.People | Should -Be $usage.People
            $again.PeakMinuteQuestions | Should -Be $usage.PeakMinuteQuestions
            $again.RecordedMedianSeconds | Should -Be $usage.RecordedMedianSeconds
        }
        { [pscustomobject]@{ Other = 1 } | Measure-GenieUsage -ErrorAction Stop } | Should -Throw '*no property ''question''*'
        (Get-GenieSpace | Measure-GenieUsage -WarningAction SilentlyContinue).Questions | Should -BeGreaterThan 0
    }

    It 'lists all its figures' {
        $list = Measure-GenieUsage -WarningAction SilentlyContinue | Format-List | Out-String
        foreach ($name in 'QuestionsPerConversation', 'PeakHourQuestions', 'Failed', 'ThumbsUp', 'ThumbsDown', 'IncludesOthers', 'Rate') {
            $list | Should -Match "(?m)^$name +: \S"
        }
        $list | Should -Match 'ThinkMedianSeconds +: [\d.,]+ \(P90 [\d.,]+\)'
        $list | Should -Match 'PeakMinuteQuestions +: \d+ \(from .*\d\)'
        ([GenieLoad.Model.SpaceUsage]@{ LeftOut = 'Left out: 1 of these. Left out: 2 of those.' } | Format-List | Out-String) |
            Should -Match 'LeftOut +: 1 of these. 2 of those\.'
        (Get-GenieQuestion -Source Conversation -WarningAction SilentlyContinue | Select-Object -First 3 | Format-List | Out-String) |
            Should -Match '(?s)Conversation +: \S.*AskedAt +: \S.*RecordedSeconds +: \S.*User +: \S'
    }

    It 'warns where nobody asked, and makes no scenario of it' {
        $usage = Measure-GenieUsage -Since 1s -WarningVariable said 3> $null
        $usage.Questions | Should -Be 0
        "$said" | Should -Match 'Nobody asked'
        { $usage | New-GenieScenario -Name none -ErrorAction Stop } | Should -Throw
    }

    It 'shows its numbers at 60 columns' {
        $usage = Measure-GenieUsage -WarningAction SilentlyContinue
        $table = $usage | Format-Table | Out-String -Width 60
        $table | Should -Match 'Peak/min'
        $table | Should -Match "\b$($usage.Questions)\b.*\b$($usage.PeakMinuteQuestions)\b"
        ($usage.Hours | Format-Table | Out-String -Width 60) | Should -Match 'Failed'
        ($usage | Format-List | Out-String) | Should -Match 'PeakMinuteQuestions'
    }
}
