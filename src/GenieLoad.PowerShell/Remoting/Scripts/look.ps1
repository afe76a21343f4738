# How the process of a shard stands: what it wrote last, and whether it lives. Runs in the session.
param([string] $Work)
$status = Join-Path $Work 'status.json'
# In this order: a process that ends meanwhile has written before.
$lives = $true
try {
    [IO.File]::Open((Join-Path $Work 'alive'), 'Open', 'ReadWrite', 'None').Dispose()
    $lives = $false
}
catch [IO.FileNotFoundException] {
    # It has not begun yet.
    $lives = $true
}
catch [IO.IOException] {
    # Held open by the process.
    $lives = $true
}
$text = ''
for ($try = 0; $try -lt 5 -and -not $text; $try++) {
    try {
        $text = (Test-Path -LiteralPath $status) ? [IO.File]::ReadAllText($status) : '{}'
    }
    catch [IO.IOException] {
        # On Windows it is out of reach while it is replaced.
        Start-Sleep -Milliseconds 20
    }
}
$text
$lives
if (-not $lives) {
    # What PowerShell itself said, such as of a script that may not run.
    $output = Join-Path $Work 'output.log'
    (Test-Path -LiteralPath $output) ? (@(Get-Content -LiteralPath $output -Tail 5) -join ' ') : ''
}
