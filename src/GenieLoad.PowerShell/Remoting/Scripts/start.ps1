# Starts the process of a shard so that it outlives this session. Runs in the session.
param([string] $Work, [securestring] $Token)
$ErrorActionPreference = 'Stop'
$program = @(Join-Path $PSHOME ($IsWindows ? 'pwsh.exe' : 'pwsh'))
if (-not (Test-Path -LiteralPath $program[0])) {
    # PowerShell as a .NET tool: the program is dotnet, and its first argument PowerShell.
    $program = @([Environment]::ProcessPath, [Environment]::GetCommandLineArgs()[0])
}
$arguments = @('-NoLogo', '-NoProfile', '-NonInteractive', '-ExecutionPolicy', 'Bypass', '-File', (Join-Path $Work 'shard.ps1'), $Work)
if ($IsWindows) {
    # Children of this process end with the session; those that WMI makes do not. They know only the variables that are listed.
    $variables = [Environment]::GetEnvironmentVariables()
    if ($Token) {
        $variables['GENIELOAD_PLACE_TOKEN'] = [Net.NetworkCredential]::new('', $Token).Password
    }
    $startup = New-CimInstance -CimClass (Get-CimClass Win32_ProcessStartup) -ClientOnly -Property @{
        ShowWindow           = [uint16] 0
        EnvironmentVariables = [string[]] @($variables.GetEnumerator() | ForEach-Object { "$($_.Key)=$($_.Value)" })
    }
    $line = (@($program) + $arguments | ForEach-Object { "`"$_`"" }) -join ' '
    $made = Invoke-CimMethod -ClassName Win32_Process -MethodName Create -Arguments @{
        CommandLine               = $line
        CurrentDirectory          = $Work
        ProcessStartupInformation = $startup
    }
    if ($made.ReturnValue -ne 0) {
        throw "Windows did not start the process (Win32_Process.Create: $($made.ReturnValue))."
    }
}
else {
    # A session of its own: it gets no signal when this one ends. Its streams are files, for this one's pipes break.
    $detach = 'out=$1; shift; if command -v setsid > /dev/null; then exec setsid "$@" > "$out" 2>&1; else exec nohup "$@" > "$out" 2>&1; fi'
    $start = [Diagnostics.ProcessStartInfo]::new('/bin/sh')
    foreach ($word in @('-c', $detach, 'sh', (Join-Path $Work 'output.log')) + $program + $arguments) {
        $start.ArgumentList.Add($word)
    }
    $start.RedirectStandardInput = $true
    $process = [Diagnostics.Process]::Start($start)
    if ($Token) {
        $process.StandardInput.WriteLine([Net.NetworkCredential]::new('', $Token).Password)
    }
    $process.StandardInput.Close()
}
