using GenieLoad.Benchmarks.Stub;
using GenieLoad.Model;

namespace GenieLoad.Benchmarks.Sections;

/// <summary>What it takes to bring a run into MLflow: over the network, and into a folder.</summary>
internal static class MlflowSection
{
    private const double FolderTargetSeconds = 5;
    private const int FewQuestions = 100;
    private const int SettlePasses = 40;

    // The parent of the run needs calls too; these are the kinds of which a nested run has one each.
    private static readonly string[] Kinds =
        ["runs/create", "runs/log-batch", "runs/update", "PUT file", "GET file", "artifacts/list", "runs/search", "runs/get"];

    public static async Task<IReadOnlyList<string>> RunAsync(SectionContext context)
    {
        int count = context.Choose(1000, 200);
        LoadRun run = ExportLoads.Run(count, Path.Combine(context.Folder, "mlflow-run"));
        return [.. await ServerAsync(context, run), "", .. await FolderAsync(context, run)];
    }

    private static async Task<IReadOnlyList<string>> ServerAsync(SectionContext context, LoadRun run)
    {
        using TrackingProcess server = TrackingProcess.Start();
        await SettleAsync(context, server);
        var ways = Ways(context, server, run);
        var costs = ways.Select(_ => new List<Cost>()).ToArray();
        Dictionary<string, int> calls = [];
        for (int round = 0; round < context.Choose(10, 3); round++)
        {
            for (int way = 0; way < ways.Length; way++)
            {
                costs[way].Add(await Cost.OfAsync(ways[way].Run));
                calls = server.TakeCalls();
            }
        }
        double Of(int way, int other, Func<Cost, double> rate) =>
            Number.Median(costs[way].Zip(costs[other], (cost, bare) => rate(cost) / rate(bare)));
        var table = new Table(
            $"{Number.Whole(run.QuestionCount)} nested runs, {ExportLoads.Writers} at a time", "children per second", "of the bare loop",
            "of the same requests", "per client CPU-second", "of the same requests");
        for (int way = 0; way < ways.Length; way++)
        {
            table.Add(
                ways[way].Name, Number.Range([.. costs[way].Select(cost => cost.PerSecond)], Number.Whole),
                Number.Percent(Of(way, 0, cost => cost.PerSecond)), way == 0 ? "" : Number.Percent(Of(way, 1, cost => cost.PerSecond)),
                Number.Range([.. costs[way].Select(cost => cost.PerCpuSecond)], Number.Whole),
                way == 0 ? "" : Number.Percent(Of(way, 1, cost => cost.PerCpuSecond)));
        }
        context.Ratios.Add("nested runs a second: export, of the bare loop", Of(2, 0, cost => cost.PerSecond));
        context.Ratios.Add("nested runs per CPU-second: export, of a loop of the same requests", Of(2, 1, cost => cost.PerCpuSecond));
        return [.. table.ToLines(), "", .. CallLines(calls, run.QuestionCount)];
    }

    private static (string Name, Func<Task<long>> Run)[] Ways(SectionContext context, TrackingProcess server, LoadRun run)
    {
        async Task<long> BareAsync(bool readBack)
        {
            await ExportLoads.BareRequestsAsync(server.Uri, run.QuestionCount, readBack, context.Stop);
            return run.QuestionCount;
        }
        return
        [
            ("bare loop: create, log-batch, PUT, update", () => BareAsync(readBack: false)),
            ("bare loop: the same, one search, every file back", () => BareAsync(readBack: true)),
            ("export, read back and compared", async () =>
            {
                await ExportLoads.ExportAsync(run, server.Uri.ToString(), context.Stop);
                return run.QuestionCount;
            }),
        ];
    }

    /// <summary>
    /// Has everything compiled and optimized, with few questions: what an export does once, such as the parent, is optimized after thirty.
    /// (The number of compiled methods does not tell when: the library that writes CSV compiles some for every file.)
    /// </summary>
    private static async Task SettleAsync(SectionContext context, TrackingProcess server)
    {
        LoadRun few = ExportLoads.Run(FewQuestions, Path.Combine(context.Folder, "mlflow-few"));
        for (int pass = 0; pass < context.Choose(SettlePasses, 5); pass++)
        {
            foreach ((_, Func<Task<long>> run) in Ways(context, server, few))
                await run();
            server.TakeCalls();
        }
    }

    private static IReadOnlyList<string> CallLines(Dictionary<string, int> calls, int count)
    {
        var kinds = new Table("calls per nested run, those of the parent included", "calls", "target");
        string[] written = ["runs/create", "runs/log-batch", "runs/update", "PUT file"];
        double Each(string kind) => (double)calls.GetValueOrDefault(kind) / count;
        foreach (string kind in Kinds.Where(calls.ContainsKey))
            kinds.Add(kind, Number.Fixed(Each(kind), 3), written.Contains(kind) ? "1" : "");
        kinds.Add("all", Number.Fixed((double)calls.Values.Sum() / count, 3), "");
        return kinds.ToLines();
    }

    private static async Task<IReadOnlyList<string>> FolderAsync(SectionContext context, LoadRun run)
    {
        List<double> exports = [], bare = [];
        int files = 0;
        for (int round = 0; round < context.Choose(4, 3); round++)
        {
            string folder = Path.Combine(context.Folder, $"mlflow-{round}");
            double export = await ExportLoads.ExportAsync(run, Path.Combine(folder, "tracking"), context.Stop);
            IReadOnlyList<(string Name, byte[] Content)> written =
            [
                .. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                    .Select(file => (Path.GetRelativePath(folder, file), File.ReadAllBytes(file))),
            ];
            double loop = ExportLoads.BareFiles(written, Path.Combine(context.Folder, $"mlflow-{round}-bare"));
            files = written.Count;
            // The first round compiles the code.
            if (round > 0)
            {
                exports.Add(export);
                bare.Add(loop);
            }
            Directory.Delete(folder, recursive: true);
            Directory.Delete(Path.Combine(context.Folder, $"mlflow-{round}-bare"), recursive: true);
        }
        double target = FolderTargetSeconds * run.QuestionCount / 1000;
        var table = new Table(
            $"{Number.Whole(run.QuestionCount)} questions into a folder, {Number.Whole(files)} files", "seconds", "times the bare loop",
            $"within {Number.Fixed(target, 1)} s");
        table.Add("bare loop: the same files from memory", Number.Range(bare, value => Number.Fixed(value, 2)), "1.00", "");
        table.Add(
            "export, read back and compared", Number.Range(exports, value => Number.Fixed(value, 2)),
            Number.Fixed(Number.Median(exports.Zip(bare, (export, loop) => export / loop)), 2),
            Number.Median(exports) <= target ? "yes" : "no");
        return table.ToLines();
    }
}
