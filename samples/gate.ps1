<#
.SYNOPSIS
    Runs a load test in a build and returns its result as an exit code.
.DESCRIPTION
    Connects, runs the test, writes the reports that build servers show, and judges the run by its thresholds. Needs the module
    GenieLoad (Install-PSResource GenieLoad) and a credential in the environment: see docs/credentials.md.

    Exit codes:
        0    every threshold was met, or no thresholds were set and the run is valid
        1    another error
        2    unusable input: a parameter, a file, a name, a credential, or no connection
        3    a threshold was missed
        4    too few answers to decide about a threshold
        5    the run is invalid: the load generator was too slow for its figures to be trusted
        6    the test was stopped early: by -AbortOnFail, by a budget, or because the service refused it
        130  stopped by Ctrl+C or SIGTERM
.PARAMETER SpaceId
    The space to ask. Default: GENIE_SPACE_ID.
.PARAMETER WorkspaceUrl
    Its workspace. Default: DATABRICKS_HOST.
.PARAMETER Simulator
    Test against a simulated space on this machine, to try the job at no cost.
.PARAMETER Scenario
    The load: a built-in scenario or a scenario file, which can hold its own thresholds.
.PARAMETER QuestionPath
    Question file. Default: the module's ten samples, which suit only the simulator.
.PARAMETER Duration
    Time over which the questions are spread, such as 5m, instead of the scenario's.
.PARAMETER Run
    Judge the run in this folder instead of running a test.
.PARAMETER Threshold
    Limits the run has to meet: several, or one text with ';' between them. Default: the thresholds of the scenario.
.PARAMETER ReportPath
    Folder for the reports and the run.
.EXAMPLE
    ./gate.ps1 -Scenario high_load -QuestionPath ./questions.csv -Threshold 'P50ResponseSeconds < 30', 'SuccessRate >= 95'
.EXAMPLE
    ./gate.ps1 -Simulator -Duration 5s -Threshold 'P50ResponseSeconds < 30'
#>
#Requires -Version 7.4
param(
    [string] $SpaceId,
    [string] $WorkspaceUrl,
    [switch] $Simulator,
    [string] $Scenario = 'high_load',
    [string] $QuestionPath,
    [string] $Duration,
    [string] $Run,
    [string[]] $Threshold,
    [string] $ReportPath = './genieload'
)

$ErrorActionPreference = 'Stop'
# 'pwsh -File' gives texts only, no lists.
$given = $Threshold ? @{ Threshold = @($Threshold -split ';' | ForEach-Object Trim | Where-Object { $_ }) } : @{}

# The ids of GenieLoad's errors are stable; the class name after the comma shows that an error is GenieLoad's.
function Get-ExitCode([Management.Automation.ErrorRecord] $ErrorRecord) {
    $id, $source = $ErrorRecord.FullyQualifiedErrorId -split ',', 2
    if ($source -notlike 'GenieLoad.*') { return 1 }
    switch ($id) {
        'ThresholdMissed' { return 3 }
        'ThresholdUndecided' { return 4 }
        'RunInvalid' { return 5 }
        'RunStoppedByRule' { return 6 }
        'ServiceRefused' { return 6 }
    }
    $unusable = 'InvalidArgument', 'InvalidData', 'ObjectNotFound', 'InvalidOperation', 'AuthenticationError', 'PermissionDenied'
    return $unusable -contains $ErrorRecord.CategoryInfo.Category ? 2 : 1
}

# Writes what build servers show.
function Export-Report($TestedRun) {
    $null = New-Item -ItemType Directory -Path $ReportPath -Force
    $files = 'report.html', 'summary.md', 'junit.xml', 'results.csv' | ForEach-Object { Join-Path $ReportPath $_ }
    Export-GenieRun -InputObject $TestedRun -Path $files -Force @given
    Write-Host "Reports: $((Get-Item $ReportPath).FullName)"
    $files | ForEach-Object { Write-Host "  $(Split-Path $_ -Leaf)" }
}

# Ctrl+C ends the script early; this is then the exit code.
$exitCode = 130
$simulated = $null
try {
    Import-Module GenieLoad

    if ($Run) {
        $tested = @(Get-GenieRun -Path $Run)
    }
    else {
        if ($Simulator) {
            $simulated = Start-GenieSimulator -TimeScale 20
            $null = Connect-Genie -Simulator $simulated
        }
        else {
            $space = @{}
            if ($SpaceId) { $space.SpaceId = $SpaceId }
            if ($WorkspaceUrl) { $space.WorkspaceUrl = $WorkspaceUrl }
            $null = Connect-Genie @space
        }

        $test = @{ Scenario = $Scenario; StorePath = $ReportPath; Force = $true } + $given
        if ($Duration) { $test.Duration = $Duration }
        if ($QuestionPath) { $test.Question = Import-GenieQuestion $QuestionPath }
        try {
            # The variable holds the run even when the service ended the test with an error.
            Invoke-GenieLoadTest @test -OutVariable tested | Out-Default
        }
        catch {
            if ($tested) { Export-Report $tested[0] }
            throw
        }
    }

    Export-Report $tested[0]
    if ($given.Count -or $tested[0].Thresholds) {
        Test-GenieRun -InputObject $tested[0] -FailOnThreshold @given | Out-Default
        $exitCode = 0
    }
    else {
        # Without thresholds there is nothing to meet, but an invalid run, or one stopped early, is not a pass.
        $exitCode = $tested[0].Health.Verdict -eq 'Invalid' ? 5 : $tested[0].StopCause -in 'Budget', 'Service', 'Threshold' ? 6 : 0
    }
}
catch {
    $exitCode = Get-ExitCode $_
    [Console]::Error.WriteLine("gate.ps1: $($_.Exception.Message)")
}
finally {
    if ($simulated) { Stop-GenieSimulator -Id $simulated.Id }
    exit $exitCode
}
