using GenieLoad.Model;

namespace GenieLoad.Engine.Reports;

/// <summary>What is known of a capacity beside the number of people, name by name; what is not known is left out.</summary>
internal static class CapacityFigures
{
    public const string Predicted = "Predicted";
    public const string ResponseTime = "Predicted response time, median and P90";
    public const string PerMinute = "Questions per minute";

    /// <summary>The figures.</summary>
    public static IEnumerable<(string Name, string Value)> Of(SpaceCapacity capacity)
    {
        (string Name, string? Value)[] figures =
        [
            (Predicted, InWords(capacity)),
            ("Predicted misses at that number", capacity.MissShare is double share
                ? $"{Percent(share)} % of {Percent(capacity.AllowedMissShare)} % allowed" : null),
            (ResponseTime, capacity.P50ResponseSeconds is double median
                ? $"{ReportNumber.Seconds(median)} s and {ReportNumber.Seconds(capacity.P90ResponseSeconds)} s" : null),
            (PerMinute, Rate(capacity)),
            ("What prevents more", CapacityVerdict.Constraint(capacity)),
            ("Think time, mean", capacity.ThinkTimeSeconds is double think ? ReportNumber.Duration(think) : null),
            ("Rate limit assumed", capacity.LimitPerMinute is double limit
                ? $"{Number(limit)} per minute, burst {ReportNumber.Count(capacity.LimitBurst ?? 1)}" : "none"),
            ("Service times measured", ReportNumber.Count(capacity.AnswerCount)),
            ("Questions sent", capacity.QuestionsSpent > 0 ? ReportNumber.Count(capacity.QuestionsSpent) : "none"),
            ("Took", capacity.DurationSeconds > 0 ? ReportNumber.Duration(capacity.DurationSeconds) : null),
        ];
        return figures.Where(figure => figure.Value is not null).Select(figure => (figure.Name, figure.Value!));
    }

    private static string? InWords(SpaceCapacity capacity) => capacity switch
    {
        { PeoplePredicted: int people } => $"{CapacityVerdict.People(people)}, 5 to 95 %: {ReportNumber.Count(capacity.Lower ?? 0)} to "
            + (capacity.Upper is int upper ? ReportNumber.Count(upper) : "any number"),
        _ => null,
    };

    private static string? Rate(SpaceCapacity capacity)
    {
        if (capacity.QuestionsPerMinute is not double rate)
            return null;
        string interval = capacity.LowerPerMinute is double low
            ? $", 5 to 95 %: {Number(low)} to {(capacity.UpperPerMinute is double high ? Number(high) : "any number")}" : "";
        return Number(rate) + interval + (capacity.ShareOfLimit is double share ? $", {Percent(share)} % of the limit" : "");
    }

    private static string Number(double value) => ReportNumber.Grouped(value, "#,0.##");

    private static string Percent(double? share) => ProbeShare.Shown(100 * share);
}
