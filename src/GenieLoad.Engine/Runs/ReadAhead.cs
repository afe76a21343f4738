using GenieLoad.Engine.Concurrency;

namespace GenieLoad.Engine.Runs;

/// <summary>Reads many runs in their order, the next ones on other processors while somebody looks at one.</summary>
public static class ReadAhead
{
    // A run of a thousand questions has a few megabytes. Of larger ones the processors share the rows already, and two in memory are many.
    private const long MostBytes = 4 << 20;

    // Who takes the runs must not wait for one because the others are long done.
    private static readonly int MostAhead = 4 * Environment.ProcessorCount;

    /// <summary>The runs, in their order; none is lost because another cannot be read.</summary>
    /// <param name="runs">Which ones.</param>
    public static IEnumerable<RunReading> Of(IEnumerable<StoredRun> runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        return Ahead.Of(runs, run => new RunReading(run), run => IsSmall(run.Folder) ? MostAhead : 1);
    }

    private static bool IsSmall(RunFolder folder) => BytesOf(folder.PlanPath) + BytesOf(folder.ResultsPath) <= MostBytes;

    private static long BytesOf(string path) => new FileInfo(path) is { Exists: true } file ? file.Length : 0;
}
