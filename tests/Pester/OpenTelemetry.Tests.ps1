# A run as OpenTelemetry traces, as a user's own PowerShell writes and shows it.

BeforeAll {
    $root = (Resolve-Path (Join-Path $PSScriptRoot '..' '..')).Path
    Import-Module (& "$PSScriptRoot/BuiltModule.ps1") -Force
    $script:run = Get-GenieRun -Path (Join-Path $root 'tests' 'fixtures' 'runs' '20261123-192455-high_load-3f9a')
    $script:rendering = $PSStyle.OutputRendering
    $PSStyle.OutputRendering = 'PlainText'
}

AfterAll {
    $PSStyle.OutputRendering = $rendering
    Remove-Module GenieLoad
}

Describe 'A file of traces' {
    BeforeAll {
        $script:file = Join-Path $TestDrive 'run.otlp.json'
        $run | Export-GenieRun -Path $file
        $script:spans = (Get-Content -Raw $file | ConvertFrom-Json).resourceSpans[0].scopeSpans[0].spans
    }

    It 'has a trace for each question that was asked' {
        $asked = @($run.Results | Where-Object Outcome -NE 'NotStarted')
        @($spans | Where-Object { -not $_.parentSpanId }).Count | Should -Be $asked.Count
    }

    It 'has every span inside its parent' {
        $byId = @{}
        $spans | ForEach-Object { $byId[$_.spanId] = $_ }
        foreach ($span in $spans | Where-Object parentSpanId) {
            $parent = $byId[$span.parentSpanId]
            [long] $span.startTimeUnixNano | Should -BeGreaterOrEqual ([long] $parent.startTimeUnixNano)
            [long] $span.endTimeUnixNano | Should -BeLessOrEqual ([long] $parent.endTimeUnixNano)
        }
    }

    It 'is the same when written again' {
        $again = Join-Path $TestDrive 'again.otlp.json'
        $run | Export-GenieRun -Path $again
        (Get-FileHash $again).Hash | Should -Be (Get-FileHash $file).Hash
    }

    It 'has texts on request alone' {
        $texts = Join-Path $TestDrive 'texts.otlp.json'
        $run | Export-GenieRun -Path $texts -IncludeText
        Get-Content -Raw $file | Should -Not -Match 'gen_ai\.input\.messages'
        Get-Content -Raw $texts | Should -Match 'gen_ai\.input\.messages'
    }
}

Describe 'Export-GenieRunToOpenTelemetry' {
    It 'says where it would send, and sends nothing' {
        $run | Export-GenieRunToOpenTelemetry http://127.0.0.1:1 -WhatIf | Should -BeNullOrEmpty
    }

    It 'refuses an address that is none' {
        { $run | Export-GenieRunToOpenTelemetry localhost:4318 -ErrorAction Stop } |
            Should -Throw -ErrorId 'InvalidOtlpEndpoint,GenieLoad.PowerShell.Commands.ExportGenieRunToOpenTelemetryCommand'
    }
}
