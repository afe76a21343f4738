# What a user's own PowerShell makes of the module.

BeforeAll {
    $root = (Resolve-Path "$PSScriptRoot/../..").Path
    $version = ([xml] (Get-Content "$root/Directory.Build.props" -Raw)).Project.PropertyGroup.Version
    $manifest = & "$PSScriptRoot/BuiltModule.ps1"
    Import-Module $manifest -WarningVariable importWarnings
}

AfterAll {
    Remove-Module GenieLoad -ErrorAction Ignore
}

Describe 'The module' {
    It 'has a valid manifest with the version of the build' {
        (Test-ModuleManifest $manifest -ErrorAction Stop).Version.ToString() | Should -Be $version
    }

    It 'imports without a warning' {
        $importWarnings | Should -BeNullOrEmpty
    }

    It 'keeps its libraries out of the session' {
        $default = [System.Runtime.Loader.AssemblyLoadContext]::Default.Assemblies.ForEach({ $_.GetName().Name })
        $default | Should -Not -Contain 'CsvHelper'
        $default | Should -Not -Contain 'GenieLoad.Engine'
    }

    It 'uses approved verbs' {
        $approved = (Get-Verb).Verb
        (Get-Command -Module GenieLoad).Verb | Where-Object { $_ -notin $approved } | Should -BeNullOrEmpty
    }
}
