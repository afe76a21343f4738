# What is installed here. Runs in the session.
param([string] $Wanted)
$found = @(
    foreach ($module in Get-Module GenieLoad -ListAvailable) {
        $label = $module.PrivateData.PSData.Prerelease
        [pscustomobject]@{
            Version = $label ? "$($module.Version)-$label" : "$($module.Version)"
            Path    = Join-Path $module.ModuleBase 'GenieLoad.psd1'
        }
    }
)
# The one that is wanted, else the newest, which is listed first.
$module = @($found | Where-Object Version -EQ $Wanted) + $found | Select-Object -First 1
"$($PSVersionTable.PSVersion)"
"$($module.Version)"
"$($module.Path)"
