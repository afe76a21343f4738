namespace GenieLoad.Model;

/// <summary>A workspace and space that a load test asks, under the name that its rows carry. Holds no secret.</summary>
public sealed record RunConnection
{
    /// <summary>Name of the connection, one of its kind in the test.</summary>
    public required string Name { get; init; }

    /// <summary>Address of the workspace.</summary>
    public required string WorkspaceUrl { get; init; }

    /// <summary>Id of the Genie space.</summary>
    public required string SpaceId { get; init; }

    /// <summary>Title of the space.</summary>
    public string? SpaceTitle { get; init; }

    /// <summary>
    /// SHA-256 of the definition of the space at the start, the same whatever the order of its fields: 64 hexadecimal digits;
    /// <see langword="null"/> where the credential may not see the definition, which needs CAN EDIT.
    /// </summary>
    public string? SpaceFingerprint { get; init; }

    /// <summary>Where the credential came from. Never the credential.</summary>
    public string Credential { get; init; } = "";

    /// <summary>Whether it is a simulator.</summary>
    public bool IsSimulator { get; init; }

    /// <summary>Its share of users, conversations and questions relative to the others, above 0.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>Questions planned for it.</summary>
    public int QuestionCount { get; init; }

    /// <summary>Id of the SQL warehouse that the space named at the start; <see langword="null"/> where it named none.</summary>
    public string? WarehouseId { get; init; }

    /// <summary>
    /// Its size at the start, such as <c>2X-Small</c>; this and what follows is <see langword="null"/> where the credential may not see it.
    /// </summary>
    public string? WarehouseSize { get; init; }

    /// <summary>Its type at the start, such as <c>PRO</c>.</summary>
    public string? WarehouseType { get; init; }

    /// <summary>Whether it was serverless.</summary>
    public bool? WarehouseServerless { get; init; }

    /// <summary>Clusters that it had at least.</summary>
    public int? WarehouseMinimumClusters { get; init; }

    /// <summary>Clusters that it might have at most.</summary>
    public int? WarehouseMaximumClusters { get; init; }

    /// <summary>Minutes without a statement after which it stopped; 0 for never.</summary>
    public int? WarehouseAutoStopMinutes { get; init; }

    /// <summary>Whether it ran at the start: <c>RUNNING</c>, <c>STOPPED</c>, <c>STARTING</c>.</summary>
    public string? WarehouseState { get; init; }

    /// <summary>Clusters of that warehouse when the run began.</summary>
    public int? WarehouseClusters { get; init; }

    /// <summary>Name and number of questions in one line.</summary>
    public override string ToString() => $"{Name}: {QuestionCount} {(QuestionCount == 1 ? "question" : "questions")}";
}
