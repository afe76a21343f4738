using GenieLoad.Engine.Reports;
using GenieLoad.Engine.Running.Stopping;

namespace GenieLoad.Engine.Live.Terminal;

/// <summary>What a live view needs to know of its test and its terminal.</summary>
public sealed record LiveViewOptions
{
    /// <summary>Ends the test when its user says so.</summary>
    public required UserRule Rule { get; init; }

    /// <summary>Colours and characters of the terminal.</summary>
    public SummaryStyle Style { get; init; } = SummaryStyle.Plain;

    /// <summary>Asks for the screen before it is used: whatever else writes there has to stop first.</summary>
    public Func<Task> TakeScreen { get; init; } = static () => Task.CompletedTask;

    /// <summary>Gives the screen back.</summary>
    public Func<Task> ReleaseScreen { get; init; } = static () => Task.CompletedTask;
}
