using System.Management.Automation;
using GenieLoad.PowerShell.Completion;
using GenieLoad.PowerShell.LoadTests;

namespace GenieLoad.PowerShell.Commands;

/// <summary>Replays of recorded conversations.</summary>
public sealed partial class InvokeGenieLoadTestCommand
{
    /// <summary>Asks recorded questions at the instants at which people asked them.</summary>
    [Parameter(HelpMessage = "Ask recorded questions when people asked them, once each: conversations start at their recorded times, and "
        + "within one the time to think is kept.")]
    public SwitchParameter Replay { get; set; }

    /// <summary>How many times faster than recorded the conversations begin.</summary>
    [Parameter(HelpMessage = "With -Replay: how many times faster than recorded conversations start; the time to think stays. Default 1.")]
    [ArgumentCompleter(typeof(TimeScaleCompleter))]
    public double Speed { get; set; } = 1;

    private double? ReplaySpeed() =>
        Replay ? Speed
        : Given(nameof(Speed)) ? throw LoadTestErrors.SpeedWithoutReplay()
        : null;
}
