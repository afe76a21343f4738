namespace GenieLoad.Engine.Mlflow;

/// <summary>What became of the files of a run.</summary>
/// <param name="Stored">Whether the artifact store took them.</param>
/// <param name="Reason">Why it did not, for people.</param>
internal sealed record ArtifactOutcome(bool Stored, string? Reason = null)
{
    public static ArtifactOutcome Done { get; } = new(true);

    public static ArtifactOutcome OutOfReach(string reason) => new(false, reason);
}
