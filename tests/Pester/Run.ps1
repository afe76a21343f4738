<#
.SYNOPSIS
    Runs the Pester suite over the module in out/GenieLoad/<version>/ and ends with one line of counts.
.DESCRIPTION
    Exit code 0 when every test passed, 1 when one failed, 2 when Pester is missing. Use it through ./build.ps1 -Task Pester, which
    builds the module first.
#>
param(
    # Where the results go, as JUnit XML.
    [string] $ResultPath = (Join-Path $PSScriptRoot '../../TestResults/Pester.xml')
)

$ErrorActionPreference = 'Stop'
$pester = Get-Module Pester -ListAvailable | Where-Object { $_.Version.Major -ge 5 } | Sort-Object Version | Select-Object -Last 1
if (-not $pester) {
    Write-Host 'Pester 5 or newer is not installed. Install it with: Install-PSResource Pester'
    exit 2
}

Import-Module $pester
$null = New-Item (Split-Path $ResultPath) -ItemType Directory -Force
$configuration = New-PesterConfiguration
$configuration.Run.Path = $PSScriptRoot
$configuration.Run.PassThru = $true
$configuration.Output.RenderMode = [Console]::IsOutputRedirected ? 'Plaintext' : 'Auto'
$configuration.TestResult.Enabled = $true
$configuration.TestResult.OutputFormat = 'JUnitXml'
$configuration.TestResult.OutputPath = $ResultPath
$result = Invoke-Pester -Configuration $configuration

# A test file or container that could not run counts as a failure.
$failed = $result.FailedCount + $result.FailedBlocksCount + $result.FailedContainersCount
$skipped = $result.SkippedCount + $result.InconclusiveCount + $result.NotRunCount
Write-Host "Pester: $($result.PassedCount) passed, $failed failed, $skipped skipped"
exit [int] ($failed -gt 0)
