using System.Diagnostics;
using System.Globalization;
using GenieLoad.Engine.Http;

namespace GenieLoad.Benchmarks.Sections;

/// <summary>What open streams of agent mode cost, beside HttpClient and SseParser alone; each in a process of its own.</summary>
internal static class StreamsSection
{
    // Assemblies, logs, the run's files, the sockets of the runtime itself.
    private const int OtherHandles = 500;

    private static readonly (string Name, string Client)[] Ways =
        [("bare HttpClient and SseParser", StreamsProbe.Bare), ("load test in agent mode", StreamsProbe.Engine)];

    public static async Task<IReadOnlyList<string>> RunAsync(SectionContext context)
    {
        var table = new Table(
            "streams open, an event every 4 s each", "resident KB", "live KB", "connections", "of one core", "resident of the bare client",
            "live", "CPU time");
        List<string> skipped = [];
        bool isEmpty = true;
        foreach (int count in context.Choose<int[]>([1_000, 10_000], [1_000]))
        {
            if (HandleLimit.Soft is int limit && limit < count + OtherHandles)
            {
                skipped.Add($"{Number.Whole(count)} streams are not measured: a process may have {Number.Whole(limit)} open files here.");
                continue;
            }
            Figures? bare = null;
            foreach ((string name, string client) in Ways)
            {
                Figures? figures = await ProbeAsync(client, count, context);
                bare ??= figures;
                table.Add($"{Number.Whole(count)}, {name}", Row(figures, client == StreamsProbe.Bare ? null : bare, count));
                isEmpty = false;
            }
        }
        return [.. isEmpty ? [] : table.ToLines(), .. skipped];
    }

    private static string[] Row(Figures? figures, Figures? bare, int count)
    {
        if (figures is not Figures own)
            return ["not in time", "-", "-", "-", "-", "-", "-"];
        string Times(Func<Figures, double> of) => bare is Figures other ? Number.Fixed(of(own) / of(other), 2) + " ×" : "";
        return
        [
            Kilobytes(own.Resident / count), Kilobytes(own.Live / count), Number.Whole(own.Connections), Number.Percent(own.Share),
            Times(one => one.Resident), Times(one => one.Live), Times(one => one.Share),
        ];
    }

    private static string Kilobytes(double bytes) => Number.Fixed(bytes / 1000, 1);

    private static async Task<Figures?> ProbeAsync(string client, int count, SectionContext context)
    {
        int seconds = context.Choose(12, 4);
        using Process probe = Process.Start(OwnProcess.StartInfo(
            "streams-probe", client, count.ToString(CultureInfo.InvariantCulture), seconds.ToString(CultureInfo.InvariantCulture),
            context.Stub.Uri.ToString(), context.Folder))!;
        try
        {
            string? told = await probe.StandardOutput.ReadLineAsync(context.Stop);
            int open = context.Stub.EndStreams();
            string? answered = await probe.StandardOutput.ReadLineAsync(context.Stop);
            await probe.WaitForExitAsync(context.Stop);
            double[] figures = [.. (told ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(part => double.Parse(part, CultureInfo.InvariantCulture))];
            if (figures is not [double resident, double live, double connections, double share] || answered is null)
                return null;
            return open >= 0.99 * count && Number.Parse(answered) == open
                ? new Figures(resident, live, connections, share)
                : throw new InvalidOperationException($"Of {count} streams {open} were open, and {answered} brought an answer.");
        }
        finally
        {
            if (!probe.HasExited)
                probe.Kill();
        }
    }

    private readonly record struct Figures(double Resident, double Live, double Connections, double Share);
}
