using System.Runtime;

namespace GenieLoad.Benchmarks.Sections;

/// <summary>Requests per client CPU-second, beside a bare HttpClient loop in the same run.</summary>
internal static class RequestsSection
{
    private const double Target = 30_000;
    private const int FewMethods = 20;
    private const int MostPasses = 20;

    public static async Task<IReadOnlyList<string>> RunAsync(SectionContext context)
    {
        double seconds = context.Choose(1.0, 0.3);
        int questions = context.Choose(1_000, 600);
        using var loads = new RequestLoads(context.Stub.Uri, context.Folder);
        (string Name, Func<Task<long>> Run)[] ways =
        [
            ("bare HttpClient loop", () => loads.BareAsync(seconds, context.Stop)),
            ("engine: call, JSON, retries, record, journal", () => loads.EngineAsync(seconds, context.Stop)),
            ("whole load test, polls every 10 ms", () => loads.WholeTestAsync(questions, context.Stop)),
        ];
        // Compiled, connected and settled before anything counts: the longest way has the most to compile.
        long compiled = FewMethods;
        for (int pass = 0; pass < context.Choose(MostPasses, 3) && compiled >= FewMethods; pass++)
        {
            long before = JitInfo.GetCompiledMethodCount();
            foreach ((_, Func<Task<long>> run) in ways)
                await run();
            compiled = JitInfo.GetCompiledMethodCount() - before;
        }

        var costs = ways.Select(_ => new List<Cost>()).ToArray();
        for (int round = 0; round < context.Choose(12, 7); round++)
        {
            for (int way = 0; way < ways.Length; way++)
                costs[way].Add(await Cost.OfAsync(ways[way].Run));
        }
        var table = new Table("requests per client CPU-second", "median", "best", "of the bare loop", $"best of {Number.Whole(Target)}");
        for (int way = 0; way < ways.Length; way++)
        {
            double[] rates = [.. costs[way].Select(cost => cost.PerCpuSecond)];
            double[] ratios = [.. costs[way].Zip(costs[0], (cost, bare) => cost.PerCpuSecond / bare.PerCpuSecond)];
            if (way > 0)
                context.Ratios.Add($"requests: {ways[way].Name}, of the bare loop", Number.Median(ratios));
            table.Add(
                ways[way].Name, Number.Whole(Number.Median(rates)), Number.Whole(rates.Max()), Number.Percent(Number.Median(ratios)),
                Number.Percent(rates.Max() / Target));
        }
        return table.ToLines();
    }
}
