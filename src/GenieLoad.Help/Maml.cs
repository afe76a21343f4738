using System.Management.Automation;
using System.Xml.Linq;

namespace GenieLoad.Help;

/// <summary>
/// Writes MAML, the XML in which PowerShell reads the help of compiled cmdlets: prose from the page, everything else from the class.
/// </summary>
public static class Maml
{
    private static readonly XNamespace Msh = "http://msh";
    private static readonly XNamespace Prose = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace Cmd = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    // What ShouldProcess adds is the same everywhere, so no page says it.
    private static readonly Dictionary<string, string> Standard = new(StringComparer.Ordinal)
    {
        ["WhatIf"] = "Shows what would happen and does nothing.",
        ["Confirm"] = "Asks before anything is done.",
    };

    /// <summary>A help file.</summary>
    /// <param name="commands">What <see cref="Command"/> made.</param>
    public static XDocument Document(IEnumerable<XElement> commands) =>
        new(new XElement(Msh + "helpItems", new XAttribute("schema", "maml"), commands));

    /// <summary>The help of one cmdlet.</summary>
    /// <param name="cmdlet">The cmdlet.</param>
    /// <param name="page">Its page.</param>
    public static XElement Command(CmdletSurface cmdlet, HelpPage page)
    {
        ArgumentNullException.ThrowIfNull(cmdlet);
        ArgumentNullException.ThrowIfNull(page);
        IReadOnlyDictionary<string, string> defaults = cmdlet.Defaults();
        return new XElement(
            Cmd + "command",
            new XAttribute(XNamespace.Xmlns + "maml", Prose.NamespaceName),
            new XAttribute(XNamespace.Xmlns + "command", Cmd.NamespaceName),
            new XAttribute(XNamespace.Xmlns + "dev", Dev.NamespaceName),
            new XElement(
                Cmd + "details",
                new XElement(Cmd + "name", cmdlet.Info.Name),
                new XElement(Cmd + "verb", cmdlet.Info.Verb),
                new XElement(Cmd + "noun", cmdlet.Info.Noun),
                Description(page.Synopsis)),
            new XElement(Prose + "description", Paragraphs(page.Description)),
            new XElement(Cmd + "syntax", cmdlet.Info.ParameterSets.Select(set => Syntax(cmdlet, page, set))),
            new XElement(Cmd + "parameters", cmdlet.Parameters.OrderBy(parameter => parameter.Name, StringComparer.Ordinal)
                .Select(parameter => Parameter(page, parameter, defaults[parameter.Name]))),
            new XElement(Cmd + "inputTypes", Inputs(cmdlet, page).Select(type => TypeOf("inputType", type))),
            new XElement(Cmd + "returnValues", Outputs(cmdlet, page).Select(type => TypeOf("returnValue", type))),
            new XElement(Prose + "alertSet", page.Notes.Count == 0 ? null : new XElement(Prose + "alert", Paragraphs(page.Notes))),
            new XElement(Cmd + "examples", page.Examples.Select(Example)),
            new XElement(Prose + "relatedLinks", OnlineVersion(cmdlet), page.Related.Select(related => new XElement(
                Prose + "navigationLink", new XElement(Prose + "linkText", related), new XElement(Prose + "uri")))));
    }

    /// <summary>The first link is where <c>Get-Help -Online</c> goes.</summary>
    private static XElement OnlineVersion(CmdletSurface cmdlet) => new(
        Prose + "navigationLink",
        new XElement(Prose + "linkText", "Online version:"),
        new XElement(Prose + "uri", $"{cmdlet.Info.Module.ProjectUri}/blob/main/docs/en-US/{cmdlet.Info.Name}.md"));

    private static XElement Syntax(CmdletSurface cmdlet, HelpPage page, CommandParameterSetInfo set) => new(
        Cmd + "syntaxItem",
        new XElement(Prose + "name", cmdlet.Info.Name),
        CmdletSurface.InSyntaxOrder(set).Select(parameter => Parameter(page, parameter, defaultValue: null)));

    // With a default it is an entry of the parameter list, without one a piece of the syntax.
    private static XElement Parameter(HelpPage page, CommandParameterInfo parameter, string? defaultValue)
    {
        bool isSwitch = parameter.ParameterType == typeof(SwitchParameter);
        string typeName = CmdletSurface.TypeName(parameter.ParameterType);
        IReadOnlyList<string> accepted = CmdletSurface.AcceptedValues(parameter);
        return new XElement(
            Cmd + "parameter",
            new XAttribute("required", parameter.IsMandatory ? "true" : "false"),
            new XAttribute("variableLength", parameter.ParameterType.IsArray ? "true" : "false"),
            new XAttribute("globbing", parameter.Attributes.OfType<SupportsWildcardsAttribute>().Any() ? "true" : "false"),
            new XAttribute("pipelineInput", PipelineInput(parameter)),
            new XAttribute("position", parameter.Position < 0 ? "named" : $"{parameter.Position}"),
            new XAttribute("aliases", parameter.Aliases.Count == 0 ? "none" : string.Join(", ", parameter.Aliases)),
            new XElement(Prose + "name", parameter.Name),
            new XElement(Prose + "description", ParameterText(page, parameter, accepted)),
            accepted.Count == 0 ? null : new XElement(Cmd + "parameterValueGroup", accepted.Select(value => Value(value, required: false))),
            isSwitch && defaultValue is null ? null : Value(typeName, required: !isSwitch),
            new XElement(Dev + "type", new XElement(Prose + "name", typeName), new XElement(Prose + "uri")),
            defaultValue is null ? null : new XElement(Dev + "defaultValue", defaultValue));

        XElement Value(string value, bool required) => new(
            Cmd + "parameterValue",
            new XAttribute("required", required ? "true" : "false"),
            new XAttribute("variableLength", parameter.ParameterType.IsArray ? "true" : "false"),
            value);
    }

    private static IEnumerable<XElement> ParameterText(HelpPage page, CommandParameterInfo parameter, IReadOnlyList<string> accepted)
    {
        if (page.Parameters.TryGetValue(parameter.Name, out List<Block>? blocks))
        {
            foreach (XElement paragraph in Paragraphs(blocks))
                yield return paragraph;
        }
        else if (Standard.TryGetValue(parameter.Name, out string? text))
        {
            yield return Paragraph(text);
        }
        if (accepted.Count > 0)
            yield return Paragraph($"Accepted values: {string.Join(", ", accepted)}.");
    }

    private static string PipelineInput(CommandParameterInfo parameter) =>
        (parameter.ValueFromPipeline, parameter.ValueFromPipelineByPropertyName) switch
        {
            (true, true) => "True (ByValue, ByPropertyName)",
            (true, false) => "True (ByValue)",
            (false, true) => "True (ByPropertyName)",
            _ => "False",
        };

    private static List<HelpType> Inputs(CmdletSurface cmdlet, HelpPage page)
    {
        if (page.Inputs.Count > 0)
            return page.Inputs;
        List<HelpType> inputs = [.. cmdlet.Parameters.Where(parameter => parameter.ValueFromPipeline)
            .Select(parameter => new HelpType(
                parameter.ParameterType.FullName ?? parameter.ParameterType.Name, $"An object from the pipeline is -{parameter.Name}."))];
        return inputs.Count > 0 ? inputs : [new HelpType("None", "")];
    }

    private static IEnumerable<HelpType> Outputs(CmdletSurface cmdlet, HelpPage page) =>
        page.Outputs.Count > 0 ? page.Outputs : cmdlet.Info.OutputType.Select(type => new HelpType(type.Name, ""));

    private static XElement TypeOf(string element, HelpType type) => new(
        Cmd + element,
        new XElement(Dev + "type", new XElement(Prose + "name", type.Type), new XElement(Prose + "uri")),
        Description(type.Text));

    private static XElement Example(HelpExample example, int index)
    {
        IEnumerable<Block> code = example.Blocks.Where(IsExampleCode);
        return new XElement(
            Cmd + "example",
            new XElement(Prose + "title", $"---------- Example {index + 1}: {example.Title} ----------"),
            new XElement(Dev + "code", string.Join("\n\n", code.Select(block => block.Text))),
            new XElement(Dev + "remarks", Paragraphs(example.Blocks.Where(block => !IsExampleCode(block)))));
    }

    private static bool IsExampleCode(Block block) => block is { Kind: BlockKind.Code, Language: "powershell" };

    private static XElement Description(string text) => new(Prose + "description", text.Length == 0 ? null : Paragraph(text));

    private static IEnumerable<XElement> Paragraphs(IEnumerable<Block> blocks) => blocks.Select(block => Paragraph(block.Kind switch
    {
        BlockKind.Code => string.Join('\n', block.Text.Split('\n').Select(line => "    " + line)),
        BlockKind.Table => PlainText.Of(block.Text),
        BlockKind.Bullet => "- " + PlainText.Of(block.Text),
        _ => PlainText.Of(block.Text),
    }));

    private static XElement Paragraph(string text) => new(Prose + "para", text);
}
