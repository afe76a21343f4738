using System.Globalization;
using GenieLoad.Model;

namespace GenieLoad.Engine.Figures;

/// <summary>Cuts a run by what its questions have in common.</summary>
public static class Slices
{
    /// <summary>
    /// A run cut by question, turn, outcome, last status, result cache where it is known, and connection, mode, shard and place where there
    /// are several. Questions and connections come in the order of their first row, turns and shards by number, places in the order of
    /// their shards, chat mode first, the others by size.
    /// </summary>
    /// <param name="rows">Rows of the run, by index.</param>
    public static IEnumerable<SliceFigures> Of(IReadOnlyCollection<QuestionResult> rows) =>
    [
        .. By("Question", rows, row => row.QuestionId, row => row.Question),
        .. By("Turn", [.. rows.OrderBy(row => row.Turn)], row => row.Turn.ToString(CultureInfo.InvariantCulture)),
        .. BySize(By("Outcome", rows, row => row.Outcome)),
        .. BySize(By("Status", rows, row => row.Status)),
        .. BySize(By("ResultCache", rows, row => row.FromResultCache switch { true => "Cached", false => "Executed", null => null })),
        .. rows.Select(row => row.Connection).Distinct().Skip(1).Any() ? By("Connection", rows, row => row.Connection) : [],
        .. rows.Select(ModeOf).Distinct().Skip(1).Any() ? By("Mode", rows.OrderBy(row => ModeOf(row) != QuestionMode.Chat), ModeOf) : [],
        .. rows.Select(row => row.Shard).Distinct().Skip(1).Any()
            ? By("Shard", rows.OrderBy(row => row.Shard), row => row.Shard?.ToString(CultureInfo.InvariantCulture))
            : [],
        .. rows.Select(row => row.Place).OfType<string>().Distinct().Skip(1).Any()
            ? By("Place", rows.OrderBy(row => row.Shard), row => row.Place)
            : [],
    ];

    /// <summary>How a question was asked: runs of versions that knew only chat mode do not say it.</summary>
    /// <param name="row">Its row.</param>
    public static string ModeOf(QuestionResult row) => row.Mode ?? QuestionMode.Chat;

    /// <summary>Figures per key, in the order in which the keys come; rows without one are left out.</summary>
    /// <param name="slice">What the run is cut by.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="key">What a row has in common with others.</param>
    /// <param name="label">The same in words, taken from the first row of each.</param>
    public static IEnumerable<SliceFigures> By(
        string slice, IEnumerable<QuestionResult> rows, Func<QuestionResult, string?> key, Func<QuestionResult, string>? label = null) =>
        rows.Where(row => key(row) is not null).GroupBy(key, StringComparer.Ordinal).Select(group => Figures(slice, group, label));

    private static SliceFigures Figures(string slice, IGrouping<string?, QuestionResult> rows, Func<QuestionResult, string>? label)
    {
        List<QuestionResult> successes = [.. rows.Where(row => row.Success)];
        LatencyFigures response = LatencyFiguresCalculator.Of(Measure.Response, successes);
        return new SliceFigures
        {
            Slice = slice,
            Key = rows.Key!,
            Label = label?.Invoke(rows.First()),
            Count = rows.Count(),
            NotAskedCount = rows.Count(row => !AskedQuestions.IsAsked(row)),
            BrokenOffCount = rows.Count(AskedQuestions.IsBrokenOff),
            SuccessfulCount = successes.Count,
            MeanResponseSeconds = response.MeanSeconds,
            P50ResponseSeconds = response.P50Seconds,
            P95ResponseSeconds = response.P95Seconds,
            MaximumResponseSeconds = response.MaximumSeconds,
            ThrottleSeconds = rows.Sum(row => row.ThrottleSeconds),
            MeanModelSeconds = RunParts.MeanOf(successes, AnswerPart.Model),
            MeanWarehouseSeconds = RunParts.MeanOf(successes, AnswerPart.WarehouseStart, AnswerPart.WarehouseQueue),
            MeanExecutionSeconds = RunParts.MeanOf(successes, AnswerPart.Execution),
        };
    }

    private static IEnumerable<SliceFigures> BySize(IEnumerable<SliceFigures> slices) =>
        slices.OrderByDescending(slice => slice.Count).ThenBy(slice => slice.Key, StringComparer.Ordinal);
}
