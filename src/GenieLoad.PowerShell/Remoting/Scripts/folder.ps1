# Makes the folder of a test, for its owner only, and returns its path. Runs in the session.
param([string] $Id)
$ErrorActionPreference = 'Stop'
$data = $env:GENIELOAD_HOME
if (-not $data) {
    $data = Join-Path ([Environment]::GetFolderPath('LocalApplicationData', 'DoNotVerify')) 'GenieLoad'
}
$work = Join-Path $data 'places' $Id
if ($IsWindows) {
    # What lies in the data folder of a user is for that user only.
    $null = [IO.Directory]::CreateDirectory($work)
}
else {
    $null = [IO.Directory]::CreateDirectory($work, [IO.UnixFileMode] 'UserRead, UserWrite, UserExecute')
}
(Get-Item -LiteralPath $work -Force).FullName
