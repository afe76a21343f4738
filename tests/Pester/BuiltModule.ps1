# The manifest of the module that is tested: the one that was built last.
(Get-ChildItem "$PSScriptRoot/../../out/GenieLoad/*/GenieLoad.psd1" | Sort-Object LastWriteTime | Select-Object -Last 1).FullName
