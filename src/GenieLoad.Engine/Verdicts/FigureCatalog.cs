using System.Globalization;
using System.Text.RegularExpressions;
using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Names;
using GenieLoad.Model;

namespace GenieLoad.Engine.Verdicts;

/// <summary>The figures that a threshold can speak of. <c>docs/thresholds.md</c> lists them for people.</summary>
public static partial class FigureCatalog
{
    /// <summary>Share of right answers: known only where answers are checked.</summary>
    internal const string ExpectedAnswerShare = nameof(ExpectedAnswerShare);

    private const string WithFailures = "ResponseWithFailures";

    private static readonly double[] OfferedPercents = [50, 75, 90, 95, 99];

    // What k6 calls its figures.
    private static readonly Dictionary<string, string> OtherWords = new(StringComparer.OrdinalIgnoreCase)
    {
        ["avg"] = "MeanResponseSeconds",
        ["med"] = "P50ResponseSeconds",
        ["min"] = "MinimumResponseSeconds",
        ["max"] = "MaximumResponseSeconds",
        ["rate"] = "FailureRate",
        ["count"] = "QuestionCount",
    };

    private static readonly Dictionary<string, Figure> Fixed = Make().ToDictionary(figure => figure.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// The names that completion offers, the most wanted first. Every percentile from 1 to 99.99 is known beyond them.
    /// </summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. Percentiles(Measure.Response.Name), .. Percentiles(WithFailures), "SuccessRate", "ThrottleShare",
        .. Measure.All.Where(measure => measure != Measure.Response).SelectMany(measure => Percentiles(measure.Name)),
        .. Fixed.Keys.Where(name => name is not ("SuccessRate" or "ThrottleShare")),
    ];

    /// <summary>The figure of a name; case does not matter.</summary>
    internal static Figure? Find(string name)
    {
        if (Fixed.TryGetValue(name, out Figure? figure))
            return figure;
        Match percentile = PercentileName().Match(name);
        if (!percentile.Success)
            return null;
        double percent = double.Parse(percentile.Groups["percent"].ValueSpan, CultureInfo.InvariantCulture);
        string time = percentile.Groups["measure"].Value;
        if (time.Equals(WithFailures, StringComparison.OrdinalIgnoreCase))
            return new PercentileWithFailures(PercentileWithFailures.NameOf(percent), percent);
        return Measure.Find(time) is { } measure ? PercentileOf(percent, measure) : null;
    }

    /// <summary>Up to three names close to one that does not exist.</summary>
    internal static IReadOnlyList<string> Close(string name) =>
        OtherWords.TryGetValue(name, out string? own) ? [own] : CloseNames.Of(name, Names);

    /// <summary>The names that begin with what was typed; of a percentile that is not offered, those of all times.</summary>
    /// <param name="typed">The beginning of a name.</param>
    public static IEnumerable<string> Beginning(string typed)
    {
        Match percentile = PercentileBeginning().Match(typed);
        IEnumerable<string> more = percentile.Success
            && double.Parse(percentile.Groups["percent"].ValueSpan, CultureInfo.InvariantCulture) is double percent
            && !OfferedPercents.Contains(percent)
                ? new[] { "Response", WithFailures }.Concat(Measure.All.Select(measure => measure.Name)).Distinct()
                    .Select(measure => NameOf(percent, measure))
                : [];
        return Names.Concat(more).Where(name => name.StartsWith(typed, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>A percentile of a time.</summary>
    internal static TimePercentile PercentileOf(double percent, Measure measure) =>
        new(NameOf(percent, measure.Name), percent, measure.Of) { Phase = measure.Phase };

    private static IEnumerable<string> Percentiles(string measure) =>
        OfferedPercents.Select(percent => NameOf(percent, measure));

    private static string NameOf(double percent, string measure) => FormattableString.Invariant($"P{percent}{measure}Seconds");

    private static IEnumerable<Figure> Make() =>
    [
        new QuestionShare("SuccessRate", row => row.Success),
        new QuestionShare("FailureRate", AskedQuestions.IsFailed),
        new QuestionShare("ThrottledQuestionRate", row => row.ThrottleRetries > 0 || row.Outcome == Outcome.Throttled),
        .. Outcome.All.Where(HasFigures).Select(outcome => new QuestionShare($"{outcome}Rate", row => row.Outcome == outcome)
        {
            OfAll = outcome is Outcome.NotStarted or Outcome.Interrupted,
        }),
        new AgreementShare("AnswerAgreement"),
        new QuestionShare(ExpectedAnswerShare, row => row.Expectation == Expectation.Right)
        {
            Among = row => row.Expectation is Expectation.Right or Expectation.Wrong,
        },
        Share("ThrottleShare", row => row.ThrottleSeconds),
        Share("FaultShare", row => row.FaultSeconds),
        Share("WaitShare", row => row.WaitSeconds ?? 0),
        .. Measure.All.SelectMany(OfTime),
        new TimeRatio("AverageQuestionDurationSeconds", "s", OfSuccesses: true, row => row.DurationSeconds, One),
        Count("QuestionCount", _ => true),
        Count("SuccessfulCount", row => row.Success),
        Count("FailedCount", AskedQuestions.IsFailed),
        .. Outcome.All.Where(HasFigures).Select(outcome => Count($"{outcome}Count", row => row.Outcome == outcome)),
        new RunFact("ThrottleRetryCount", "", scope => scope.Rows.Sum(row => row.ThrottleRetries)),
        new RunFact("FaultRetryCount", "", scope => scope.Rows.Sum(row => row.FaultRetries)),
        new RunFact("ThrottleSeconds", "s", scope => scope.Rows.Sum(row => row.ThrottleSeconds)),
        new RunFact("FaultSeconds", "s", scope => scope.Rows.Sum(row => row.FaultSeconds)),
        OfRun("TotalDurationSeconds", "s", run => run.TotalDurationSeconds),
        OfRun("ThroughputPerSecond", "/s", run => run.ThroughputPerSecond),
        OfRun("OfferedPerSecond", "/s", run => run.Rates.OfferedPerSecond),
        OfRun("StartedPerSecond", "/s", run => run.Rates.StartedPerSecond),
        OfRun("CompletedPerSecond", "/s", run => run.Rates.CompletedPerSecond),
        OfRun("MeanInFlight", "", run => run.Rates.MeanInFlight),
        OfRun("P95InFlight", "", run => run.Rates.P95InFlight),
        OfRun("MaximumInFlight", "", run => run.Rates.MaximumInFlight),
    ];

    /// <summary>FailedCount is every question that came to an end and was not answered in full, whatever its outcome.</summary>
    private static bool HasFigures(string outcome) => outcome is not (Outcome.Completed or Outcome.Failed);

    private static double? One(QuestionResult row) => 1;

    private static TimeRatio Share(string name, Func<QuestionResult, double?> lost) =>
        new(name, "%", OfSuccesses: false, lost, row => row.ResponseSeconds);

    private static RunFact Count(string name, Func<QuestionResult, bool> counts) => new(name, "", scope => scope.Rows.Count(counts));

    private static RunFact OfRun(string name, string unit, Func<LoadRun, double?> value) =>
        new(name, unit, scope => value(scope.Run!), OnlyGrows: false, OfWholeRun: true);

    private static IEnumerable<Figure> OfTime(Measure time) =>
    [
        new TimeRatio($"Mean{time.Name}Seconds", "s", OfSuccesses: true, time.Of, One) { Phase = time.Phase },
        new RunFact($"Maximum{time.Name}Seconds", "s", scope => scope.Successes.Max(time.Of))
        {
            OfSuccesses = true, Phase = time.Phase,
        },
        new RunFact($"Minimum{time.Name}Seconds", "s", scope => scope.Successes.Min(time.Of), OnlyGrows: false)
        {
            OfSuccesses = true, Phase = time.Phase,
        },
    ];

    [GeneratedRegex(@"^P(?<percent>[1-9]\d?(?:\.\d{1,2})?)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex PercentileBeginning();

    [GeneratedRegex(
        @"^P(?<percent>[1-9]\d?(?:\.\d{1,2})?)(?<measure>[A-Za-z]+)Seconds\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex PercentileName();
}
