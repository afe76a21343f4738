<#
.SYNOPSIS
    Builds GenieLoad and assembles the importable module in out/GenieLoad/<version>/.
.DESCRIPTION
    Needs PowerShell 7.4 or newer and the .NET 10 SDK. With the SDK alone: dotnet tool exec powershell -y -- build.ps1
.PARAMETER Task
    Build    build the solution and assemble the module (the default)
    Test     run every test: dotnet test
    Pester   build, then run tests/Pester in this PowerShell's own pwsh, with Pester 5 or newer
    Package  build, then make out/GenieLoad.<version>.nupkg, to be published or put into a folder repository
    Clean    delete out/, TestResults/ and every bin/ and obj/
.PARAMETER Configuration
    Release (the default) or Debug; the tests are always built as Debug, as dotnet test does.
.EXAMPLE
    ./build.ps1
.EXAMPLE
    ./build.ps1 -Task Package
#>
#Requires -Version 7.4
param(
    [ValidateSet('Build', 'Test', 'Pester', 'Package', 'Clean')]
    [string] $Task = 'Build',

    [ValidateSet('Release', 'Debug')]
    [string] $Configuration = 'Release'
)

$ErrorActionPreference = 'Stop'
$out = Join-Path $PSScriptRoot 'out'
$version = ([xml] (Get-Content (Join-Path $PSScriptRoot 'Directory.Build.props') -Raw)).Project.PropertyGroup.Version
$module = Join-Path $out 'GenieLoad' $version

# Runs a program and ends the build when it fails.
function Invoke-Program([string] $Program, [string[]] $Arguments) {
    Write-Host "> $Program $Arguments"
    & $Program @Arguments
    if ($LASTEXITCODE -ne 0) {
        throw "'$Program $Arguments' failed with exit code $LASTEXITCODE."
    }
}

function Invoke-Build {
    $solution = Join-Path $PSScriptRoot 'GenieLoad.sln'
    Invoke-Program dotnet 'build', $solution, '--configuration', $Configuration, '--nologo', '--verbosity', 'minimal'
    Write-Host "The module is in $module"
}

# In a process of its own, which lets go of the module's files when it ends.
function Invoke-PesterSuite {
    Invoke-Build
    Invoke-Program (Join-Path $PSHOME 'pwsh') '-NoProfile', '-NonInteractive', '-File', (Join-Path $PSScriptRoot 'tests' 'Pester' 'Run.ps1')
}

function Invoke-Package {
    Invoke-Build
    $package = Compress-PSResource -Path $module -DestinationPath $out -PassThru
    Write-Host "The package is $($package.FullName)"
}

function Invoke-Clean {
    $folders = @($out, (Join-Path $PSScriptRoot 'TestResults'))
    $areas = 'src', 'tests', 'bench' | ForEach-Object { Join-Path $PSScriptRoot $_ }
    foreach ($project in Get-ChildItem $areas -Filter *.csproj -Recurse) {
        $folders += (Join-Path $project.DirectoryName 'bin'), (Join-Path $project.DirectoryName 'obj')
    }
    if (Get-Module GenieLoad | Where-Object { $_.ModuleBase.StartsWith($out) }) {
        Write-Host "Left alone, because the module is imported from it: $out"
        $folders = $folders -ne $out
    }
    $folders | Where-Object { Test-Path $_ } | Remove-Item -Recurse -Force
}

switch ($Task) {
    'Build' { Invoke-Build }
    'Test' { Invoke-Program dotnet 'test', (Join-Path $PSScriptRoot 'GenieLoad.sln') }
    'Pester' { Invoke-PesterSuite }
    'Package' { Invoke-Package }
    'Clean' { Invoke-Clean }
}
