using GenieLoad.Model;

namespace GenieLoad.Engine.Reports;

/// <summary>What summaries and reports say of the shards of a merged run.</summary>
internal static class ShardWords
{
    /// <summary>The columns of the table of shards; numbers end with a colon.</summary>
    public static IReadOnlyList<string> Columns { get; } = ["Shard", "Place", "State", "Answered:", "Median:", "P95:", "Clock ahead:"];

    /// <summary>A row for each shard; none for a run that was not merged.</summary>
    /// <param name="run">The run.</param>
    public static IReadOnlyList<string[]> Rows(LoadRun run)
    {
        // Of one shard alone there is no slice: it is the run.
        Dictionary<string, SliceFigures> slices = run.Slices.Where(slice => slice.Slice == "Shard")
            .ToDictionary(slice => slice.Key, StringComparer.Ordinal);
        return [.. run.Shards.Select(shard => RowOf(shard, slices.GetValueOrDefault(FormattableString.Invariant($"{shard.Number}"))))];
    }

    /// <summary>Such as <c>4 of 4, from 3 places</c>; <see langword="null"/> for a run that was not merged.</summary>
    /// <param name="run">The run.</param>
    public static string? Of(LoadRun run)
    {
        if (run.Shards.Count == 0)
            return null;
        string[] places = [.. run.Shards.Select(shard => shard.Place).OfType<string>().Distinct(StringComparer.Ordinal)];
        int ended = run.Shards.Count(IsWhole);
        string from = places.Length switch { 0 => "", 1 => $", from {places[0]}", _ => $", from {places.Length} places" };
        int moved = run.Shards.Count(shard => shard.MovedSeconds != 0);
        return $"{ended} of {run.Shards.Count}{from}{(moved > 0 ? $"; {moved} with a wrong clock" : "")}";
    }

    /// <summary>Whether no shard is missing or ended early.</summary>
    /// <param name="run">The run.</param>
    public static bool IsWhole(LoadRun run) => run.Shards.All(IsWhole);

    private static string[] RowOf(RunShard shard, SliceFigures? figures) =>
    [
        shard.Shard,
        shard.Place ?? "",
        shard.State ?? "missing",
        figures is null ? "" : $"{ReportNumber.Count(figures.SuccessfulCount)} of {ReportNumber.Count(shard.QuestionCount)}",
        Seconds(figures?.P50ResponseSeconds),
        Seconds(figures?.P95ResponseSeconds),
        shard.ClockOffsetSeconds is double offset
            ? FormattableString.Invariant($"{offset:0.00} ± {shard.ClockHalfWidthSeconds ?? 0:0.00} s")
            : "",
    ];

    private static string Seconds(double? seconds) => seconds is null ? "" : $"{ReportNumber.Seconds(seconds)} s";

    private static bool IsWhole(RunShard shard) => shard.State == RunState.Completed;
}
