# The dashboard as a user meets it: its address, its page, and what becomes of both.

BeforeAll {
    $script:manifest = & "$PSScriptRoot/BuiltModule.ps1"
    Import-Module $manifest -Force
    $script:store = Join-Path $TestDrive 'store'
    $script:simulator = Start-GenieSimulator -TimeScale 50
    $null = Connect-Genie -Simulator $simulator -Name main

    # Opens an address as a browser does, and returns the page and the session that may look again.
    function Open-Page([uri] $Address) {
        $null = Invoke-WebRequest $Address -SessionVariable browser -MaximumRedirection 0 -SkipHttpErrorCheck -ErrorAction Ignore
        $page = Invoke-WebRequest "http://127.0.0.1:$($Address.Port)/" -WebSession $browser
        [pscustomobject]@{ Text = $page.Content; Session = $browser }
    }

    function Get-Address([object[]] $Line) {
        ([regex] 'http://127\.0\.0\.1:[0-9]+/\?token=[0-9a-f]{64}').Match(($Line -join ' ')).Value
    }

    function Wait-For([scriptblock] $Condition) {
        $end = [datetime]::Now.AddMinutes(1)
        while (-not (& $Condition)) {
            if ([datetime]::Now -gt $end) { throw "It did not come to: $Condition" }
            Start-Sleep -Milliseconds 50
        }
    }

    # Shows a run in another runspace of this process, as a second window does.
    function Start-Dashboard([string] $Run, [hashtable] $With = @{}) {
        $job = Start-ThreadJob -ArgumentList $manifest, $Run, $With {
            param ($Module, $Run, $With)
            Import-Module $Module
            Show-GenieDashboard $Run @With
        }
        Wait-For { $job.Information.Count -gt 0 -or $job.State -in 'Failed', 'Completed', 'Stopped' }
        $job
    }
}

AfterAll {
    Stop-GenieSimulator -Id $simulator.Id
    Remove-Module GenieLoad
}

Describe 'Invoke-GenieLoadTest -Dashboard' {
    It 'shows the address, and returns the run alone' {
        $all = Invoke-GenieLoadTest -QuestionCount 2 -Duration 1s -StorePath $store -Force -Dashboard 6>&1
        $run = $all | Where-Object { $_ -isnot [System.Management.Automation.InformationRecord] }
        $said = $all | Where-Object { $_ -is [System.Management.Automation.InformationRecord] }
        $run.SuccessfulCount | Should -Be 2
        Get-Address $said | Should -Not -BeNullOrEmpty
        "$said" | Should -Match '^Dashboard: http\S+ \(opens once, in one browser\)$'
        { Invoke-WebRequest (Get-Address $said) } | Should -Throw
    }

    It 'leaves the token in no file' {
        $said = Invoke-GenieLoadTest -QuestionCount 1 -Duration 1s -StorePath $store -Force -Dashboard -LogPath "$TestDrive/log.txt" `
            -Verbose *>&1 | Out-String
        $token = ([uri] (Get-Address $said)).Query.Substring(7)
        $token.Length | Should -Be 64
        Get-ChildItem $store, "$TestDrive/log.txt" -Recurse -File -Force | Select-String $token -SimpleMatch | Should -BeNullOrEmpty
    }

    It 'shows a job while it runs, and is gone when it has ended' {
        $job = Invoke-GenieLoadTest -QuestionCount 500 -Duration 1h -WorkerCount 5 -StorePath $store -Force -AsJob -Dashboard 6> $null
        try {
            Wait-For { $job.RunPath }
            $page = Open-Page $job.DashboardUri
            Wait-For {
                (Invoke-WebRequest "http://127.0.0.1:$($job.DashboardUri.Port)/" -WebSession $page.Session).Content -match
                    '<title>custom_adhoc_test_500q_3600s: Running</title>'
            }
            (Invoke-WebRequest $job.DashboardUri -SkipHttpErrorCheck).StatusCode | Should -Be 403
        } finally {
            $job | Stop-Job
        }
        { Invoke-WebRequest "http://127.0.0.1:$($job.DashboardUri.Port)/" } | Should -Throw
        (Receive-Job $job).State | Should -Be 'Stopped'
        Remove-Job $job
    }

    It 'does not begin where the port is in use, and asks nothing' {
        $other = Start-GenieSimulator -TimeScale 50
        $connection = Connect-Genie -Simulator $other -Name quiet
        $before = (Get-GenieSimulator -Id $other.Id).CallCount
        $taken = [System.Net.Sockets.TcpListener]::new([System.Net.IPAddress]::Loopback, 0)
        $taken.Start()
        $port = $taken.LocalEndpoint.Port
        try {
            { Invoke-GenieLoadTest -QuestionCount 2 -Duration 1s -Connection $connection -StorePath $store -Force -DashboardPort $port } |
                Should -Throw -ErrorId 'DashboardPortInUse*' -ExpectedMessage "*$port*"
        } finally {
            $taken.Stop()
        }
        (Get-GenieSimulator -Id $other.Id).CallCount | Should -Be $before
        Disconnect-Genie quiet
        Select-GenieConnection main
        Stop-GenieSimulator -Id $other.Id
    }

    It 'listens where it is told to, and resumes with a dashboard too' {
        $port = Get-Random -Minimum 20000 -Maximum 30000
        $stopped = Invoke-GenieLoadTest -QuestionCount 6 -Duration 2s -MaximumQuestion 2 -StorePath $store -Force -DashboardPort $port `
            -InformationVariable said -WarningAction Ignore 6> $null
        ([uri] (Get-Address $said)).Port | Should -Be $port
        $other = Invoke-GenieLoadTest -QuestionCount 3 -Duration 2s -MaximumQuestion 1 -StorePath $store -Force -WarningAction Ignore
        $run = $stopped, $other | Resume-GenieLoadTest -StorePath $store -Dashboard -InformationVariable said 6> $null
        $run.SuccessfulCount | Should -Be 6, 3
        $said.Count | Should -Be 2
        Get-Address $said[0] | Should -Not -Be (Get-Address $said[1])
    }

    It 'opens nothing under -WhatIf' {
        Invoke-GenieLoadTest -QuestionCount 2 -Duration 1s -StorePath $store -Dashboard -WhatIf -InformationVariable said 6> $null
        Get-Address $said | Should -BeNullOrEmpty
    }

    It 'refuses port <Port>' -TestCases @(@{ Port = 80 }, @{ Port = 65536 }) {
        param ($Port)
        { Invoke-GenieLoadTest -QuestionCount 1 -DashboardPort $Port -StorePath $store } |
            Should -Throw -ErrorId 'ParameterArgumentValidationError*'
        { Show-GenieDashboard x -Port $Port } | Should -Throw
    }

    It 'opens the browser, with the address and nothing else' {
        $tools = New-Item (Join-Path $TestDrive 'tools') -ItemType Directory
        Set-Content (Join-Path $tools 'xdg-open') "#!/bin/sh`nprintf '%s\n' `"`$@`" >> '$TestDrive/opened.txt'"
        chmod +x (Join-Path $tools 'xdg-open')
        $path = $env:PATH
        $env:PATH = "$tools$([IO.Path]::PathSeparator)$path"
        try {
            $null = Invoke-GenieLoadTest -QuestionCount 1 -Duration 1s -StorePath $store -Force -OpenDashboard `
                -InformationVariable said 6> $null
        } finally {
            $env:PATH = $path
        }
        Wait-For { (Test-Path "$TestDrive/opened.txt") -and (Get-Content "$TestDrive/opened.txt") }
        Get-Content "$TestDrive/opened.txt" | Should -Be (Get-Address $said)
    }

    It 'runs the test although no browser can be opened' {
        $path = $env:PATH
        $env:PATH = "$TestDrive"
        try {
            $run = Invoke-GenieLoadTest -QuestionCount 1 -Duration 1s -StorePath $store -Force -OpenDashboard -WarningVariable warned `
                -WarningAction SilentlyContinue 6> $null
        } finally {
            $env:PATH = $path
        }
        $run.SuccessfulCount | Should -Be 1
        "$warned" | Should -Be 'No browser could be opened for the dashboard. Open its address yourself.'
    }
}

Describe 'Show-GenieDashboard' {
    BeforeAll {
        $script:run = Invoke-GenieLoadTest -QuestionCount 3 -Duration 1s -StorePath $store -Force
    }

    It 'shows a run that has ended, until it is stopped' {
        $show = Start-Dashboard $run.RunPath
        $address = [uri] (Get-Address $show.Information)
        # A machine that is busy makes a run invalid.
        (Open-Page $address).Text | Should -Match "<title>$([regex]::Escape($run.Name)): (No thresholds|Invalid)</title>"
        $show.State | Should -Be 'Running'
        Stop-Job $show
        { Invoke-WebRequest "http://127.0.0.1:$($address.Port)/" } | Should -Throw
        Receive-Job $show 6> $null | Should -BeNullOrEmpty
        Remove-Job $show
    }

    It 'shows a running run of another process, and its end' {
        $other = Start-Job -ArgumentList $manifest, $store {
            param ($Module, $Store)
            Import-Module $Module
            $null = Connect-Genie -Simulator (Start-GenieSimulator -TimeScale 20)
            Invoke-GenieLoadTest -QuestionCount 20 -Duration 10s -StorePath $Store -Force -Name elsewhere
        }
        Wait-For { Get-GenieRun -StorePath $store -State Running -WarningAction Ignore | Where-Object Name -EQ elsewhere }
        $running = Get-GenieRun -StorePath $store -State Running | Where-Object Name -EQ elsewhere
        $show = Start-Dashboard $running.RunPath
        $address = [uri] (Get-Address $show.Information)
        $page = Open-Page $address
        $page.Text | Should -Match '<title>elsewhere: Running</title>'
        $null = $other | Wait-Job | Receive-Job
        Wait-For {
            (Invoke-WebRequest "http://127.0.0.1:$($address.Port)/" -WebSession $page.Session).Content -match
                '<title>elsewhere: (No thresholds|Invalid)</title>'
        }
        $show | Stop-Job -PassThru | Remove-Job
        Remove-Job $other
    }

    It 'takes a run from the pipeline, and one only' {
        { $run, $run | Show-GenieDashboard } | Should -Throw -ErrorId 'OneDashboardPerRun*'
    }

    It 'refuses a run without a folder' {
        $run | Export-GenieRun -Path "$TestDrive/run.json"
        $moved = Get-Content "$TestDrive/run.json" -Raw
        Set-Content "$TestDrive/moved.json" $moved.Replace($run.RunId, 'gone')
        { Show-GenieDashboard "$TestDrive/moved.json" } | Should -Throw -ErrorId 'RunHasNoFolder*'
    }

    It 'offers the runs' {
        $env:GENIELOAD_HOME = $store
        try {
            $typed = 'Show-GenieDashboard '
            (TabExpansion2 $typed $typed.Length).CompletionMatches.CompletionText | Should -Contain $run.RunId
        } finally {
            $env:GENIELOAD_HOME = $null
        }
    }
}
