using GenieLoad.Engine.Runs;
using GenieLoad.Engine.Statistics;
using GenieLoad.Model;

namespace GenieLoad.Engine.Verdicts;

/// <summary>Compares two runs. A pure function: the same runs and options give the same comparison.</summary>
public sealed class RunComparer
{
    // Work that a comparison may cost: visits of a row in a resample.
    private const double ResampleBudget = 4e7;
    private const int LeastResamples = 500;

    // Times whose medians are compared beside the response time.
    private static readonly HashSet<string> Phases =
    [
        "Duration", "Service", "Wait", "Submit", "Submitted", "FetchingMetadata", "FilteringContext", "AskingAi", "PendingWarehouse",
        "ExecutingQuery", "OtherPhase", "Detection", "Fetch",
    ];

    private readonly ComparisonOptions _options;
    private readonly ComparedRows _rows;
    private readonly FigureScope _reference;
    private readonly FigureScope _difference;
    private readonly int _resamples;
    private readonly double _responseMedian;

    private RunComparer(LoadRun reference, LoadRun difference, ComparisonOptions options)
    {
        _options = options;
        _rows = ComparedRows.Of(reference, difference);
        _reference = new FigureScope(FigureScope.Measured(reference), reference);
        _difference = new FigureScope(FigureScope.Measured(difference), difference);
        double work = Math.Max(1, _rows.Rows.Length) * 10.0;
        _resamples = (int)Math.Clamp(ResampleBudget / work, Math.Min(LeastResamples, options.MaximumResampleCount), options.MaximumResampleCount);
        _responseMedian = FigureCatalog.PercentileOf(50, "Response").Read(_reference, ThresholdJudge.Confidence).Value ?? 0;
    }

    /// <summary>Compares.</summary>
    /// <param name="reference">The run that is compared against.</param>
    /// <param name="difference">The run that is looked at.</param>
    /// <param name="options">How.</param>
    /// <exception cref="GenieLoadException"><c>SameRun</c>.</exception>
    public static RunComparison Compare(LoadRun reference, LoadRun difference, ComparisonOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(difference);
        if (reference.RunId == difference.RunId)
            throw VerdictsErrors.SameRun(reference.RunId);
        options ??= new ComparisonOptions();
        var comparer = new RunComparer(reference, difference, options);
        List<ComparisonRow> rows = comparer.Headline();
        return new RunComparison
        {
            Verdict = ChangeJudge.Overall(rows[0], rows[2], rows[4]),
            ReferenceRunId = reference.RunId,
            DifferenceRunId = difference.RunId,
            ReferenceStartedAt = reference.StartedAt,
            DifferenceStartedAt = difference.StartedAt,
            TolerancePercent = options.TolerancePercent,
            TolerancePoints = options.TolerancePoints,
            IsPaired = comparer._rows.IsPaired,
            SharedQuestionCount = comparer._rows.Shared.Count,
            ResampleCount = comparer._resamples,
            Warnings = new RowList<string>([.. ComparisonWarnings.Of(reference, difference, comparer._rows)]),
            Rows = new RowList<ComparisonRow>([.. rows, .. comparer.PhaseRows()]),
            Questions = new RowList<ComparisonRow>([.. new ComparedQuestions(reference, difference, options.TolerancePercent).Rows()]),
            ResponsePercentiles = new RowList<PercentilePair>([.. PercentilePairs.Of(comparer._reference, comparer._difference)]),
        };
    }

    /// <summary>Median, P90, P95, mean, success rate and throttle share, in this order.</summary>
    private List<ComparisonRow> Headline()
    {
        double?[] response = Times(row => row.ResponseSeconds);
        ComparedRatio Ratio(Func<QuestionResult, double?> numerator, Func<QuestionResult, double?> denominator, double scale) =>
            new(_rows, [.. _rows.Rows.Select(numerator)], [.. _rows.Rows.Select(denominator)], scale);
        (string Figure, ComparedFigure Compared)[] figures =
        [
            ("P90ResponseSeconds", new ComparedPercentile(_rows, response, 90)),
            ("P95ResponseSeconds", new ComparedPercentile(_rows, response, 95)),
            ("MeanResponseSeconds", Ratio(row => row.Success ? row.ResponseSeconds : null, _ => 1, 1)),
            ("SuccessRate", Ratio(row => row.Success ? 1 : 0, _ => 1, 100)),
            ("ThrottleShare", Ratio(row => row.ThrottleSeconds, row => row.ResponseSeconds, 100)),
        ];
        Resampled[] resampled = Resample([.. figures.Select(figure => figure.Compared)]);
        return
        [
            Median("P50ResponseSeconds", response, Resample([Ranks(response)], intervals: false)[0], correctedP: null),
            .. figures.Select((figure, i) => Row(FigureCatalog.Find(figure.Figure)!, resampled[i])),
        ];
    }

    private IEnumerable<ComparisonRow> PhaseRows()
    {
        (string Measure, double?[] Times)[] phases =
        [
            .. RunSummarizer.Measures.Where(measure => Phases.Contains(measure.Measure))
                .Select(measure => (measure.Measure, Times(measure.Of)))
                .Where(phase => phase.Item2.Any(time => time > 0)),
        ];
        Resampled[] ranks = Resample([.. phases.Select(phase => Ranks(phase.Times))], intervals: false);
        double?[] corrected = ChangeJudge.Holm([.. phases.Select((phase, i) => RankP(phase.Times, ranks[i]))]);
        return phases.Select((phase, i) => Median($"P50{phase.Measure}Seconds", phase.Times, ranks[i], corrected[i]));
    }

    private double?[] Times(Func<QuestionResult, double?> of) => [.. _rows.Rows.Select(row => row.Success ? of(row) : null)];

    private ComparedRanks Ranks(double?[] times) => new(_rows, Aligned(times));

    /// <summary>Times less their question's median over both runs, of the questions that both runs asked: what differs is then the runs.</summary>
    private double?[] Aligned(double?[] times)
    {
        if (!_rows.IsPaired)
            return times;
        double?[] aligned = new double?[times.Length];
        foreach (IGrouping<string, int> question in Enumerable.Range(0, times.Length).GroupBy(i => ComparedRows.KeyOf(_rows.Rows[i])))
        {
            double[] known = Percentile.Sort(question.Select(i => times[i]));
            if (known.Length == 0 || !_rows.Shared.Contains(question.Key))
                continue;
            double middle = Percentile.Of(known, 50);
            foreach (int i in question)
                aligned[i] = times[i] - middle;
        }

        return aligned;
    }

    /// <summary>A median: shift of Hodges and Lehmann, rank-sum test.</summary>
    private ComparisonRow Median(string name, double?[] times, Resampled ranks, double? correctedP)
    {
        double?[] aligned = Aligned(times);
        double[] Side(bool difference) =>
            [.. Enumerable.Range(0, aligned.Length).Where(i => _rows.InDifference[i] == difference && aligned[i] is not null).Select(i => aligned[i]!.Value)];
        bool simple = !_rows.IsPaired && _rows.IsIndependent;
        HodgesLehmann? shift = HodgesLehmann.Estimate(
            Side(false), Side(true), ThresholdJudge.Confidence, simple ? null : Math.Sqrt(ranks.LabelVariance));
        string method = (_rows.IsPaired ? "Hodges-Lehmann by question, " : "Hodges-Lehmann, ") + (simple ? "Mann-Whitney" : "rank sum by permutation");
        return Row(
            FigureCatalog.Find(name)!, new Change(shift?.Shift, shift?.Lower, shift?.Upper), correctedP ?? RankP(times, ranks), method,
            correctedP is not null);
    }

    private double? RankP(double?[] times, Resampled ranks)
    {
        if (_rows.IsPaired || !_rows.IsIndependent)
            return ranks.PValue;
        double[] Side(bool difference) =>
            [.. Enumerable.Range(0, times.Length).Where(i => _rows.InDifference[i] == difference && times[i] is not null).Select(i => times[i]!.Value)];
        return MannWhitney.PValue(Side(false), Side(true));
    }

    private ComparisonRow Row(Figure figure, Resampled resampled)
    {
        Reading reference = figure.Read(_reference, ThresholdJudge.Confidence);
        Reading difference = figure.Read(_difference, ThresholdJudge.Confidence);
        Change change = new(difference.Value - reference.Value, resampled.Lower, resampled.Upper);
        if (figure is QuestionShare && change.Shift is { } shift)
        {
            // Newcombe's interval (Statistics in Medicine 17, 1998) too: no bootstrap sees failures that did not happen.
            double down = Math.Sqrt(Math.Pow((difference.Value - difference.Lower)!.Value, 2) + Math.Pow((reference.Upper - reference.Value)!.Value, 2));
            double up = Math.Sqrt(Math.Pow((difference.Upper - difference.Value)!.Value, 2) + Math.Pow((reference.Value - reference.Lower)!.Value, 2));
            change = new Change(shift, Math.Min(change.Lower ?? 0, shift - down), Math.Max(change.Upper ?? 0, shift + up));
        }

        return Row(figure, change, resampled.PValue, "bootstrap, permutation", isPhase: false);
    }

    private ComparisonRow Row(Figure figure, Change change, double? pValue, string method, bool isPhase)
    {
        Reading reference = figure.Read(_reference, ThresholdJudge.Confidence);
        Reading difference = figure.Read(_difference, ThresholdJudge.Confidence);
        string? missing = Missing(figure, reference, difference);
        if (missing is not null)
            change = change with { Lower = null, Upper = null };
        double own = _options.TolerancePercent / 100 * (reference.Value ?? 0);
        // A phase is a part of the answer: what nobody notices in the whole is no change of the part.
        double tolerance = figure.Unit == "%" ? _options.TolerancePoints
            : isPhase ? Math.Max(own, _options.TolerancePercent / 500 * _responseMedian)
            : own;
        string verdict = ChangeJudge.Verdict(change, pValue, tolerance, moreIsBetter: figure.Name == "SuccessRate");
        return new ComparisonRow
        {
            Figure = figure.Name,
            Verdict = verdict,
            Unit = figure.Unit,
            ReferenceValue = reference.Value,
            ReferenceLower = reference.Lower,
            ReferenceUpper = reference.Upper,
            DifferenceValue = difference.Value,
            DifferenceLower = difference.Lower,
            DifferenceUpper = difference.Upper,
            Shift = change.Shift,
            ShiftLower = change.Lower,
            ShiftUpper = change.Upper,
            ChangePercent = figure.Unit == "s" && reference.Value > 0 ? 100 * change.Shift / reference.Value : null,
            PValue = pValue,
            Method = method,
            ReferenceCount = reference.Count,
            DifferenceCount = difference.Count,
            Reason = verdict == ChangeVerdict.NotEnoughData ? missing ?? "the interval of the change is too wide" : null,
        };
    }

    /// <summary>What keeps an interval from being believed; <see langword="null"/> for nothing.</summary>
    private static string? Missing(Figure figure, Reading reference, Reading difference)
    {
        int needed = figure is TimePercentile percentile ? OrderStatistics.RequiredCount(percentile.Percent) : RatioInterval.LeastGroups;
        return Math.Min(reference.Count, difference.Count) >= needed
            ? null
            : FormattableString.Invariant($"needs {needed} in each run, has {reference.Count} and {difference.Count}");
    }

    private Resampled[] Resample(ComparedFigure[] figures, bool intervals = true)
    {
        var draws = new Resampling(_rows, _options.Seed);
        bool[] labels = [.. _rows.ClusterInDifference];
        double[] weights = new double[labels.Length];
        double[] actual = [.. figures.Select(figure => figure.WhenLabelled(labels))];
        double[][] permuted = [.. figures.Select(_ => new double[_resamples])];
        double[][] drawn = [.. figures.Select(_ => new double[intervals ? _resamples : 0])];
        for (int sample = 0; sample < _resamples; sample++)
        {
            draws.Permute(labels);
            if (intervals)
                draws.Draw(weights);
            for (int i = 0; i < figures.Length; i++)
            {
                permuted[i][sample] = figures[i].WhenLabelled(labels);
                if (intervals)
                    drawn[i][sample] = figures[i].WhenWeighed(weights);
            }
        }

        return [.. figures.Select((_, i) => Resampled.Of(actual[i], permuted[i], drawn[i]))];
    }

    /// <summary>What the resamples of a figure say.</summary>
    private sealed record Resampled(double PValue, double LabelVariance, double? Lower, double? Upper)
    {
        public static Resampled Of(double actual, double[] permuted, double[] drawn)
        {
            double middle = permuted.Average();
            double distance = Math.Abs(actual - middle);
            // The labels as they are count as one of the permutations; rounding must not part what is equal.
            int extreme = 1 + permuted.Count(value => Math.Abs(value - middle) >= distance - 1e-12 - (1e-9 * distance));
            Array.Sort(drawn);
            return new Resampled(
                extreme / (permuted.Length + 1.0),
                permuted.Sum(value => (value - middle) * (value - middle)) / permuted.Length,
                drawn.Length == 0 ? null : Percentile.Of(drawn, 2.5),
                drawn.Length == 0 ? null : Percentile.Of(drawn, 97.5));
        }
    }
}
