namespace GenieLoad.Engine.Simulation;

/// <summary>What people have asked before the simulator began.</summary>
public sealed partial record SimulatorOptions
{
    /// <summary>
    /// Conversations that each space has from before its start, 0 to 10,000: of several people, mostly in working hours, with a busy
    /// quarter of an hour. They lie in real time, whatever <see cref="TimeScale"/> is.
    /// </summary>
    [Within(0, 10_000)]
    public int PastConversationCount { get; init; }

    /// <summary>Days before the start in which they were held, 1 to 365.</summary>
    [Within(1, 365)]
    public int PastDays { get; init; } = 14;
}
