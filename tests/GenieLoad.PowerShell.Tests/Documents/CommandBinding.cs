using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using GenieLoad.Help;
using GenieLoad.PowerShell.Tests.Hosting;

namespace GenieLoad.PowerShell.Tests.Documents;

/// <summary>
/// Binds the commands of a document to the real cmdlets without running them: a parameter that does not exist, a value that is not
/// in a closed set, or a mandatory parameter that is missing is found when the cmdlet changes and the document does not.
/// </summary>
/// <param name="session">A session with the module imported.</param>
public sealed class CommandBinding(PowerShellSession session)
{
    // Commands that documents use and the hosted engine lacks: PowerShell's Utility and Management modules, Pester, programs.
    private static readonly HashSet<string> KnownElsewhere = new(StringComparer.OrdinalIgnoreCase)
    {
        "Add-Content", "Compare-Object", "ConvertFrom-Csv", "ConvertFrom-Json", "ConvertFrom-SecureString", "ConvertTo-Csv",
        "ConvertTo-Html", "ConvertTo-Json", "ConvertTo-SecureString", "Copy-Item", "Export-Clixml", "Export-Csv",
        "Export-Excel", "Format-List",
        "Format-Table", "Format-Wide", "Get-ChildItem", "Get-Content", "Get-Credential", "Get-Date", "Get-Error", "Get-Item",
        "Get-AzAccessToken", "Get-Location", "Get-Member", "Get-Random", "Get-Secret", "Group-Object", "Import-Clixml", "Import-Csv",
        "Import-PowerShellDataFile",
        "Install-Module", "Install-PSResource", "Invoke-Item", "Invoke-Pester", "Join-Path", "Measure-Command", "Measure-Object",
        "New-Item", "New-Object", "Out-File", "Out-GridView", "Out-String", "Read-Host",
        "Register-PSResourceRepository", "Remove-Item", "Select-Object", "Set-Content",
        "Set-Location", "Sort-Object", "Split-Path", "Start-Sleep", "Start-ThreadJob", "Tee-Object", "Test-Path", "Write-Error",
        "Write-Host", "Write-Information", "Write-Output", "Write-Verbose", "Write-Warning",
        "dotnet", "git", "kubectl", "pwsh",
    };

    /// <summary>Checks the <c>powershell</c> blocks of a Markdown file.</summary>
    /// <param name="file">Path of the file.</param>
    /// <returns>What is wrong, one line each, with file and line; empty when all is well.</returns>
    public IReadOnlyList<string> CheckFile(string file) =>
        [.. MarkdownReader.ReadFile(file)
            .Where(block => block is { Kind: BlockKind.Code, Language: "powershell" or "pwsh" or "ps1" })
            .SelectMany(block => CheckScript(block.Text).Select(complaint =>
                $"{Path.GetRelativePath(BuiltModule.RepositoryRoot, file)}({block.Line + complaint.Line - 1}): {complaint.Text}"))];

    /// <summary>Checks a script.</summary>
    /// <param name="script">The script.</param>
    /// <returns>What is wrong, with the line of the script from 1.</returns>
    public IReadOnlyList<(int Line, string Text)> CheckScript(string script)
    {
        ScriptBlockAst ast = Parser.ParseInput(script, out _, out ParseError[] errors);
        if (errors.Length > 0)
            return [.. errors.Select(error => (error.Extent.StartLineNumber, error.Message))];
        HashSet<string> defined = [.. ast.FindAll(node => node is FunctionDefinitionAst, searchNestedScriptBlocks: true)
            .Select(node => ((FunctionDefinitionAst)node).Name)];
        return [.. ast.FindAll(node => node is CommandAst, searchNestedScriptBlocks: true).Cast<CommandAst>()
            .SelectMany(command => Check(command, defined).Select(text => (command.Extent.StartLineNumber, text)))];
    }

    private IEnumerable<string> Check(CommandAst command, HashSet<string> defined)
    {
        string? name = command.GetCommandName();
        // A command in a variable or a script file is known only when it runs.
        if (name is null || defined.Contains(name) || KnownElsewhere.Contains(name) || name.EndsWith(".ps1", StringComparison.Ordinal))
            return [];
        Runspace? before = Runspace.DefaultRunspace;
        try
        {
            // The binder and the lazily made metadata of a command look for the session here.
            Runspace.DefaultRunspace = session.Runspace;
            CommandInfo? info = session.Runspace.SessionStateProxy.InvokeCommand.GetCommand(name, CommandTypes.All);
            while (info is AliasInfo alias)
                info = alias.ResolvedCommand;
            return info is null ? [$"There is no command '{name}'."] : [.. Bind(command, info)];
        }
        finally
        {
            Runspace.DefaultRunspace = before;
        }
    }

    private static List<string> Bind(CommandAst command, CommandInfo info)
    {
        StaticBindingResult binding = StaticParameterBinder.BindCommand(command, resolve: true);
        List<string> complaints = [.. binding.BindingExceptions.Values.Select(error => $"{info.Name}: {error.BindingException.Message}")];
        foreach ((string name, ParameterBindingResult bound) in binding.BoundParameters)
        {
            if (info.Parameters.TryGetValue(name, out ParameterMetadata? parameter) && BadValue(parameter, bound) is { } value)
                complaints.Add($"{info.Name}: '{value}' is not a value of -{name}.");
        }
        bool isSplatted = command.CommandElements.Any(element => element is VariableExpressionAst { Splatted: true });
        if (complaints.Count == 0 && !isSplatted && Missing(command, info, binding) is { Count: > 0 } missing)
            complaints.Add($"{info.Name}: -{string.Join(", -", missing)} is mandatory and not given.");
        return complaints;
    }

    private static object? BadValue(ParameterMetadata parameter, ParameterBindingResult bound)
    {
        bool isTransformed = parameter.Attributes.Any(attribute => attribute is ArgumentTransformationAttribute);
        if (bound.ConstantValue is not { } value || isTransformed)
            return null;
        Type type = parameter.ParameterType;
        Type element = type.IsArray ? type.GetElementType()! : type;
        bool converts = LanguagePrimitives.TryConvertTo(value, element, out _) || LanguagePrimitives.TryConvertTo(value, type, out _);
        bool inSet = parameter.Attributes.OfType<ValidateSetAttribute>().All(set =>
            set.ValidValues.Contains($"{value}", StringComparer.OrdinalIgnoreCase));
        return converts && inSet ? null : value;
    }

    // What the parameter set that lacks least still needs.
    private static List<string> Missing(CommandAst command, CommandInfo info, StaticBindingResult binding)
    {
        bool hasInput = command.Parent is PipelineAst pipeline && pipeline.PipelineElements.IndexOf(command) > 0;
        IEnumerable<CommandParameterSetInfo> sets = info.ParameterSets.Where(set =>
            binding.BoundParameters.Keys.All(name => set.Parameters.Any(parameter => parameter.Name == name)));
        return sets.Select(set => set.Parameters
                .Where(parameter => parameter.IsMandatory && !binding.BoundParameters.ContainsKey(parameter.Name))
                .Where(parameter => !(hasInput && (parameter.ValueFromPipeline || parameter.ValueFromPipelineByPropertyName)))
                .Select(parameter => parameter.Name).ToList())
            .MinBy(missing => missing.Count) ?? [];
    }
}
