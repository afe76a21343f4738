namespace GenieLoad.Engine.Simulation;

/// <summary>Whose questions share a simulator's rate limit.</summary>
public enum SimulatedLimitScope
{
    /// <summary>Those of the whole workspace, as Databricks documents it.</summary>
    Workspace,

    /// <summary>Those to one space.</summary>
    Space,

    /// <summary>Those of one identity: the static token is one, the OAuth client another.</summary>
    User,
}
