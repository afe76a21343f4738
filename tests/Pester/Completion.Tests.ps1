# Which parameters complete with files: every parameter of every cmdlet, as Tab completes it.

BeforeAll {
    Import-Module (& "$PSScriptRoot/BuiltModule.ps1") -Force
    $script:homeBefore = $env:GENIELOAD_HOME
    $env:GENIELOAD_HOME = "$TestDrive/home"
    Push-Location $TestDrive
    $null = New-Item zz -ItemType Directory
    Set-Content zz.txt ''
    Set-Content zz.json ''

    # What stands here takes any file, a .json file or a folder, or a folder alone; -StorePath takes a folder everywhere.
    $script:files = @(
        'Export-GenieRun -Path', 'Export-GenieScenario -Path', 'Get-GenieRun -Path', 'Import-GenieQuestion -LiteralPath'
        'Import-GenieQuestion -Path', 'Import-GenieScenario -LiteralPath', 'Import-GenieScenario -Path', 'Invoke-GenieLoadTest -LogPath'
        'Invoke-GenieQuestion -LogPath', 'Measure-GenieCapacity -LogPath', 'New-GenieScenario -ReplayPath'
        'Resume-GenieLoadTest -LogPath', 'Resume-GenieLoadTest -Path', 'Set-GenieLoadTest -Path'
        'Export-GeniePlan -InputObject', 'Export-GeniePlan -Path', 'Invoke-GenieLoadTest -Plan', 'New-GenieKubernetesJob -Path'
        'Merge-GenieRun -Path', 'New-GenieKubernetesJob -Plan'
    )
    $script:json = @(
        'Compare-GenieRun -DifferenceRun', 'Compare-GenieRun -ReferenceRun', 'Export-GenieRun -InputObject'
        'Export-GenieRunToMlflow -InputObject', 'Export-GenieRunToOpenTelemetry -InputObject', 'Export-GenieScenario -Scenario'
        'Invoke-GenieLoadTest -Scenario'
        'Measure-GenieCapacity -Scenario', 'Test-GenieRun -InputObject'
    )
    $script:folders = @('Remove-GenieRun -Path')

    $common = [System.Management.Automation.PSCmdlet]::CommonParameters + [System.Management.Automation.PSCmdlet]::OptionalCommonParameters
    $script:parameters = @(
        foreach ($command in Get-Command -Module GenieLoad) {
            foreach ($parameter in $command.Parameters.Values) {
                if ($parameter.Name -notin $common -and -not $parameter.SwitchParameter) { "$($command.Name) -$($parameter.Name)" }
            }
        }
    )

    function Get-Expected([string] $Parameter, [string] $Typed) {
        if ($Parameter -in $files) { return 'zz', 'zz.json', 'zz.txt' }
        if ($Parameter -in $folders -or $Parameter -like '* -StorePath') { return 'zz' }
        $addresses = 'Export-GenieRunToMlflow -TrackingUri', 'New-GenieKubernetesJob -MlflowTrackingUri'
        if ($Parameter -in $addresses -and $Typed -like './*') { return 'zz' }
        # Names come first; a path is offered once something is typed that no name begins with.
        if ($Parameter -in $json -and $Typed) { return 'zz', 'zz.json' }
    }
}

AfterAll {
    Pop-Location
    $env:GENIELOAD_HOME = $homeBefore
    Remove-Module GenieLoad
}

Describe 'Completion of files' {
    It "behind '<_>' is for paths alone" -ForEach '', 'z', "'z", './z' {
        $typed = $_
        $parameters.Count | Should -BeGreaterThan 150
        foreach ($parameter in $parameters) {
            $offered = (TabExpansion2 "$parameter $typed").CompletionMatches |
                Where-Object { $_.ResultType -like 'Provider*' -and $_.ListItemText -like 'zz*' } | ForEach-Object ListItemText | Sort-Object
            $offered -join ' ' | Should -Be ((Get-Expected $parameter $typed) -join ' ') -Because "$parameter $typed"
        }
    }

    It 'knows every parameter that it is expected of' {
        $files + $json + $folders | Where-Object { $_ -notin $parameters } | Should -BeNullOrEmpty
    }
}
