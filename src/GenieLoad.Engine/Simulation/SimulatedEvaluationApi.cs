namespace GenieLoad.Engine.Simulation;

/// <summary>Whether a simulator has the evaluation API, which the service has in Beta.</summary>
public enum SimulatedEvaluationApi
{
    /// <summary>Yes.</summary>
    Available,

    /// <summary>It refuses everybody with 403.</summary>
    Forbidden,

    /// <summary>It is not there: 404.</summary>
    Missing,
}
