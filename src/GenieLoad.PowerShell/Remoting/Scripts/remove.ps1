# Removes the folder of a test once its process has left. Runs in the session.
param([string] $Work)
$ErrorActionPreference = 'Stop'
for ($try = 0; $try -lt 100; $try++) {
    try {
        [IO.File]::Open((Join-Path $Work 'alive'), 'Open', 'ReadWrite', 'None').Dispose()
        break
    }
    catch [IO.FileNotFoundException] {
        break
    }
    catch [IO.DirectoryNotFoundException] {
        return
    }
    catch [IO.IOException] {
        Start-Sleep -Milliseconds 100
    }
}
Remove-Item -LiteralPath $Work -Recurse -Force
# Folders above it go when this was the last test.
$places = Split-Path $Work
if (-not (Get-ChildItem -LiteralPath $places -Force)) {
    Remove-Item -LiteralPath $places
}
