namespace GenieLoad.Engine.Telemetry.Metrics;

/// <summary>Counts values in the ranges of a histogram. Not safe for several threads.</summary>
/// <param name="bounds">Upper ends of the ranges; a value at an end belongs to the range below.</param>
internal sealed class BucketCounts(IReadOnlyList<double> bounds)
{
    private readonly long[] _counts = new long[bounds.Count + 1];
    private double _sum;

    /// <summary>Adds a value; nothing for one that is not known.</summary>
    public void Add(double? value)
    {
        if (value is not double number)
            return;
        int at = 0;
        while (at < bounds.Count && number > bounds[at])
            at++;
        _counts[at]++;
        _sum += number;
    }

    /// <summary>What was counted so far.</summary>
    public MetricValue Read(IReadOnlyList<KeyValuePair<string, object>> tags) => new(tags, _sum) { Counts = [.. _counts] };

    /// <summary>Whether there is anything.</summary>
    public bool IsEmpty => Array.TrueForAll(_counts, count => count == 0);
}
