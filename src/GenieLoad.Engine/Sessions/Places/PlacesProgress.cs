namespace GenieLoad.Engine.Sessions.Places;

/// <summary>How far a test of several places is, at one instant.</summary>
/// <param name="Planned">Questions of the whole plan.</param>
/// <param name="Places">The places, in the order of their shards.</param>
public sealed record PlacesProgress(int Planned, IReadOnlyList<PlaceProgress> Places)
{
    // More are counted instead of named: the line has to fit a console.
    private const int MostNamed = 4;

    /// <summary>Questions at their end.</summary>
    public int Done => Places.Sum(place => place.Sight.Succeeded + place.Sight.Failed);

    /// <summary>Share of the questions at their end, in percent.</summary>
    public int Percent => Planned == 0 ? 100 : (int)(100L * Math.Min(Done, Planned) / Planned);

    /// <summary>In one line, such as <c>12 of 40 answered, 5 in flight; node-a running 6/20, node-b lost 6/20</c>.</summary>
    public override string ToString()
    {
        int failed = Places.Sum(place => place.Sight.Failed);
        string failures = failed == 0 ? "" : FormattableString.Invariant($", {failed} failed");
        string places = Places.Count <= MostNamed
            ? string.Join(", ", Places)
            : string.Join(", ", Places.GroupBy(place => place.Word)
                .Select(group => FormattableString.Invariant($"{group.Count()} {group.Key}")));
        return FormattableString.Invariant(
            $"{Places.Sum(place => place.Sight.Succeeded)} of {Planned} answered{failures}, ")
            + FormattableString.Invariant($"{Places.Sum(place => place.Sight.InFlight)} in flight; {places}");
    }
}
