# The files of a shard's run: name and length, one after the other. Runs in the session.
param([string] $Work)
$ErrorActionPreference = 'Stop'
$run = Get-ChildItem -LiteralPath (Join-Path $Work 'store' 'runs') -Directory -ErrorAction Ignore | Select-Object -First 1
if ($run) {
    $run.FullName
    foreach ($file in Get-ChildItem -LiteralPath $run.FullName -File) {
        $file.Name
        $file.Length
    }
}
