namespace GenieLoad.Engine.Simulation;

/// <summary>What is in the spaces, and who may see it.</summary>
public sealed partial record SimulatorOptions
{
    /// <summary>What whoever calls may do with the spaces.</summary>
    public SimulatedRight SpaceRight { get; init; } = SimulatedRight.CanManage;

    /// <summary>Benchmarks of each space, 0 to 500.</summary>
    [Within(0, 500)]
    public int BenchmarkCount { get; init; } = 12;

    /// <summary>Edition of the spaces' instructions, 1 to 1,000: another one is a changed space.</summary>
    [Within(1, 1000)]
    public int SpaceVersion { get; init; } = 1;
}
