using System.Globalization;
using GenieLoad.Model;

namespace GenieLoad.Engine.Figures;

/// <summary>Cuts a run by what its questions have in common.</summary>
public static class Slices
{
    /// <summary>
    /// A run cut by question, turn, outcome, last status, result cache where it is known, and connection, mode, shard and place where there
    /// are several. Questions, connections and places come in the order of their first row, turns and shards by number, chat mode first,
    /// the others by size.
    /// </summary>
    /// <param name="rows">Rows of the run, by index.</param>
    public static IEnumerable<SliceFigures> Of(IReadOnlyCollection<QuestionResult> rows)
    {
        SliceSums question = new("Question", row => row.QuestionId, row => row.Question);
        SliceSums turn = new("Turn", row => row.Turn.ToString(CultureInfo.InvariantCulture));
        SliceSums outcome = new("Outcome", row => row.Outcome);
        SliceSums status = new("Status", row => row.Status);
        SliceSums cache = new("ResultCache", row => row.FromResultCache switch { true => "Cached", false => "Executed", null => null });
        SliceSums connection = new("Connection", row => row.Connection);
        SliceSums mode = new("Mode", ModeOf);
        SliceSums shard = new("Shard", row => row.Shard?.ToString(CultureInfo.InvariantCulture));
        SliceSums place = new("Place", row => row.Place);
        // To have no key is to differ from those that have one.
        SliceSums[] all = [question, turn, outcome, status, cache, .. Several([connection, mode, shard, place], rows)];
        // Each row is fetched from memory once.
        foreach (QuestionResult row in rows)
        {
            foreach (SliceSums slice in all)
                slice.Add(row);
        }
        return
        [
            .. question.Figures(), .. turn.Figures().OrderBy(slice => int.Parse(slice.Key, CultureInfo.InvariantCulture)),
            .. BySize(outcome.Figures()), .. BySize(status.Figures()), .. BySize(cache.Figures()),
            .. connection.Figures(), .. mode.Figures().OrderBy(slice => slice.Key != QuestionMode.Chat),
            .. shard.Figures().OrderBy(slice => int.Parse(slice.Key, CultureInfo.InvariantCulture)), .. place.Figures(),
        ];
    }

    /// <summary>How a question was asked: runs of versions that knew only chat mode do not say it.</summary>
    /// <param name="row">Its row.</param>
    public static string ModeOf(QuestionResult row) => row.Mode ?? QuestionMode.Chat;

    /// <summary>Figures per key, in the order in which the keys come; rows without one are left out.</summary>
    /// <param name="slice">What the run is cut by.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="key">What a row has in common with others.</param>
    /// <param name="label">The same in words, taken from the first row of each.</param>
    public static IEnumerable<SliceFigures> By(
        string slice, IEnumerable<QuestionResult> rows, Func<QuestionResult, string?> key, Func<QuestionResult, string>? label = null)
    {
        SliceSums sums = new(slice, key, label);
        foreach (QuestionResult row in rows)
            sums.Add(row);
        return sums.Figures();
    }

    /// <summary>Those in which rows differ: most runs have one connection, mode and place, and no shards.</summary>
    private static IEnumerable<SliceSums> Several(SliceSums[] slices, IReadOnlyCollection<QuestionResult> rows)
    {
        string?[] first = [.. slices.Select(slice => rows.FirstOrDefault() is QuestionResult row ? slice.KeyOf(row) : null)];
        var differ = new bool[slices.Length];
        foreach (QuestionResult row in rows)
        {
            for (int i = 0; i < slices.Length; i++)
                differ[i] |= slices[i].KeyOf(row) != first[i];
        }
        return slices.Where((_, i) => differ[i]);
    }

    private static IEnumerable<SliceFigures> BySize(IEnumerable<SliceFigures> slices) =>
        slices.OrderByDescending(slice => slice.Count).ThenBy(slice => slice.Key, StringComparer.Ordinal);
}
