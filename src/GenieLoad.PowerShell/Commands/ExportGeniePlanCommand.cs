using System.Management.Automation;
using GenieLoad.Engine.Files;
using GenieLoad.Engine.Runs;
using GenieLoad.Model;
using GenieLoad.PowerShell.Input;
using GenieLoad.PowerShell.Pipeline;

namespace GenieLoad.PowerShell.Commands;

/// <summary>Writes a plan to a file, for a test from several places.</summary>
[Cmdlet(VerbsData.Export, "GeniePlan", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportGeniePlanCommand : GenieCmdlet
{
    private Plan? _plan;

    /// <summary>The file.</summary>
    [Parameter(Mandatory = true, Position = 0, HelpMessage = "File to write, such as plan.json; a file .gz is compressed.")]
    [PathTransformation("Get-GenieScenario high_load -Plan | Export-GeniePlan plan.json")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>The plan.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true,
        HelpMessage = "Plan from Get-GenieScenario -Plan, or a run whose plan is written.")]
    [PlanTransformation]
    [ValidateNotNull]
    public Plan InputObject { get; set; } = null!;

    /// <summary>Whether a file that is there is replaced.</summary>
    [Parameter(HelpMessage = "Replace an existing file.")]
    public SwitchParameter Force { get; set; }

    /// <summary>Whether the file is written to the pipeline.</summary>
    [Parameter(HelpMessage = "Return the written file.")]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        if (_plan is not null)
            throw InputErrors.SeveralPlans(_plan.Name, InputObject.Name);
        PlanFile.RequireWhole(InputObject);
        _plan = InputObject;
    }

    /// <inheritdoc/>
    protected override void End()
    {
        if (_plan is not Plan plan)
            return;
        string path = Paths.Output(Path);
        AtomicFile.Check(path, Force);
        if (!ShouldProcess(path, $"Write the plan of {plan.QuestionCount} questions"))
            return;
        bool compresses = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);
        AtomicFile.Write(path, stream => PlanFile.Write(stream, plan, compresses), Force);
        if (PassThru)
            WriteObject(new FileInfo(path));
    }
}
