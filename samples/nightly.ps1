<#
.SYNOPSIS
    A nightly load test: runs it, compares it with last night, mails the result, and deletes old runs.
.DESCRIPTION
    Runs in plain PowerShell 7.4 or newer, from cron, Task Scheduler or a build server. Needs the module GenieLoad
    (Install-PSResource GenieLoad) and a credential in the environment: see docs/credentials.md.

    The mail holds the summary and the comparison as Markdown, and the report as an attached page. Without -SmtpServer nothing is mailed and
    only the files are written.

    Exit codes:
        0    every threshold was met, and nothing got worse
        1    another error
        2    unusable input: a parameter, a file, a name, a credential, or no connection
        3    a threshold was missed, or a figure became worse than last night
        4    too few answers to decide about a threshold
        5    the run is invalid: the load generator was too slow for its figures to be trusted
        6    the test was stopped early: by a budget, or because the service refused it
.PARAMETER StorePath
    Folder for runs and reports.
.PARAMETER Scenario
    The load: a built-in scenario or a scenario file.
.PARAMETER QuestionPath
    Question file. Default: the module's ten samples, which suit only the simulator.
.PARAMETER Threshold
    Limits the run has to meet: several, or one text with ';' between them. A rate such as 'SuccessRate >= 95' needs about 73 questions.
.PARAMETER KeepDays
    Days to keep runs. The ten newest are always kept.
.PARAMETER Duration
    Time over which the questions are spread, such as 10m, instead of the scenario's.
.PARAMETER SmtpServer
    Mail server. Without it nothing is mailed.
.PARAMETER SmtpPort
    Its port.
.PARAMETER From
    Sender of the mail.
.PARAMETER To
    Recipients of the mail.
.PARAMETER Simulator
    Test against a simulated space on this machine, to try the job at no cost.
.EXAMPLE
    ./nightly.ps1 -StorePath /var/lib/genieload -QuestionPath ./questions.csv -SmtpServer mail.example.com -To team@example.com
.EXAMPLE
    ./nightly.ps1 -StorePath ./nights -Simulator
#>
#Requires -Version 7.4
param(
    [Parameter(Mandatory)] [string] $StorePath,
    [string] $Scenario = 'light_load',
    [string] $QuestionPath,
    [string[]] $Threshold = @('FailedCount < 1', 'P50ResponseSeconds < 30'),
    [int] $KeepDays = 30,
    [string] $Duration,
    [string] $SmtpServer,
    [int] $SmtpPort = 25,
    [string] $From = 'genieload@example.com',
    [string[]] $To = @(),
    [switch] $Simulator
)

$ErrorActionPreference = 'Stop'
# 'pwsh -File' gives texts only, no lists.
$Threshold = @($Threshold -split ';' | ForEach-Object Trim | Where-Object { $_ })

# The ids of GenieLoad's errors are stable; the class name after the comma shows that an error is GenieLoad's.
function Get-ExitCode([Management.Automation.ErrorRecord] $ErrorRecord) {
    $id, $source = $ErrorRecord.FullyQualifiedErrorId -split ',', 2
    if ($source -notlike 'GenieLoad.*') { return 1 }
    $known = @{ ThresholdMissed = 3; ThresholdUndecided = 4; RunInvalid = 5; RunStoppedByRule = 6; ServiceRefused = 6 }
    if ($known.ContainsKey($id)) { return $known[$id] }
    $unusable = 'InvalidArgument', 'InvalidData', 'ObjectNotFound', 'InvalidOperation', 'AuthenticationError', 'PermissionDenied'
    return $unusable -contains $ErrorRecord.CategoryInfo.Category ? 2 : 1
}

# What the mail says instead of names in code.
$inWords = @{
    Better = 'better than last night'; Worse = 'worse than last night'; Same = 'no change'; NotEnoughData = 'too few answers to tell a change'
    ThresholdMissed = 'threshold missed'; ThresholdUndecided = 'too few answers to decide'; RunInvalid = 'run invalid'
    RunStoppedByRule = 'stopped early'; ServiceRefused = 'stopped early, the service refused'
}

# .NET's own mail client: Send-MailMessage is obsolete, and this needs no module.
function Send-Report([string] $Subject, [string] $Body, [string] $Attachment) {
    $mail = [Net.Mail.MailMessage]::new()
    try {
        $mail.From = $From
        foreach ($address in $To) { $mail.To.Add($address) }
        $mail.Subject = $Subject
        $mail.Body = $Body
        $mail.Attachments.Add([Net.Mail.Attachment]::new($Attachment))
        $client = [Net.Mail.SmtpClient]::new($SmtpServer, $SmtpPort)
        try { $client.Send($mail) } finally { $client.Dispose() }
    }
    finally { $mail.Dispose() }
}

$exitCode = 1
try {
    Import-Module GenieLoad
    $space = $Simulator ? (Start-GenieSimulator -TimeScale 20) : $null
    $null = $Simulator ? (Connect-Genie -Simulator $space) : (Connect-Genie)

    $test = @{ Scenario = $Scenario; StorePath = $StorePath; Force = $true; MaximumFailure = '50%' }
    if ($Duration) { $test.Duration = $Duration }
    if ($QuestionPath) { $test.Question = @(Import-GenieQuestion $QuestionPath) }
    $run = Invoke-GenieLoadTest @test

    # The files first: they are needed most when something is wrong.
    $night = New-Item -ItemType Directory -Force (Join-Path $StorePath 'reports' $run.RunId)
    $page = Join-Path $night 'report.html'
    $text = Join-Path $night 'summary.md'
    Export-GenieRun -InputObject $run -Path $page, $text, (Join-Path $night 'results.csv') -Force -Threshold $Threshold
    $body = Get-Content -Raw $text

    $comparison = $null
    $change = 'nothing to compare with'
    try {
        $comparison = Compare-GenieRun -DifferenceRun $run -StorePath $StorePath
        $change = $inWords["$($comparison.Verdict)"]
        $body += "`n`nCompared with last night: $change`n`n" + ($comparison | Out-String -Width 80)
    }
    catch {
        if ($_.FullyQualifiedErrorId -notlike 'NoEarlierRun,*') { throw }
        $body += "`n`nThis is the first night: there is nothing to compare with.`n"
    }

    $missed = $null
    try { $null = Test-GenieRun -InputObject $run -Threshold $Threshold -FailOnThreshold }
    catch { $missed = $_ }
    $exitCode = if ($missed) { Get-ExitCode $missed } elseif ("$($comparison.Verdict)" -eq 'Worse') { 3 } else { 0 }
    $verdict = 'passed'
    if ($missed) {
        $id = $missed.FullyQualifiedErrorId.Split(',')[0]
        $verdict = $inWords[$id] ?? $id
    }
    Write-Output $body "Reports: $night"

    if ($SmtpServer -and $To) { Send-Report "GenieLoad $($run.Name): $verdict; $change" $body $page }
    Remove-GenieRun -OlderThan ([TimeSpan]::FromDays($KeepDays)) -KeepLatest 10 -StorePath $StorePath -Confirm:$false
}
catch {
    Write-Error -ErrorRecord $_ -ErrorAction Continue
    $exitCode = Get-ExitCode $_
}
finally {
    if ($space) { Stop-GenieSimulator -Id $space.Id }
}
exit $exitCode
