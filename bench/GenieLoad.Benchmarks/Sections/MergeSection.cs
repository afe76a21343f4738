using System.Diagnostics;
using System.Globalization;

namespace GenieLoad.Benchmarks.Sections;

/// <summary>What it takes to merge the shards of a test, against reading the same rows once.</summary>
internal static class MergeSection
{
    private const int ShardCount = 10;
    private const double TargetSeconds = 20e-6;
    private const double TargetBytes = 2e9;

    public static async Task<IReadOnlyList<string>> RunAsync(SectionContext context)
    {
        var table = new Table("10 shards, each process anew", "seconds", "CPU seconds", "times reading", "peak MB", "within target");
        foreach (int count in context.Choose<int[]>([100_000, 1_000_000], [20_000]))
        {
            string folder = Path.Combine(context.Folder, $"merge-{count}");
            await ProbeAsync(context, "large-run", $"{count}", Path.Combine(folder, "whole"));
            await ProbeAsync(context, "merge-probe", MergeProbe.Split, folder, $"{ShardCount}");
            (double seconds, double cpu, double bytes) read =
                await ProbeAsync(context, "reading-probe", ReadingProbe.Read, Path.Combine(folder, "whole"));
            (double seconds, double cpu, double bytes) merge =
                await ProbeAsync(context, "merge-probe", MergeProbe.Merge, folder, $"{ShardCount}");
            string name = $"{Number.Whole(count)} rows";
            bool isWithin = merge.seconds <= TargetSeconds * count && merge.bytes <= Math.Max(TargetBytes, TargetBytes * count / 1e6);
            table.Add(
                $"{name}: read in one piece", Number.Fixed(read.seconds, 2), Number.Fixed(read.cpu, 2), "1.00", Megabytes(read.bytes), "");
            table.Add(
                $"{name}: merge", Number.Fixed(merge.seconds, 2), Number.Fixed(merge.cpu, 2), Number.Fixed(merge.seconds / read.seconds, 2),
                Megabytes(merge.bytes), isWithin ? "yes" : "no");
            Directory.Delete(folder, recursive: true);
        }
        return table.ToLines();
    }

    private static string Megabytes(double bytes) => Number.Whole(bytes / 1e6);

    private static async Task<(double Seconds, double Cpu, double Bytes)> ProbeAsync(SectionContext context, params string[] args)
    {
        using Process probe = Process.Start(OwnProcess.StartInfo(args))!;
        try
        {
            string line = await probe.StandardOutput.ReadToEndAsync(context.Stop);
            await probe.WaitForExitAsync(context.Stop);
            if (probe.ExitCode != 0)
                throw new InvalidOperationException($"{string.Join(' ', args)} ended with {probe.ExitCode}.");
            double[] figures = [.. line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(part => double.Parse(part, CultureInfo.InvariantCulture))];
            return figures is [double seconds, double cpu, double bytes] ? (seconds, cpu, bytes) : (0, 0, 0);
        }
        finally
        {
            if (!probe.HasExited)
                probe.Kill();
        }
    }
}
