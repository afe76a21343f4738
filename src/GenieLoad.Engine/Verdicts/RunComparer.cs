using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Statistics;
using GenieLoad.Model;

namespace GenieLoad.Engine.Verdicts;

/// <summary>Compares runs. A pure function: the same runs and options give the same comparison.</summary>
public sealed class RunComparer
{
    internal const string SameQuestions = "typical change, same questions";

    // Times whose medians are compared beside the response time.
    private static readonly HashSet<string> Compared =
    [
        "Duration", "Service", "Wait", "Submit", "Submitted", "FetchingMetadata", "FilteringContext", "AskingAi", "PendingWarehouse",
        "ExecutingQuery", "Thinking", "Sql", "Writing", "OtherPhase", "Detection", "Fetch", "FirstItem", "LongestSilence",
    ];

    private readonly ComparisonOptions _options;
    private readonly ComparedRows _rows;
    private readonly ComparedSide _reference;
    private readonly ComparedSide _difference;
    private readonly IChangeSource _changes;
    private double _responseMedian;

    private RunComparer(ComparedSide reference, ComparedSide difference, ComparisonOptions options)
    {
        _options = options;
        _rows = ComparedRows.Of(reference.Runs, difference.Runs);
        _reference = reference;
        _difference = difference;
        _changes = _rows.RunInDifference.Length > 2 ? new RunChanges(_rows) : new AnswerChanges(_rows, options);
    }

    /// <summary>Compares two runs.</summary>
    /// <param name="reference">The run that is compared against.</param>
    /// <param name="difference">The run that is looked at.</param>
    /// <param name="options">How; the defaults, by default.</param>
    /// <exception cref="GenieLoadException"><c>SameRun</c>.</exception>
    public static RunComparison Compare(LoadRun reference, LoadRun difference, ComparisonOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(difference);
        return Compare([reference], [difference], options);
    }

    /// <summary>
    /// Compares runs of one kind with runs of another. With more than two in all, the run is the unit, and not the answer.
    /// </summary>
    /// <param name="reference">The runs that are compared against, at least one.</param>
    /// <param name="difference">The runs that are looked at, at least one.</param>
    /// <param name="options">How; the defaults, by default.</param>
    /// <exception cref="GenieLoadException"><c>SameRun</c>: a run is given twice.</exception>
    public static RunComparison Compare(
        IReadOnlyList<LoadRun> reference, IReadOnlyList<LoadRun> difference, ComparisonOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(difference);
        ArgumentOutOfRangeException.ThrowIfZero(reference.Count, nameof(reference));
        ArgumentOutOfRangeException.ThrowIfZero(difference.Count, nameof(difference));
        if (reference.Concat(difference).GroupBy(run => run.RunId, StringComparer.Ordinal)
            .FirstOrDefault(runs => runs.Skip(1).Any()) is { } twice)
            throw VerdictsErrors.SameRun(twice.Key);
        var comparer = new RunComparer(new ComparedSide(reference), new ComparedSide(difference), options ?? new ComparisonOptions());
        return comparer.Compare();
    }

    private RunComparison Compare()
    {
        List<(ComparisonRow Row, SerialDependence Dependence)> headline = Headline();
        SerialDependence dependence = headline[0].Dependence;
        ComparisonRow[] rows = [.. headline.Select(row => row.Row)];
        ComparisonRow[] withFailures = [.. WithFailures()];
        OverallVerdict overall = OverallVerdict.Of([.. rows, .. withFailures]);
        return new RunComparison
        {
            Verdict = overall.Verdict,
            Reason = overall.Reason,
            ReferenceRunId = _reference.Runs[0].RunId,
            DifferenceRunId = _difference.Runs[0].RunId,
            ReferenceRunIds = new RowList<string>([.. _reference.Runs.Select(run => run.RunId)]),
            DifferenceRunIds = new RowList<string>([.. _difference.Runs.Select(run => run.RunId)]),
            ReferenceStartedAt = _reference.Runs[0].StartedAt,
            DifferenceStartedAt = _difference.Runs[0].StartedAt,
            TolerancePercent = _options.TolerancePercent,
            TolerancePoints = _options.TolerancePoints,
            IsPaired = _rows.QuestionCount > 0,
            SharedQuestionCount = _rows.QuestionCount,
            ResampleCount = _changes.ResampleCount,
            EffectiveShare = dependence.IsFound ? 1 / dependence.Inflation : 1,
            NeededRunCount = dependence.IsTooStrong ? ChangeJudge.Repeats(dependence) : null,
            Warnings = new RowList<string>([.. ComparisonWarnings.Of(_reference.Runs, _difference.Runs, _rows, dependence)]),
            Rows = new RowList<ComparisonRow>([.. rows, .. withFailures, .. PhaseRows()]),
            Questions = new RowList<ComparisonRow>([.. new ComparedQuestions(_rows, _options.TolerancePercent, dependence).Rows()]),
            Answers = new RowList<AnswerComparison>(
                [.. new ComparedAnswers(_rows, [.. _reference.Runs, .. _difference.Runs], _options.Seed).Rows()]),
            ResponsePercentiles = new RowList<PercentilePair>([.. PercentilePairs.Of(_reference.Whole, _difference.Whole)]),
        };
    }

    /// <summary>Median, P90, P95, mean, success rate and throttle share, in this order.</summary>
    private List<(ComparisonRow Row, SerialDependence Dependence)> Headline()
    {
        double?[] response = Times(row => row.ResponseSeconds);
        ComparedRatio Ratio(Func<QuestionResult, double?> numerator, Func<QuestionResult, double?> denominator, double scale) =>
            new(_rows, [.. _rows.Rows.Select(numerator)], [.. _rows.Rows.Select(denominator)], scale);
        (string Figure, ComparedFigure Compared)[] figures =
        [
            ("P90ResponseSeconds", new ComparedPercentile(_rows, response, 90)),
            ("P95ResponseSeconds", new ComparedPercentile(_rows, response, 95)),
            ("MeanResponseSeconds", Ratio(row => row.Success ? row.ResponseSeconds : null, _ => 1, 1)),
            ("SuccessRate", Ratio(row => AskedQuestions.IsEnded(row) ? row.Success ? 1 : 0 : null, _ => 1, 100)),
            ("ThrottleShare", Ratio(row => row.ThrottleSeconds, row => row.ResponseSeconds, 100)),
        ];
        ChangeEstimate median = _changes.OfMedians([response])[0];
        _responseMedian = median.Reference ?? 0;
        IReadOnlyList<ChangeEstimate> estimates = _changes.OfFigures([.. figures.Select(figure => figure.Compared)]);
        return
        [
            (Row("P50ResponseSeconds", median, isPhase: false), median.Dependence),
            .. figures.Select((figure, i) => (Row(figure.Figure, estimates[i], isPhase: false), estimates[i].Dependence)),
        ];
    }

    /// <summary>
    /// Where anybody failed: median, P90 and P95 of everyone who asked. A percentile that lies beyond every answer is reckoned as far
    /// beyond
    /// them, and shown as infinite.
    /// </summary>
    private IEnumerable<ComparisonRow> WithFailures()
    {
        if (!_rows.Rows.Any(AskedQuestions.IsFailed))
            return [];
        double?[] times = PercentileWithFailures.Finite(_rows.Rows, out double greatest);
        double[] percents = [50, 90, 95];
        IReadOnlyList<ChangeEstimate> estimates =
            _changes.OfFigures([.. percents.Select(percent => new ComparedPercentile(_rows, times, percent))]);
        return percents.Select((percent, i) => Row(PercentileWithFailures.NameOf(percent), Reached(estimates[i]), isPhase: false));

        ChangeEstimate Reached(ChangeEstimate estimate) => estimate with
        {
            Change = new Change(Never(estimate.Change.Shift), Never(estimate.Change.Lower), Never(estimate.Change.Upper)),
            Reference = estimate.Reference > greatest ? null : estimate.Reference,
        };

        double? Never(double? seconds) =>
            seconds is { } value && Math.Abs(value) > greatest ? double.CopySign(double.PositiveInfinity, value) : seconds;
    }

    /// <summary>Whether every run knows a time: statements are read for some and not for others.</summary>
    private bool IsKnownOfAllRuns(Measure measure) => _reference.Runs.Concat(_difference.Runs)
        .All(run => MeasuredRows.Of(run).Any(row => measure.Of(row) is not null));

    private IEnumerable<ComparisonRow> PhaseRows()
    {
        (string Name, double?[] Times)[] phases =
        [
            .. Measure.All.Where(measure => Compared.Contains(measure.Name)
                    || (measure.Kind == MeasureKind.Statement && IsKnownOfAllRuns(measure)))
                .Select(measure => (measure.Name, Times: Times(measure.Of)))
                .Where(phase => phase.Times.Any(time => time > 0)),
        ];
        IReadOnlyList<ChangeEstimate> estimates = _changes.OfMedians([.. phases.Select(phase => phase.Times)]);
        double?[] corrected = ChangeJudge.Holm([.. estimates.Select(estimate => estimate.PValue)]);
        return phases.Select((phase, i) => Row($"P50{phase.Name}Seconds", estimates[i] with { PValue = corrected[i] }, isPhase: true));
    }

    private double?[] Times(Func<QuestionResult, double?> of) => [.. _rows.Rows.Select(row => row.Success ? of(row) : null)];

    private ComparisonRow Row(string name, ChangeEstimate estimate, bool isPhase)
    {
        Figure figure = FigureCatalog.Find(name)!;
        Reading reference = _reference.Read(figure);
        Reading difference = _difference.Read(figure);
        string? missing = Missing(figure, reference, difference);
        // Where next to nothing was lost on either side, no bootstrap sees what did not happen: then nothing is known to be the same.
        bool isRare = reference.RareCount is not null && difference.RareCount is not null && !(estimate.PValue <= ChangeJudge.RowLevel);
        Change change = (figure is QuestionShare || isRare) && _changes is AnswerChanges
            ? NotNarrower(estimate.Change, reference, difference)
            : estimate.Change;
        if (missing is not null)
            change = change with { Lower = null, Upper = null };
        string? waiting = ChangeJudge.Waiting(estimate.Dependence);
        string verdict = waiting is null
            ? ChangeJudge.Verdict(change, estimate.PValue, Tolerance(figure, estimate, isPhase), moreIsBetter: figure.Name == "SuccessRate")
            : ChangeVerdict.NotEnoughData;
        double? plain = difference.Value - reference.Value;
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
            ShiftBasis = change.Shift is { } shift && double.IsFinite(shift)
                && !(Math.Abs(shift - (plain ?? double.NaN)) <= 1e-9 * (1 + Math.Abs(shift))) ? SameQuestions : null,
            ChangePercent = figure.Unit == "s" && estimate.Reference > 0 && double.IsFinite(change.Shift ?? 0)
                ? 100 * change.Shift / estimate.Reference
                : null,
            PValue = estimate.PValue,
            Method = estimate.Method,
            ReferenceCount = reference.Count,
            DifferenceCount = difference.Count,
            Reason = verdict == ChangeVerdict.NotEnoughData ? missing ?? waiting ?? "the interval of the change is too wide" : null,
        };
    }

    private double Tolerance(Figure figure, ChangeEstimate estimate, bool isPhase)
    {
        double own = _options.TolerancePercent / 100 * (estimate.Reference ?? 0);
        // A phase is a part of the answer: what nobody notices in the whole is no change of the part.
        return figure.Unit == "%" ? _options.TolerancePoints
            : isPhase ? Math.Max(own, _options.TolerancePercent / 500 * _responseMedian)
            : own;
    }

    /// <summary>Newcombe's interval (Statistics in Medicine 17, 1998) too: no bootstrap sees failures that did not happen.</summary>
    private static Change NotNarrower(Change change, Reading reference, Reading difference)
    {
        if (change.Shift is not { } shift || reference is not { Lower: not null, Upper: not null }
            || difference is not { Lower: not null, Upper: not null })
            return change;
        double down = Math.Sqrt(
            Math.Pow((difference.Value - difference.Lower)!.Value, 2) + Math.Pow((reference.Upper - reference.Value)!.Value, 2));
        double up = Math.Sqrt(
            Math.Pow((difference.Upper - difference.Value)!.Value, 2) + Math.Pow((reference.Value - reference.Lower)!.Value, 2));
        return new Change(shift, Math.Min(change.Lower ?? 0, shift - down), Math.Max(change.Upper ?? 0, shift + up));
    }

    /// <summary>What keeps an interval from being believed; <see langword="null"/> for nothing.</summary>
    private string? Missing(Figure figure, Reading reference, Reading difference)
    {
        if (_rows.QuestionCount == 0)
            return "the runs share no question";
        if (double.IsPositiveInfinity(reference.Value ?? 0) && double.IsPositiveInfinity(difference.Value ?? 0))
            return "not reached in either run: too many questions failed";
        if ((reference.Unseen ?? difference.Unseen) is { } unseen)
            return unseen;
        int needed = figure switch
        {
            TimePercentile percentile => OrderStatistics.RequiredCount(percentile.Percent),
            PercentileWithFailures percentile => OrderStatistics.RequiredCount(percentile.Percent),
            _ => RatioInterval.LeastGroups,
        };
        return Math.Min(reference.Count, difference.Count) >= needed
            ? null
            : FormattableString.Invariant($"needs {needed} in each run, has {reference.Count} and {difference.Count}");
    }
}
