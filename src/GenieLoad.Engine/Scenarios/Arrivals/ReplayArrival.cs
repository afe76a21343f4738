namespace GenieLoad.Engine.Scenarios.Arrivals;

/// <summary>At recorded instants.</summary>
/// <param name="path">Full path of the file with them.</param>
/// <param name="recorded">What was read of it; <see langword="null"/> for nothing yet: it is read once, when needed.</param>
internal sealed class ReplayArrival(string path, IReadOnlyList<double>? recorded) : Arrival
{
    /// <summary>The instants, once they were read.</summary>
    public IReadOnlyList<double>? Recorded { get; private set; } = recorded;

    internal override double? Count => Read().Count;

    public override string Description => $"as recorded in {Path.GetFileName(path)}";

    internal override string ShortName => "replay";

    internal override double[] Offsets(int count, int seed) => Read().Count >= count
        ? [.. Read().Take(count)]
        : throw ScenariosErrors.ReplayTooShort(path, Read().Count, count);

    public override double? Span(int count) => Read()[count - 1];

    private IReadOnlyList<double> Read() => Recorded ??= ReplayFile.Read(path);
}
