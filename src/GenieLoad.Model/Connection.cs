namespace GenieLoad.Model;

/// <summary>A workspace and a space to ask, as <c>Connect-Genie</c> found them. Holds no secret.</summary>
public sealed class Connection
{
    /// <summary>Name that <c>Connect-Genie -Name</c> gave it; <see langword="null"/> without one.</summary>
    public string? Name { get; init; }

    /// <summary>Address of the workspace, without a trailing slash.</summary>
    public required string WorkspaceUrl { get; init; }

    /// <summary>Id of the Genie space ("agent" in the newest UI); <see langword="null"/> when connected to the workspace only.</summary>
    public string? SpaceId { get; init; }

    /// <summary>Title of the space.</summary>
    public string? SpaceTitle { get; init; }

    /// <summary>SQL warehouse of the space.</summary>
    public string? WarehouseId { get; init; }

    /// <summary>
    /// Size of the warehouse when the connection was made, such as <c>2X-Small</c>; this and what follows is <see langword="null"/> where
    /// the credential may not see it.
    /// </summary>
    public string? WarehouseSize { get; init; }

    /// <summary>Clusters that it had at least.</summary>
    public int? WarehouseMinimumClusters { get; init; }

    /// <summary>Clusters that it might have at most.</summary>
    public int? WarehouseMaximumClusters { get; init; }

    /// <summary>Minutes without a statement after which it stopped; 0 for never.</summary>
    public int? WarehouseAutoStopMinutes { get; init; }

    /// <summary>Where the credential came from, such as <c>Token parameter</c> or <c>Profile DEFAULT</c>. Never the credential.</summary>
    public required string Credential { get; init; }

    /// <summary>Whether it is a simulator started by <c>Start-GenieSimulator</c>.</summary>
    public bool IsSimulator { get; init; }

    /// <summary>Instant at which the connection was checked, local time.</summary>
    public required DateTime ConnectedAt { get; init => field = LocalTime.Of(value); }

    /// <summary>Whether the session that made it uses it where no other connection is given.</summary>
    [System.Text.Json.Serialization.JsonInclude]
    public bool IsCurrent { get; internal set; }

    /// <summary>Its name, or workspace and space in one line.</summary>
    public override string ToString() => Name is not null ? Name : SpaceId is null ? WorkspaceUrl : $"{WorkspaceUrl} space {SpaceId}";
}
