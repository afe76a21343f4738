using System.Globalization;
using GenieLoad.Model;

namespace GenieLoad.Engine.Reports;

/// <summary>A SQL warehouse in words.</summary>
internal static class WarehouseWords
{
    /// <summary>What became of the warehouse during a run; <see langword="null"/> where it did not change, or nobody knows.</summary>
    public static string? Changes(LoadRun run)
    {
        string[] changes =
        [
            .. run.WarehouseSamples.GroupBy(sample => sample.WarehouseId)
                .Where(samples => samples.Select(sample => (sample.State, sample.Clusters)).Distinct().Count() > 1)
                .Select(samples => Range([.. samples])),
        ];
        return changes.Length == 0 ? null : string.Join("; ", changes.Distinct());
    }

    /// <summary>Fewest and most clusters, and what the states were.</summary>
    public static string Range(IReadOnlyList<WarehouseSample> samples)
    {
        int[] counts = [.. samples.Select(sample => sample.Clusters).OfType<int>().DefaultIfEmpty(0)];
        (int least, int most) = (counts.Min(), counts.Max());
        string states = string.Join(", then ", Runs(samples.Select(sample => sample.State ?? "of an unknown state")));
        string clusters = least == most
            ? string.Create(CultureInfo.InvariantCulture, $"{most} {(most == 1 ? "cluster" : "clusters")}")
            : string.Create(CultureInfo.InvariantCulture, $"{least} to {most} clusters");
        return $"{clusters}, {states}";
    }

    /// <summary>Size, type and clusters, as they were at the start.</summary>
    public static string Kind(RunConnection connection)
    {
        string?[] parts =
        [
            connection.WarehouseSize, connection.WarehouseType, connection.WarehouseServerless == true ? "serverless" : null,
            (connection.WarehouseMinimumClusters, connection.WarehouseMaximumClusters) switch
            {
                (int least, int most) when least == most => string.Create(
                    CultureInfo.InvariantCulture, $"{most} {(most == 1 ? "cluster" : "clusters")}"),
                (int least, int most) => string.Create(CultureInfo.InvariantCulture, $"{least} to {most} clusters"),
                _ => null,
            },
            connection.WarehouseAutoStopMinutes switch
            {
                null => null,
                0 => "never stops",
                int minutes => string.Create(CultureInfo.InvariantCulture, $"stops after {minutes} min"),
            },
        ];
        return string.Join(", ", parts.OfType<string>());
    }

    private static IEnumerable<string> Runs(IEnumerable<string> states)
    {
        string? before = null;
        foreach (string state in states.Where(state => state != before))
            yield return before = state;
    }
}
