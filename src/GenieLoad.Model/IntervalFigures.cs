namespace GenieLoad.Model;

/// <summary>What happened in one stretch of a run.</summary>
public sealed record IntervalFigures
{
    /// <summary>Seconds after the start of the run at which the stretch begins; it holds its begin and not its end.</summary>
    public required double OffsetSeconds { get; init; }

    /// <summary>Length of the stretch, in seconds; the last one ends with the run.</summary>
    public required double LengthSeconds { get; init; }

    /// <summary>Questions that were due in it.</summary>
    public required int Offered { get; init; }

    /// <summary>Questions first sent in it.</summary>
    public required int Started { get; init; }

    /// <summary>Questions that were answered in full in it.</summary>
    public required int Completed { get; init; }

    /// <summary>Questions that came to an end in any other way in it.</summary>
    public required int Failed { get; init; }

    /// <summary>Questions that were due in it and never asked, because they were shed or the run ended first.</summary>
    public int NotAsked { get; init; }

    /// <summary>Questions in flight - sent, and not at their end - as a mean over its time.</summary>
    public required double InFlight { get; init; }

    /// <summary>Median ResponseSeconds of the questions answered in it.</summary>
    public double? P50ResponseSeconds { get; init; }

    /// <summary>95th percentile of ResponseSeconds of the questions answered in it.</summary>
    public double? P95ResponseSeconds { get; init; }

    /// <summary>Begin, end and counts in one line.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"{OffsetSeconds:0.###}-{OffsetSeconds + LengthSeconds:0.###} s: {Started} of {Offered} started, {Completed} completed, {Failed} failed");
}
