# Durations as people type them, read by a user's own PowerShell.

BeforeAll {
    Import-Module (& "$PSScriptRoot/BuiltModule.ps1")
}

AfterAll {
    Remove-Module GenieLoad -ErrorAction Ignore
}

Describe 'A duration' {
    It 'is what was typed, with quotes or without' {
        (New-GenieScenario -Name a -QuestionCount 2 -Duration 1.5s).DurationSeconds | Should -Be 1.5
        (New-GenieScenario -Name a -QuestionCount 2 -Duration '1.5s').DurationSeconds | Should -Be 1.5
        (New-GenieScenario -Name a -QuestionCount 2 -Duration:1d).DurationSeconds | Should -Be 86400
        (New-GenieScenario -Name a -QuestionCount 2 -Duration 1.5).DurationSeconds | Should -Be 1.5
        (New-GenieScenario -Name a -QuestionCount 2 -Duration 1e3).DurationSeconds | Should -Be 1000
    }

    It 'is refused where what was typed is lost: <Name>' -ForEach @(
        @{ Name = 'a variable'; Script = { $x = 1.5s; New-GenieScenario -Name a -QuestionCount 2 -Duration $x } }
        @{ Name = 'a parenthesis'; Script = { New-GenieScenario -Name a -QuestionCount 2 -Duration (1d) } }
        @{ Name = 'splatting'; Script = { $p = @{ Duration = 1.5s }; New-GenieScenario -Name a -QuestionCount 2 @p } }
        @{ Name = 'a table'; Script = { Export-GenieScenario -Path a.json -Scenario @{ QuestionCount = 2; Duration = 1.5s } } }
        @{ Name = 'a simulator'; Script = { Start-GenieSimulator -CallSeconds (1.5s) } }
    ) {
        { & $Script } | Should -Throw '*in quotes*'
    }

    It 'has no unit of bytes, and none of another base: <Literal>' -ForEach @(
        @{ Literal = '1kb' }, @{ Literal = '0x10' }, @{ Literal = '5y' }, @{ Literal = '5n' }, @{ Literal = '2us' }, @{ Literal = '30u' }
    ) {
        $typed = [scriptblock]::Create("New-GenieScenario -Name a -QuestionCount 2 -Duration $Literal")
        { & $typed } | Should -Throw "*'$Literal' is not a duration*"
    }
}
