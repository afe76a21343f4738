using System.Globalization;
using GenieLoad.Engine.Capacity;
using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Statistics;
using GenieLoad.Model;

namespace GenieLoad.Engine.Sessions;

/// <summary>What a prediction and its probes say together.</summary>
internal static class CapacityReport
{
    // That service times of baseline and probes differ is said where chance would do that in one measurement of a hundred.
    private const double Significance = 0.01;

    // A difference that is sure can still be too small to matter.
    private const double Worth = 1.1;

    /// <summary>Where the capacity lies after some probes.</summary>
    /// <param name="levels">The service levels.</param>
    /// <param name="predicted">The predicted number of people.</param>
    /// <param name="probes">The probes.</param>
    public static CapacityBracket BracketOf(
        IReadOnlyList<ServiceLevel> levels, int predicted, IReadOnlyList<ProbeOutcome> probes)
    {
        // One level leads: the one that is missed most, measured by what may miss it.
        int leading = Enumerable.Range(0, levels.Count).MaxBy(level => probes
            .Select(probe => probe.Test.Tests[level])
            .Max(test => (double?)test.Misses / Math.Max(1, test.Answers) / levels[level].AllowedMissShare) ?? 0);
        return new CapacityBracket(
            predicted, levels[leading].AllowedMissShare, probes.Select(probe => probe.Evidence(leading)));
    }

    /// <summary>The result.</summary>
    /// <param name="predicted">What was predicted.</param>
    /// <param name="basis">What it was predicted from.</param>
    /// <param name="slo">The service levels as they were given.</param>
    /// <param name="probes">The probes.</param>
    /// <param name="end">Why the search ended, in words.</param>
    public static SpaceCapacity Of(
        SpaceCapacity predicted, CapacityBasis basis, IReadOnlyList<string> slo, IReadOnlyList<ProbeOutcome> probes, string end)
    {
        CapacityBracket bracket = BracketOf(basis.Levels, predicted.PeoplePredicted ?? 1, probes);
        CapacityProbe[] shown = [.. probes.Select(probe => probe.Shown(slo))];
        double? perMinute = shown.LastOrDefault(
            probe => probe.People == bracket.People && probe.Verdict == Verdict.Pass)?.QuestionsPerMinute;
        List<string> words = [predicted.Reason, end];
        words.AddRange(Disagreement(predicted, basis, bracket, probes));
        return predicted with
        {
            People = bracket.People,
            PeopleFailed = bracket.PeopleFailed,
            QuestionsPerMinute = perMinute ?? predicted.QuestionsPerMinute,
            ShareOfLimit = perMinute is double rate && !basis.Limit.IsNone
                ? Math.Round(rate / basis.Limit.PerMinute, 4)
                : predicted.ShareOfLimit,
            BindingConstraint = probes.LastOrDefault(probe => probe.People == bracket.PeopleFailed && probe.Verdict == Verdict.Fail)
                // What was predicted to prevent more people does not, where more were shown to hold.
                ?.Constraint(basis.Levels) ?? (bracket.People > predicted.Upper ? null : predicted.BindingConstraint),
            Confidence = probes.Count == 0 ? null : ConfidenceOf(basis.Levels, slo),
            Reason = string.Join(' ', words),
            Probes = new RowList<CapacityProbe>(shown),
        };
    }

    private static string ConfidenceOf(IReadOnlyList<ServiceLevel> levels, IReadOnlyList<string> slo) => string.Join(' ', levels.Select(
        (level, i) =>
        {
            SequentialTest test = new(level, 1);
            return string.Create(CultureInfo.InvariantCulture,
                $"'{slo[i]}': a number of people with {test.Unacceptable:0.# %} misses passes, and one with {test.Acceptable:0.# %} fails, "
                    + $"in {SequentialTest.Error:0 %} of probes, if answers are independent.");
        }));

    /// <summary>What the probes say of the prediction's assumptions, where they do not agree with it.</summary>
    private static IEnumerable<string> Disagreement(
        SpaceCapacity predicted, CapacityBasis basis, CapacityBracket bracket, IReadOnlyList<ProbeOutcome> probes)
    {
        if (bracket.PeopleFailed <= predicted.Lower || bracket.People > predicted.Upper)
        {
            yield return string.Create(CultureInfo.InvariantCulture,
                $"The probes contradict the prediction of {predicted.Lower} to {predicted.Upper} people: the probes count.");
        }
        int refused = probes.Sum(probe => probe.Refused);
        if (refused > 0)
            yield return $"{(refused == 1 ? "1 question was" : $"{refused} questions were")} refused although paced: the limit is lower "
                + "than assumed, or shared with others.";
        double[] measured = [.. basis.Sample.Seconds];
        double[] probed =
        [
            .. probes.SelectMany(probe => MeasuredRows.Of(probe.Run)).Where(row => row.Success).Select(row => row.ServiceSeconds)
                .OfType<double>(),
        ];
        if (probes.Any(probe => probe.Run.PollPolicy != basis.PollPolicy))
        {
            yield return "Baseline and probes were polled differently: their times cannot be compared, and the prediction is off by that.";
            yield break;
        }
        if (MannWhitney.PValue(measured, probed) < Significance)
        {
            (double before, double after) = (Median(measured), Median(probed));
            if (Math.Max(before, after) < Worth * Math.Min(before, after))
                yield break;
            string why = after > before ? Slower(probes, basis.Levels) : "the space was slower then";
            yield return string.Create(CultureInfo.InvariantCulture,
                $"Answers took {after:0.##} s in the probes (median) and {before:0.##} s in the baseline: {why}.");
        }
    }

    /// <summary>What takes longer in the probes, as far as they tell.</summary>
    private static string Slower(IReadOnlyList<ProbeOutcome> probes, IReadOnlyList<ServiceLevel> levels) =>
        probes.LastOrDefault(probe => probe.Verdict == Verdict.Fail)?.Constraint(levels) switch
        {
            BindingConstraint.WarehouseQueue => "statements wait for their turn on the SQL warehouse",
            BindingConstraint.WarehouseStart => "the SQL warehouse had to be started",
            _ when probes.Any(probe => probe.Run.Results.Any(row => row.StatementState == StatementState.Known)) =>
                "the model, or the SQL it writes, is slower under load",
            _ => "the warehouse or the model is slower under load, and -IncludeStatement tells which",
        };

    private static double Median(double[] values) => Percentile.Of([.. values.Order()], 50);
}
