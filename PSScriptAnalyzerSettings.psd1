# Invoke-ScriptAnalyzer -Path . -Recurse -Settings ./PSScriptAnalyzerSettings.psd1
@{
    IncludeDefaultRules = $true
    Severity            = @('Error', 'Warning')
    ExcludeRules        = @(
        # These scripts talk to the person who runs them.
        'PSAvoidUsingWriteHost'
        # Scripts keep to 'Import-GenieQuestion ./file.csv' as people type it.
        'PSAvoidUsingPositionalParameters'
        # Functions of a script use its parameters, and Pester's blocks each other's variables; the rules see only one block.
        'PSReviewUnusedParameter'
        'PSUseDeclaredVarsMoreThanAssignments'
        'PSUseUsingScopeModifierInNewRunspaces'
        # The tests connect to simulators, whose tokens are no secrets.
        'PSAvoidUsingConvertToSecureStringWithPlainText'
    )
    Rules               = @{
        PSUseCompatibleSyntax      = @{ Enable = $true; TargetVersions = @('7.4') }
        PSPlaceOpenBrace           = @{ Enable = $true; OnSameLine = $true; NewLineAfter = $true; IgnoreOneLineBlock = $true }
        PSPlaceCloseBrace          = @{ Enable = $true; NewLineAfter = $true; IgnoreOneLineBlock = $true }
        PSUseConsistentIndentation = @{ Enable = $true; Kind = 'space'; IndentationSize = 4 }
        PSAvoidLongLines           = @{ Enable = $true; MaximumLineLength = 140 }
    }
}
