# Leaves a word for the process of a shard: when to begin, or to stop. Runs in the session.
param([string] $Work, [string] $Word, [string] $Text)
$ErrorActionPreference = 'Stop'
$half = Join-Path $Work "$Word.new"
[IO.File]::WriteAllText($half, $Text)
[IO.File]::Move($half, (Join-Path $Work $Word), $true)
