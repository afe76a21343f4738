namespace GenieLoad.Benchmarks.Sections;

/// <summary>Requests per client CPU-second, beside a bare HttpClient loop in the same run.</summary>
internal static class RequestsSection
{
    private const double Target = 30_000;

    public static async Task<IReadOnlyList<string>> RunAsync(SectionContext context)
    {
        double seconds = context.Choose(2.0, 1.0);
        int questions = context.Choose(4_000, 1_500);
        using var loads = new RequestLoads(context.Stub.Uri, context.Folder);
        (string Name, Func<Task<long>> Run)[] ways =
        [
            ("bare HttpClient loop", () => loads.BareAsync(seconds, context.Stop)),
            ("engine: call, JSON, retries, ledger, journal", () => loads.EngineAsync(seconds, context.Stop)),
            ("whole load test, polls every 10 ms", () => loads.WholeTestAsync(questions, context.Stop)),
        ];
        // Compiled, connected and settled before anything counts.
        foreach ((_, Func<Task<long>> run) in ways)
            await run();

        var costs = ways.Select(_ => new List<Cost>()).ToArray();
        for (int round = 0; round < context.Choose(5, 2); round++)
        {
            for (int way = 0; way < ways.Length; way++)
                costs[way].Add(await Cost.OfAsync(ways[way].Run));
        }
        var table = new Table("requests per client CPU-second", "median (range)", "of the bare loop", $"of {Number.Whole(Target)}");
        for (int way = 0; way < ways.Length; way++)
        {
            double[] rates = [.. costs[way].Select(cost => cost.PerCpuSecond)];
            double[] ratios = [.. costs[way].Zip(costs[0], (cost, bare) => cost.PerCpuSecond / bare.PerCpuSecond)];
            table.Add(ways[way].Name, Number.Range(rates, Number.Whole), Number.Percent(Number.Median(ratios)), Number.Percent(Number.Median(rates) / Target));
        }
        return table.ToLines();
    }
}
