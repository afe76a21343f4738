namespace GenieLoad.Engine.Simulation;

/// <summary>A setting that is a share of all cases, from 0 to 1.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ShareAttribute() : WithinAttribute(0, 1)
{
    /// <summary>What it is a share of, together with others that add up to 1 at most; <see langword="null"/> for one by itself.</summary>
    public string? Of { get; init; }
}
