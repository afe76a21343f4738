using GenieLoad.Engine.Conversations;
using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Statistics;
using GenieLoad.Model;

namespace GenieLoad.Engine.Verdicts;

/// <summary>
/// The rows of the runs of two sides, laid beside each other: those of questions that every run asked. What is exchanged or drawn is a
/// conversation with all its turns; within a stratum are the conversations that ask the same.
/// </summary>
internal sealed class ComparedRows
{
    // Where fewer rows than these lie in conversations that the other side has too, conversations are exchanged whatever they ask.
    private const double MatchedForStrata = 0.8;

    private ComparedRows(QuestionResult[] rows, int[] cluster, int[] question, int[] run)
    {
        Rows = rows;
        Cluster = cluster;
        Question = question;
        Run = run;
        QuestionCount = question.Length == 0 ? 0 : question.Max() + 1;
    }

    /// <summary>Rows of the reference runs, then those of the difference runs.</summary>
    public QuestionResult[] Rows { get; }

    /// <summary>Per row: its cluster.</summary>
    public int[] Cluster { get; }

    /// <summary>Per row: what was asked, as a number from 0.</summary>
    public int[] Question { get; }

    /// <summary>Per row: its run, as a number from 0; those of the reference come first.</summary>
    public int[] Run { get; }

    /// <summary>How many questions there are.</summary>
    public int QuestionCount { get; }

    /// <summary>Per run: whether it is a difference run.</summary>
    public required bool[] RunInDifference { get; init; }

    /// <summary>Per cluster: its run.</summary>
    public required int[] ClusterRun { get; init; }

    /// <summary>Per cluster: whether it is of a difference run.</summary>
    public required bool[] ClusterInDifference { get; init; }

    /// <summary>Clusters by stratum.</summary>
    public required int[][] Strata { get; init; }

    /// <summary>Ids of the questions that not every run asked.</summary>
    public required IReadOnlyList<string> LeftOut { get; init; }

    /// <summary>Lays out runs.</summary>
    public static ComparedRows Of(IReadOnlyList<LoadRun> reference, IReadOnlyList<LoadRun> difference)
    {
        LoadRun[] runs = [.. reference, .. difference];
        bool[] inDifference = [.. runs.Select((_, i) => i >= reference.Count)];
        Func<QuestionResult, string> keyOf = KeyOf(runs);
        HashSet<string>[] asked = [.. runs.Select(run => Asked(run).Select(keyOf).ToHashSet(StringComparer.Ordinal))];
        HashSet<string> shared = [.. asked[0]];
        foreach (HashSet<string> keys in asked)
            shared.IntersectWith(keys);

        (QuestionResult Row, int Run, string Cluster)[] rows = [.. runs.SelectMany((run, number) => Side(run)
            .Where(row => shared.Contains(keyOf(row.Row))).Select(row => (row.Row, number, $"{number} {row.Conversation}")))];
        Dictionary<string, int> questions = Numbers(rows.Select(row => keyOf(row.Row)));
        Dictionary<string, int> clusters = Numbers(rows.Select(row => row.Cluster));
        int[] clusterRun = new int[clusters.Count];
        string[] scripts = new string[clusters.Count];
        foreach ((QuestionResult row, int run, string cluster) in rows)
        {
            clusterRun[clusters[cluster]] = run;
            scripts[clusters[cluster]] += keyOf(row) + "\n";
        }

        bool[] side = [.. clusterRun.Select(run => inDifference[run])];
        int[] clusterOfRow = [.. rows.Select(row => clusters[row.Cluster])];
        return new ComparedRows([.. rows.Select(row => row.Row)], clusterOfRow, [.. rows.Select(row => questions[keyOf(row.Row)])],
            [.. rows.Select(row => row.Run)])
        {
            RunInDifference = inDifference,
            ClusterRun = clusterRun,
            ClusterInDifference = side,
            Strata = StrataOf(scripts, side, clusterOfRow),
            LeftOut = [.. runs.SelectMany(Asked).Where(row => !shared.Contains(keyOf(row))).Select(row => row.QuestionId).Distinct()],
        };
    }

    /// <summary>
    /// What a question asks, without the ending that makes it unique; where a run left out its texts, the id of the question.
    /// </summary>
    public static Func<QuestionResult, string> KeyOf(IEnumerable<LoadRun> runs) =>
        runs.Any(run => run.Results.Any(row => string.IsNullOrWhiteSpace(row.Question)))
            ? row => row.QuestionId
            : TextOf;

    /// <summary>The text of a question without the ending that makes it unique.</summary>
    public static string TextOf(QuestionResult row) => LoadTestTraces.WithoutEnding(row.Question);

    /// <summary>How much values hang on those before them, over all runs.</summary>
    /// <param name="values">Per row; rows without one are left out.</param>
    public SerialDependence Dependence(double?[] values) => SerialDependence.Of(
    [
        .. Enumerable.Range(0, RunInDifference.Length).Select(run => Enumerable.Range(0, Rows.Length)
            .Where(i => Run[i] == run && values[i] is not null)
            .Select(i => new SerialValue(Question[i], Cluster[i], Rows[i].PlannedOffsetSeconds, values[i]!.Value))),
    ]);

    /// <summary>What was never asked is no part of a run's mix of questions.</summary>
    private static IEnumerable<QuestionResult> Asked(LoadRun run) => MeasuredRows.Of(run).Where(AskedQuestions.IsAsked);

    private static int[][] StrataOf(string[] scripts, bool[] side, int[] cluster)
    {
        int[][] byScript =
        [
            .. Enumerable.Range(0, scripts.Length).GroupBy(number => scripts[number], StringComparer.Ordinal)
                .Select(group => group.ToArray()),
        ];
        HashSet<int> matched = [.. byScript.Where(stratum => stratum.Select(c => side[c]).Distinct().Count() == 2).SelectMany(s => s)];
        return Share(false) >= MatchedForStrata && Share(true) >= MatchedForStrata ? byScript : [[.. Enumerable.Range(0, scripts.Length)]];

        double Share(bool inDifference)
        {
            int[] own = [.. cluster.Where(c => side[c] == inDifference)];
            return own.Length == 0 ? 0 : own.Count(matched.Contains) / (double)own.Length;
        }
    }

    private static Dictionary<string, int> Numbers(IEnumerable<string> names) =>
        names.Distinct(StringComparer.Ordinal).Select((name, number) => (name, number))
            .ToDictionary(pair => pair.name, pair => pair.number, StringComparer.Ordinal);

    private static IEnumerable<(QuestionResult Row, string Conversation)> Side(LoadRun run)
    {
        Dictionary<int, string?> conversations = run.Plan.Questions.ToDictionary(planned => planned.Index, planned => planned.Conversation);
        return Asked(run).OrderBy(row => row.Index).Select(row =>
            (row, conversations.GetValueOrDefault(row.Index) ?? FormattableString.Invariant($"#{row.Index}")));
    }
}
