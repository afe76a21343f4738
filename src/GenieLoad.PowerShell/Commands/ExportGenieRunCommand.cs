using System.Management.Automation;
using GenieLoad.Engine.Reports;
using GenieLoad.Engine.Verdicts;
using GenieLoad.Model;
using GenieLoad.PowerShell.Completion;
using GenieLoad.PowerShell.Input;
using GenieLoad.PowerShell.Pipeline;

namespace GenieLoad.PowerShell.Commands;

/// <summary>Writes a run, a comparison of runs, or a capacity to files; each file's extension says as what.</summary>
[Cmdlet(VerbsData.Export, "GenieRun", SupportsShouldProcess = true, DefaultParameterSetName = OfRun)]
[OutputType(typeof(FileInfo))]
public sealed class ExportGenieRunCommand : GenieCmdlet
{
    private const string OfRun = "Run";
    private const string OfComparison = "Comparison";
    private const string OfCapacity = "Capacity";

    private readonly HashSet<string> _written = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<(string File, List<RunComparison> Comparisons)> _reports = [];

    /// <summary>The run.</summary>
    [Parameter(
        Mandatory = true, Position = 1, ValueFromPipeline = true, ParameterSetName = OfRun,
        HelpMessage = "A run from Invoke-GenieLoadTest or Get-GenieRun, its id, its folder, or a .json file from Export-GenieRun.")]
    [RunReferenceTransformation]
    [ArgumentCompleter(typeof(RunReferenceCompleter))]
    [ValidateNotNull]
    public LoadRun InputObject { get; set; } = null!;

    /// <summary>The comparison; several that go to one file are one report.</summary>
    [Parameter(
        Mandatory = true, ValueFromPipeline = true, ParameterSetName = OfComparison,
        HelpMessage = "A comparison from Compare-GenieRun. Several comparisons in one file become one report.")]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(ComparisonCompleter))]
    public RunComparison Comparison { get; set; } = null!;

    /// <summary>The capacity.</summary>
    [Parameter(
        Mandatory = true, ValueFromPipeline = true, ParameterSetName = OfCapacity,
        HelpMessage = "A capacity from Measure-GenieCapacity.")]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public SpaceCapacity Capacity { get; set; } = null!;

    /// <summary>The files to write, by extension.</summary>
    [Parameter(
        Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true,
        HelpMessage = "Files to write: .html, .md and .xml (JUnit) for reports, .csv for the rows or probes, "
            + ".json for everything, .jsonl for the responses, .otlp.json for OpenTelemetry traces, .prom for Prometheus, "
            + ".zip or .log for the run's folder.")]
    [PathTransformation("$run | Export-GenieRun report.html")]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>What the run is held against in a report.</summary>
    [Parameter(
        ParameterSetName = OfRun,
        HelpMessage = "Thresholds to check in the report, as in Test-GenieRun. Default: those the run was started with.")]
    [ArgumentCompleter(typeof(ThresholdCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Threshold { get; set; } = [];

    /// <summary>Puts texts into traces.</summary>
    [Parameter(
        ParameterSetName = OfRun,
        HelpMessage = "Include questions, answers, SQL and error texts in .otlp.json. The other formats always do.")]
    public SwitchParameter IncludeText { get; set; }

    /// <summary>Replaces files that are there.</summary>
    [Parameter(HelpMessage = "Replace existing files.")]
    public SwitchParameter Force { get; set; }

    /// <summary>Gives the files written.</summary>
    [Parameter(HelpMessage = "Return the written files.")]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void Begin() => ThresholdText.ParseAll(Threshold);

    /// <inheritdoc/>
    protected override void Process() => Attempt(() =>
    {
        string[] files = [.. Path.Select(path => Paths.Output(path))];
        if (ParameterSetName == OfComparison)
            Collect(files);
        else if (ParameterSetName == OfCapacity)
            WriteEach(files, $"Export capacity {Capacity}", file => CapacityExport.Check(Capacity, file, Force),
                file => CapacityExport.Write(Capacity, file, Force));
        else
            WriteEach(files, $"Export run {InputObject.RunId}", file => RunExport.Check(InputObject, file, Force),
                file => RunExport.Write(InputObject, file, Force, new ReportOptions { Thresholds = Threshold, IncludeText = IncludeText }));
    });

    /// <inheritdoc/>
    protected override void End()
    {
        foreach ((string file, List<RunComparison> comparisons) in _reports)
        {
            string what = comparisons.Count == 1 ? $"Export comparison {comparisons[0]}" : $"Export {comparisons.Count} comparisons";
            if (ShouldProcess(file, what))
                Attempt(() => Write(file, () => ComparisonExport.Write(comparisons, file, Force)));
        }
    }

    /// <summary>Keeps a comparison until the pipeline has ended: the others that go to the same file belong to the same report.</summary>
    private void Collect(string[] files)
    {
        foreach (string file in files)
            ComparisonExport.Check(file, Force);
        foreach (string file in files)
        {
            int at = _reports.FindIndex(report => report.File.Equals(file, StringComparison.OrdinalIgnoreCase));
            if (at < 0)
                _reports.Add((file, [Comparison]));
            else
                _reports[at].Comparisons.Add(Comparison);
        }
    }

    private void WriteEach(string[] files, string what, Action<string> check, Action<string> write)
    {
        // All are looked at before the first is written: a typo in the last must not leave half an export.
        foreach (string file in files)
        {
            if (_written.Contains(file))
                throw RunErrors.FileTakenByAnotherRun(file);
            check(file);
        }

        foreach (string file in files)
        {
            if (ShouldProcess(file, what))
                Write(file, () => write(file));
        }
    }

    private void Write(string file, Action write)
    {
        write();
        _written.Add(file);
        if (!PassThru)
            return;

        // As Get-Item gives it: the cmdlets that files are piped to go by the path that the provider adds.
        foreach (PSObject item in InvokeProvider.Item.Get([file], force: true, literalPath: true))
            WriteObject(item);
    }
}
