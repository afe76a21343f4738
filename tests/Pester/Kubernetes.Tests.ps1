# The manifest of a Kubernetes job as a user's pwsh sees it.

BeforeAll {
    Import-Module (& "$PSScriptRoot/BuiltModule.ps1") -Force
    $script:planPath = Join-Path $TestDrive 'plan.json'
    $script:job = @{ ShardCount = 4; Image = 'registry.example.com/genieload:1'; SecretName = 'genie' }
    Get-GenieScenario high_load -Plan -Seed 1 | Export-GeniePlan $planPath

    function Get-Completion([string] $line) { (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText }
}

AfterAll {
    Remove-Module GenieLoad
}

Describe 'New-GenieKubernetesJob' {
    It 'returns one text for kubectl, ended by a line feed' {
        $manifest = New-GenieKubernetesJob $planPath @job
        $manifest | Should -HaveCount 1
        $manifest | Should -BeOfType string
        $manifest | Should -Match "(?s)^---\n.*kind: `"ConfigMap`".*\n---\n.*kind: `"Job`".*\n$"
    }

    It 'takes a file of Export-GeniePlan and the alias of the number' {
        $manifest = Get-Item $planPath | New-GenieKubernetesJob -Shards 2 -Image $job.Image -SecretName genie
        $manifest | Should -Match '(?m)^  completions: 2$'
    }

    It 'holds a script that PowerShell can read, and the plan as it is in the file' {
        $lines = (New-GenieKubernetesJob $planPath @job) -split "`n"
        $text = @{}
        foreach ($name in 'shard.ps1', 'plan.json') {
            $first = $lines.IndexOf("  ${name}: |") + 1
            $last = $first
            while ($lines[$last] -eq '' -or $lines[$last].StartsWith('    ')) { $last++ }
            $text[$name] = ($lines[$first..($last - 1)] -replace '^    ') -join "`n"
        }
        $errors = $null
        $null = [Management.Automation.Language.Parser]::ParseInput($text['shard.ps1'], [ref] $null, [ref] $errors)
        $errors | Should -BeNullOrEmpty
        $text['plan.json'] | Should -BeExactly (Get-Content $planPath -Raw).TrimEnd("`n")
    }

    It 'writes a file, asks before with -WhatIf, and refuses to replace one' {
        $path = Join-Path $TestDrive 'job.yaml'
        New-GenieKubernetesJob $planPath @job -Path $path -WhatIf
        $path | Should -Not -Exist
        (New-GenieKubernetesJob $planPath @job -Path $path -PassThru).FullName | Should -BeExactly (Get-Item $path).FullName
        { New-GenieKubernetesJob $planPath @job -Path $path } | Should -Throw -ErrorId 'FileExists,*'
    }

    It 'says what is wrong' {
        { New-GenieKubernetesJob $planPath @job -Name 'My Job' } |
            Should -Throw "*Name is 'My Job'*" -ErrorId 'InvalidKubernetesName,*'
        { New-GenieKubernetesJob (Join-Path $TestDrive 'none.json') @job } | Should -Throw '*none.json*'
    }

    It 'completes <parameter>' -ForEach @(
        @{ parameter = 'Result'; texts = 'Log', 'Mlflow', 'Volume' }
        @{ parameter = 'Cpu'; texts = '500m', '1', '2' }
        @{ parameter = 'Memory'; texts = '512Mi', '1Gi', '4Gi' }
        @{ parameter = 'MlflowTrackingUri d'; texts = 'databricks', 'databricks://profile' }
    ) {
        $space = $parameter.Contains(' ') ? '' : ' '
        Get-Completion "New-GenieKubernetesJob plan.json -$parameter$space" | Should -Be $texts
    }
}
