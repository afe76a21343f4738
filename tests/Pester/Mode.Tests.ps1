# Chat mode and agent mode, from the scenario to the plan, as a user's pwsh sees them. Nothing is asked but in chat mode.

BeforeAll {
    Import-Module (& "$PSScriptRoot/BuiltModule.ps1") -Force
    $script:homeBefore = $env:GENIELOAD_HOME
    $env:GENIELOAD_HOME = Join-Path $TestDrive 'home'
    $script:simulator = Start-GenieSimulator -TimeScale 200 -Seed 5
    $null = Connect-Genie -Simulator $simulator
    $script:fast = @{ PollInterval = 0.02; MaximumPollInterval = 0.05 }

    function Get-Asked { (Get-GenieSimulator -Id $simulator.Id).QuestionCount }
    function Get-Completion([string] $line) { (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText }
    function Get-Shown([scriptblock] $Script) {
        $transcript = Join-Path $TestDrive "$([guid]::NewGuid()).txt"
        $null = Start-Transcript -LiteralPath $transcript -UseMinimalHeader
        try { $null = & $Script } finally { $null = Stop-Transcript }
        Get-Content -LiteralPath $transcript -Raw
    }
}

AfterAll {
    Stop-GenieSimulator -Id $simulator.Id
    $env:GENIELOAD_HOME = $homeBefore
    Remove-Module GenieLoad
}

Describe 'A scenario with modes' {
    It 'comes back as it was from a <_> file' -ForEach 'json', 'psd1' {
        $path = Join-Path $TestDrive "both.$_"
        $made = New-GenieScenario both 40 10m -Mode agent, CHAT -ModeWeight 1, 2.5
        $made.Mode | Should -BeExactly 'Agent, Chat'
        $made.ModeWeight | Should -BeExactly '1, 2.5'
        $made | Export-GenieScenario $path
        $read = Import-GenieScenario $path
        ($read | ConvertTo-Json) | Should -BeExactly ($made | ConvertTo-Json)
    }

    It 'says nothing of chat mode in a file' {
        $path = Join-Path $TestDrive 'chat.psd1'
        New-GenieScenario chat 4 -Mode Chat | Export-GenieScenario $path
        Get-Content $path -Raw | Should -Not -Match 'Mode'
        (Import-GenieScenario $path).Mode | Should -BeExactly 'Chat'
    }

    It 'is read from a psd1 file with lists' {
        $path = Join-Path $TestDrive 'lists.psd1'
        Set-Content $path "@{ Name = 'lists'; QuestionCount = 4; Mode = 'Chat', 'Agent'; ModeWeight = 3, 1 }"
        $read = Import-GenieScenario $path
        "$($read.Mode): $($read.ModeWeight)" | Should -BeExactly 'Chat, Agent: 3, 1'
    }

    It 'can be copied, and another mode leaves its weights behind' {
        $both = New-GenieScenario both 40 -Mode Chat, Agent -ModeWeight 3, 1
        $copy = $both | New-GenieScenario -Name copy
        "$($copy.Mode): $($copy.ModeWeight)" | Should -BeExactly 'Chat, Agent: 3, 1'
        $agent = $both | New-GenieScenario -Name agent -Mode Agent
        $agent.Mode | Should -BeExactly 'Agent'
        $agent.ModeWeight | Should -BeNullOrEmpty
    }

    It 'shows them in its view' {
        New-GenieScenario both 40 -Mode Chat, Agent -ModeWeight 3, 1 | Out-String -Width 200 | Should -Match 'mode Chat, Agent \(3, 1\)'
        Get-GenieScenario high_load | Out-String -Width 200 | Should -Not -Match 'mode'
    }

    It 'is refused with <mode> and weights <weights>' -ForEach @(
        @{ mode = 'Fast'; weights = $null; message = "*-Mode is 'Fast'*" }
        @{ mode = 'Agent', 'agent'; weights = $null; message = "*-Mode is 'Agent, Agent'*" }
        @{ mode = 'Agent'; weights = 3; message = "*-ModeWeight is '3'*" }
        @{ mode = 'Chat', 'Agent'; weights = 3, 0; message = "*-ModeWeight is '3, 0'*" }
    ) {
        $weighted = $weights ? @{ ModeWeight = $weights } : @{}
        { New-GenieScenario bad 4 -Mode $mode @weighted -ErrorAction Stop } |
            Should -Throw $message -ErrorId 'InvalidScenarioValue,*'
    }
}

Describe 'A plan with modes' {
    It 'says them before anything is asked' {
        $before = Get-Asked
        Get-Shown { Invoke-GenieLoadTest light_load -Mode Agent -WhatIf } | Should -Match 'Questions: +10, 10 different; in agent mode'
        Get-Shown { Invoke-GenieLoadTest -QuestionCount 40 -Mode Chat, Agent -ModeWeight 3, 1 -WhatIf } |
            Should -Match '30 in chat mode, 10 in agent mode'
        Get-Shown { Invoke-GenieLoadTest light_load -WhatIf } | Should -Not -Match ' mode'
        Get-Asked | Should -Be $before
    }

    It 'has a mode for each question, and the hash of before in chat mode' {
        $both = New-GenieScenario both 40 -Mode Chat, Agent
        $plan = Get-GenieScenario high_load -Plan -Seed 7
        ($both | Get-GenieScenario -Plan -Seed 1).Questions | Group-Object Mode -NoElement | ForEach-Object Count | Should -Be 20, 20
        $plan.Questions.Mode | Where-Object { $_ } | Should -BeNullOrEmpty
        (Get-GenieScenario high_load -Plan -Seed 7).Hash | Should -BeExactly $plan.Hash
    }

    It 'refuses weights that do not fit, and asks nothing' {
        $before = Get-Asked
        { Invoke-GenieLoadTest light_load -ModeWeight 3, 1 } | Should -Throw "*-ModeWeight is '3, 1'*" -ErrorId 'InvalidScenarioValue,*'
        { Invoke-GenieLoadTest light_load -Mode Fast } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
        { Invoke-GenieQuestion 'How many?' -Mode Fast } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
        Get-Asked | Should -Be $before
    }

    It 'is carried out in chat mode as ever' {
        $run = Invoke-GenieLoadTest -QuestionCount 2 -Duration 0 -Mode chat @fast
        $run.Results.Mode | Should -Be 'Chat', 'Chat'
        $run.Slices | Where-Object Slice -EQ Mode | Should -BeNullOrEmpty
        (Invoke-GenieQuestion 'How many?' -Mode chat -PollInterval 0.02).Mode | Should -BeExactly 'Chat'
    }
}

Describe 'A capacity' {
    It 'is not measured in another mode than that of its run' {
        $run = Invoke-GenieLoadTest -QuestionCount 12 -Duration 0 @fast
        $before = Get-Asked
        $levels = @{ From = $run; Slo = 'P90ResponseSeconds <= 60'; ThinkTime = '30s'; QuestionsPerMinute = 600 }
        { Measure-GenieCapacity @levels -Mode agent -WhatIf } | Should -Throw '*Mode is Agent*' -ErrorId 'OtherMode,*'
        { Measure-GenieCapacity @levels -Scenario (New-GenieScenario x 4 -Mode Agent) -WhatIf } | Should -Throw -ErrorId 'OtherMode,*'
        { Measure-GenieCapacity @levels -Mode Chat -WhatIf } | Should -Not -Throw
        Get-Asked | Should -Be $before
    }
}

Describe 'Completion' {
    It 'offers the modes behind <_>' -ForEach @(
        'Invoke-GenieLoadTest -Mode ', 'New-GenieScenario -Mode ', 'Invoke-GenieQuestion -Mode ', 'Measure-GenieCapacity -Mode '
    ) {
        Get-Completion $_ | Sort-Object | Should -Be 'Agent', 'Chat'
        Get-Completion "${_}a" | Should -Be 'Agent'
    }

    It 'offers weights behind <_> -ModeWeight' -ForEach 'Invoke-GenieLoadTest', 'New-GenieScenario' {
        Get-Completion "$_ -ModeWeight " | Should -Contain '3, 1'
    }
}
