using GenieLoad.Engine.Costs;
using GenieLoad.Engine.Options;
using GenieLoad.Engine.Planning;

namespace GenieLoad.Engine.Running.Stopping;

/// <summary>What a run may cost at most; reaching any of it ends the run in order. Everything is optional.</summary>
public sealed record RunBudget
{
    /// <summary>Most questions asked, 1 or more.</summary>
    public int? MaximumQuestions { get; init; }

    /// <summary>Questions of them that were asked before this run, as a part of the same whole; 0 or more.</summary>
    public int QuestionsBefore { get; init; }

    /// <summary>
    /// Most DBU of Genie, at least <see cref="QuestionCost.UpperDbu"/>: each question that is sent counts as that, so that by the published
    /// range no more is spent.
    /// </summary>
    public double? MaximumCostDbu { get; init; }

    /// <summary>Longest time from the first planned instant, in seconds, above 0.</summary>
    public double? MaximumDurationSeconds { get; init; }

    /// <summary>Seconds of it that had passed before this run, as a part of the same whole; 0 or more.</summary>
    public double SecondsBefore { get; init; }

    /// <summary>Most questions that end without an answer, 1 or more: reaching it ends the run.</summary>
    public int? MaximumFailures { get; init; }

    /// <summary>
    /// Greatest share of questions that end without an answer, in percent, above 0 and below 100; looked at from the tenth question on.
    /// </summary>
    public double? MaximumFailurePercent { get; init; }

    /// <summary>Most seconds that all questions together sleep because of 429, above 0.</summary>
    public double? MaximumThrottleSeconds { get; init; }

    /// <summary>Seconds that questions in flight have once a limit is reached, 0 to 86,400. Default 30.</summary>
    public double GraceSeconds { get; init; } = 30;

    /// <summary>Most questions by number and by cost; <see langword="null"/> for no limit.</summary>
    internal int? MostQuestions => MaximumCostDbu is double dbu
        ? Math.Min(MaximumQuestions ?? int.MaxValue, QuestionCost.MostWithin(dbu))
        : MaximumQuestions;

    /// <summary>
    /// The part of it that one shard of a test may spend, so that all together spend no more than the whole. Durations and shares in
    /// percent hold for each.
    /// </summary>
    /// <param name="shard">Which; <see langword="null"/> for all of it.</param>
    /// <exception cref="Model.GenieLoadException"><c>InvalidOption</c>, naming the field and the value.</exception>
    public RunBudget ShareOf(Shard? shard)
    {
        if (shard is not Shard part || part.Count == 1)
            return this;
        // With less, some shard could not ask even one question.
        Check(nameof(MaximumQuestions), MaximumQuestions, part.Count, int.MaxValue);
        Check(nameof(MaximumCostDbu), MaximumCostDbu, (double)QuestionCost.UpperDbu * part.Count, 1e9);
        return this with
        {
            MaximumQuestions = MaximumQuestions is int questions ? part.ShareOf(questions) : null,
            MaximumCostDbu = MaximumCostDbu / part.Count,
            MaximumFailures = MaximumFailures is int failures ? Math.Max(1, part.ShareOf(failures)) : null,
            MaximumThrottleSeconds = MaximumThrottleSeconds / part.Count,
        };
    }

    /// <summary>Refuses values out of range.</summary>
    /// <exception cref="Model.GenieLoadException"><c>InvalidOption</c>, naming the field and the value.</exception>
    public void Validate()
    {
        const double Month = 31 * 86_400;
        Check(nameof(MaximumQuestions), MaximumQuestions, 1, int.MaxValue);
        // With less, not even one question could be asked.
        Check(nameof(MaximumCostDbu), MaximumCostDbu, (double)QuestionCost.UpperDbu, 1e9);
        Check(nameof(MaximumDurationSeconds), MaximumDurationSeconds, 0.001, Month);
        Check(nameof(MaximumFailures), MaximumFailures, 1, int.MaxValue);
        Check(nameof(MaximumFailurePercent), MaximumFailurePercent, 0.01, 99.99);
        Check(nameof(MaximumThrottleSeconds), MaximumThrottleSeconds, 0.001, Month);
        OptionRange.Check(nameof(GraceSeconds), GraceSeconds, 0, 86_400);
    }

    private static void Check(string field, double? value, double least, double most)
    {
        if (value is double given)
            OptionRange.Check(field, given, least, most);
    }
}
