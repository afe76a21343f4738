<#
.SYNOPSIS
    A nightly check of a Genie space: run a test, hold it against thresholds, compare it with the night before.
.DESCRIPTION
    Ends with an error when a threshold is missed, so that the job of a scheduler fails. Under GenieLoad.Host the exit code tells why:
    docs/host.md has the codes. Without -SpaceId it asks a simulated space, so that it can be tried anywhere.
.PARAMETER SpaceId
    The space to ask.
.PARAMETER WorkspaceUrl
    Its workspace.
.PARAMETER OutputPath
    Folder for the runs; the next night finds this night's run there.
.PARAMETER Threshold
    What the run is to meet.
#>
param(
    [string] $SpaceId,
    [string] $WorkspaceUrl = $env:DATABRICKS_HOST,
    [string] $OutputPath = './nightly',
    [string[]] $Threshold = @('P50ResponseSeconds < 30', 'SuccessRate >= 80')
)

# The first error ends the script, and its scheduler sees it.
$ErrorActionPreference = 'Stop'

# GenieLoad.Host has imported the module already. In pwsh take the one that was built here, else the installed one.
if (-not (Get-Module GenieLoad)) {
    $manifest = "$PSScriptRoot/../out/GenieLoad/*/GenieLoad.psd1"
    Import-Module ((Test-Path $manifest) ? $manifest : 'GenieLoad')
}

$simulator = $null
if ($SpaceId) {
    $null = Connect-Genie -WorkspaceUrl $WorkspaceUrl -SpaceId $SpaceId
}
else {
    $simulator = Start-GenieSimulator -TimeScale 20
    $null = Connect-Genie -Simulator $simulator
}

try {
    # The night's run. high_load asks 35 questions with 10 workers; 5 seconds are for the simulator.
    $run = Invoke-GenieLoadTest -Scenario high_load -Duration $(if ($SpaceId) { '10m' } else { '5s' }) -RunPath $OutputPath -Threshold $Threshold
    $run | Out-Default

    # Against the newest earlier run of the same scenario; the first night has none.
    Compare-GenieRun -DifferenceRun $run -RunPath $OutputPath -ErrorAction SilentlyContinue | Out-Default

    # Last, because a miss ends the script.
    Test-GenieRun -InputObject $run -FailOnThreshold | Out-Default
}
finally {
    if ($simulator) {
        Stop-GenieSimulator -Id $simulator.Id
    }
}
