namespace GenieLoad.Engine.Simulation;

/// <summary>What those who call a simulator may do with its spaces; each right holds those before it.</summary>
public enum SimulatedRight
{
    /// <summary>Ask questions.</summary>
    CanRun,

    /// <summary>Read and change the definition of the space.</summary>
    CanEdit,

    /// <summary>See the conversations of others too.</summary>
    CanManage,
}
