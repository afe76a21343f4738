<#
.SYNOPSIS
    A first load test, against a simulated Genie space on this machine. It needs no workspace and costs nothing.
.DESCRIPTION
    From the repository's folder, with the .NET 10 SDK alone or with PowerShell 7.4 or newer:

        dotnet tool exec powershell -y -- samples/quickstart.ps1
        ./samples/quickstart.ps1

    Builds the module first when it has not been built yet.
.PARAMETER OutputPath
    Folder for the run and its files; out/quickstart in the repository by default.
#>
#Requires -Version 7.4
param(
    [string] $OutputPath = "$PSScriptRoot/../out/quickstart"
)

# The first error ends the script with exit code 1.
$ErrorActionPreference = 'Stop'

# 0. The module of this repository, built if necessary. With an installed module, use 'Import-Module GenieLoad'.
$version = ([xml] (Get-Content "$PSScriptRoot/../Directory.Build.props" -Raw)).Project.PropertyGroup.Version
$manifest = "$PSScriptRoot/../out/GenieLoad/$version/GenieLoad.psd1"
if (-not (Test-Path $manifest)) {
    Write-Host 'Building the module ...'
    # Without what only helps who changes the code (warnings, documents, reference assemblies): 'dotnet build' makes it up. The compiler
    # ends before profiles of its methods pay.
    $profiled, $env:DOTNET_TieredPGO = $env:DOTNET_TieredPGO, '0'
    dotnet build "$PSScriptRoot/../src/GenieLoad.PowerShell" --nologo --verbosity quiet -p:Nullable=annotations `
        -p:GenerateDocumentationFile=false -p:ProduceReferenceAssembly=false
    $env:DOTNET_TieredPGO = $profiled
    if ($LASTEXITCODE -ne 0) { throw 'The module could not be built; the errors are above.' }
}
Import-Module $manifest

# 1. A space to ask. The simulator answers ten times faster than a real space. One question in twenty fails, and it takes
#    at most 30 questions a minute (of its own time) after the first six, so that there is something to look at.
Write-Host 'Starting a simulated Genie space ...'
$simulator = Start-GenieSimulator -TimeScale 10 -Seed 7 -FailedShare 0.05 -RateLimitPerMinute 30 -RateLimitBurst 6 -RetryAfter None

try {
    # 2. Connect to it. Against a real workspace it would be:
    #    Connect-Genie -WorkspaceUrl https://adb-1234567890123456.7.azuredatabricks.net -SpaceId 01ef... -Profile DEFAULT
    $connection = Connect-Genie -Simulator $simulator
    Write-Host "Connected to '$($connection.SpaceTitle)' at $($connection.WorkspaceUrl)"

    # 3. The load test: the scenario high_load asks 35 questions with 10 workers, here in 5 seconds instead of 30.
    #    The questions are the ten samples that ship with GenieLoad; give your own with -Question or Import-GenieQuestion.
    $run = Invoke-GenieLoadTest -Scenario high_load -Duration 5s -Seed 1 -StorePath $OutputPath

    # 4. The run is shown as a summary ...
    $run | Out-Default

    # ... and holds one row per question, which you can filter, sort and export like any other objects.
    Write-Host 'The five slowest answers:'
    $run.Results |
        Sort-Object ResponseSeconds -Descending |
        Select-Object -First 5 |
        Format-Table Index, ResponseSeconds, ThrottleSeconds, ServiceSeconds, Outcome, Question |
        Out-Default

    # 5. Files for a spreadsheet and other programs, and a report to read.
    $paths = "$OutputPath/results.csv", "$OutputPath/run.json", "$OutputPath/report.html"
    $files = Export-GenieRun -InputObject $run -Path $paths -Force -PassThru
    Write-Host 'Files:'
    foreach ($file in $files) {
        Write-Host "  $($file.FullName)"
    }
    Write-Host "  $($run.RunPath) (the run itself, as Get-GenieRun reads it back)"
}
finally {
    # Also after an error or Ctrl+C.
    Stop-GenieSimulator -Id $simulator.Id
}
