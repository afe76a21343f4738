using GenieLoad.Benchmarks.Stub;
using GenieLoad.Model;

namespace GenieLoad.Benchmarks.Sections;

/// <summary>What it takes to bring a run into MLflow: over the network, and into a folder.</summary>
internal static class MlflowSection
{
    private const double FolderTargetSeconds = 5;

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
        string address = server.Uri.ToString();
        // Once for the code to be compiled, on both sides.
        await ExportLoads.ExportAsync(run, address, context.Stop);
        await ExportLoads.BareRequestsAsync(server.Uri, run.QuestionCount, context.Stop);
        List<double> exports = [], bare = [];
        Dictionary<string, int> calls = [];
        for (int round = 0; round < context.Choose(3, 2); round++)
        {
            bare.Add(await ExportLoads.BareRequestsAsync(server.Uri, run.QuestionCount, context.Stop));
            server.TakeCalls();
            exports.Add(await ExportLoads.ExportAsync(run, address, context.Stop));
            calls = server.TakeCalls();
        }
        double PerSecond(double seconds) => run.QuestionCount / seconds;
        var table = new Table(
            $"{Number.Whole(run.QuestionCount)} nested runs, {ExportLoads.Writers} at a time", "children per second", "of the bare loop");
        table.Add("bare loop: create, log-batch, PUT, update", Number.Range([.. bare.Select(PerSecond)], Number.Whole), Number.Percent(1));
        table.Add(
            "export, read back and compared", Number.Range([.. exports.Select(PerSecond)], Number.Whole),
            Number.Percent(Number.Median(bare.Zip(exports, (loop, export) => loop / export))));
        var kinds = new Table("calls per nested run, those of the parent included", "calls", "target");
        string[] written = ["runs/create", "runs/log-batch", "runs/update", "PUT file"];
        double Each(string kind) => (double)calls.GetValueOrDefault(kind) / run.QuestionCount;
        foreach (string kind in Kinds.Where(calls.ContainsKey))
            kinds.Add(kind, Number.Fixed(Each(kind), 3), written.Contains(kind) ? "1" : "");
        kinds.Add("all", Number.Fixed((double)calls.Values.Sum() / run.QuestionCount, 3), "");
        return [.. table.ToLines(), "", .. kinds.ToLines()];
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
