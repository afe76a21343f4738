using GenieLoad.Engine.Figures;
using GenieLoad.Model;

namespace GenieLoad.Engine.Runs.Merging;

/// <summary>
/// The connections of all shards under one name each. Every place asks with a credential of its own; where one name meant different spaces,
/// the number of the first shard of each is added to it.
/// </summary>
internal sealed class MergedConnections
{
    private const string Parting = ", ";

    private readonly List<Entry> _entries = [];
    private readonly Dictionary<(int Shard, string Name), string> _names = [];

    /// <summary>Joins them.</summary>
    /// <param name="shards">The shards.</param>
    public MergedConnections(ShardSet shards)
    {
        foreach (ShardFolder shard in shards.Shards)
        {
            foreach (RunConnection connection in shard.Manifest.Header.Connections ?? new([]))
                Add(shard, connection);
        }
        foreach (IGrouping<string, Entry> same in _entries.GroupBy(entry => entry.Connections[0].Name, StringComparer.Ordinal))
        {
            bool isOne = same.Count() == 1;
            foreach (Entry entry in same)
            {
                entry.Name = isOne ? same.Key : FormattableString.Invariant($"{same.Key}@{entry.Shards.Min}");
                foreach (int shard in entry.Shards)
                    _names[(shard, same.Key)] = entry.Name;
            }
        }
        IEnumerable<RunHeader> headers = [.. shards.Shards.Select(shard => shard.Manifest.Header)];
        WorkspaceUrl = Joined(headers.Select(header => header.WorkspaceUrl));
        SpaceId = Joined(headers.Select(header => header.SpaceId));
    }

    /// <summary>Workspaces of all, parted by <c>, </c>.</summary>
    public string WorkspaceUrl { get; }

    /// <summary>Spaces of all, parted by <c>, </c>.</summary>
    public string SpaceId { get; }

    /// <summary>The name of a shard's connection in the merged run; <see langword="null"/> where it has none.</summary>
    public string? NameOf(ShardFolder shard, string? own) =>
        own is not null && _names.TryGetValue((shard.Shard.Number, own), out string? name) ? name : own;

    /// <summary>The connections, without counts of questions; <see langword="null"/> where no shard keeps any.</summary>
    public RowList<RunConnection>? All => _entries.Count == 0 ? null : new([.. _entries.Select(entry => entry.Joined())]);

    /// <summary>The connections with the questions of each.</summary>
    /// <param name="rows">All rows of the merged run.</param>
    public RowList<RunConnection>? Counted(IEnumerable<QuestionResult> rows)
    {
        Dictionary<string, int> counts = rows.Where(row => row.Connection is not null)
            .GroupBy(row => row.Connection!, StringComparer.Ordinal)
            .ToDictionary(same => same.Key, same => same.Count(), StringComparer.Ordinal);
        return All is { } all
            ? new([.. all.Select(connection => connection with { QuestionCount = counts.GetValueOrDefault(connection.Name) })])
            : null;
    }

    private void Add(ShardFolder shard, RunConnection connection)
    {
        Entry? same = _entries.Find(entry => entry.Connections[0] is { } first && first.Name == connection.Name
            && first.WorkspaceUrl == connection.WorkspaceUrl && first.SpaceId == connection.SpaceId);
        if (same is null)
            _entries.Add(same = new Entry());
        same.Connections.Add(connection);
        same.Shards.Add(shard.Shard.Number);
    }

    private static string Joined(IEnumerable<string> lists) => string.Join(
        Parting, lists.SelectMany(list => list.Split(Parting)).Distinct(StringComparer.Ordinal));

    private sealed class Entry
    {
        public string Name { get; set; } = "";

        public List<RunConnection> Connections { get; } = [];

        public SortedSet<int> Shards { get; } = [];

        public RunConnection Joined()
        {
            // Of the warehouse that one knows most of whose credential sees most.
            RunConnection fullest = Connections.Find(one => one.WarehouseSize is not null) ?? Connections[0];
            string[] definitions = [.. Connections.Select(one => one.SpaceFingerprint).OfType<string>().Distinct(StringComparer.Ordinal)];
            return fullest with
            {
                Name = Name,
                SpaceTitle = Connections.Select(one => one.SpaceTitle).FirstOrDefault(title => title is not null),
                SpaceFingerprint = definitions.Length == 1 ? definitions[0] : null,
                Credential = string.Join(Parting, Connections.Select(one => one.Credential).Distinct(StringComparer.Ordinal)),
                IsSimulator = Connections.Exists(one => one.IsSimulator),
            };
        }
    }
}
