using System.Diagnostics;
using System.Globalization;

namespace GenieLoad.Benchmarks.Sections;

/// <summary>Reading runs back: large ones, what is made of them, and the list of many small ones; each in a process of its own.</summary>
internal static class ReadingSection
{
    private const int ListedRuns = 1000;
    private const int ListedQuestions = 30;

    private static readonly (string Name, string Way, double TargetSeconds)[] Ways =
    [
        ("run with figures", ReadingProbe.Read, 10), ("page, run in memory", ReadingProbe.Html, 5),
        ("CSV, run in memory", ReadingProbe.Csv, 5),
    ];

    public static async Task<IReadOnlyList<string>> RunAsync(SectionContext context)
    {
        var table = new Table("reading", "seconds", "CPU seconds", "peak MB", "CPU of the bare parser", "seconds wanted");
        foreach (int count in context.Choose<int[]>([100_000, 1_000_000], [20_000]))
        {
            string rows = $"{Number.Whole(count)} rows";
            string folder = Path.Combine(context.Folder, $"reading-{count}");
            await TellAsync(context, "large-run", count.ToString(CultureInfo.InvariantCulture), folder);
            Figures bare = await ProbeAsync(ReadingProbe.Bare, folder, context);
            table.Add($"{rows}: bare Utf8JsonReader, nothing kept", Row(bare, bare, null));
            foreach ((string name, string way, double target) in Ways)
            {
                Figures figures = await ProbeAsync(way, folder, context);
                table.Add($"{rows}: {name}", Row(figures, bare, count == 1_000_000 ? target : null));
                context.Ratios.Add($"{rows}: bare parser to {name}", bare.CpuSeconds / figures.CpuSeconds);
            }
            Directory.Delete(folder, recursive: true);
        }
        await ListAsync(context, table);
        return table.ToLines();
    }

    private static async Task ListAsync(SectionContext context, Table table)
    {
        int count = context.Choose(ListedRuns, ListedRuns / 10);
        string runs = Path.Combine(context.Folder, "store", "runs");
        await WriteSmallRunsAsync(count, runs);
        string name = $"{Number.Whole(count)} runs of {ListedQuestions} rows";
        Figures bare = await ProbeAsync(ReadingProbe.BareList, runs, context);
        Figures list = await ProbeAsync(ReadingProbe.List, runs, context);
        table.Add($"{name}: bare Utf8JsonReader, nothing kept", Row(bare, bare, null));
        table.Add($"{name}: list", Row(list, bare, count == ListedRuns ? 1 : null));
        context.Ratios.Add($"{name}: bare parser to list", bare.CpuSeconds / list.CpuSeconds);
    }

    /// <summary>Writes the runs of a store that is listed.</summary>
    /// <param name="count">How many.</param>
    /// <param name="runs">Folder of the runs, named <c>runs</c>.</param>
    public static async Task WriteSmallRunsAsync(int count, string runs)
    {
        for (int run = 0; run < count; run++)
            await new LargeRun(ListedQuestions, seed: run).WriteAsync(Path.Combine(runs, $"20260102-030405-large-{run:x4}"));
    }

    private static string[] Row(Figures figures, Figures bare, double? target) =>
    [
        Number.Fixed(figures.Seconds, 1), Number.Fixed(figures.CpuSeconds, 1), Number.Whole(figures.PeakBytes / 1e6),
        Number.Fixed(figures.CpuSeconds / bare.CpuSeconds, 1) + " ×",
        target is double wanted ? $"{Number.Fixed(wanted, 0)}: {(figures.Seconds <= wanted ? "met" : "not met")}" : "",
    ];

    private static async Task<Figures> ProbeAsync(string way, string folder, SectionContext context)
    {
        string told = await TellAsync(context, "reading-probe", way, folder);
        double[] figures = [.. told.Split(' ').Select(part => double.Parse(part, CultureInfo.InvariantCulture))];
        return new Figures(figures[0], figures[1], figures[2]);
    }

    private static async Task<string> TellAsync(SectionContext context, params string[] args)
    {
        using Process process = Process.Start(OwnProcess.StartInfo(args))!;
        try
        {
            string told = await process.StandardOutput.ReadToEndAsync(context.Stop);
            await process.WaitForExitAsync(context.Stop);
            return process.ExitCode == 0 ? told.Trim() : throw new InvalidOperationException($"{string.Join(' ', args)} has failed.");
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
        }
    }

    private readonly record struct Figures(double Seconds, double CpuSeconds, double PeakBytes);
}
