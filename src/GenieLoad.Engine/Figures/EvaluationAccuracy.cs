using GenieLoad.Engine.Statistics;
using GenieLoad.Model;

namespace GenieLoad.Engine.Figures;

/// <summary>How many benchmarks an evaluation found answered right, and whether load costs accuracy.</summary>
internal static class EvaluationAccuracy
{
    private const double Significance = 0.05;

    // An evaluation that was under load for less says more of the rest of its time.
    private const double LeastUnderLoadPercent = 50;

    private static readonly (string From, string To)[] Pairs =
    [
        (EvaluationTime.Before, EvaluationTime.During), (EvaluationTime.During, EvaluationTime.After),
        (EvaluationTime.Before, EvaluationTime.After),
    ];

    /// <summary>The evaluation with the interval of its accuracy.</summary>
    public static Evaluation WithInterval(Evaluation evaluation)
    {
        int judged = evaluation.GoodCount + evaluation.BadCount;
        if (judged == 0)
            return evaluation with { AccuracyLower = null, AccuracyUpper = null };
        (double lower, double upper) = ShareInterval.Of(evaluation.GoodCount, judged, OrderStatistics.DefaultConfidence);
        return evaluation with { AccuracyLower = 100 * lower, AccuracyUpper = 100 * upper };
    }

    /// <summary>The run with its evaluations and what they say of the load; the same run where there are none.</summary>
    /// <param name="run">The run.</param>
    /// <param name="evaluations">Its evaluations, in any order.</param>
    public static LoadRun Add(LoadRun run, IEnumerable<Evaluation> evaluations)
    {
        Evaluation[] all = [.. evaluations.OrderBy(one => PlaceOf(one.When)).ThenBy(one => one.StartedAt.ToUniversalTime())];
        if (all.Length == 0)
            return run;
        AccuracyChange[] changes = [.. Pairs.Select(pair => ChangeOf(all, pair.From, pair.To)).OfType<AccuracyChange>()];
        return run with
        {
            Evaluations = new RowList<Evaluation>(all),
            AccuracyChanges = new RowList<AccuracyChange>(changes),
            AccuracyUnderLoad = Answer(all, changes),
        };
    }

    /// <summary>The change between two evaluations; <see langword="null"/> where there are not both.</summary>
    internal static AccuracyChange? ChangeOf(IReadOnlyCollection<Evaluation> all, string from, string to)
    {
        Evaluation[] earlier = [.. all.Where(one => one.When == from)];
        Evaluation[] later = [.. all.Where(one => one.When == to)];
        if (earlier.Length == 0 || later.Length == 0)
            return null;
        Dictionary<(string, string, string), bool> before = RightOf(earlier);
        Dictionary<(string, string, string), bool> after = RightOf(later);
        (bool Was, bool Is)[] pairs = [.. before.Where(one => after.ContainsKey(one.Key)).Select(one => (one.Value, after[one.Key]))];
        int lost = pairs.Count(pair => pair is (true, false));
        int gained = pairs.Count(pair => pair is (false, true));
        bool isTooFew = McNemar.IsTooFew(lost, gained);
        double p = McNemar.PValue(lost, gained);
        string verdict = isTooFew ? AccuracyVerdict.TooFew
            : p > Significance ? AccuracyVerdict.NotShown
            : lost > gained ? AccuracyVerdict.Worse : AccuracyVerdict.Better;
        (double Lower, double Upper)? interval = pairs.Length == 0 ? null : McNemar.ChangeInterval(lost, gained, pairs.Length);
        return new AccuracyChange
        {
            From = from,
            To = to,
            Verdict = verdict,
            PairCount = pairs.Length,
            FromPercent = PercentOf(pairs.Count(pair => pair.Was), pairs.Length),
            ToPercent = PercentOf(pairs.Count(pair => pair.Is), pairs.Length),
            LostCount = lost,
            GainedCount = gained,
            ChangePoints = PercentOf(gained - lost, pairs.Length),
            ChangeLower = 100 * interval?.Lower,
            ChangeUpper = 100 * interval?.Upper,
            PValue = isTooFew ? null : p,
            Text = TextOf(pairs, lost, gained, isTooFew ? null : p),
        };
    }

    /// <summary>Which benchmarks were right; those without such a verdict are left out.</summary>
    private static Dictionary<(string Workspace, string Space, string Benchmark), bool> RightOf(IEnumerable<Evaluation> evaluations)
    {
        Dictionary<(string, string, string), bool> right = [];
        foreach ((Evaluation evaluation, EvaluationResult result) in evaluations.SelectMany(one => one.Results.Select(row => (one, row))))
        {
            if (result is { BenchmarkId: string id, Verdict: EvaluationVerdict.Good or EvaluationVerdict.Bad })
                right[(evaluation.WorkspaceUrl, evaluation.SpaceId, id)] = result.Verdict == EvaluationVerdict.Good;
        }
        return right;
    }

    private static string TextOf((bool Was, bool Is)[] pairs, int lost, int gained, double? p)
    {
        if (pairs.Length == 0)
            return "no benchmark has a verdict in both";
        string counts = FormattableString.Invariant(
            $"{pairs.Count(pair => pair.Was)} -> {pairs.Count(pair => pair.Is)} of {pairs.Length} right")
            + FormattableString.Invariant($" ({lost} lost, {gained} gained)");
        return p is double known
            ? $"{counts}, {PText(known)}"
            : FormattableString.Invariant(
                $"{counts}: too few, {lost + gained} changed and it takes {McNemar.FewestChanged} to show anything");
    }

    private static string PText(double p) => p < 0.001 ? "p < 0.001" : FormattableString.Invariant($"p = {p:0.###}");

    /// <summary>Whether load costs accuracy, in a sentence; <see langword="null"/> without one evaluation during it and one not.</summary>
    private static string? Answer(Evaluation[] all, AccuracyChange[] changes)
    {
        AccuracyChange? change = Array.Find(changes, one => one is { From: EvaluationTime.Before, To: EvaluationTime.During })
            ?? Array.Find(changes, one => one is { From: EvaluationTime.During, To: EvaluationTime.After });
        if (change is null)
            return null;
        bool isReversed = change.From == EvaluationTime.During;
        string verdict = change.Verdict switch
        {
            AccuracyVerdict.TooFew => "It cannot be told whether load costs accuracy.",
            AccuracyVerdict.NotShown => "Nothing shows that load costs accuracy.",
            AccuracyVerdict.Worse when !isReversed => "Load costs accuracy.",
            AccuracyVerdict.Better when isReversed => "Load costs accuracy.",
            _ => "Under load, more benchmarks were right, not fewer.",
        };
        string range = change is { Verdict: not AccuracyVerdict.TooFew, ChangePoints: double points }
            ? FormattableString.Invariant($", {points:+0.#;-0.#;0} points (95 % {change.ChangeLower:+0.#;-0.#;0} to ")
                + FormattableString.Invariant($"{change.ChangeUpper:+0.#;-0.#;0})")
            : "";
        Evaluation[] weak = Array.FindAll(all, one => one.UnderLoadPercent < LeastUnderLoadPercent);
        string caution = weak.Length == 0
            ? ""
            : FormattableString.Invariant($" Only {weak.Min(one => one.UnderLoadPercent):0} % of its time was under load: ")
                + "run a longer load.";
        return $"{verdict} {change.From} -> {change.To}: {change.Text}{range}.{caution}";
    }

    private static double? PercentOf(int count, int of) => of == 0 ? null : 100.0 * count / of;

    private static int PlaceOf(string? when) => when switch
    {
        EvaluationTime.Before => 0,
        EvaluationTime.During => 1,
        EvaluationTime.After => 2,
        _ => 3,
    };
}
