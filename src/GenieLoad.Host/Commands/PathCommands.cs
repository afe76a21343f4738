using System.Management.Automation;

namespace GenieLoad.Host.Commands;

/// <summary>What <c>Test-Path -PathType</c> asks for.</summary>
internal enum PathKind
{
    Any,
    Container,
    Leaf,
}

/// <summary>Puts a path together.</summary>
[Cmdlet(VerbsCommon.Join, "Path")]
internal sealed class JoinPathCommand : PSCmdlet
{
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true)]
    [Alias("PSPath")]
    public string[] Path { get; set; } = [];

    [Parameter(Position = 1, Mandatory = true)]
    [AllowEmptyString]
    public string ChildPath { get; set; } = "";

    [Parameter(Position = 2, ValueFromRemainingArguments = true)]
    public string[] AdditionalChildPath { get; set; } = [];

    protected override void ProcessRecord()
    {
        foreach (var path in Path)
            WriteObject(AdditionalChildPath.Prepend(ChildPath).Aggregate(path, SessionState.Path.Combine));
    }
}

/// <summary>Tells whether a path exists.</summary>
[Cmdlet(VerbsDiagnostic.Test, "Path", DefaultParameterSetName = "Path")]
internal sealed class TestPathCommand : PSCmdlet
{
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ParameterSetName = "Path")]
    public string[] Path { get; set; } = [];

    [Parameter(Mandatory = true, ParameterSetName = "LiteralPath")]
    [Alias("PSPath")]
    public string[] LiteralPath { get; set; } = [];

    [Parameter]
    public PathKind PathType { get; set; }

    protected override void ProcessRecord()
    {
        var isLiteral = ParameterSetName == "LiteralPath";
        foreach (var path in isLiteral ? LiteralPath : Path)
            WriteObject(InvokeProvider.Item.Exists(path, force: false, isLiteral) && IsOfType(path));
    }

    private bool IsOfType(string path) => PathType switch
    {
        PathKind.Container => InvokeProvider.Item.IsContainer(path),
        PathKind.Leaf => !InvokeProvider.Item.IsContainer(path),
        _ => true,
    };
}
