Describe 'Invoke-GenieLoadTest -Session' -Skip:$IsWindows {
    BeforeAll {
        Import-Module (& "$PSScriptRoot/BuiltModule.ps1") -Force
        # Stands in for ssh: the server of PowerShell, on this machine.
        $ssh = Join-Path $TestDrive 'ssh'
        $shell = (Get-Process -Id $PID).Path
        $assembly = (Split-Path -LeafBase $shell) -eq 'dotnet' ? "'$([Environment]::GetCommandLineArgs()[0])'" : ''
        Set-Content $ssh "#!/bin/sh`nexec '$shell' $assembly -sshs -NoLogo -NoProfile"
        chmod +x $ssh
        $script:path = $env:PATH
        $env:PATH = "${TestDrive}:$env:PATH"
        $script:session = New-PSSession -HostName node
        $script:simulator = Start-GenieSimulator
        $null = Connect-Genie -Simulator $simulator
    }

    AfterAll {
        $env:PATH = $path
        $session | Remove-PSSession
        Stop-GenieSimulator -Id $simulator.Id
        Remove-Module GenieLoad
    }

    It 'refuses -<Name>' -TestCases @(
        @{ Name = 'Live'; Value = $true }
        @{ Name = 'Dashboard'; Value = $true }
        @{ Name = 'DashboardPort'; Value = 2000 }
        @{ Name = 'OpenDashboard'; Value = $true }
        @{ Name = 'PassThruResult'; Value = $true }
        @{ Name = 'Evaluate'; Value = 'Before' }
        @{ Name = 'AbortOnFail'; Value = $true }
        @{ Name = 'AbortDelay'; Value = 5 }
        @{ Name = 'Shard'; Value = '1/2' }
        @{ Name = 'StartAt'; Value = [DateTime]::UtcNow }
        @{ Name = 'Place'; Value = 'here' }
        @{ Name = 'ConnectionWeight'; Value = 1 }
    ) {
        param ($Name, $Value)
        $given = @{ $Name = $Value }
        { Invoke-GenieLoadTest -QuestionCount 2 -Session $session @given -ErrorAction Stop } |
            Should -Throw -ErrorId 'NotWithSession*' -ExpectedMessage "-$Name *"
    }

    It 'refuses one session twice' {
        { Invoke-GenieLoadTest -QuestionCount 2 -Session $session, $session -ErrorAction Stop } | Should -Throw -ErrorId 'SessionTwice*'
    }

    It 'refuses -<_> without sessions' -ForEach 'StartDelay', 'InstallModule', 'SendCredential' {
        $given = @{ $_ = $_ -eq 'StartDelay' ? 5 : $true }
        { Invoke-GenieLoadTest -QuestionCount 2 @given -ErrorAction Stop } | Should -Throw -ErrorId 'SessionNeeded*'
    }

    It 'refuses more sessions than the plan has parts' {
        $other = New-PSSession -HostName other
        { Invoke-GenieLoadTest -QuestionCount 1 -Session $session, $other -ErrorAction Stop } | Should -Throw -ErrorId 'EmptyShard*'
        $other | Remove-PSSession
    }

    It 'starts nothing under -WhatIf' {
        Invoke-GenieLoadTest -QuestionCount 2 -Session $session -WhatIf 6> $null | Should -BeNullOrEmpty
        (Get-GenieSimulator).QuestionCount | Should -Be 0
    }

    It 'offers open sessions' {
        $typed = 'Invoke-GenieLoadTest -Session '
        (TabExpansion2 $typed $typed.Length).CompletionMatches.CompletionText | Should -Contain "(Get-PSSession -Id $($session.Id))"
    }

    It 'runs as a job' {
        $job = Invoke-GenieLoadTest -QuestionCount 2 -Session $session -InstallModule -SendCredential -StartDelay 0 -AsJob `
            -StorePath (Join-Path $TestDrive 'store')
        $run = $job | Receive-Job -Wait -AutoRemoveJob -WarningAction SilentlyContinue
        $run.Shards.Place | Should -Be 'node'
        $run.State | Should -Be 'Completed'
    }
}
