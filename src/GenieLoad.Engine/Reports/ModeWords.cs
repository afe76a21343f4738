using GenieLoad.Model;

namespace GenieLoad.Engine.Reports;

/// <summary>The modes of a run beside each other, as reports show them.</summary>
internal static class ModeWords
{
    /// <summary>The columns; numbers end with a colon.</summary>
    public static IReadOnlyList<string> Columns { get; } = ["Mode", "Answered:", "Median:", "P95:", "Slowest:"];

    /// <summary>A row for each mode; none where all questions were asked in one.</summary>
    /// <param name="run">The run.</param>
    public static IReadOnlyList<string[]> Rows(LoadRun run) =>
    [
        .. run.Slices.Where(slice => slice.Slice == "Mode").Select(slice => new[]
        {
            slice.Key,
            $"{ReportNumber.Count(slice.SuccessfulCount)} of {ReportNumber.Count(slice.EndedCount)}",
            Seconds(slice.P50ResponseSeconds),
            Seconds(slice.P95ResponseSeconds),
            Seconds(slice.MaximumResponseSeconds),
        }),
    ];

    private static string Seconds(double? seconds) => seconds is null ? "" : $"{ReportNumber.Seconds(seconds)} s";
}
