namespace GenieLoad.Engine.Simulation;

/// <summary>Whether a simulator has the API of agent mode, which the service has in Beta.</summary>
public enum SimulatedAgentApi
{
    /// <summary>Yes.</summary>
    Available,

    /// <summary>An administrator has not enabled it: 404 with FEATURE_DISABLED.</summary>
    Disabled,

    /// <summary>It refuses everybody with 403.</summary>
    Forbidden,
}
