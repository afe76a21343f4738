using GenieLoad.Engine.Options;

namespace GenieLoad.Engine.Capacity;

/// <summary>
/// How many questions a service takes: a token bucket, with the questions that find it empty waiting in front of it in their order.
/// </summary>
internal sealed record AdmissionLimit
{
    /// <summary>A limit whose rate is known up to an interval.</summary>
    /// <param name="perMinute">Questions a minute, above 0; infinite for none.</param>
    /// <param name="burst">Questions that a rested service takes at once, from 1.</param>
    /// <param name="lowerPerMinute">The least that the rate can be; the rate itself by default.</param>
    /// <param name="upperPerMinute">The most that it can be; the rate itself by default.</param>
    public AdmissionLimit(double perMinute, int burst = 1, double? lowerPerMinute = null, double? upperPerMinute = null)
    {
        if (!double.IsPositiveInfinity(perMinute))
            OptionRange.Check("QuestionsPerMinute", perMinute, LeastPerMinute, MostPerMinute);
        OptionRange.Check("Burst", burst, 1, 100_000);
        OptionRange.Check("LowerPerMinute", lowerPerMinute ?? perMinute, LeastPerMinute, perMinute);
        OptionRange.Check("UpperPerMinute", upperPerMinute ?? perMinute, perMinute, double.PositiveInfinity);
        PerMinute = perMinute;
        Burst = burst;
        LowerPerMinute = lowerPerMinute ?? perMinute;
        UpperPerMinute = upperPerMinute ?? perMinute;
    }

    private const double LeastPerMinute = 0.01;
    private const double MostPerMinute = 1e6;

    /// <summary>A service that takes everything.</summary>
    public static AdmissionLimit None { get; } = new(double.PositiveInfinity);

    /// <summary>Questions a minute.</summary>
    public double PerMinute { get; }

    /// <summary>Questions that a rested service takes at once.</summary>
    public int Burst { get; }

    /// <summary>The least that the rate can be.</summary>
    public double LowerPerMinute { get; }

    /// <summary>The most that the rate can be.</summary>
    public double UpperPerMinute { get; }

    /// <summary>Whether there is no limit.</summary>
    public bool IsNone => double.IsPositiveInfinity(PerMinute);

    /// <summary>Seconds after which a token comes; 0 without a limit.</summary>
    public double TokenSeconds => 60 / PerMinute;

    /// <summary>The limit at a rate that is known for certain.</summary>
    /// <param name="perMinute">Questions a minute.</param>
    public AdmissionLimit At(double perMinute) => new(perMinute, Burst);

    /// <summary>A rested bucket of this limit.</summary>
    public AdmissionBucket Fill() => new(TokenSeconds, Burst);
}
