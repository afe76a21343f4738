# The tasks of an admin, as a user types them and reads what is shown.

BeforeAll {
    $script:root = (Resolve-Path (Join-Path $PSScriptRoot '..' '..')).Path
    $script:manifest = & "$PSScriptRoot/BuiltModule.ps1"
    Import-Module $manifest -Force
    $script:fixture = Join-Path $root 'tests' 'fixtures' 'runs' '20261123-192455-high_load-3f9a'
    $script:rendering = $PSStyle.OutputRendering
    $PSStyle.OutputRendering = 'PlainText'
}

AfterAll {
    $PSStyle.OutputRendering = $rendering
    Remove-Module GenieLoad
}

Describe 'What admins see' {
    BeforeDiscovery {
        # Every table of the module, with the properties that are numbers in it.
        $format = [xml] (Get-Content (Join-Path $PSScriptRoot '..' '..' 'module' 'GenieLoad.Format.ps1xml') -Raw)
        $script:tables = foreach ($view in $format.Configuration.ViewDefinitions.View | Where-Object TableControl) {
            $items = @($view.TableControl.TableRowEntries.TableRowEntry.TableColumnItems.TableColumnItem)
            $headers = @($view.TableControl.TableHeaders.TableColumnHeader)
            @{
                View    = $view.Name
                Type    = $view.ViewSelectedBy.TypeName[0]
                # The reason of a verdict and the id of a run are shown to the end, in several lines.
                Texts   = @($headers | Where-Object Alignment -ne 'Right').Count -gt 0 -and $view.Name -notmatch 'ThresholdResult|LoadRun'
                Numbers = @(for ($i = 0; $i -lt $headers.Count; $i++) {
                        if ($headers[$i].Alignment -eq 'Right') { "$($items[$i].PropertyName)$($items[$i].ScriptBlock)" -replace '.*\$_\.(\w+)\).*', '$1' }
                    })
            }
        }
    }

    BeforeAll {
        # An object whose numbers are as long as they come, each another, and whose texts are longer than any line.
        function New-Full([string] $Type) {
            $class = $Type -as [type]
            $object = $class.GetConstructor(@()) ? [Activator]::CreateInstance($class) :
                [System.Runtime.CompilerServices.RuntimeHelpers]::GetUninitializedObject($class)
            $digit = 0
            foreach ($property in $class.GetProperties() | Where-Object CanWrite) {
                $digit = $digit % 9 + 1
                $kind = [Nullable]::GetUnderlyingType($property.PropertyType) ?? $property.PropertyType
                $value = switch ($kind.Name) {
                    'Double' { switch ($property.Name) { 'Percentile' { 99.9 } 'PValue' { 0.125 } default { 900 + $digit + 0.253 } } }
                    'Int32' {
                        switch ($property.Name) {
                            'Turn' { $digit }
                            # Of fewer questions than were left out no rate can be made.
                            { $_ -in 'NotAskedCount', 'BrokenOffCount' } { 0 }
                            default { 9990 + $digit }
                        }
                    }
                    'Int64' { 9990 + $digit }
                    'String' { 'Lorem ipsum dolor sit amet ' * 10 }
                }
                if ($null -ne $value) { $property.SetValue($object, ($value -as $kind)) }
            }
            $object
        }
    }

    It 'shows <View> with every number whole at <Width> columns' -ForEach @(
        foreach ($table in $tables) { foreach ($width in 60, 80, 120, 200) { $table + @{ Width = $width } } }
    ) {
        $object = New-Full ($Type -replace '#.*')
        if ($Type -match '#') { $object.PSObject.TypeNames.Insert(0, $Type) }
        $lines = @(($object | Format-Table -View $View | Out-String -Width $Width) -split '\r?\n' | Where-Object { $_.Trim() })
        $lines | ForEach-Object { $_.Length | Should -BeLessOrEqual $Width }
        $rule = @($lines | ForEach-Object { $_ -match '^[- ]+$' }).IndexOf($true)
        $rule | Should -BeIn 1, 2
        $row = $lines[($rule + 1)..($lines.Count - 1)] -join ' '
        foreach ($name in $Numbers) {
            $value = $object.$name
            $shown = $name -in 'Percentile', 'PValue' ? "$value" : $name -eq 'LeastSeconds' ? $value.ToString('F0') : $value -is [double] ? $value.ToString('F2') : "$value"
            " $row " | Should -Match "[ ]$([regex]::Escape($shown))[ ]" -Because "$name is $value"
        }
        if ($Texts) { $row | Should -Match 'Lorem.*…' }
    }

    It 'shows the id <Id> whole at <Width> columns' -ForEach @(
        foreach ($id in '20261123-192455-custom_adhoc_test-3f9a', '20261123-192455-a_scenario_whose_name_is_as_long_as_it_m-3f9a') {
            foreach ($width in 60, 80, 120, 200) { @{ Id = $id; Width = $width } }
        }
    ) {
        $run = Get-GenieRun -Path $fixture
        $run.GetType().GetProperty('RunId').SetValue($run, $Id)
        foreach ($text in ($run | Format-Table | Out-String -Width $Width), (Get-GenieRun -Path (Split-Path $fixture) | Out-String -Width $Width)) {
            $lines = @($text -split '\r?\n' | Where-Object { $_.Trim() })
            $lines | ForEach-Object { $_.Length | Should -BeLessOrEqual $Width }
            $lines[0] | Should -Match '^State +Count +OK % +P50 s +P95 s +Run$'
        }
        # In one line from 80 columns up, but for names of more than 20 characters there.
        $lines = @(($run | Format-Table | Out-String -Width $Width) -split '\r?\n' | Where-Object { $_.Trim() })
        $lines[2..9].ForEach({ $_.Substring([Math]::Min($_.Length, 39)).Trim() }) -join '' | Should -BeExactly $Id
        if ($Width -ge 120 -or $Width -eq 80 -and $Id.Length -lt 42) { $lines.Count | Should -Be 3 }
    }

    It 'lists several runs, and shows one with its summary' {
        $other = Join-Path $TestDrive 'copy'
        Copy-Item $fixture $other -Recurse
        Get-GenieRun -Path $fixture | Out-String | Should -Match 'Load Test Summary'
        $several = Get-GenieRun -Path $fixture, $other | Out-String -Width 120
        $several | Should -Not -Match 'Load Test Summary'
        $several | Should -Match '(?m)^State +Count +OK %'
        Get-GenieRun -Path $fixture, $other -Detailed | Out-String | Should -Match 'Load Test Summary'
    }

    It 'shows the load of a scenario in words' {
        $load = New-GenieScenario -Name peak -Arrival Poisson -Rate 20/min -Duration 10m -ThinkTime 2s-10s -QuestionsPerMinute 15 -TurnsPerConversation 2
        $load | Out-String -Width 120 | Should -Match 'at 20/min \(Poisson\) for 600s, think time 2s-10s, at most 15/min'
        $serialized = [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($load))
        $serialized | Out-String -Width 120 | Should -Match 'at 20/min \(Poisson\) for 600s, think time 2s-10s, at most 15/min'
        Get-GenieScenario light_load | Out-String -Width 80 | Should -Match 'over 60s; Light load test|over 1m; Light load test'
    }

    It 'shortens <Value> to <Shown>, so that no column cuts its first digits off' -ForEach @(
        @{ Value = 999.994; Shown = '999.99' }, @{ Value = 999.996; Shown = '1000.0' }, @{ Value = 9999.96; Shown = '10000' }
        @{ Value = -12.345; Shown = '-12.35' }, @{ Value = 604800.7; Shown = '604801' }, @{ Value = [double]::PositiveInfinity; Shown = 'never' }
        @{ Value = $null; Shown = '' }
    ) {
        [GenieLoad.PowerShell.Formatting.ShownCell]::Number($Value) | Should -BeExactly $Shown
    }

    It 'shows a comparison within <_> columns' -ForEach 60, 80, 120, 200 {
        $other = Get-GenieRun -Path $fixture
        $other.GetType().GetProperty('RunId').SetValue($other, '20261124-192455-high_load-aaaa')
        $lines = (Compare-GenieRun (Get-GenieRun -Path $fixture) $other -WarningAction Ignore | Out-String -Width $_) -split '\r?\n'
        $lines | ForEach-Object { $_.Length | Should -BeLessOrEqual 60 }
        ($lines -match '^P50Response ').Count | Should -Be 1
    }

    It 'shows the summary of a run behind objects of other types, and short lists of the rest' {
        $run = Get-GenieRun -Path $fixture
        $lines = @(((Get-GenieScenario light_load), $run, $run.Results[0], $run.Latency[0], $run.Causes[0] | Out-String -Width 80) -split '\r?\n')
        @($lines -match 'Load Test Summary: high_load_6q_3s').Count | Should -Be 1
        @($lines -match '^Index +: 1$').Count | Should -Be 1
        @($lines -match '^P95Seconds +: ').Count | Should -Be 1
        # The three lists together; they were a hundred lines.
        $after = $lines.Count - @($lines | ForEach-Object { $_ -match '^Index +: 1$' }).IndexOf($true)
        $after | Should -BeLessThan 45
    }

    It 'keeps Format-Table, Format-List, Select-Object, CSV and JSON of a run as they are of any object' {
        $run = Get-GenieRun -Path $fixture
        $run | Format-Table | Out-String -Width 80 | Should -Match 'State +Count +OK % +P50 s +P95 s +Run'
        $run | Format-Table RunId, State | Out-String -Width 80 | Should -Match '20261123-192455-high_load-3f9a +Stopped'
        $all = $run | Format-List * | Out-String
        $all | Should -Match '(?m)^PlanHash +:'
        $all | Should -Not -Match 'Load Test Summary'
        ($run | Format-List | Out-String) -split '\r?\n' | Where-Object { $_ } | Should -HaveCount 16
        ($run | Select-Object *).PSObject.Properties.Name | Should -Not -Contain 'Summary'
        ($run | ConvertTo-Csv)[0] | Should -Not -Match 'Summary'
        $run | ConvertTo-Json -Depth 1 -WarningAction Ignore | Should -Not -Match 'Load Test Summary'
    }

    It 'colours the summary as $PSStyle says, line by line, and not where no colour is wanted' {
        $run = Get-GenieRun -Path $fixture
        $before = $env:NO_COLOR
        $env:NO_COLOR = $null
        $PSStyle.OutputRendering = 'Ansi'
        try {
            $lines = [GenieLoad.PowerShell.Formatting.RunSummaryView]::Lines($run, $true, $PSStyle)
            $lines[0].StartsWith($PSStyle.Foreground.Yellow) | Should -BeTrue
            # Each line ends what it began: PowerShell would carry it to all others.
            $lines | ForEach-Object { $_.Contains("`e") | Should -Be $_.Contains($PSStyle.Reset) }
            @($lines -match '^Load Test Summary: ').Count | Should -Be 1
            [GenieLoad.PowerShell.Formatting.RunSummaryView]::Text($run, $false, $PSStyle).Contains("`e") | Should -BeFalse
            $PSStyle.OutputRendering = 'PlainText'
            [GenieLoad.PowerShell.Formatting.RunSummaryView]::Text($run, $true, $PSStyle).Contains("`e") | Should -BeFalse
            $PSStyle.OutputRendering = 'Ansi'
            $env:NO_COLOR = '1'
            [GenieLoad.PowerShell.Formatting.RunSummaryView]::Text($run, $true, $PSStyle).Contains("`e") | Should -BeFalse
        }
        finally {
            $env:NO_COLOR = $before
            $PSStyle.OutputRendering = 'PlainText'
        }
    }

    It 'spells out what would steer a terminal, also in mixed output' {
        $space = New-Full 'GenieLoad.Model.Space'
        $space.GetType().GetProperty('Title').SetValue($space, "gone`e[2J")
        $text = 1, $space, (Get-GenieScenario light_load), $space | Out-String -Width 120
        $text | Should -Match 'gone'
        $text.Contains("`e") | Should -BeFalse
    }

    It "prints README's first test in 60 lines, the summary among them" {
        $readme = Get-Content (Join-Path $root 'README.md') -Raw
        $block = [regex]::Match($readme, '(?s)## A real workspace.*?```powershell\r?\n(.*?)```').Groups[1].Value
        $block | Should -Match 'Invoke-GenieLoadTest'
        # A simulator instead of the workspace, two seconds instead of a minute; the rest as it stands there.
        $script = @(
            # PowerShell's own headers; that GenieLoad brings no escape sequences of its own is tested beside the summary.
            "`$PSStyle.OutputRendering = 'PlainText'"
            "`$PSDefaultParameterValues = @{ 'Invoke-GenieLoadTest:Duration' = '2s'; 'Invoke-GenieLoadTest:RunPath' = '$TestDrive' }"
            ($block -replace '(?m)^Import-Module .*$', "Import-Module '$manifest'" `
                -replace '(?m)^Connect-Genie .*$', '$simulator = Start-GenieSimulator -TimeScale 20; Connect-Genie -Simulator $simulator' `
                -replace '\./samples', (Join-Path $root 'samples'))
            'Stop-GenieSimulator $simulator'
        ) -join "`n"
        $path = Join-Path $TestDrive 'readme.ps1'
        Set-Content $path $script
        $lines = @(& (Join-Path $PSHOME 'pwsh') -NoProfile -NonInteractive -File $path)
        $lines.Count | Should -BeLessOrEqual 60
        @($lines -match 'Load Test Summary').Count | Should -Be 1
        @($lines -match 'Response s +429 s').Count | Should -Be 1
    }
}

Describe 'What admins type' {
    BeforeAll {
        $before = @{}
        foreach ($name in 'GENIELOAD_HOME', 'GENIE_SPACE_ID', 'DATABRICKS_HOST', 'DATABRICKS_TOKEN', 'DATABRICKS_CONFIG_FILE') {
            $before[$name] = [Environment]::GetEnvironmentVariable($name)
            [Environment]::SetEnvironmentVariable($name, $null)
        }
        $env:GENIELOAD_HOME = "$TestDrive/home"
        $env:DATABRICKS_CONFIG_FILE = "$TestDrive/none"
        $ansi = [Text.CodePagesEncodingProvider]::Instance.GetEncoding(1252)
        Push-Location $TestDrive
    }

    AfterAll {
        Pop-Location
        Get-GenieConnection | Disconnect-Genie
        Get-GenieSimulator | Stop-GenieSimulator
        $before.GetEnumerator() | ForEach-Object { [Environment]::SetEnvironmentVariable($_.Key, $_.Value) }
    }

    Context 'Files from Excel' {
        It 'are read as they are' {
            [IO.File]::WriteAllText("$TestDrive/de.csv", "question;weight`r`nUmsatz über alle Länder?;2,5`r`n;`r`nPreis, netto?;`r`n$([char] 26)", $ansi)

            $questions = Import-GenieQuestion ./de.csv
            $questions.Text | Should -Be 'Umsatz über alle Länder?', 'Preis, netto?'
            $questions.Weight | Should -Be 2.5, 1
        }

        It 'take the words that Import-Csv takes' {
            Set-Content one.csv 'question', 'Umsatz, netto?'
            (Import-GenieQuestion one.csv).Text | Should -Be 'Umsatz, netto?'
            (Import-GenieQuestion one.csv -Delimiter ';').Text | Should -Be 'Umsatz, netto?'
            Set-Content tab.csv "question`tid", "Umsatz?`tx"
            (Import-GenieQuestion tab.csv -Delimiter "`t" -Encoding utf8).Id | Should -Be 'x'
            (Import-GenieQuestion tab.csv -Encoding ([Text.Encoding]::UTF8)).Id | Should -Be 'x'
            { Import-GenieQuestion tab.csv -Encoding win-12 } | Should -Throw "*no encoding 'win-12'*"
            { Import-GenieQuestion tab.csv -Delimiter 'a' } | Should -Throw -ErrorId 'InvalidDelimiter,*'
        }

        It 'follow the culture where that is wanted' {
            Set-Content culture.csv 'question;weight', 'Umsatz?;2,5'
            $culture = [cultureinfo]::CurrentCulture
            try {
                $german = [cultureinfo]::InvariantCulture.Clone()
                $german.TextInfo.ListSeparator = ';'
                $german.NumberFormat.NumberDecimalSeparator = ','
                [cultureinfo]::CurrentCulture = $german
                (Import-GenieQuestion culture.csv -UseCulture).Weight | Should -Be 2.5
                $german.TextInfo.ListSeparator = '|'
                { Import-GenieQuestion culture.csv -UseCulture } | Should -Throw -ErrorId 'MissingQuestionColumn,*'
            }
            finally {
                [cultureinfo]::CurrentCulture = $culture
            }
        }

        It 'say what is wrong with them, and how to save them' {
            Set-Content frage.csv 'frage;id', 'Umsatz?;x'
            $failure = { Import-GenieQuestion frage.csv } | Should -Throw -PassThru
            $failure.Exception.Message | Should -BeLike '*semicolons*'
            $failure.ErrorDetails.RecommendedAction | Should -BeLike '*CSV UTF-8*'
        }

        It 'complete' {
            (TabExpansion2 'Import-GenieQuestion a.csv -Encoding an').CompletionMatches.CompletionText | Should -Be 'ansi'
            (TabExpansion2 'Import-GenieQuestion a.csv -Delimiter ').CompletionMatches.CompletionText | Should -Contain "';'"
        }

        It 'may come by Import-Csv, with the empty rows below them' {
            Set-Content rows.csv 'question;weight', 'Umsatz?;2,5', ';', ' ;'
            $null = Connect-Genie -Simulator (Start-GenieSimulator -TimeScale 100)
            $run = Import-Csv rows.csv -Delimiter ';' | Invoke-GenieLoadTest -QuestionCount 2 -Duration 0
            $run.Results.Question | Should -Be 'Umsatz?', 'Umsatz?'
            { [pscustomobject]@{ question = ' '; id = 'x' } | Invoke-GenieLoadTest } | Should -Throw -ErrorId 'EmptyQuestion,*'
        }

        It 'are replayed with the instants of any clock' {
            Set-Content run.jtl 'timeStamp,elapsed,label', '1760000000000,7,a', '1760000001500,7,b'
            Set-Content log.txt '2026-03-01T09:30:00Z', '2026-03-01T09:30:01.5Z'
            (New-GenieScenario -Name a -ReplayPath run.jtl).QuestionCount | Should -Be 2
            (New-GenieScenario -Name a -ReplayPath log.txt).QuestionCount | Should -Be 2
        }
    }

    Context 'Connections' {
        BeforeAll {
            $simulator = Start-GenieSimulator -TimeScale 100
            $page = "$($simulator.Uri)/genie/rooms/$($simulator.SpaceId)?o=1234567890"
        }

        It 'have names, and the current one is seen' {
            $null = $simulator | Connect-Genie -Name fin
            $null = $simulator | Connect-Genie -Name hr
            (Get-GenieConnection -Name f*).Name | Should -Be 'fin'
            (Get-GenieConnection | Where-Object IsCurrent).Name | Should -Be 'hr'
            Get-GenieConnection fin | Out-String -Width 200 | Should -Match '\bfin\b'
            (Invoke-GenieQuestion 'Umsatz?' -Connection fin).Success | Should -BeTrue
            (TabExpansion2 'Invoke-GenieLoadTest -Connection f').CompletionMatches.CompletionText | Should -Be 'fin'
            Disconnect-Genie hr
            { Invoke-GenieQuestion 'Umsatz?' } | Should -Throw -ErrorId 'NotConnected,*'
            Select-GenieConnection fin
            (Invoke-GenieQuestion 'Umsatz?').Success | Should -BeTrue
            { Invoke-GenieLoadTest -Connection sales } | Should -Throw "*no connection named 'sales'*fin*"
        }

        It 'say what to do with a token in plain text, and do not repeat it' {
            $failure = { Connect-Genie https://a.example -Token 'dapi0123456789abcdef' } | Should -Throw -PassThru
            $failure.Exception.Message | Should -BeLike '*ConvertTo-SecureString*'
            $failure.Exception.Message | Should -Not -BeLike '*dapi*'
        }

        It 'take what the browser shows, and what a pipeline left in its variables' {
            $env:DATABRICKS_TOKEN = "'$($simulator.Token)'`n"
            $env:GENIE_SPACE_ID = "`n$($simulator.SpaceId)`r`n"
            (Connect-Genie $simulator.Uri).SpaceId | Should -Be $simulator.SpaceId
            (Connect-Genie -SpaceId $page).SpaceId | Should -Be $simulator.SpaceId
            { Connect-Genie $simulator.Uri -SpaceId 'https://other.example/genie/rooms/01ef' } |
                Should -Throw -ErrorId 'SpaceOfAnotherWorkspace,*'
        }

        It 'find a profile that another tool wrote' {
            $env:DATABRICKS_CONFIG_FILE = "$TestDrive/cfg"
            Set-Content $env:DATABRICKS_CONFIG_FILE '[lab]', "host: $($simulator.Uri)`t# mine", "token = '$($simulator.Token)' ; hers"
            (Connect-Genie -Profile lab).WorkspaceUrl | Should -Be $simulator.Uri
        }

        It 'keep runs in the home folder of a variable with ~' {
            $before = $env:GENIELOAD_HOME
            try {
                $env:GENIELOAD_HOME = '~/genieload-pester-none'
                { Get-GenieRun -RunId 20260101-000000-none-0000 } | Should -Throw "*$($HOME)*genieload-pester-none*"
            }
            finally {
                $env:GENIELOAD_HOME = $before
            }
        }
    }

    Context 'Scenarios, runs and thresholds' {
        BeforeAll {
            $null = Connect-Genie -Simulator (Start-GenieSimulator -TimeScale 100)
            $null = New-GenieScenario -Name morning -QuestionCount 4 -Duration 0 | Export-GenieScenario -Path "$TestDrive/morning.json"
        }

        It 'come from a file through the pipe' {
            $run = Import-GenieScenario ./morning.json | Invoke-GenieLoadTest
            $run.ScenarioName | Should -Be 'morning'
            $run.Results.Count | Should -Be 4
            (Import-GenieScenario ./morning.json | Invoke-GenieLoadTest -Question 'Umsatz?').Results.Question | Should -Be (@('Umsatz?') * 4)
            { Get-GenieScenario | Invoke-GenieLoadTest } | Should -Throw -ErrorId 'SeveralScenarios,*'
        }

        It 'are compared without a word' {
            $newest = Import-GenieScenario ./morning.json | Invoke-GenieLoadTest
            (Compare-GenieRun -WarningAction Ignore).DifferenceRunId | Should -Be $newest.RunId
        }

        It 'know P99.5, and what k6 calls a percentile' {
            Test-GenieRun (Get-GenieRun -Latest) 'P99.5ResponseSeconds < 3600' | ForEach-Object Figure | Should -Be 'P99.5ResponseSeconds'
            { Invoke-GenieLoadTest single_test -WhatIf -Threshold 'p(95)<500' } | Should -Throw '*P95ResponseSeconds*'
        }

        It 'say before the test what so few questions cannot decide' {
            Invoke-GenieLoadTest ./morning.json -WhatIf -Threshold 'P99ResponseSeconds < 60' -WarningVariable warnings 3> $null
            $warnings | Should -BeLike '*P99ResponseSeconds < 60*368*'
        }

        It 'are refused where MLflow keeps no runs' {
            $run = Get-GenieRun -Latest
            { $run | Export-GenieRunToMlflow -TrackingUri databricks-uc -ErrorAction Stop } | Should -Throw '*databricks*'
        }
    }
}
