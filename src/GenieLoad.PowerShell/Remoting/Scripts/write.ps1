# Adds bytes to a file of a test; from the offset 0, the file is new. Runs in the session.
param([string] $Path, [long] $Offset, [byte[]] $Bytes)
$ErrorActionPreference = 'Stop'
$file = [IO.File]::Open($Path, 'OpenOrCreate', 'Write', 'None')
try {
    $file.SetLength($Offset)
    $file.Position = $Offset
    $file.Write($Bytes, 0, $Bytes.Length)
    # A disk that is full says so now, not after the last call.
    $file.Flush($true)
}
finally {
    $file.Dispose()
}
