@{
    # The build puts the version of Directory.Build.props here.
    ModuleVersion        = '0.0.0'
    GUID                 = '7d4b0a52-6c1e-4f6f-9a57-3b0f2f6f5f1d'
    Author               = 'The GenieLoad authors'
    CompanyName          = 'The GenieLoad authors'
    Copyright            = '(c) 2026 The GenieLoad authors. MIT licence.'
    Description          = 'Load-tests Databricks AI/BI Genie spaces: how fast a space answers, how many people it can carry, and what happens when the rate limit bites.'

    PowerShellVersion    = '7.4'
    CompatiblePSEditions = @('Core')

    # The loader comes first: it gives the engine a context of its own before PowerShell looks at the cmdlets.
    NestedModules        = @('bin/GenieLoad.Loader.dll')
    RootModule           = 'bin/GenieLoad.PowerShell.dll'
    TypesToProcess       = @('GenieLoad.Types.ps1xml')
    FormatsToProcess     = @('GenieLoad.Format.ps1xml')

    # One a line, in alphabetical order. A test compares this list with the cmdlet classes.
    CmdletsToExport      = @(
        'Compare-GenieRun'
        'Connect-Genie'
        'Disconnect-Genie'
        'Export-GeniePlan'
        'Export-GenieRun'
        'Export-GenieRunToMlflow'
        'Export-GenieRunToOpenTelemetry'
        'Export-GenieScenario'
        'Get-GenieConnection'
        'Get-GenieQuestion'
        'Get-GenieRun'
        'Get-GenieRunCost'
        'Get-GenieScenario'
        'Get-GenieSimulator'
        'Get-GenieSpace'
        'Import-GenieQuestion'
        'Import-GenieScenario'
        'Invoke-GenieEvaluation'
        'Invoke-GenieLoadTest'
        'Invoke-GenieQuestion'
        'Measure-GenieCapacity'
        'Measure-GenieRateLimit'
        'Measure-GenieUsage'
        'Merge-GenieRun'
        'New-GenieKubernetesJob'
        'New-GenieLoadTestOption'
        'New-GenieScenario'
        'Remove-GenieRun'
        'Resume-GenieLoadTest'
        'Select-GenieConnection'
        'Set-GenieLoadTest'
        'Show-GenieDashboard'
        'Start-GenieSimulator'
        'Stop-GenieSimulator'
        'Test-GenieRun'
        'Update-GenieRun'
    )
    FunctionsToExport    = @()
    VariablesToExport    = @()
    AliasesToExport      = @()

    PrivateData          = @{
        PSData = @{
            Tags         = @(
                'Databricks', 'Genie', 'AIBI', 'LoadTest', 'Performance', 'Benchmark', 'MLflow', 'AzureAutomation', 'PSEdition_Core', 'Windows', 'Linux', 'MacOS'
            )
            LicenseUri   = 'https://github.com/genieload/GenieLoad/blob/main/LICENSE'
            ProjectUri   = 'https://github.com/genieload/GenieLoad'
            ReleaseNotes = 'https://github.com/genieload/GenieLoad/blob/main/CHANGELOG.md'
        }
    }
}
