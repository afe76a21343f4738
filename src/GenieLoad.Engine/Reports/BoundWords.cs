using GenieLoad.Model;

namespace GenieLoad.Engine.Reports;

/// <summary>What binds a run, in words.</summary>
internal static class BoundWords
{
    /// <summary>The words; <see langword="null"/> where no statement is known.</summary>
    /// <param name="run">The run.</param>
    public static string? Of(LoadRun run)
    {
        // What was exported by an earlier version has none.
        if (run.Parts is not { Count: > 0 } parts)
            return null;
        if (parts.FirstOrDefault(part => part.Part == run.BoundBy) is { } bound)
        {
            return FormattableString.Invariant(
                $"{bound.Part}: {bound.QuietSeconds:0.00} s at low load, {bound.BusySeconds:0.00} s at high load ")
                + "(95 % interval of the growth "
                + FormattableString.Invariant($"{bound.GrowthLowerSeconds:0.00}-{bound.GrowthUpperSeconds:0.00})");
        }
        RunPart largest = parts.MaxBy(part => part.LargestCount)!;
        string growth = largest.GrowthSeconds is null ? "" : "; no part certainly grew with the load";
        return FormattableString.Invariant(
            $"{largest.Part} is the largest part of {largest.LargestCount} of {largest.Count} answers{growth}");
    }
}
