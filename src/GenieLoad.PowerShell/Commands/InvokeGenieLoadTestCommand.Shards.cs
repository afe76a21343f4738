using System.Management.Automation;
using GenieLoad.Engine.Planning;
using GenieLoad.Engine.Running;
using GenieLoad.Model;
using GenieLoad.PowerShell.Completion;
using GenieLoad.PowerShell.Input;

namespace GenieLoad.PowerShell.Commands;

/// <content>One test from several places: a plan of before, the part of it, and the start that all share.</content>
public sealed partial class InvokeGenieLoadTestCommand
{
    /// <summary>A plan that was made before.</summary>
    [Parameter(HelpMessage = "Plan to run instead of a scenario: a file of Export-GeniePlan, or the plan of Get-GenieScenario -Plan.")]
    [PlanTransformation]
    [ValidateNotNull]
    public Plan? Plan { get; set; }

    /// <summary>Which part of the plan.</summary>
    [Parameter(HelpMessage = "Part of the plan to run here, such as 2/4 for the second of four. All places need the same -Plan and "
        + "-StartAt.")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ShardCompleter))]
    public string? Shard { get; set; }

    /// <summary>When the test begins.</summary>
    [Parameter(HelpMessage = "Instant at which the test starts, such as 2026-12-01T09:00:00Z. Questions that are due before everything is "
        + "ready are sent late; the plan is not shifted. Default: at once.")]
    [ArgumentCompleter(typeof(InstantCompleter))]
    public DateTime StartAt { get; set; }

    /// <summary>Name of the place.</summary>
    [Parameter(HelpMessage = "Name of this place in the rows of the merged run, such as westeurope. Default: the name of this machine.")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public string? Place { get; set; }

    private RunStart Start()
    {
        Shard? shard = Shard is null ? null : Engine.Planning.Shard.Parse(Shard);
        return new RunStart
        {
            At = Given(nameof(StartAt)) ? StartAt.ToUniversalTime() : null,
            Shard = shard,
            Place = Place ?? (shard is null ? null : Environment.MachineName),
        };
    }
}
