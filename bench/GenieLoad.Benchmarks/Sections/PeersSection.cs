using GenieLoad.Benchmarks.Stub;

namespace GenieLoad.Benchmarks.Sections;

/// <summary>GenieLoad beside other load generators, against the same server, by turns.</summary>
internal static class PeersSection
{
    public static async Task<IReadOnlyList<string>> RunAsync(SectionContext context)
    {
        double seconds = context.Choose(2.0, 1.0);
        IReadOnlyList<Peer> peers = Peer.All(new Uri(context.Stub.Uri, StubAnswers.MessagePath), context.Folder);
        using var loads = new RequestLoads(context.Stub.Uri, context.Folder);
        List<(string Name, Func<Task<Cost>> Run)> ways =
        [
            ("GenieLoad: JSON parsed, journal written", () => Cost.OfAsync(() => loads.EngineAsync(seconds, context.Stop))),
            ("bare HttpClient loop", () => Cost.OfAsync(() => loads.BareAsync(seconds, context.Stop))),
            .. peers.Where(peer => peer.IsInstalled)
                .Select(peer => (peer.Name, (Func<Task<Cost>>)(() => peer.RunAsync(context.Stub, seconds, context.Stop)))),
        ];
        await ways[0].Run();
        await ways[1].Run();

        var costs = ways.Select(_ => new List<Cost>()).ToArray();
        for (int round = 0; round < context.Choose(3, 1); round++)
        {
            for (int way = 0; way < ways.Count; way++)
                costs[way].Add(await ways[way].Run());
        }
        var table = new Table(
            $"{RequestLoads.Callers} callers, one request at a time each", "per CPU-second", "GenieLoad is", "per second", "cores used");
        for (int way = 0; way < ways.Count; way++)
        {
            double[] ratios = [.. costs[0].Zip(costs[way], (own, other) => own.PerCpuSecond / other.PerCpuSecond)];
            table.Add(
                ways[way].Name, Number.Whole(Number.Median(costs[way].Select(cost => cost.PerCpuSecond))),
                way == 0 ? "" : Number.Range(ratios, ratio => Number.Fixed(ratio, 2)) + " ×",
                Number.Whole(Number.Median(costs[way].Select(cost => cost.PerSecond))),
                Number.Fixed(Number.Median(costs[way].Select(cost => cost.CpuSeconds / cost.Seconds)), 2));
        }
        return
        [
            .. table.ToLines(),
            .. peers.Where(peer => !peer.IsInstalled).Select(peer => $"Not installed: {peer.Name} (Debian package {peer.Package})."),
        ];
    }
}
