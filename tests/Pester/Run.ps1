<#
.SYNOPSIS
    Runs the Pester suite over the module in out/GenieLoad/<version>/ and ends with one line of counts.
.DESCRIPTION
    Exit code 0 when every test passed, 1 when one failed. 'dotnet test' runs it for each file, with the Pester of its own;
    ./build.ps1 -Task Pester for all of them, after building the module.
.PARAMETER Path
    Test files or their folder.
.PARAMETER PesterPath
    Manifest of Pester. Default: the newest one that is installed, 5 or newer.
.PARAMETER ResultPath
    Where the results go, as JUnit XML.
#>
param(
    [string] $Path = $PSScriptRoot,
    [string] $PesterPath,
    [string] $ResultPath = (Join-Path $PSScriptRoot '../../TestResults/Pester.xml')
)

$ErrorActionPreference = 'Stop'
if ($PesterPath) {
    Import-Module $PesterPath
}
else {
    Import-Module Pester -MinimumVersion 5.0
}

$null = New-Item (Split-Path $ResultPath) -ItemType Directory -Force
$configuration = New-PesterConfiguration
$configuration.Run.Path = $Path
$configuration.Run.PassThru = $true
$configuration.Output.RenderMode = [Console]::IsOutputRedirected ? 'Plaintext' : 'Auto'
$configuration.TestResult.Enabled = $true
$configuration.TestResult.OutputFormat = 'JUnitXml'
$configuration.TestResult.OutputPath = $ResultPath
$result = Invoke-Pester -Configuration $configuration

if (-not $result) {
    Write-Host 'Pester came to no result; the error is above.'
    exit 1
}

# A test file or container that could not run counts as a failure.
$failed = $result.FailedCount + $result.FailedBlocksCount + $result.FailedContainersCount
$skipped = $result.SkippedCount + $result.InconclusiveCount + $result.NotRunCount
Write-Host "Pester: $($result.PassedCount) passed, $failed failed, $skipped skipped"
exit [int] ($failed -gt 0)
