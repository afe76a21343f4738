using GenieLoad.Engine.Options;
using GenieLoad.Engine.Randomness;

namespace GenieLoad.Engine.Capacity;

/// <summary>How long a person thinks between an answer and the next question.</summary>
internal sealed record ThinkTime
{
    private const double LongestSeconds = 86_400;

    private ThinkTime(double least, double most, bool isExponential)
    {
        OptionRange.Check("ThinkTime", least, 0, LongestSeconds);
        OptionRange.Check("ThinkTime", most, least, LongestSeconds);
        LeastSeconds = least;
        MostSeconds = most;
        IsExponential = isExponential;
    }

    /// <summary>Whether it is exponential: mostly short, sometimes long, with <see cref="MeanSeconds"/> as its mean.</summary>
    public bool IsExponential { get; }

    /// <summary>Its mean.</summary>
    public double MeanSeconds => (LeastSeconds + MostSeconds) / 2;

    private double LeastSeconds { get; }

    private double MostSeconds { get; }

    /// <summary>As people think: exponential.</summary>
    /// <param name="meanSeconds">Its mean, 0 to a day.</param>
    public static ThinkTime Exponential(double meanSeconds) => new(meanSeconds, meanSeconds, isExponential: true);

    /// <summary>Even between two ends; the same end twice for a fixed time.</summary>
    /// <param name="leastSeconds">Shortest, 0 to a day.</param>
    /// <param name="mostSeconds">Longest, to a day.</param>
    public static ThinkTime Between(double leastSeconds, double mostSeconds) => new(leastSeconds, mostSeconds, isExponential: false);

    /// <summary>Draws one.</summary>
    /// <param name="random">Random numbers of the person.</param>
    public double Draw(SeededRandom random)
    {
        double share = random.NextDouble();
        return IsExponential ? -MeanSeconds * Math.Log(1 - share) : LeastSeconds + ((MostSeconds - LeastSeconds) * share);
    }

    /// <summary>Draws what is left of one for a person who is met at any instant while thinking.</summary>
    /// <param name="random">Random numbers of the person.</param>
    public double DrawRest(SeededRandom random) => IsExponential ? Draw(random) : Draw(random) * random.NextDouble();
}
