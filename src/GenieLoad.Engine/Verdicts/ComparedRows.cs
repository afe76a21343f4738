using System.Text.RegularExpressions;
using GenieLoad.Model;

namespace GenieLoad.Engine.Verdicts;

/// <summary>
/// The rows of two runs, laid beside each other for resampling. What is exchanged or drawn is a conversation with all its turns; within a
/// stratum are the conversations that ask the same.
/// </summary>
internal sealed partial class ComparedRows
{
    // Below this, what both runs asked says little of the runs.
    private const double SharedForPairing = 0.8;

    private ComparedRows(QuestionResult[] rows, bool[] inDifference, int[] cluster, bool[] clusterInDifference, int[][] strata)
    {
        Rows = rows;
        InDifference = inDifference;
        Cluster = cluster;
        ClusterInDifference = clusterInDifference;
        Strata = strata;
    }

    /// <summary>Rows of the reference run, then those of the difference run.</summary>
    public QuestionResult[] Rows { get; }

    /// <summary>Per row: whether it is of the difference run.</summary>
    public bool[] InDifference { get; }

    /// <summary>Per row: its cluster.</summary>
    public int[] Cluster { get; }

    /// <summary>Per cluster: whether it is of the difference run.</summary>
    public bool[] ClusterInDifference { get; }

    /// <summary>Clusters by stratum.</summary>
    public int[][] Strata { get; }

    /// <summary>Whether the strata are the questions; else there is one stratum.</summary>
    public bool IsPaired { get; private init; }

    /// <summary>Whether every conversation has but one question.</summary>
    public bool IsIndependent => ClusterInDifference.Length == Rows.Length;

    /// <summary>Questions that both runs asked, by text.</summary>
    public required IReadOnlySet<string> Shared { get; init; }

    /// <summary>Lays out two runs.</summary>
    public static ComparedRows Of(LoadRun reference, LoadRun difference)
    {
        (QuestionResult Row, bool InDifference, string Cluster)[] rows =
        [
            .. Side(reference).Select(row => (row.Row, false, $"r {row.Conversation}")),
            .. Side(difference).Select(row => (row.Row, true, $"d {row.Conversation}")),
        ];
        string[] names = [.. rows.Select(row => row.Cluster).Distinct(StringComparer.Ordinal)];
        Dictionary<string, int> numbers = names.Select((name, number) => (name, number)).ToDictionary(pair => pair.name, pair => pair.number);
        int[] cluster = [.. rows.Select(row => numbers[row.Cluster])];
        bool[] clusterSide = [.. names.Select(name => name[0] == 'd')];
        string[] scripts = new string[names.Length];
        for (int i = 0; i < rows.Length; i++)
            scripts[cluster[i]] += KeyOf(rows[i].Row) + "\n";
        HashSet<string> shared = [.. rows.Where(row => !row.InDifference).Select(row => KeyOf(row.Row))];
        shared.IntersectWith(rows.Where(row => row.InDifference).Select(row => KeyOf(row.Row)));
        int[][] byScript =
        [
            .. Enumerable.Range(0, names.Length).GroupBy(number => scripts[number], StringComparer.Ordinal).Select(group => group.ToArray()),
        ];
        HashSet<int> matched = [.. byScript.Where(stratum => stratum.Select(c => clusterSide[c]).Distinct().Count() == 2).SelectMany(s => s)];
        bool paired = Share(false) >= SharedForPairing && Share(true) >= SharedForPairing;
        return new ComparedRows(
            [.. rows.Select(row => row.Row)], [.. rows.Select(row => row.InDifference)], cluster, clusterSide,
            paired ? byScript : [[.. Enumerable.Range(0, names.Length)]])
        {
            IsPaired = paired,
            Shared = shared,
        };

        double Share(bool inDifference)
        {
            int[] own = [.. Enumerable.Range(0, rows.Length).Where(i => rows[i].InDifference == inDifference)];
            return own.Length == 0 ? 0 : own.Count(i => matched.Contains(cluster[i])) / (double)own.Length;
        }
    }

    /// <summary>What a question asks, without the ending that makes it unique.</summary>
    public static string KeyOf(QuestionResult row) => UniqueEnding().Replace(row.Question, "");

    private static IEnumerable<(QuestionResult Row, string Conversation)> Side(LoadRun run)
    {
        Dictionary<int, string?> conversations = run.Plan.Questions.ToDictionary(planned => planned.Index, planned => planned.Conversation);
        return FigureScope.Measured(run).OrderBy(row => row.Index).Select(row =>
            (row, conversations.GetValueOrDefault(row.Index) ?? FormattableString.Invariant($"#{row.Index}")));
    }

    [GeneratedRegex(@" \(iteration \d+, run [0-9a-f]{8}\)\z", RegexOptions.CultureInvariant)]
    private static partial Regex UniqueEnding();
}
