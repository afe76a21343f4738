namespace GenieLoad.Engine.Sessions.Places;

/// <summary>How far one place is.</summary>
/// <param name="Name">The place.</param>
/// <param name="Word">Where it is, in a word: <c>preparing</c>, <c>waiting</c>, <c>running</c>, <c>finished</c>, <c>lost</c>.</param>
/// <param name="Sight">What was last seen of it.</param>
public sealed record PlaceProgress(string Name, string Word, PlaceSight Sight)
{
    /// <summary>Such as <c>node-a running 6/20</c>.</summary>
    public override string ToString() => Sight.Planned == 0
        ? $"{Name} {Word}"
        : FormattableString.Invariant($"{Name} {Word} {Sight.Succeeded + Sight.Failed}/{Sight.Planned}");
}
