# Questions that a space itself holds: from the space, from its export, through files, and into a load test.

BeforeDiscovery {
    $script:places = if ($IsWindows) { @() } else { 'Pacific/Kiritimati', 'Pacific/Honolulu' }
}

BeforeAll {
    $script:root = (Resolve-Path (Join-Path $PSScriptRoot '..' '..')).Path
    $script:module = & "$PSScriptRoot/BuiltModule.ps1"
    Import-Module $module -Force
    $script:store = Join-Path $TestDrive 'store'
    $script:simulator = Start-GenieSimulator -TimeScale 10 -AskingAiSeconds 0.5
    $null = Connect-Genie -Simulator $simulator

    function Invoke-Abroad([string] $Place, [string] $Culture, [string] $Script) {
        $before = $env:TZ
        $env:TZ = $Place
        $command = "Import-Module '$module'; [cultureinfo]::CurrentCulture = '$Culture'; $Script"
        try { & (Join-Path $PSHOME 'pwsh') -NoProfile -NonInteractive -Command $command }
        finally { $env:TZ = $before }
    }
}

AfterAll {
    Stop-GenieSimulator -Id $simulator.Id
    Remove-Module GenieLoad
}

Describe 'Get-GenieQuestion' {
    It 'gives samples and benchmarks with their origin, and asks nothing' {
        $asked = (Get-GenieSimulator -Id $simulator.Id).QuestionCount
        $questions = Get-GenieQuestion
        ($questions | Group-Object Origin | ForEach-Object { "$($_.Name) $($_.Count)" }) -join ', ' | Should -BeExactly 'Benchmark 12, Sample 3'
        $questions[0].Id | Should -BeExactly 's1'
        $questions[3].ExpectedSql | Should -Match '(?s)^-- all years.*limit 10$'
        (Get-GenieSimulator -Id $simulator.Id).QuestionCount | Should -Be $asked
    }

    It 'gives the examples only when they are asked for, without the one with a parameter' {
        $examples = Get-GenieQuestion Example -WarningVariable said 3> $null
        $examples.Id -join ' ' | Should -BeExactly 'e1 e2'
        "$said" | Should -Match "the parameter ':\w+', which has no value"
    }

    It 'feeds a load test with the benchmarks of the space' {
        $run = Get-GenieQuestion -Source Benchmark | Invoke-GenieLoadTest light_load -Duration 0 -StorePath $store 6> $null
        $run.State | Should -Be 'Completed'
        $run.Results.Question | Should -BeIn (Get-GenieQuestion Benchmark).Text
        $run.Results.QuestionId | Should -BeLike 'b*'
        @($run.Results.QuestionId | Select-Object -Unique).Count | Should -Be 10
    }

    It 'numbers the questions of several spaces' {
        $other = Start-GenieSimulator -TimeScale 10 -SpaceCount 2 -BenchmarkCount 2
        try {
            $connection = Connect-Genie -Simulator $other -Name several
            (Get-GenieSpace -Connection $connection | Get-GenieQuestion Benchmark -Connection $connection).Id -join ' ' | Should -BeExactly 'b1 b2 b3 b4'
        }
        finally {
            Disconnect-Genie several
            Stop-GenieSimulator -Id $other.Id
            Select-GenieConnection (Get-GenieConnection)[0]
        }
    }

    It 'says which permission is missing, and keeps a load test from asking its own questions' {
        $forbidden = Start-GenieSimulator -TimeScale 10 -SpaceRight CanRun
        try {
            $null = Connect-Genie -Simulator $forbidden -Name forbidden
            { Get-GenieQuestion | Invoke-GenieLoadTest light_load -Duration 0 -StorePath $store } |
                Should -Throw -ErrorId 'DefinitionNotVisible,GenieLoad.PowerShell.Commands.GetGenieQuestionCommand'
            $Error[0].ErrorDetails.RecommendedAction | Should -Match 'CAN EDIT'
            $Error[0].CategoryInfo.Category | Should -Be 'PermissionDenied'
            (Get-GenieSimulator -Id $forbidden.Id).QuestionCount | Should -Be 0
        }
        finally {
            Disconnect-Genie forbidden
            Stop-GenieSimulator -Id $forbidden.Id
            Select-GenieConnection (Get-GenieConnection)[0]
        }
    }

    It 'shows the origin in a table of 60 columns' {
        (Get-GenieQuestion | Format-Table | Out-String -Width 60) -split '\r?\n' | Should -Contain (
            'b1       Benchmark         1              ' + (Get-GenieQuestion Benchmark)[0].Text.Substring(0, 17) + '…')
    }
}

Describe 'Import-GenieQuestion' {
    It 'reads an exported space' {
        $file = Join-Path $root 'samples' 'space.json'
        (Import-GenieQuestion $file).Id -join ' ' | Should -BeExactly 's1 s2 b1 b2'
        $benchmark = Import-GenieQuestion $file -Source Benchmark | Select-Object -First 1
        $benchmark.ExpectedSql | Should -BeExactly "SELECT COUNT(*)`nFROM sales.retail.orders WHERE YEAR(ordered_at) = 2025"
        (Import-GenieQuestion $file -Source Example).Text | Should -BeExactly 'Top ten customers by revenue'
    }

    It 'warns of what it leaves out, with the place' {
        $file = Join-Path $TestDrive 'odd.json'
        Set-Content $file '{"benchmarks":{"questions":[{"question":["A?"]},', '{"question":7}]}}'
        (Import-GenieQuestion $file -WarningVariable said 3> $null).Text | Should -BeExactly 'A?'
        "$said" | Should -BeExactly "$file, line 2, benchmarks.questions[1]: 'question' is a number, not a list of texts; it is left out."
    }

    It 'gives the questions of a space back from CSV, JSON and rows' {
        $questions = Get-GenieQuestion
        $questions | Export-Csv (Join-Path $TestDrive 'questions.csv')
        $questions | ConvertTo-Json | Set-Content (Join-Path $TestDrive 'questions.json')
        foreach ($read in { Import-GenieQuestion (Join-Path $TestDrive 'questions.csv') }, { Import-GenieQuestion (Join-Path $TestDrive 'questions.json') }) {
            (& $read | ConvertTo-Json) | Should -BeExactly ($questions | ConvertTo-Json)
        }
        (Import-GenieQuestion (Join-Path $TestDrive 'questions.csv') -Source Sample).Count | Should -Be 3
        $plan = Import-Csv (Join-Path $TestDrive 'questions.csv') | Invoke-GenieLoadTest -QuestionCount 2 -Duration 0 -StorePath $store 6> $null
        $plan.Results[0].QuestionId | Should -Match '^[sb]\d+$'
    }
}

Describe 'A recorded question in <_>' -ForEach $places {
    It 'comes through Export-Csv as its instant, in the way of another country' {
        $file = Join-Path $TestDrive 'recorded.csv'
        $json = '[{"id":"c1","question":"A?","origin":"Conversation","askedAt":"2026-11-03T09:04:05.25Z","recordedSeconds":12.345}]'
        Set-Content (Join-Path $TestDrive 'recorded.json') $json
        Invoke-Abroad $_ 'de-DE' "Import-GenieQuestion '$(Join-Path $TestDrive 'recorded.json')' | Export-Csv '$file'"
        Get-Content $file -Raw | Should -Match '12,345'
        $written = Join-Path $TestDrive 'written.csv'
        Set-Content $written 'question,askedAt', 'A?,2026-11-03 09:04:05', 'B?,2026-11-03T14:34:05+05:30'
        Invoke-Abroad $_ 'de-DE' (
            "Import-GenieQuestion '$written' | ForEach-Object { `$_.AskedAt.ToUniversalTime().ToString('s', [cultureinfo]::InvariantCulture) }") |
            Should -BeExactly '2026-11-03T09:04:05', '2026-11-03T09:04:05'
        foreach ($culture in 'en-GB', 'de-DE', 'th-TH') {
            Invoke-Abroad 'Asia/Kolkata' $culture (
                "`$q = Import-GenieQuestion '$file'; `$q.AskedAt.ToUniversalTime().ToString('o', [cultureinfo]::InvariantCulture); " +
                '$q.RecordedSeconds.ToString([cultureinfo]::InvariantCulture)') |
                Should -BeExactly '2026-11-03T09:04:05.2500000Z', '12.345'
        }
    }
}

Describe 'The fingerprint of a space' {
    BeforeAll {
        function Measure-Space([hashtable] $Simulator) {
            $here = Start-GenieSimulator -TimeScale 10 -AskingAiSeconds 0.5 -Seed 5 @Simulator
            try {
                $connection = Connect-Genie -Simulator $here -Name fingerprint
                Invoke-GenieLoadTest -QuestionCount 3 -Duration 0 -Seed 1 -Connection $connection -StorePath $store 6> $null
            }
            finally {
                Disconnect-Genie fingerprint
                Stop-GenieSimulator -Id $here.Id
            }
        }
    }

    It 'is kept with a run, and tells of a space that changed between two' {
        $first = Measure-Space @{}
        $again = Measure-Space @{}
        $changed = Measure-Space @{ SpaceVersion = 2 }
        $hidden = Measure-Space @{ SpaceVersion = 2; SpaceRight = 'CanRun' }
        $first.Connections[0].SpaceFingerprint | Should -Match '^[0-9a-f]{64}$'
        (Get-GenieRun -Path $first.RunPath).Connections[0].SpaceFingerprint | Should -BeExactly $first.Connections[0].SpaceFingerprint
        $again.Connections[0].SpaceFingerprint | Should -BeExactly $first.Connections[0].SpaceFingerprint
        $hidden.Connections[0].SpaceFingerprint | Should -BeNullOrEmpty
        "$((Compare-GenieRun $first $changed).Warnings)" | Should -Match 'The space .+ changed between the runs'
        "$((Compare-GenieRun $first $again).Warnings)$((Compare-GenieRun $first $hidden).Warnings)" | Should -Not -Match 'changed between'
    }
}
