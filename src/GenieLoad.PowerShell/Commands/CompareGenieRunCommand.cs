using System.Management.Automation;
using GenieLoad.Engine.Verdicts;
using GenieLoad.Model;
using GenieLoad.PowerShell.Completion;
using GenieLoad.PowerShell.Input;
using GenieLoad.PowerShell.Pipeline;

namespace GenieLoad.PowerShell.Commands;

/// <summary>Compares runs: what changed, and whether chance explains it.</summary>
[Cmdlet(VerbsData.Compare, "GenieRun")]
[OutputType(typeof(RunComparison))]
public sealed class CompareGenieRunCommand : GenieCmdlet
{
    private readonly HashSet<string> _warned = [];

    /// <summary>The run that is looked at, or several of one kind.</summary>
    [Parameter(
        Position = 1, ValueFromPipeline = true,
        HelpMessage = "The new run: a run, its id, its folder, or a .json file from Export-GenieRun; several are repetitions of one test. "
            + "Default: the newest completed run.")]
    [Alias("InputObject")]
    [RunReferenceTransformation]
    [ArgumentCompleter(typeof(RunReferenceCompleter))]
    [ValidateNotNullOrEmpty]
    public LoadRun[]? DifferenceRun { get; set; }

    /// <summary>The run that it is compared against, or several of one kind.</summary>
    [Parameter(
        Position = 0,
        HelpMessage = "The run or runs to compare with, in the same forms. Default: the latest earlier run of the same scenario and load.")]
    [RunReferenceTransformation]
    [ArgumentCompleter(typeof(RunReferenceCompleter))]
    [ValidateNotNullOrEmpty]
    public LoadRun[]? ReferenceRun { get; set; }

    /// <summary>What counts as no change of a time.</summary>
    [Parameter(HelpMessage = "Changes in a time of up to this many percent count as no change, 0 to 100. Default 5.")]
    [ValidateRange(0.0, 100.0)]
    [ArgumentCompleter(typeof(PercentCompleter))]
    public double Tolerance { get; set; } = new ComparisonOptions().TolerancePercent;

    /// <summary>What counts as no change of a rate.</summary>
    [Parameter(HelpMessage = "Changes in success rate and throttle share of up to this many percentage points count as "
        + "no change, 0 to 100. Default 1.")]
    [ValidateRange(0.0, 100.0)]
    [ArgumentCompleter(typeof(PercentCompleter))]
    public double RateTolerance { get; set; } = new ComparisonOptions().TolerancePoints;

    /// <summary>Seed of the resamples.</summary>
    [Parameter(HelpMessage = "Seed for resampling: the same seed gives the same comparison. Default 1.")]
    [ArgumentCompleter(typeof(SeedCompleter))]
    public int Seed { get; set; } = new ComparisonOptions().Seed;

    /// <summary>Folder in which runs that are not given are looked for.</summary>
    [Parameter(HelpMessage = "Folder to search for runs that you do not pass. Default: GENIELOAD_HOME, otherwise your local application "
        + "data.")]
    [Alias("RunPath")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FolderCompleter))]
    public string? StorePath { get; set; }

    /// <inheritdoc/>
    protected override void Process() => Attempt(() =>
    {
        var store = Paths.Store(StorePath);
        LoadRun[] difference = DifferenceRun ?? [BaselineRun.Latest(store, ReferenceRun ?? [], Warn)];
        LoadRun[] reference = ReferenceRun
            ?? [BaselineRun.Previous(store, difference.MinBy(run => run.StartedAt)!, Warn)];
        if (DifferenceRun is null && difference[0].StartedAt < reference.Max(run => run.StartedAt))
            WriteWarning(OlderThanItsReference(difference[0], reference));
        ComparisonOptions options = new() { TolerancePercent = Tolerance, TolerancePoints = RateTolerance, Seed = Seed };
        RunComparison comparison = RunComparer.Compare(reference, difference, options);
        foreach (string warning in comparison.Warnings)
            WriteWarning(warning);
        WriteObject(comparison);
    });

    private static string OlderThanItsReference(LoadRun run, LoadRun[] reference) =>
        $"{run.RunId}, the newest other run, is older than what it is compared with. For the change since then: "
        + $"Compare-GenieRun -DifferenceRun {reference.MaxBy(other => other.StartedAt)!.RunId}.";

    // The store is looked at twice where neither run is given.
    private void Warn(string text)
    {
        if (_warned.Add(text))
            WriteWarning(text);
    }
}
