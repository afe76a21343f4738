using System.Text.RegularExpressions;
using GenieLoad.Engine.Durations;

namespace GenieLoad.Engine.Scenarios.Arrivals;

/// <summary>At one rate after the other, each for a time, as people write it: <c>10/min for 5m, 30/min for 5m</c>.</summary>
/// <param name="stages">The stages, one of them above 0.</param>
/// <param name="text">As they were written.</param>
internal sealed partial class StagedArrival(IReadOnlyList<Stage> stages, string text) : Arrival
{
    private const int MaximumCount = 1000;

    internal override double? Count => Math.Round(stages.Sum(stage => stage.Arrivals));

    public override string Description => $"in stages {text}";

    internal override string ShortName => "stages";

    /// <summary>Reads stages.</summary>
    /// <returns><see langword="null"/> when they are none.</returns>
    public static StagedArrival? Parse(string? written)
    {
        List<Stage> read = [];
        foreach (string part in (written ?? "").Split(','))
        {
            Match match = Form().Match(part);
            if (!match.Success
                || Rate.Parse(match.Groups["rate"].Value) is not Rate rate
                || !DurationText.TryParse(match.Groups["time"].Value, out double seconds)
                || !(seconds > 0 && seconds <= ScenarioRules.MaximumDurationSeconds))
            {
                return null;
            }
            read.Add(new Stage(rate.PerMinute, seconds));
        }
        // Each is sensible by itself, and a thousand of a month are a lifetime.
        bool isSensible = read.Count <= MaximumCount && read.Sum(stage => stage.Seconds) <= ScenarioRules.MaximumDurationSeconds;
        return isSensible && read.Any(stage => stage.PerMinute > 0) ? new StagedArrival(read, written!) : null;
    }

    internal override double[] Offsets(int count, int seed)
    {
        double[] offsets = new double[count];
        double begin = 0;
        double before = 0;
        int place = 0;
        foreach (Stage stage in stages)
        {
            // An arrival on the border of two stages belongs to the later one, unless that is a pause or there is none.
            for (; place < count && place < before + stage.Arrivals; place++)
                offsets[place] = begin + ((place - before) * 60 / stage.PerMinute);
            begin += stage.Seconds;
            before += stage.Arrivals;
        }
        Array.Fill(offsets, begin, place, count - place);
        return offsets;
    }

    public override double? Span(int count) => stages.Sum(stage => stage.Seconds);

    internal override void CheckCount(int questions, double arrivals, ScenarioPlace place)
    {
        if (arrivals > Math.Max(1, Count!.Value))
        {
            throw ScenariosErrors.ConflictingFields(
                place.NameGiven(ScenarioFields.QuestionCount), $"is {questions}, and the stages have fewer arrivals",
                "Lower it, leave it out, or make the stages longer.", place);
        }
    }

    [GeneratedRegex(@"^\s*(?<rate>[0-9.]+\s*/\s*[a-z]+)\s+(?:for\s+)?(?<time>\S.*)$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Form();
}
