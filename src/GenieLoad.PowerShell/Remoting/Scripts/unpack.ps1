# Unpacks the module that was brought along. Runs in the session.
param([string] $Work)
$ErrorActionPreference = 'Stop'
$archive = Join-Path $Work 'module.zip'
$folder = Join-Path $Work 'module'
[IO.Compression.ZipFile]::ExtractToDirectory($archive, $folder)
Remove-Item -LiteralPath $archive
Join-Path $folder 'GenieLoad.psd1'
