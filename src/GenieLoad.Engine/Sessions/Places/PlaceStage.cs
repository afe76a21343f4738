namespace GenieLoad.Engine.Sessions.Places;

/// <summary>What the process of a shard is at.</summary>
public enum PlaceStage
{
    /// <summary>It loads the module and connects to the workspace.</summary>
    Preparing,

    /// <summary>It has done so, and waits to be told when to begin.</summary>
    Ready,

    /// <summary>It could not, and has left.</summary>
    Refused,

    /// <summary>It runs the shard, or waits for its start.</summary>
    Running,

    /// <summary>The run is over.</summary>
    Ended,

    /// <summary>The process is gone, and did not say why: it was killed, or the machine went down.</summary>
    Gone,
}
