# Shards of the sample run, as archives and log blocks, merged in a real pwsh.

Describe 'Merge-GenieRun' {
    BeforeAll {
        $root = (Resolve-Path (Join-Path $PSScriptRoot '..' '..')).Path
        Import-Module (& "$PSScriptRoot/BuiltModule.ps1") -Force
        $script:store = Join-Path $TestDrive 'store'
        $fixture = Join-Path $root 'tests' 'fixtures' 'runs' '20261123-192455-high_load-3f9a'
        foreach ($number in 1, 2) {
            $folder = (New-Item (Join-Path $TestDrive 'shards' "shard$number") -ItemType Directory).FullName
            Copy-Item (Join-Path $fixture '*') $folder
            $run = Get-Content (Join-Path $folder 'run.json') -Raw | ConvertFrom-Json -DateKind String
            $run.state = 'Completed'
            $run.header.runId = "20261123-192455-high_load-000$number"
            $run.header | Add-Member @{ shard = "$number/2"; place = "place$number"; planHash = '1cbd47b1ae6545cd348f16cebb3dcfa9b99c288f92ff00a8bd8c63f9f7bdbe61' }
            $run | ConvertTo-Json -Depth 5 | Set-Content (Join-Path $folder 'run.json')
            foreach ($file in 'results.jsonl', 'started.jsonl', 'responses.jsonl') {
                $lines = Get-Content (Join-Path $folder $file) | Where-Object { ($_ | ConvertFrom-Json).index % 2 -eq $number % 2 }
                Set-Content (Join-Path $folder $file) $lines
            }
        }
    }

    AfterAll { Remove-Module GenieLoad }

    It 'merges what a pipeline collected' {
        $script:merged = Merge-GenieRun (Join-Path $TestDrive 'shards') -StorePath $store
        $merged.Shards.Place | Should -Be 'place1', 'place2'
        $merged.Results.Index | Should -Be (1..6)
        $merged.Results.Shard | Should -Be 1, 2, 1, 2, 1, 2
        ($merged | Out-String -Width 80) | Should -Match 'Shards +2 of 2, from 2 places'
    }

    It 'gives the same run again, and reads it back' {
        (Merge-GenieRun (Join-Path $TestDrive 'shards') -StorePath $store).RunId | Should -Be $merged.RunId
        $read = Get-GenieRun $merged.RunId -StorePath $store
        $read.Shards.Count | Should -Be 2
        $read.Slices | Where-Object Slice -EQ 'Place' | ForEach-Object Count | Should -Be 3, 3
    }

    It 'takes archives and logs as they come' {
        Get-GenieRun -Path (Join-Path $TestDrive 'shards' 'shard1') | Export-GenieRun -Path (Join-Path $TestDrive 'one.zip')
        Get-GenieRun -Path (Join-Path $TestDrive 'shards' 'shard2') | Export-GenieRun -Path (Join-Path $TestDrive 'block.log')
        Get-Content (Join-Path $TestDrive 'block.log') | ForEach-Object { "2026-11-23T19:25:00.123Z [pod/shard-2] $_" } |
            Set-Content (Join-Path $TestDrive 'collected.txt')
        $other = Get-Item (Join-Path $TestDrive 'one.zip'), (Join-Path $TestDrive 'collected.txt') |
            Merge-GenieRun -StorePath (Join-Path $TestDrive 'other')
        $other.RunId | Should -Be $merged.RunId
        ($other.Results | Select-Object -ExcludeProperty RunPath | ConvertTo-Json) | Should -Be ($merged.Results | ConvertTo-Json)
    }

    It 'survives a remote session and CSV' {
        $row = $merged.Results | ConvertTo-Csv | ConvertFrom-Csv | Select-Object -First 1
        $row.Shard | Should -Be '1'
        $row.Place | Should -Be 'place1'
        [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($merged.Shards[0])).Place |
            Should -Be 'place1'
    }
}
