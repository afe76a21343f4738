# The scripts that people copy, each in a pwsh of its own, as they run it.

BeforeAll {
    $script:samples = (Resolve-Path (Join-Path $PSScriptRoot '..' '..' 'samples')).Path
    $script:pwsh = Join-Path $PSHOME 'pwsh'
    # The samples take the module by its name.
    $script:modules = $env:PSModulePath
    $store = (Resolve-Path (Join-Path (& "$PSScriptRoot/BuiltModule.ps1") '..' '..' '..')).Path
    $env:PSModulePath = $store + [IO.Path]::PathSeparator + $modules
    function Invoke-Sample([string] $Name, [string[]] $Arguments) {
        & $pwsh -NoProfile -NonInteractive -File (Join-Path $samples $Name) @Arguments 2>&1 | Out-String -Width 200
    }
}

AfterAll {
    $env:PSModulePath = $modules
}

Describe 'samples/quickstart.ps1' {
    It 'prints the summary and leaves its files' {
        $output = Invoke-Sample quickstart.ps1 '-OutputPath', $TestDrive

        $LASTEXITCODE | Should -Be 0 -Because $output
        $output | Should -Match 'Load Test Summary: high_load_35q_5s'
        $output | Should -Match 'Total Questions: 35'
        $output | Should -Match '(?s)The five slowest answers:\s+Index .*Question\s+-+ '
        @(Import-Csv "$TestDrive/results.csv").Count | Should -Be 35
        (Get-Content "$TestDrive/run.json" -Raw | ConvertFrom-Json).QuestionCount | Should -Be 35
        "$TestDrive/report.html" | Should -Exist
    }
}

Describe 'samples/azure-automation.ps1' {
    BeforeAll {
        # What Azure gives an Automation account: an endpoint for tokens of its identity.
        Import-Module GenieLoad
        $script:simulator = Start-GenieSimulator -TimeScale 20
        $script:endpoint = [Net.HttpListener]::new()
        $port = 49152
        while (-not $endpoint.IsListening) {
            $endpoint.Prefixes.Clear()
            $endpoint.Prefixes.Add("http://127.0.0.1:$port/")
            try { $endpoint.Start() } catch [Net.HttpListenerException] { $port++; $script:endpoint = [Net.HttpListener]::new() }
        }
        $end = "$([DateTimeOffset]::UtcNow.AddHours(1).ToUnixTimeSeconds())"
        $body = @{ access_token = $simulator.Token; expires_on = $end; token_type = 'Bearer' } | ConvertTo-Json
        $script:identity = Start-ThreadJob {
            $bytes = [Text.Encoding]::UTF8.GetBytes($using:body)
            while ($true) {
                $context = ($using:endpoint).GetContext()
                $context.Response.StatusCode = $context.Request.Headers['X-IDENTITY-HEADER'] -eq 'header-of-azure' ? 200 : 401
                $context.Response.OutputStream.Write($bytes)
                $context.Response.Close()
            }
        }
        $env:IDENTITY_ENDPOINT = "http://127.0.0.1:$port/token"
        $env:IDENTITY_HEADER = 'header-of-azure'
        $script:parameters = '-WorkspaceUrl', $simulator.Uri, '-SpaceId', $simulator.SpaceId, '-Duration', '2s', '-OutputPath', "$TestDrive"
    }

    AfterAll {
        $env:IDENTITY_ENDPOINT = $env:IDENTITY_HEADER = $null
        $endpoint.Stop()
        $identity | Remove-Job -Force
        Stop-GenieSimulator -Id $simulator.Id
        Remove-Module GenieLoad
    }

    It 'connects with the managed identity, passes, and compares the second run with the first' {
        $first = Invoke-Sample azure-automation.ps1 $parameters
        # A machine that is busy makes a run invalid, which fails the job too.
        $LASTEXITCODE | Should -Be ([int]($first -cmatch '! Invalid')) -Because $first
        $second = Invoke-Sample azure-automation.ps1 $parameters
        $LASTEXITCODE | Should -Be ([int]($second -cmatch '! Invalid')) -Because $second

        $first | Should -Match 'Load Test Summary: high_load_35q_2s'
        $first | Should -Not -Match '  against '
        $second | Should -Match '  against \d{8}-\d{6}-high_load'
        "$TestDrive/report.html" | Should -Exist
    }

    It 'fails on a missed threshold' {
        $output = Invoke-Sample azure-automation.ps1 ($parameters + '-Threshold', 'QuestionCount > 1000')

        $LASTEXITCODE | Should -Be 1
        $output | Should -Match 'QuestionCount > 1000'
    }
}
