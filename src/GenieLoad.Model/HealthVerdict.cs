namespace GenieLoad.Model;

/// <summary>Whether the machine that asked was fit for its figures to be believed.</summary>
public static class HealthVerdict
{
    /// <summary>Nothing stood in the way.</summary>
    public const string Valid = nameof(Valid);

    /// <summary>Something may have coloured the figures.</summary>
    public const string Doubtful = nameof(Doubtful);

    /// <summary>The figures tell of the generator rather than of the service.</summary>
    public const string Invalid = nameof(Invalid);
}
