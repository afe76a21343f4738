using System.Management.Automation;
using GenieLoad.Engine.Reports;
using GenieLoad.Engine.Verdicts;
using GenieLoad.Model;

namespace GenieLoad.PowerShell.Commands;

/// <summary>Writes a run to files; each file's extension says as what.</summary>
[Cmdlet(VerbsData.Export, "GenieRun", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportGenieRunCommand : GenieCmdlet
{
    private readonly HashSet<string> _written = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The run.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, HelpMessage = "A run, as Invoke-GenieLoadTest or Get-GenieRun gives it.")]
    [ValidateNotNull]
    public LoadRun InputObject { get; set; } = null!;

    /// <summary>The files to write, by extension.</summary>
    [Parameter(
        Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true,
        HelpMessage = "Files to write: .csv for the rows, .json for the whole run, .jsonl for the API responses, .html, .md and .xml (JUnit) for reports.")]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>What the run is held against in a report.</summary>
    [Parameter(HelpMessage = "Thresholds that a report holds the run against, as in Test-GenieRun. Those that the run was started with, by default.")]
    [ArgumentCompleter(typeof(ThresholdCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Threshold { get; set; } = [];

    /// <summary>Replaces files that are there.</summary>
    [Parameter(HelpMessage = "Replaces files that are there.")]
    public SwitchParameter Force { get; set; }

    /// <summary>Gives the files written.</summary>
    [Parameter(HelpMessage = "Gives the files written.")]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void Begin() => ThresholdText.ParseAll(Threshold);

    /// <inheritdoc/>
    protected override void Process() => Attempt(() =>
    {
        string[] files = [.. Path.Select(path => Paths.Target(path))];

        // All are looked at before the first is written: a typo in the last must not leave half an export.
        foreach (string file in files)
        {
            if (_written.Contains(file))
                throw RunErrors.FileTakenByAnotherRun(file);
            RunExport.Check(InputObject, file, Force);
        }

        foreach (string file in files)
            Write(file);
    });

    private void Write(string file)
    {
        if (!ShouldProcess(file, $"Export run {InputObject.RunId}"))
            return;
        RunExport.Write(InputObject, file, Force, new ReportOptions { Thresholds = Threshold });
        _written.Add(file);
        if (PassThru)
            WriteObject(new FileInfo(file));
    }
}
