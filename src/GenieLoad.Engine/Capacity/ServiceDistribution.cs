using GenieLoad.Engine.Randomness;

namespace GenieLoad.Engine.Capacity;

/// <summary>What service times are drawn from.</summary>
/// <param name="answered">Times of answers when nothing else is in flight, in rising order, each as likely as the others.</param>
/// <param name="failed">Times to a failure; may be empty, and then failures take as long as answers.</param>
/// <param name="failureShare">Share of questions that fail.</param>
/// <param name="slots">Questions in flight above which times grow in proportion; infinite where they do not.</param>
internal sealed class ServiceDistribution(
    double[] answered, double[] failed, double failureShare = 0, double slots = double.PositiveInfinity)
{
    /// <summary>Times of answers when nothing else is in flight.</summary>
    public IReadOnlyList<double> Answered => answered;

    /// <summary>Share of questions that fail.</summary>
    public double FailureShare => failureShare;

    /// <summary>Questions in flight above which times grow.</summary>
    public double Slots => slots;

    /// <summary>Mean time of all questions when nothing else is in flight.</summary>
    public double MeanSeconds { get; } = Mean(answered.Length > 0 ? answered : failed, failed, failureShare);

    /// <summary>The same without failures.</summary>
    public ServiceDistribution WithoutFailures() => new(answered.Length > 0 ? answered : failed, [], 0, slots);

    /// <summary>Draws one.</summary>
    /// <param name="random">Random numbers of the person.</param>
    /// <param name="inFlight">Questions in flight, itself among them.</param>
    public ServiceTime Draw(SeededRandom random, int inFlight)
    {
        // Both numbers are always drawn: what follows is then the same, whatever fails.
        bool isFailed = random.NextDouble() < failureShare;
        double at = random.NextDouble();
        double[] times = answered.Length == 0 || (isFailed && failed.Length > 0) ? failed : answered;
        return new ServiceTime(times[(int)(at * times.Length)] * Growth(inFlight), isFailed, inFlight);
    }

    /// <summary>What so many in flight multiply times by.</summary>
    /// <param name="inFlight">Questions in flight.</param>
    public double Growth(int inFlight) => Math.Max(1, inFlight / slots);

    private static double Mean(double[] answered, double[] failed, double failureShare) =>
        ((1 - failureShare) * answered.Average()) + (failureShare * (failed.Length > 0 ? failed : answered).Average());
}
