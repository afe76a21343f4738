using System.Text.Json;
using System.Text.Json.Nodes;

namespace GenieLoad.PowerShell.Tests.Commands;

/// <summary>The sample run as shards of it would have left it, in a data folder of its own.</summary>
public sealed class ShardStore : IDisposable
{
    private const string PlanHash = "1cbd47b1ae6545cd348f16cebb3dcfa9b99c288f92ff00a8bd8c63f9f7bdbe61";

    private readonly RunStoreFolder _store = new();

    public string Home => _store.Home;

    public static string IdOf(int number) => FormattableString.Invariant($"20261123-192455-high_load-000{number}");

    /// <summary>Adds a shard to the store.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="count">Number of shards.</param>
    /// <returns>The folder of its run.</returns>
    public string Add(int number, int count)
    {
        string folder = _store.Add(IdOf(number));
        string path = Path.Combine(folder, "run.json");
        JsonNode manifest = JsonNode.Parse(File.ReadAllText(path))!;
        manifest["state"] = "Completed";
        manifest["stateReason"] = null;
        manifest["header"]!["shard"] = $"{number}/{count}";
        manifest["header"]!["place"] = $"place{number}";
        manifest["header"]!["planHash"] = PlanHash;
        File.WriteAllText(path, manifest.ToJsonString());
        // Each question stands alone, so that they are dealt out in turn.
        foreach (string file in (string[])["results.jsonl", "started.jsonl", "responses.jsonl"])
        {
            string[] lines = File.ReadAllLines(Path.Combine(folder, file));
            File.WriteAllLines(Path.Combine(folder, file), lines.Where(
                line => (JsonDocument.Parse(line).RootElement.GetProperty("index").GetInt32() - 1) % count == number - 1));
        }
        return folder;
    }

    public void Dispose() => _store.Dispose();
}
