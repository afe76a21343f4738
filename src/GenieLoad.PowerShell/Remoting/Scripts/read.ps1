# A part of a file, compressed. Runs in the session.
param([string] $Path, [long] $Offset, [int] $Count)
$ErrorActionPreference = 'Stop'
$file = [IO.File]::Open($Path, 'Open', 'Read', 'ReadWrite, Delete')
try {
    $file.Position = $Offset
    $part = [byte[]]::new([Math]::Max(0, [Math]::Min($Count, $file.Length - $Offset)))
    $file.ReadExactly($part, 0, $part.Length)
}
finally {
    $file.Dispose()
}
$packed = [IO.MemoryStream]::new()
$gzip = [IO.Compression.GZipStream]::new($packed, [IO.Compression.CompressionLevel]::Fastest)
$gzip.Write($part, 0, $part.Length)
$gzip.Dispose()
, $packed.ToArray()
