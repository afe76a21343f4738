<#
.SYNOPSIS
    Runs one shard of a plan in a pod of a Kubernetes job.
.DESCRIPTION
    New-GenieKubernetesJob writes this script and its environment into the manifest; docs/kubernetes.md explains it. The credential comes
    from the secret of the job.

    On SIGTERM or SIGINT the test asks no more questions, waits for those in flight for GENIELOAD_STOP_GRACE seconds, and its results
    are written out as always.

    Exit codes:
        0    the shard has run to its end
        1    another error, or the results could not be written out
        2    unusable input: the plan, a name, a credential, no connection, or a start that was long ago
        5    the shard is invalid: its load generator was too slow for its figures to be trusted
        6    the test was stopped early by a rule or a limit, or because the service refused it
        130  ended by SIGTERM or SIGINT
#>
#Requires -Version 7.4
param()

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

# A manifest that is created again on another day would ask all of its questions at once.
$latestSeconds = 900

function Write-Line([string] $Text) { [Console]::Out.WriteLine("shard.ps1: $Text") }

function Write-Failure([string] $Text) { [Console]::Error.WriteLine("shard.ps1: $Text") }

# The ids of GenieLoad's errors are stable; the class name after the comma shows that an error is GenieLoad's.
function Get-ExitCode([Management.Automation.ErrorRecord] $ErrorRecord) {
    $id, $source = $ErrorRecord.FullyQualifiedErrorId -split ',', 2
    if ($source -notlike 'GenieLoad.*') { return 1 }
    if ($id -eq 'ServiceRefused') { return 6 }
    $unusable = 'InvalidArgument', 'InvalidData', 'ObjectNotFound', 'InvalidOperation', 'AuthenticationError', 'PermissionDenied'
    return $unusable -contains $ErrorRecord.CategoryInfo.Category ? 2 : 1
}

# The run as text that Merge-GenieRun finds in a log.
function Write-RunBlock([string] $Folder) {
    $log = Join-Path ([IO.Path]::GetTempPath()) "$([guid]::NewGuid()).log"
    Get-GenieRun -Path $Folder | Export-GenieRun -Path $log
    [Console]::Out.Write([IO.File]::ReadAllText($log))
}

# Where the results go; also those of a test that was ended early.
function Save-Run([string] $Folder, [bool] $IsInHaste) {
    switch ($env:GENIELOAD_RESULT) {
        'Volume' { Write-Line "Results: $Folder" }
        'Mlflow' { Get-GenieRun -Path $Folder | Export-GenieRunToMlflow -SkipQuestionRun:$IsInHaste | Out-Default }
        default { Write-RunBlock $Folder }
    }
}

# Ctrl+C and SIGTERM end the script early; this is then the exit code.
$exitCode = 130
$store = $null
try {
    # Kubernetes counts from 0, GenieLoad from 1.
    $number = 1 + [int] $env:JOB_COMPLETION_INDEX
    $startAt = [DateTimeOffset]::Parse($env:GENIELOAD_START_AT, [cultureinfo]::InvariantCulture).UtcDateTime
    Import-Module GenieLoad
    if (([DateTime]::UtcNow - $startAt).TotalSeconds -gt $latestSeconds) {
        $exitCode = 2
        throw "The start at $env:GENIELOAD_START_AT is more than $($latestSeconds / 60) minutes ago. Make the manifest again with " +
            'New-GenieKubernetesJob.'
    }
    $null = Connect-Genie
    $store = Join-Path $env:GENIELOAD_STORE "shard-$number"
    $test = @{
        Plan      = $env:GENIELOAD_PLAN
        Shard     = "$number/$env:GENIELOAD_SHARDS"
        StartAt   = $startAt
        # Names of nodes may be longer than those of places.
        Place     = $env:GENIELOAD_PLACE.Substring(0, [Math]::Min($env:GENIELOAD_PLACE.Length, 100))
        StorePath = $store
        StopGrace = "$($env:GENIELOAD_STOP_GRACE)s"
        Force     = $true
    }
    if ($env:GENIELOAD_MAXIMUM_DURATION) { $test.MaximumDuration = "$($env:GENIELOAD_MAXIMUM_DURATION)s" }
    Write-Line "Shard $($test.Shard) of $($test.Plan) starts at $env:GENIELOAD_START_AT."
    Invoke-GenieLoadTest @test -OutVariable tested | Out-Default
    $exitCode = $tested[0].Health.Verdict -eq 'Invalid' ? 5 : $tested[0].State -ne 'Completed' ? 6 : 0
}
catch {
    if ($exitCode -ne 2) { $exitCode = Get-ExitCode $_ }
    Write-Failure $_.Exception.Message
}
finally {
    try {
        $folders = $store ? @(Get-ChildItem (Join-Path $store 'runs') -Directory -ErrorAction Ignore | Sort-Object Name) : @()
        if ($folders) { Save-Run $folders[-1].FullName ($exitCode -eq 130) }
    }
    catch {
        Write-Failure "The results were not written out: $($_.Exception.Message)"
        $exitCode = 1
    }
    exit $exitCode
}
