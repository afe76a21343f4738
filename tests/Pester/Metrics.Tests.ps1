# Metrics of load tests, as a user's own PowerShell listens to them, sends them and writes them.

BeforeAll {
    $script:manifest = & "$PSScriptRoot/BuiltModule.ps1"
    Import-Module $manifest -Force
    $script:store = Join-Path $TestDrive 'store'
    $script:simulator = Start-GenieSimulator -TimeScale 100 -FailedShare 0.2 -Seed 3
    $null = Connect-Genie -Simulator $simulator
    $script:test = @{
        QuestionCount = 12; Duration = 2; WarmUpCount = 2; Seed = 4; StorePath = $store; PollInterval = 0.05; MaximumPollInterval = 0.1
        InformationAction = 'Ignore'
    }

    # A receiver of OTLP on this machine, in its own runspace: keeps paths and bodies.
    function Start-Collector([int] $Status = 200) {
        $free = [System.Net.Sockets.TcpListener]::new([ipaddress]::Loopback, 0)
        $free.Start()
        $address = "http://127.0.0.1:$($free.LocalEndpoint.Port)"
        $free.Stop()
        $listener = [System.Net.HttpListener]::new()
        $listener.Prefixes.Add("$address/")
        $listener.Start()
        $paths = [System.Collections.Concurrent.ConcurrentQueue[string]]::new()
        $bodies = [System.Collections.Concurrent.ConcurrentQueue[string]]::new()
        $job = Start-ThreadJob -ArgumentList $listener, $paths, $bodies, $Status -ScriptBlock {
            param ($listener, $paths, $bodies, $status)
            while ($listener.IsListening) {
                try { $context = $listener.GetContext() } catch { break }
                $body = [System.IO.StreamReader]::new($context.Request.InputStream).ReadToEnd()
                $paths.Enqueue($context.Request.Url.AbsolutePath)
                $bodies.Enqueue($body)
                $context.Response.StatusCode = $status
                $context.Response.Close()
            }
        }
        [pscustomobject] @{ Address = $address; Listener = $listener; Paths = $paths; Bodies = $bodies; Job = $job }
    }

    function Stop-Collector($Collector) {
        $Collector.Listener.Stop()
        $null = $Collector.Job | Wait-Job
        $Collector.Job | Remove-Job
    }

    function Get-Total([string] $Body, [string] $Name) {
        $metric = ($Body | ConvertFrom-Json).resourceMetrics[0].scopeMetrics[0].metrics | Where-Object name -EQ $Name
        $points = ($metric.sum ?? $metric.gauge ?? $metric.histogram).dataPoints
        ($points | ForEach-Object { [double] ($_.asInt ?? $_.asDouble ?? $_.count) } | Measure-Object -Sum).Sum
    }

    Add-Type -TypeDefinition @'
using System;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;

public sealed class Ear : IDisposable
{
    private readonly MeterListener _meters = new MeterListener();
    private readonly ActivityListener _activities;

    public Ear()
    {
        _meters.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == "GenieLoad")
                listener.EnableMeasurementEvents(instrument);
        };
        _meters.SetMeasurementEventCallback<long>((instrument, value, tags, state) => Add(instrument.Name, value));
        _meters.SetMeasurementEventCallback<double>((instrument, value, tags, state) => Add(instrument.Name + ".count", 1));
        _meters.Start();
        _activities = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "GenieLoad",
            Sample = (ref ActivityCreationOptions<ActivityContext> options) => ActivitySamplingResult.AllData,
            ActivityStopped = activity => Add("activities", 1),
        };
        ActivitySource.AddActivityListener(_activities);
    }

    public ConcurrentDictionary<string, double> Heard { get; } = new ConcurrentDictionary<string, double>();

    public void Dispose()
    {
        _meters.Dispose();
        _activities.Dispose();
    }

    private void Add(string name, double value) => Heard.AddOrUpdate(name, value, (key, before) => before + value);
}
'@
}

AfterAll {
    Disconnect-Genie
    Stop-GenieSimulator -Id $simulator.Id
    Remove-Module GenieLoad
}

Describe 'Listeners of the process' {
    It 'hear every question, because the module uses the meters of PowerShell itself' {
        $ear = [Ear]::new()
        try { $run = Invoke-GenieLoadTest @test }
        finally { $ear.Dispose() }
        $ear.Heard['genieload.question.finished'] | Should -Be 12
        $ear.Heard['genieload.question.response.duration.count'] | Should -Be 12
        $ear.Heard['genieload.lag.count'] | Should -Be 12
        $ear.Heard['activities'] | Should -Be 12
        $run.Results.Count | Should -Be 12
    }

    It 'would hear nothing of a library in the folder of the module' {
        Get-ChildItem (Split-Path $manifest) -Recurse -Filter '*DiagnosticSource*' | Should -BeNullOrEmpty
    }
}

Describe '-OtlpEndpoint' {
    BeforeEach { $env:OTEL_METRIC_EXPORT_INTERVAL = '200' }

    AfterEach { $env:OTEL_METRIC_EXPORT_INTERVAL = $env:OTEL_EXPORTER_OTLP_ENDPOINT = $env:OTEL_EXPORTER_OTLP_PROTOCOL = $null }

    It 'sends metrics while the test runs and at its end' {
        $collector = Start-Collector
        try {
            $run = Invoke-GenieLoadTest @test -OtlpEndpoint $collector.Address -WarningVariable said -WarningAction SilentlyContinue
            $bodies = $collector.Bodies.ToArray()
        }
        finally { Stop-Collector $collector }
        $said | Should -BeNullOrEmpty
        $collector.Paths | Select-Object -Unique | Should -Be '/v1/metrics'
        $bodies.Count | Should -BeGreaterThan 3
        Get-Total $bodies[0] 'genieload.question.finished' | Should -Be 0
        Get-Total $bodies[-1] 'genieload.question.finished' | Should -Be 12
        Get-Total $bodies[-1] 'genieload.question.response.duration' | Should -Be 12
        Get-Total $bodies[-1] 'genieload.question.planned' | Should -Be 12
        Get-Total $bodies[-1] 'genieload.question.in_flight' | Should -Be 0
        $bodies[-1] | Should -Match $run.RunId
    }

    It 'is not needed where a variable names the receiver, and -Verbose says so' {
        $collector = Start-Collector
        try {
            $env:OTEL_EXPORTER_OTLP_ENDPOINT = $collector.Address
            $said = Invoke-GenieLoadTest @test -Verbose 4>&1 | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] }
        }
        finally { Stop-Collector $collector }
        Get-Total $collector.Bodies.ToArray()[-1] 'genieload.question.finished' | Should -Be 12
        "$said" | Should -Match "Metrics are sent to $($collector.Address)/v1/metrics"
    }

    It 'that nobody answers is one warning, and the test is complete' {
        $log = Join-Path $TestDrive 'log.txt'
        $run = Invoke-GenieLoadTest @test -OtlpEndpoint http://127.0.0.1:1 -LogPath $log `
            -WarningVariable said -WarningAction SilentlyContinue
        @(Get-Content $log | Where-Object { $_ -match 'Debug Metrics did not arrive' }).Count | Should -BeGreaterThan 1
        $said.Count | Should -Be 1
        "$said" | Should -Match 'Metrics did not arrive; the test goes on.*http://127\.0\.0\.1:1/v1/metrics cannot be reached'
        $run.State | Should -Be 'Completed'
        $run.Results.Count | Should -Be 12
    }

    It 'that refuses is one warning of a job too' {
        $collector = Start-Collector -Status 401
        try { $job = Invoke-GenieLoadTest @test -OtlpEndpoint $collector.Address -AsJob | Wait-Job }
        finally { Stop-Collector $collector }
        $job.Warning.Count | Should -Be 1
        "$($job.Warning)" | Should -Match 'OTEL_EXPORTER_OTLP_HEADERS|refused the credential'
        $job | Remove-Job
    }

    It 'that is no address is an error before anything is asked' {
        $before = (Get-GenieSimulator $simulator.Id).CallCount
        { Invoke-GenieLoadTest @test -OtlpEndpoint localhost:4318 -ErrorAction Stop } |
            Should -Throw -ErrorId 'InvalidOtlpEndpoint,GenieLoad.PowerShell.Commands.InvokeGenieLoadTestCommand'
        { Invoke-GenieLoadTest @test -OtlpEndpoint ftp://localhost -WhatIf -ErrorAction Stop } |
            Should -Throw -ErrorId 'InvalidOtlpEndpoint*'
        $env:OTEL_METRIC_EXPORT_INTERVAL = 'often'
        { Invoke-GenieLoadTest @test -OtlpEndpoint http://127.0.0.1:1 -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidOtlpVariable*'
        (Get-GenieSimulator $simulator.Id).CallCount | Should -Be $before
    }

    It 'is given up with a warning where only variables ask for it and cannot be used' {
        $env:OTEL_EXPORTER_OTLP_ENDPOINT = 'http://127.0.0.1:4317'
        $env:OTEL_EXPORTER_OTLP_PROTOCOL = 'grpc'
        $run = Invoke-GenieLoadTest @test -WarningVariable warnings -WarningAction SilentlyContinue
        $run.State | Should -Be 'Completed'
        @($warnings) -match '^The test sends no metrics: OTEL_EXPORTER_OTLP_PROTOCOL is' | Should -HaveCount 1
    }

    It 'sends nothing under -WhatIf' {
        $collector = Start-Collector
        try { Invoke-GenieLoadTest @test -OtlpEndpoint $collector.Address -WhatIf }
        finally { Stop-Collector $collector }
        $collector.Bodies.Count | Should -Be 0
    }

    It 'of Resume-GenieLoadTest sends what is asked from then on' {
        $stopped = Invoke-GenieLoadTest @test -MaximumQuestion 5 -WarningAction Ignore
        $left = @($stopped.Results | Where-Object Outcome -EQ 'NotStarted').Count
        $left | Should -BeGreaterThan 0
        $collector = Start-Collector
        try { $run = $stopped | Resume-GenieLoadTest -StorePath $store -OtlpEndpoint $collector.Address -InformationAction Ignore }
        finally { Stop-Collector $collector }
        $run.State | Should -Be 'Completed'
        Get-Total $collector.Bodies.ToArray()[-1] 'genieload.question.finished' | Should -Be $left
    }
}

Describe 'A Prometheus file' {
    It 'has the counts of the run' {
        $file = Join-Path $TestDrive 'run.prom'
        $run = Invoke-GenieLoadTest @test
        $run | Export-GenieRun -Path $file
        $lines = Get-Content $file
        foreach ($group in $run.Results | Group-Object Outcome, IsWarmUp) {
            $outcome, $isWarmUp = $group.Values
            $line = @($lines | Where-Object {
                    $_ -like "genieload_question_finished_total{*genieload_outcome=`"$outcome`"*" -and
                    ($_ -match 'warm_up="true"') -eq $isWarmUp
                })
            $line.Count | Should -Be 1
            [int] ($line[0] -split ' ')[-1] | Should -Be $group.Count
        }
        $lines | Should -Contain '# TYPE genieload_question_response_duration_seconds histogram'
        { $run | Export-GenieRun -Path $file -ErrorAction Stop } | Should -Throw -ErrorId 'FileExists*'
    }

    It 'completes and is offered in the help' {
        (Get-Help Export-GenieRun -Parameter Path).description.Text | Should -Match '\.prom'
    }
}
