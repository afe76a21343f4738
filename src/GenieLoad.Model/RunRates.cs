namespace GenieLoad.Model;

/// <summary>How fast questions came, left and were answered, and how many were under way. <c>docs/figures.md</c> has the formulas.</summary>
public sealed class RunRates
{
    /// <summary>Questions due per second of the planned span; <see langword="null"/> when all were due at once.</summary>
    public double? OfferedPerSecond { get; init; }

    /// <summary>
    /// Questions first sent per second, up to the end of the planned span, or of the run where that came first, or up to the last send.
    /// </summary>
    public double? StartedPerSecond { get; init; }

    /// <summary>Questions answered in full per second of the run, the warm-up left out.</summary>
    public double? CompletedPerSecond { get; init; }

    /// <summary>
    /// Share of the questions that came due that left within 1 s of their planned instant, 0 to 1; one that was shed did not, one that
    /// the end of the run kept from being asked does not count.
    /// </summary>
    public double? AchievedRatio { get; init; }

    /// <summary>Questions in flight - sent, and not at their end - as a mean over the time from the first send to the last end.</summary>
    public double? MeanInFlight { get; init; }

    /// <summary>Number in flight that was not exceeded during 95 % of that time.</summary>
    public int? P95InFlight { get; init; }

    /// <summary>Most in flight at once.</summary>
    public int? MaximumInFlight { get; init; }

    /// <summary>
    /// Deviation from Little's law, |N - λR| / N, over the last three quarters of the planned span, questions that wait or were turned away included.
    /// </summary>
    public double? LittleDeviation { get; init; }

    /// <summary>
    /// How many more questions were in the system in the second half of that window than in the first, as a share of their mean.
    /// </summary>
    public double? Drift { get; init; }

    /// <summary>One of <see cref="Model.Steadiness"/>: not steady where deviation or drift are more than trifles and more than chance does.</summary>
    public string Steadiness { get; init; } = Model.Steadiness.TooShort;

    /// <summary>The three rates and those in flight in one line.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"offered {Rate(OfferedPerSecond)}, started {Rate(StartedPerSecond)}, completed {Rate(CompletedPerSecond)}; in flight {MeanInFlight:0.0} (P95 {P95InFlight})");

    private static string Rate(double? perSecond) => perSecond is { } rate ? FormattableString.Invariant($"{rate:0.00}/s") : "at once";
}
