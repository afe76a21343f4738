using System.Management.Automation;
using GenieLoad.Engine.Files;
using GenieLoad.Engine.Scenarios;
using GenieLoad.Model;
using GenieLoad.PowerShell.Completion;
using GenieLoad.PowerShell.Input;
using GenieLoad.PowerShell.Pipeline;

namespace GenieLoad.PowerShell.Commands;

/// <summary>Writes scenarios to a JSON or psd1 file.</summary>
[Cmdlet(VerbsData.Export, "GenieScenario", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportGenieScenarioCommand : GenieCmdlet
{
    private readonly List<Scenario> _scenarios = [];

    /// <summary>The file, <c>.json</c> or <c>.psd1</c>.</summary>
    [Parameter(Mandatory = true, Position = 0, HelpMessage = "File to write, .json or .psd1.")]
    [PathTransformation("$scenario | Export-GenieScenario scenarios.json")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>The scenarios: objects, names, hashtables.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true, HelpMessage = "Scenarios to write.")]
    [ScenarioTransformation]
    [ArgumentCompleter(typeof(ScenarioReferenceCompleter))]
    public Scenario[] Scenario { get; set; } = [];

    /// <summary>Whether a file that is there is replaced.</summary>
    [Parameter(HelpMessage = "Replace an existing file.")]
    public SwitchParameter Force { get; set; }

    /// <summary>Whether the file is written to the pipeline.</summary>
    [Parameter(HelpMessage = "Return the written file.")]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void Process() => _scenarios.AddRange(Scenario);

    /// <inheritdoc/>
    protected override void End()
    {
        string path = Paths.Output(Path);
        ScenarioFile.CheckWritable(path, _scenarios);
        AtomicFile.Check(path, Force);
        if (!ShouldProcess(path, $"Write {_scenarios.Count} {(_scenarios.Count == 1 ? "scenario" : "scenarios")}"))
            return;
        AtomicFile.Write(path, stream => ScenarioFile.Write(stream, path, _scenarios), Force);
        if (PassThru)
            WriteObject(new FileInfo(path));
    }
}
