namespace GenieLoad.Engine.Statistics;

/// <summary>One interval of a run's timeline.</summary>
/// <param name="EndSeconds">End of the interval in whole seconds after the start of the run.</param>
/// <param name="InFlight">Questions in flight, as the mean over the interval.</param>
/// <param name="Completed">Questions answered in full within the interval.</param>
/// <param name="P50ResponseSeconds">Median response of those; <see langword="null"/> without any.</param>
/// <param name="P95ResponseSeconds">95th percentile of the response of those; <see langword="null"/> without any.</param>
public sealed record TimelinePoint(
    int EndSeconds, double InFlight, int Completed, double? P50ResponseSeconds, double? P95ResponseSeconds);
