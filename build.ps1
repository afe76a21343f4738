<#
.SYNOPSIS
    Builds GenieLoad and assembles the importable module in out/GenieLoad/<version>/.
.DESCRIPTION
    Runs in PowerShell 7.4 or newer and in GenieLoad.Host, and needs the .NET 10 SDK. It therefore keeps to PowerShell's language,
    .NET and dotnet itself, and uses no cmdlet of the Utility and Management modules.
.PARAMETER Task
    Build    build the solution and assemble the module (the default)
    Test     run every xUnit test: dotnet test
    Pester   build, then run tests/Pester in pwsh with Pester 5 or newer; results go to TestResults/Pester.xml
    Package  build, then put the module into out/GenieLoad.<version>.zip, to be unzipped into a module folder
    Clean    delete out/, TestResults/ and every bin/ and obj/
.PARAMETER Configuration
    Release (the default) or Debug; the tests are always built as Debug, as dotnet test does.
.EXAMPLE
    ./build.ps1
.EXAMPLE
    ./build.ps1 -Task Package
.EXAMPLE
    dotnet run --project src/GenieLoad.Host -- build.ps1 -Task Build
#>
param(
    [ValidateSet('Build', 'Test', 'Pester', 'Package', 'Clean')]
    [string] $Task = 'Build',

    [ValidateSet('Release', 'Debug')]
    [string] $Configuration = 'Release'
)

$ErrorActionPreference = 'Stop'
$root = $PSScriptRoot
$out = [IO.Path]::Combine($root, 'out')
$properties = [xml] [IO.File]::ReadAllText([IO.Path]::Combine($root, 'Directory.Build.props'))
$version = $properties.Project.PropertyGroup.Version
$module = [IO.Path]::Combine($out, 'GenieLoad', $version)

function Say([string] $Text) {
    [Console]::WriteLine($Text)
}

# Runs a program in the repository's folder and ends the build when it fails.
function Invoke-Program([string] $Program, [string[]] $Arguments) {
    Say "> $Program $Arguments"
    & $Program @Arguments
    if ($LASTEXITCODE -ne 0) {
        throw "'$Program $Arguments' failed with exit code $LASTEXITCODE."
    }
}

function Invoke-Build {
    Invoke-Program dotnet 'build', "$root/GenieLoad.sln", '--configuration', $Configuration, '--nologo', '--verbosity', 'minimal'
    if (-not [IO.File]::Exists([IO.Path]::Combine($module, 'GenieLoad.psd1'))) {
        throw "The build has not assembled the module in $module."
    }
    Say "The module is in $module"
}

function Invoke-Test {
    Invoke-Program dotnet 'test', "$root/GenieLoad.sln"
}

# In a process of its own, which lets go of the module's files when it ends.
function Invoke-PesterSuite {
    if (-not (Get-Command pwsh -CommandType Application -ErrorAction Ignore)) {
        throw 'The Pester suite needs PowerShell 7.4 or newer: there is no pwsh on this machine.'
    }
    Invoke-Build
    $suite = [IO.Path]::Combine($root, 'tests', 'Pester', 'Run.ps1')
    $results = [IO.Path]::Combine($root, 'TestResults', 'Pester.xml')
    Invoke-Program pwsh '-NoProfile', '-NonInteractive', '-File', $suite, '-ResultPath', $results
}

function Invoke-Package {
    Invoke-Build
    $package = [IO.Path]::Combine($out, "GenieLoad.$version.zip")
    [IO.File]::Delete($package)
    $zip = [IO.Compression.ZipFile]::Open($package, 'Create')
    try {
        foreach ($file in [IO.Directory]::GetFiles($module, '*', 'AllDirectories')) {
            # Entry names have forward slashes on every system.
            $name = [IO.Path]::GetRelativePath($out, $file).Replace('\', '/')
            $null = [IO.Compression.ZipFileExtensions]::CreateEntryFromFile($zip, $file, $name)
        }
    }
    finally {
        $zip.Dispose()
    }
    Say "The package is $package"
}

function Invoke-Clean {
    $folders = @($out, [IO.Path]::Combine($root, 'TestResults'))
    foreach ($area in 'src', 'tests', 'bench') {
        foreach ($project in [IO.Directory]::GetFiles([IO.Path]::Combine($root, $area), '*.csproj', 'AllDirectories')) {
            $folder = [IO.Path]::GetDirectoryName($project)
            $folders += [IO.Path]::Combine($folder, 'bin'), [IO.Path]::Combine($folder, 'obj')
        }
    }
    foreach ($folder in $folders) {
        if (-not [IO.Directory]::Exists($folder)) {
            continue
        }
        if ([AppContext]::BaseDirectory.StartsWith($folder + [IO.Path]::DirectorySeparatorChar)) {
            Say "Left alone, because this script is running from it: $folder"
            continue
        }
        if ($folder -eq $out -and (Get-Module GenieLoad | Where-Object { $_.ModuleBase.StartsWith($out) })) {
            Say "Left alone, because the module is imported from it: $folder"
            continue
        }
        [IO.Directory]::Delete($folder, $true)
    }
}

switch ($Task) {
    'Build' { Invoke-Build }
    'Test' { Invoke-Test }
    'Pester' { Invoke-PesterSuite }
    'Package' { Invoke-Package }
    'Clean' { Invoke-Clean }
}
