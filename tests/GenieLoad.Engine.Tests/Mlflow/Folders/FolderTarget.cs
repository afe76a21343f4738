using System.Globalization;

namespace GenieLoad.Engine.Tests.Mlflow.Folders;

/// <summary>A tree on this machine, read file by file as the format notes have it.</summary>
internal sealed class FolderTarget : MlflowTarget
{
    private static readonly string[] Statuses = ["", "RUNNING", "SCHEDULED", "FINISHED", "FAILED", "KILLED"];

    public override string Uri => Scratch("tracking");

    public override Task<IReadOnlyList<SeenRun>> SeeAsync() =>
        Task.FromResult<IReadOnlyList<SeenRun>>(
            [.. Directory.EnumerateDirectories(ExperimentFolder()).Where(path => Path.GetFileName(path).Length == 32).Select(See)]);

    public override Task DeleteExperimentAsync()
    {
        string folder = ExperimentFolder();
        Directory.CreateDirectory(Path.Combine(Uri, ".trash"));
        string meta = Path.Combine(folder, "meta.yaml");
        File.WriteAllText(meta,
            File.ReadAllText(meta).Replace("lifecycle_stage: \"active\"", "lifecycle_stage: deleted", StringComparison.Ordinal));
        Directory.Move(folder, Path.Combine(Uri, ".trash", Path.GetFileName(folder)));
        return Task.CompletedTask;
    }

    private SeenRun See(string folder)
    {
        Dictionary<string, string> meta = Meta(folder);
        string files = Path.Combine(
            Path.GetDirectoryName(Uri)!, "mlartifacts",
            meta["artifact_uri"]["mlflow-artifacts:/".Length..].Replace('/', Path.DirectorySeparatorChar));
        return new SeenRun(
            meta["run_id"], meta["run_name"], Statuses[int.Parse(meta["status"], CultureInfo.InvariantCulture)],
            long.Parse(meta["start_time"], CultureInfo.InvariantCulture),
            long.TryParse(meta["end_time"], CultureInfo.InvariantCulture, out long end) ? end : 0,
            Texts(folder, "params"), Texts(folder, "tags"),
            Texts(folder, "metrics").SelectMany(file => Points(file.Key, file.Value)).ToLookup(point => point.Key, point => point.Point),
            Directory.Exists(files) ? Directory.GetFiles(files).ToDictionary(file => Path.GetFileName(file), File.ReadAllBytes) : []);
    }

    private string ExperimentFolder() =>
        Assert.Single(Directory.GetDirectories(Uri), path => Path.GetFileName(path) != ".trash" && Meta(path)["name"] == Experiment);

    private static Dictionary<string, string> Meta(string folder) =>
        File.ReadLines(Path.Combine(folder, "meta.yaml")).Select(line => line.Split(": ", 2))
            .ToDictionary(pair => pair[0], pair => pair[1].Trim('"'));

    private static Dictionary<string, string> Texts(string folder, string kind) =>
        Directory.GetFiles(Path.Combine(folder, kind)).ToDictionary(file => Path.GetFileName(file), File.ReadAllText);

    private static IEnumerable<(string Key, SeenPoint Point)> Points(string key, string text)
    {
        foreach (string[] parts in text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')))
        {
            yield return (key, new SeenPoint(
                double.Parse(parts[1], CultureInfo.InvariantCulture), long.Parse(parts[0], CultureInfo.InvariantCulture),
                long.Parse(parts[2], CultureInfo.InvariantCulture)));
        }
    }
}
