using System.Globalization;
using GenieLoad.Engine.Randomness;
using GenieLoad.Model;

namespace GenieLoad.Engine.Planning;

/// <summary>The connections of a test: their names, their weights, and which question goes to which.</summary>
public static class RunConnections
{
    /// <summary>
    /// Names connections: as <c>Connect-Genie -Name</c> says, or else by their space's title or id; where two would be called the same,
    /// with where their credential came from, and if need be a number.
    /// </summary>
    /// <param name="connections">Connections with a space each.</param>
    /// <param name="weights">Their weights, in the same order; <see langword="null"/> for equal ones.</param>
    /// <exception cref="GenieLoadException">
    /// <c>ConnectionTwice</c>, <c>ConnectionNameTwice</c>, <c>ConnectionWithoutSpace</c>, <c>WrongWeightCount</c>,
    /// <c>InvalidConnectionWeight</c>.
    /// </exception>
    public static IReadOnlyList<RunConnection> Of(IReadOnlyList<Connection> connections, IReadOnlyList<double>? weights = null)
    {
        ArgumentNullException.ThrowIfNull(connections);
        if (weights is not null && weights.Count != connections.Count)
            throw PlanningErrors.WrongWeightCount(connections.Count, weights.Count);
        foreach (double weight in weights ?? [])
        {
            if (!(weight > 0 && double.IsFinite(weight)))
                throw PlanningErrors.InvalidConnectionWeight(weight);
        }
        List<string> names = [];
        for (int i = 0; i < connections.Count; i++)
        {
            Connection connection = connections[i];
            if (connections.Take(i).Any(earlier => ReferenceEquals(earlier, connection)))
                throw PlanningErrors.ConnectionTwice(connection);
            if (connection.SpaceId is null)
                throw PlanningErrors.ConnectionWithoutSpace(connection);
            if (connection.Name is not null && names.Contains(connection.Name, StringComparer.OrdinalIgnoreCase))
                throw PlanningErrors.ConnectionNameTwice(connection.Name);
            names.Add(NameOf(connection, connections, names));
        }
        return
        [
            .. connections.Select((connection, i) => new RunConnection
            {
                Name = names[i],
                WorkspaceUrl = connection.WorkspaceUrl,
                SpaceId = connection.SpaceId!,
                SpaceTitle = connection.SpaceTitle,
                Credential = connection.Credential,
                IsSimulator = connection.IsSimulator,
                Weight = weights?[i] ?? 1,
            }),
        ];
    }

    /// <summary>The connections of a plan that was made before, in the order of those given, found by their names.</summary>
    /// <param name="connections">Those given.</param>
    /// <param name="planned">Those of the plan.</param>
    /// <exception cref="GenieLoadException">As <see cref="Of"/>; <c>ConnectionNotPlanned</c>.</exception>
    public static IReadOnlyList<RunConnection> Planned(IReadOnlyList<Connection> connections, IReadOnlyList<RunConnection> planned) =>
    [
        .. Of(connections).Select(connection => planned.FirstOrDefault(known => known.Name == connection.Name)
            ?? throw PlanningErrors.ConnectionNotPlanned(connection.Name, planned)),
    ];

    /// <summary>
    /// Assigns every question to a connection: a user, a conversation and a question that stands alone each stay on one. Their numbers are
    /// in proportion to the weights as nearly as whole numbers allow; which go where is drawn, so that no question text has one connection
    /// only.
    /// </summary>
    /// <param name="planned">The questions of a plan.</param>
    /// <param name="connections">The connections.</param>
    /// <param name="seed">Seed of the run.</param>
    internal static PlannedQuestion[] Assign(PlannedQuestion[] planned, IReadOnlyList<RunConnection> connections, int seed)
    {
        string[] units = [.. planned.Select(WeightedUnits.Of).Distinct()];
        int[] quotas = WeightedUnits.Quotas(units.Length, [.. connections.Select(connection => connection.Weight)]);
        int[] lots = WeightedUnits.Draw(quotas, SeededRandom.For(seed, "connection", 0));
        Dictionary<string, string> byUnit = units.Zip(lots)
            .ToDictionary(pair => pair.First, pair => connections[pair.Second].Name, StringComparer.Ordinal);
        return [.. planned.Select(question => question with { Connection = byUnit[WeightedUnits.Of(question)] })];
    }

    private static string NameOf(Connection connection, IReadOnlyList<Connection> all, List<string> taken)
    {
        if (connection.Name is string given)
            return given;
        string plain = connection.SpaceTitle ?? connection.SpaceId!;
        bool shared = all.Any(other => !ReferenceEquals(other, connection)
            && plain.Equals(other.Name ?? other.SpaceTitle ?? other.SpaceId, StringComparison.OrdinalIgnoreCase));
        string name = shared ? $"{plain} ({connection.Credential})" : plain;
        string free = name;
        for (int number = 2; taken.Contains(free, StringComparer.OrdinalIgnoreCase) || IsGiven(free, all); number++)
            free = string.Create(CultureInfo.InvariantCulture, $"{name} #{number}");
        return free;
    }

    private static bool IsGiven(string name, IReadOnlyList<Connection> all) =>
        all.Any(other => name.Equals(other.Name, StringComparison.OrdinalIgnoreCase));
}
