using System.Globalization;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace GenieLoad.Engine.Mlflow.Folders;

/// <summary>The folder of one run in a file-store tree: <c>meta.yaml</c>, and a file for each metric, param and tag.</summary>
/// <param name="path">The folder.</param>
internal sealed class RunFiles(string path)
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    // The order is that of MLflow's numbers: 1 is RUNNING.
    private static readonly string[] Statuses =
        ["", MlflowRunStatus.Running, "SCHEDULED", MlflowRunStatus.Finished, MlflowRunStatus.Failed, MlflowRunStatus.Killed];

    /// <summary>The folder.</summary>
    public string Path { get; } = path;

    private string MetaPath => System.IO.Path.Combine(Path, "meta.yaml");

    /// <summary>Writes a run into a folder that is not there yet.</summary>
    public void Create(string experimentId, string runId, RunRecord record, string artifactUri)
    {
        foreach (string kind in (string[])["metrics", "params", "tags"])
            Directory.CreateDirectory(In(kind));
        MetaFile meta = new MetaFile()
            .Set("artifact_uri", artifactUri)
            .Set("deleted_time", (long?)null)
            .Set("end_time", (long?)null)
            .Set("entry_point_name", "")
            .Set("experiment_id", experimentId)
            .Set("lifecycle_stage", "active")
            .Set("run_id", runId)
            .Set("run_name", record.Name)
            .Set("run_uuid", runId)
            .Set("source_name", "")
            .Set("source_type", 4)
            .Set("source_version", "")
            .Set("start_time", record.StartTime)
            .Set("status", Array.IndexOf(Statuses, MlflowRunStatus.Running))
            .SetEmptyList("tags")
            .Set("user_id", record.Tags.GetValueOrDefault("mlflow.user", ""));
        WriteWhole(MetaPath, meta.ToString());
        WriteTag("mlflow.runName", record.Name);
        Log(new RunValues([.. record.Params], record.Metrics, [.. record.Tags]));
    }

    /// <summary>Writes params, metrics and tags; the points of a metric replace those that are there.</summary>
    public void Log(RunValues values)
    {
        foreach (KeyValuePair<string, string> param in values.Params)
            Write("params", param.Key, param.Value);
        foreach (IGrouping<string, MetricPoint> points in values.Metrics.GroupBy(point => point.Key))
        {
            Write("metrics", points.Key, string.Concat(points.OrderBy(point => point.Step).Select(point => string.Create(
                CultureInfo.InvariantCulture, $"{point.Timestamp} {point.Value:R} {point.Step}\n"))));
        }
        foreach (KeyValuePair<string, string> tag in values.Tags)
            WriteTag(tag.Key, tag.Value);
    }

    /// <summary>
    /// Sets status and end, in one stroke: a single write over what is there, so that nobody ever sees half of it. Replacing the file by a
    /// new one would make some file systems bring each of a thousand to the disk at once.
    /// </summary>
    public void Update(string status, long endTime)
    {
        MetaFile meta = MetaFile.Read(MetaPath) ?? throw new FileNotFoundException($"'{MetaPath}' is gone.", MetaPath);
        byte[] text = Utf8.GetBytes(meta.Set("status", Array.IndexOf(Statuses, status)).Set("end_time", endTime).ToString());
        using SafeFileHandle handle = File.OpenHandle(MetaPath, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        // Never shorter than before in our own files; one of MLflow's may be.
        int padding = (int)Math.Max(0, RandomAccess.GetLength(handle) - text.Length);
        RandomAccess.Write(handle, [.. text, .. Enumerable.Repeat((byte)'\n', padding)], 0);
    }

    /// <summary>A tag's value; <see langword="null"/> where it is not set.</summary>
    public string? Tag(string key)
    {
        return StoreFile.Read(System.IO.Path.Combine(In("tags"), key));
    }

    /// <summary>The run as it is on disk; <see langword="null"/> where there is none, or it is deleted.</summary>
    public StoredRun? Read()
    {
        MetaFile? meta = MetaFile.Read(MetaPath);
        if (meta is null || meta["lifecycle_stage"] == "deleted")
            return null;
        return new StoredRun
        {
            // The names of the folders, whatever the file says: an id becomes a path.
            RunId = System.IO.Path.GetFileName(Path),
            ExperimentId = System.IO.Path.GetFileName(System.IO.Path.GetDirectoryName(Path)!),
            Name = meta["run_name"],
            Status = meta.Number("status") is long status && status > 0 && status < Statuses.Length ? Statuses[status] : null,
            StartTime = meta.Number("start_time"),
            EndTime = meta.Number("end_time"),
            ArtifactUri = meta["artifact_uri"] ?? "",
            Tags = ReadAll("tags"),
            Params = ReadAll("params"),
            Metrics = ReadAll("metrics").Where(metric => !string.IsNullOrWhiteSpace(metric.Value)).ToDictionary(
                metric => metric.Key, metric => Points(metric.Key, metric.Value).MaxBy(point => (point.Step, point.Timestamp)),
                StringComparer.Ordinal),
        };
    }

    /// <summary>All points of a metric.</summary>
    public IReadOnlyList<MetricPoint> History(string key)
    {
        return StoreFile.Read(System.IO.Path.Combine(In("metrics"), key)) is string text ? [.. Points(key, text)] : [];
    }

    private IEnumerable<MetricPoint> Points(string key, string text)
    {
        const NumberStyles whole = NumberStyles.AllowLeadingSign;
        CultureInfo plain = CultureInfo.InvariantCulture;
        foreach (string line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            string[] parts = line.Split(' ');
            long step = 0;
            if (parts.Length < 2 || !long.TryParse(parts[0], whole, plain, out long instant)
                || !double.TryParse(parts[1], NumberStyles.Float, plain, out double value)
                || (parts.Length > 2 && !long.TryParse(parts[2], whole, plain, out step)))
                throw new IOException($"The metric '{key}' of '{Path}' has a line that is not: instant value step.");
            yield return new MetricPoint(key, value, instant, step);
        }
    }

    private Dictionary<string, string> ReadAll(string kind)
    {
        string folder = In(kind);
        Dictionary<string, string> values = new(StringComparer.Ordinal);
        if (!Directory.Exists(folder))
            return values;
        foreach (string file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            values[file[(folder.Length + 1)..].Replace('\\', '/')] = StoreFile.Read(file) ?? "";
        return values;
    }

    private void WriteTag(string key, string value) => Write("tags", key, value);

    private void Write(string kind, string key, string value)
    {
        string file = System.IO.Path.Combine(In(kind), key);
        // A slash in a key is a folder.
        if (key.Contains('/', StringComparison.Ordinal))
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
        WriteWhole(file, value);
    }

    // Forty little files a run: every call to the system that is not needed counts. A folder that nobody else knows yet needs no lock.
    private static void WriteWhole(string file, string text)
    {
        using SafeFileHandle handle = File.OpenHandle(file, FileMode.Create, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        RandomAccess.Write(handle, Utf8.GetBytes(text), 0);
    }

    private string In(string kind) => System.IO.Path.Combine(Path, kind);
}
