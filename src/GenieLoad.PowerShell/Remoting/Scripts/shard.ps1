# Runs one shard, in a process of its own that needs no session. Everything it is told is a file in its folder, and everything it says too.
param([string] $Work)
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
$PSStyle.OutputRendering = 'PlainText'

# Held open as long as this process lives: whoever can open it knows that the process is gone.
$alive = [IO.File]::Open((Join-Path $Work 'alive'), 'OpenOrCreate', 'ReadWrite', 'None')

function Write-Status([hashtable] $Status, [switch] $MayFail) {
    $half = Join-Path $Work 'status.new'
    try {
        [IO.File]::WriteAllText($half, (ConvertTo-Json $Status -Compress))
        [IO.File]::Move($half, (Join-Path $Work 'status.json'), $true)
    }
    catch [IO.IOException], [UnauthorizedAccessException] {
        # A full disk keeps a test from beginning, but does not end it: whoever looks sees the status before.
        if (-not $MayFail) {
            throw
        }
    }
}

function Test-Word([string] $Word) {
    Test-Path -LiteralPath (Join-Path $Work $Word)
}

Write-Status @{ stage = 'Preparing' }
try {
    $settings = Get-Content -LiteralPath (Join-Path $Work 'settings.json') -Raw | ConvertFrom-Json -AsHashtable
    $connect = @{ WorkspaceUrl = $settings.workspaceUrl; SpaceId = $settings.spaceId }
    if ($settings.takesToken) {
        $token = $IsWindows ? $env:GENIELOAD_PLACE_TOKEN : [Console]::In.ReadLine()
        $env:GENIELOAD_PLACE_TOKEN = $null
        # Not by ConvertTo-SecureString: a machine that logs what cmdlets are given would log it.
        $connect.Token = [Net.NetworkCredential]::new('', $token).SecurePassword
        $token = $null
    }
    Import-Module $settings.module
    $connection = Connect-Genie @connect
    Write-Status @{ stage = 'Ready' }

    # Who prepared it is gone where nobody says when to begin.
    $until = [DateTime]::UtcNow.AddMinutes(15)
    while (-not (Test-Word 'start')) {
        if (Test-Word 'stop') {
            exit
        }
        if ([DateTime]::UtcNow -gt $until) {
            $alive.Dispose()
            Remove-Item -LiteralPath $Work -Recurse -Force
            exit
        }
        Start-Sleep -Milliseconds 100
    }
    $ticks = [long] [IO.File]::ReadAllText((Join-Path $Work 'start'))
    $parameters = $settings.parameters
    $job = Invoke-GenieLoadTest -Plan (Join-Path $Work 'plan.json.gz') -Shard $settings.shard -Place $settings.place `
        -StartAt ([DateTime]::new($ticks, 'Utc')) -StorePath (Join-Path $Work 'store') -Connection $connection -Force -AsJob @parameters

    $isStopped = $false
    do {
        $isOver = $job.State -notin 'NotStarted', 'Running', 'Stopping'
        $status = @{
            stage     = 'Running'
            planned   = $job.PlannedCount
            succeeded = $job.SucceededCount
            failed    = $job.FailedCount
            inFlight  = $job.InFlightCount
            runPath   = $job.RunPath
            warnings  = @($job.Warning | Select-Object -First 10 | ForEach-Object Message)
        }
        if ($isOver) {
            # What it had to say: an error that ended it, or kept it from beginning.
            $failure = $job.Error | Select-Object -First 1
            $status.stage = $job.RunPath ? 'Ended' : 'Refused'
            $status.errorId = ($failure.FullyQualifiedErrorId -split ',')[0]
            $status.errorText = "$failure"
        }
        Write-Status $status -MayFail
        if (-not $isOver -and -not $isStopped -and (Test-Word 'stop')) {
            $isStopped = $true
            Stop-Job $job
        }
        elseif (-not $isOver) {
            $null = Wait-Job $job -Timeout 1
        }
    } until ($isOver)
}
catch {
    Write-Status @{ stage = 'Refused'; errorId = ($_.FullyQualifiedErrorId -split ',')[0]; errorText = "$_" } -MayFail
}
finally {
    # The texts of the questions are in the run, unless they are to be nowhere.
    Remove-Item -LiteralPath (Join-Path $Work 'plan.json.gz') -ErrorAction Ignore
}
