namespace GenieLoad.Engine.Running;

/// <summary>Looks at the process that asks the questions.</summary>
internal interface IGeneratorProbe
{
    /// <summary>How it does now. Called about once a second, by one thread at a time.</summary>
    GeneratorReading Read();
}

/// <summary>One look at the process.</summary>
internal sealed record GeneratorReading
{
    /// <summary>Processor seconds used since its start, over all processors.</summary>
    public double ProcessorSeconds { get; init; }

    /// <summary>Processors that it may use.</summary>
    public int ProcessorCount { get; init; } = 1;

    /// <summary>Seconds in garbage collection since its start, while everything else stood still.</summary>
    public double GcPauseSeconds { get; init; }

    /// <summary>Seconds that the last piece of work waited for a pool thread, or has waited so far.</summary>
    public double PoolDelaySeconds { get; init; }

    /// <summary>Files and sockets open; <see langword="null"/> where the platform does not say or nobody counted this time.</summary>
    public int? HandleCount { get; init; }

    /// <summary>How many there may be; <see langword="null"/> without a limit.</summary>
    public int? HandleLimit { get; init; }

    /// <summary>Memory in use, in bytes.</summary>
    public long WorkingSetBytes { get; init; }
}
