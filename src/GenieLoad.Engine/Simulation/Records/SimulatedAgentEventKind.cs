namespace GenieLoad.Engine.Simulation.Records;

/// <summary>What happens in an agent turn.</summary>
public enum SimulatedAgentEventKind
{
    /// <summary>The stream says that the question is accepted.</summary>
    Created,

    /// <summary>Genie says what it thinks.</summary>
    Reasoning,

    /// <summary>Genie has a statement run.</summary>
    FunctionCall,

    /// <summary>The statement's result is there.</summary>
    FunctionCallOutput,

    /// <summary>The answer is there.</summary>
    Message,

    /// <summary>The turn ends, well or badly.</summary>
    Terminal,
}
