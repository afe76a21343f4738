namespace GenieLoad.Model;

/// <summary>Whether a run was in a steady state while it was under load.</summary>
public static class Steadiness
{
    /// <summary>As many questions were in the system as rate and response time make: nothing piled up.</summary>
    public const string Steady = nameof(Steady);

    /// <summary>Questions piled up or drained: the figures depend on how long the run was.</summary>
    public const string NotSteady = nameof(NotSteady);

    /// <summary>The run was too short next to its answers for a verdict.</summary>
    public const string TooShort = nameof(TooShort);
}
