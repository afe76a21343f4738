using System.Text.Json;
using System.Text.Json.Nodes;
using GenieLoad.Engine.Runs;

namespace GenieLoad.Engine.Tests.Running;

/// <summary>Makes of a run's folder what the death of its process would have left there.</summary>
internal static class DeadRun
{
    /// <summary>Takes away what had not been written yet.</summary>
    /// <param name="path">The run's folder.</param>
    /// <param name="withoutRowsOf">Indexes of questions whose end nobody wrote down.</param>
    /// <param name="withoutIdsOf">Index of a question that had been sent, and whose acceptance nobody wrote down.</param>
    public static void Kill(string path, int[] withoutRowsOf, int withoutIdsOf)
    {
        var folder = new RunFolder(path);
        JsonNode manifest = JsonNode.Parse(File.ReadAllText(folder.ManifestPath))!;
        manifest["state"] = "Running";
        foreach (string late in (string[])["stateReason", "stopCause", "completedAt", "totalDurationSeconds", "generator"])
            manifest.AsObject().Remove(late);
        // The end alone tells how many questions were sent.
        if (manifest["sentCount"] is not null)
            manifest["sentCount"] = 0;
        File.WriteAllText(folder.ManifestPath, manifest.ToJsonString(new JsonSerializerOptions { WriteIndented = true }));
        Keep(folder.ResultsPath, line => !withoutRowsOf.Contains(IndexOf(line)));
        Keep(folder.StartedPath, line => IndexOf(line) != withoutIdsOf || !line.Contains("messageId", StringComparison.Ordinal));
        // The last write was cut in the middle.
        if (withoutRowsOf.Length > 0)
            File.AppendAllText(folder.ResultsPath, "{\"index\":39,\"questionId\":\"q3");
    }

    /// <summary>Makes a run that ended in order one whose process died, and lost nothing.</summary>
    public static void Kill(string path) => Kill(path, [], 0);

    private static void Keep(string path, Func<string, bool> wanted) =>
        File.WriteAllText(path, string.Concat(File.ReadAllLines(path).Where(wanted).Select(line => line + "\n")));

    private static int IndexOf(string line) => (int)JsonNode.Parse(line)!["index"]!;
}
