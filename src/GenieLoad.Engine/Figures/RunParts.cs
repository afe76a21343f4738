using GenieLoad.Engine.Statistics;
using GenieLoad.Model;

namespace GenieLoad.Engine.Figures;

/// <summary>
/// What binds a run: which part of its answers is the largest, and which one grows with the load. The load is what counts: a part that is
/// large and does not grow is no bottleneck.
/// </summary>
internal static class RunParts
{
    // A fifth of them is four: with fewer, nothing can be said of growth.
    private const int FewestForGrowth = 20;
    private const int Fifths = 5;

    private static readonly (string Part, Func<QuestionResult, double?> Of)[] Parts =
    [
        (AnswerPart.Model, row => row.ModelBeforeSeconds + row.ModelAfterSeconds),
        (AnswerPart.WarehouseStart, row => row.WarehouseStartSeconds),
        (AnswerPart.WarehouseQueue, row => row.WarehouseQueueSeconds),
        (AnswerPart.Execution, row => row.CompileSeconds + row.ExecuteSeconds + row.ResultFetchSeconds),
        (AnswerPart.RateLimit, row => row.ThrottleSeconds),
        (AnswerPart.Polling, row => row.DetectionSeconds),
    ];

    /// <summary>The parts in their order; none where no answer is known in full.</summary>
    /// <param name="rows">All rows of the run: those that warmed up are load as well.</param>
    public static IReadOnlyList<RunPart> Of(IReadOnlyCollection<QuestionResult> rows)
    {
        QuestionResult[] known =
        [
            .. MeasuredRows.Of(rows).Where(row => row.Success && row.StartedOffsetSeconds is not null
                && Array.TrueForAll(Parts, part => part.Of(row) is not null)),
        ];
        if (known.Length == 0)
            return [];
        (QuestionResult[] Quiet, QuestionResult[] Busy)? fifths = FifthsOf(known, rows);
        Dictionary<string, int> largest = known.GroupBy(LargestOf).ToDictionary(group => group.Key, group => group.Count());
        return
        [
            .. Parts.Select(part => PartOf(
                part.Part, row => part.Of(row)!.Value, known, fifths, largest.GetValueOrDefault(part.Part))),
        ];
    }

    /// <summary>The part that certainly grew, and of several the one that grew most; <see langword="null"/> for none.</summary>
    /// <param name="parts">The parts.</param>
    public static string? BoundBy(IReadOnlyList<RunPart> parts) =>
        parts.Where(part => part.GrowthLowerSeconds > 0).MaxBy(part => part.GrowthSeconds)?.Part;

    /// <summary>What rows say of some parts.</summary>
    /// <param name="parts">Which, of <see cref="AnswerPart"/>.</param>
    public static Func<QuestionResult, double?>[] Of(string[] parts) =>
        [.. Parts.Where(part => parts.Contains(part.Part)).Select(part => part.Of)];

    private static string LargestOf(QuestionResult row) => Parts.MaxBy(part => part.Of(row)).Part;

    private static RunPart PartOf(
        string name, Func<QuestionResult, double> of, QuestionResult[] known, (QuestionResult[] Quiet, QuestionResult[] Busy)? fifths,
        int largest)
    {
        var part = new RunPart { Part = name, Count = known.Length, MeanSeconds = known.Average(of), LargestCount = largest };
        if (fifths is not (QuestionResult[] quiet, QuestionResult[] busy))
            return part;
        double[] before = [.. quiet.Select(of)];
        double[] after = [.. busy.Select(of)];
        // Six intervals that hold together.
        TwoSampleT growth = TwoSampleT.Of(before, after, 1 - ((1 - OrderStatistics.DefaultConfidence) / Parts.Length))!;
        return new RunPart
        {
            Part = name, Count = part.Count, MeanSeconds = part.MeanSeconds, LargestCount = largest, QuietSeconds = before.Average(),
            BusySeconds = after.Average(), GrowthSeconds = growth.Shift, GrowthLowerSeconds = growth.Lower,
            GrowthUpperSeconds = growth.Upper,
        };
    }

    /// <summary>
    /// The answers asked while the fewest and the most questions were in flight; <see langword="null"/> where that does not part them.
    /// </summary>
    private static (QuestionResult[] Quiet, QuestionResult[] Busy)? FifthsOf(
        QuestionResult[] known, IReadOnlyCollection<QuestionResult> rows)
    {
        if (known.Length < FewestForGrowth)
            return null;
        double[] starts = [.. rows.Select(row => row.StartedOffsetSeconds).OfType<double>().Order()];
        double[] ends = [.. rows.Where(row => row.StartedOffsetSeconds is not null).Select(row => row.CompletedOffsetSeconds)
            .OfType<double>().Order()];
        int Load(QuestionResult row) =>
            CountUpTo(starts, row.StartedOffsetSeconds!.Value) - CountUpTo(ends, row.StartedOffsetSeconds.Value);
        (QuestionResult Row, int Load)[] byLoad =
            [.. known.Select(row => (row, Load(row))).OrderBy(loaded => loaded.Item2).ThenBy(loaded => loaded.row.Index)];
        int fifth = known.Length / Fifths;
        (QuestionResult Row, int Load)[] quiet = byLoad[..fifth];
        (QuestionResult Row, int Load)[] busy = byLoad[^fifth..];
        return quiet[^1].Load < busy[0].Load ? ([.. quiet.Select(one => one.Row)], [.. busy.Select(one => one.Row)]) : null;
    }

    /// <summary>How many of some instants in order are not after one.</summary>
    private static int CountUpTo(double[] instants, double at)
    {
        int low = 0;
        int high = instants.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (instants[middle] <= at)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }
}
