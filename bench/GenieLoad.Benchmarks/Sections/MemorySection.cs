using System.Diagnostics;
using System.Globalization;

namespace GenieLoad.Benchmarks.Sections;

/// <summary>Memory per conversation between two polls, each size in a process of its own.</summary>
internal static class MemorySection
{
    private const double TargetBytes = 4_096;

    public static async Task<IReadOnlyList<string>> RunAsync(SectionContext context)
    {
        var table = new Table("memory per conversation between polls", "resident KB", "live KB", "connections", "resident of 4 KiB");
        foreach (int count in context.Choose<int[]>([10_000, 100_000, 250_000], [10_000]))
        {
            string name = $"{Number.Whole(count)} in flight";
            if (await ProbeAsync(count, context) is not (double resident, double live, long connections))
                table.Add($"{name} (not reached in time)", "-", "-", "-", "-");
            else
            {
                table.Add(
                    name, Kilobytes(resident / count), Kilobytes(live / count), Number.Whole(connections),
                    Number.Percent(resident / count / TargetBytes));
            }
        }
        return table.ToLines();
    }

    private static string Kilobytes(double bytes) => Number.Fixed(bytes / 1000, 1);

    private static async Task<(double Resident, double Live, long Connections)?> ProbeAsync(int count, SectionContext context)
    {
        using Process probe = Process.Start(OwnProcess.StartInfo(
            "probe", count.ToString(CultureInfo.InvariantCulture), context.Stub.Uri.ToString(), context.Folder))!;
        try
        {
            string line = await probe.StandardOutput.ReadToEndAsync(context.Stop);
            await probe.WaitForExitAsync(context.Stop);
            long[] bytes = [.. line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(part => long.Parse(part, CultureInfo.InvariantCulture))];
            return bytes is [long resident, long live, long connections] ? (resident, live, connections) : null;
        }
        finally
        {
            if (!probe.HasExited)
                probe.Kill();
        }
    }
}
