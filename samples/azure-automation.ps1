<#
.SYNOPSIS
    A runbook of Azure Automation: a load test of a Genie space with the account's managed identity.
.DESCRIPTION
    Set up once:

    1. A runtime environment with PowerShell 7.4 or newer, and in it the package of GenieLoad.
    2. An identity of the Automation account, added to the Databricks workspace as a service principal, with CAN RUN on the space,
       CAN USE on its warehouse and SELECT on its tables.
    3. This script as a runbook, with a schedule.

    The job's output holds the summary, the comparison and the verdicts. The job fails when a threshold is missed or undecided, or when
    the run is invalid. A sandbox of Azure ends a job after three hours and keeps no files; a hybrid worker keeps them, and then each
    run is compared with the one before.
.PARAMETER WorkspaceUrl
    Address of the Databricks workspace.
.PARAMETER SpaceId
    The space to ask.
.PARAMETER IdentityClientId
    Client id of a user-assigned identity. Default: the system-assigned one.
.PARAMETER QuestionPath
    Question file on the worker.
.PARAMETER Scenario
    The load: a built-in scenario or a scenario file.
.PARAMETER Duration
    Time over which the questions are spread. 35 questions in 10 minutes stay below the limit of most workspaces.
.PARAMETER Threshold
    Limits the run has to meet.
.PARAMETER OutputPath
    Folder for the runs.
#>
#Requires -Version 7.4
param(
    [Parameter(Mandatory)] [string] $WorkspaceUrl,
    [Parameter(Mandatory)] [string] $SpaceId,
    [string] $IdentityClientId,
    [string] $QuestionPath,
    [string] $Scenario = 'high_load',
    [string] $Duration = '10m',
    [string[]] $Threshold = @('P50ResponseSeconds < 30', 'SuccessRate >= 80'),
    [string] $OutputPath = (Join-Path ([IO.Path]::GetTempPath()) 'genieload')
)

# The first error ends the script and the job.
$ErrorActionPreference = 'Stop'
Import-Module GenieLoad

$identity = $IdentityClientId ? @{ ClientId = $IdentityClientId } : @{}
$null = Connect-Genie -WorkspaceUrl $WorkspaceUrl -SpaceId $SpaceId -AuthType azure-msi @identity

$test = @{ Scenario = $Scenario; Duration = $Duration; Threshold = $Threshold; StorePath = $OutputPath; Force = $true }
if ($QuestionPath) { $test.Question = Import-GenieQuestion $QuestionPath }
$run = Invoke-GenieLoadTest @test
Write-Output ($run | Out-String -Width 120)

# Compare with the newest earlier run of the scenario, if there is one.
if (@(Get-ChildItem (Join-Path $OutputPath 'runs') -Directory).Count -gt 1) {
    Write-Output (Compare-GenieRun -DifferenceRun $run -StorePath $OutputPath | Out-String -Width 120)
}

Export-GenieRun -InputObject $run -Path (Join-Path $OutputPath 'report.html') -Force

# Last, because a missed threshold ends the script.
Test-GenieRun -InputObject $run -FailOnThreshold | Out-String -Width 120 | Write-Output
