<#
.SYNOPSIS
    Runs the Pester suite over the module in out/GenieLoad/<version>/ and ends with one line of counts.
.DESCRIPTION
    Exit code 0 when every test passed, 1 when one failed. 'dotnet test' runs it, with the Pester of its own, in a few processes for all
    files; ./build.ps1 -Task Pester in one, after building the module.
.PARAMETER Path
    Test files or their folder. Files run one after the other, each with the environment that this script was started with, a data folder
    of its own, and no connection.
.PARAMETER PesterPath
    Manifest of Pester. Default: the newest one that is installed, 5 or newer.
.PARAMETER ResultPath
    Folder of the results: Pester.<file>.xml for each file, in the form of JUnit.
#>
[CmdletBinding(PositionalBinding = $false)]
param(
    [string] $PesterPath,
    [string] $ResultPath = (Join-Path $PSScriptRoot '../../TestResults'),
    [Parameter(ValueFromRemainingArguments)]
    [string[]] $Path = $PSScriptRoot
)

$ErrorActionPreference = 'Stop'
if ($PesterPath) {
    Import-Module $PesterPath
}
else {
    Import-Module Pester -MinimumVersion 5.0
}

# Runs a file, and leaves nothing of it to the next one.
function Invoke-TestFile([IO.FileInfo] $File) {
    $environment = @{}
    Get-ChildItem env: | ForEach-Object { $environment[$_.Name] = $_.Value }
    $data = Join-Path ([IO.Path]::GetTempPath()) "genieload-pester-$([IO.Path]::GetRandomFileName())"
    $env:GENIELOAD_HOME = $data
    try {
        $configuration = New-PesterConfiguration
        $configuration.Run.Path = $File.FullName
        $configuration.Run.PassThru = $true
        $configuration.Output.RenderMode = [Console]::IsOutputRedirected ? 'Plaintext' : 'Auto'
        $configuration.TestResult.Enabled = $true
        $configuration.TestResult.OutputFormat = 'JUnitXml'
        $configuration.TestResult.OutputPath = Join-Path $ResultPath "Pester.$($File.Name -replace '\.Tests\.ps1$').xml"
        Invoke-Pester -Configuration $configuration
    }
    finally {
        Import-Module (& "$PSScriptRoot/BuiltModule.ps1")
        Get-GenieConnection | Disconnect-Genie
        Remove-Module GenieLoad
        Remove-Item $data -Recurse -Force -ErrorAction Ignore
        Get-ChildItem env: | Where-Object { -not $environment.ContainsKey($_.Name) } | Remove-Item
        $environment.GetEnumerator() | ForEach-Object { [Environment]::SetEnvironmentVariable($_.Key, $_.Value) }
    }
}

$null = New-Item $ResultPath -ItemType Directory -Force
$passed = $failed = $skipped = 0
foreach ($file in Get-ChildItem $Path -Filter *.Tests.ps1) {
    $result = Invoke-TestFile $file
    if (-not $result) {
        Write-Host 'Pester came to no result; the error is above.'
        exit 1
    }

    # A test file or container that could not run counts as a failure.
    $bad = $result.FailedCount + $result.FailedBlocksCount + $result.FailedContainersCount
    $idle = $result.SkippedCount + $result.InconclusiveCount + $result.NotRunCount
    Write-Host "$($file.Name): $($result.PassedCount) passed, $bad failed, $idle skipped"
    $passed += $result.PassedCount
    $failed += $bad
    $skipped += $idle
}
Write-Host "Pester: $passed passed, $failed failed, $skipped skipped"
exit [int] ($failed -gt 0)
