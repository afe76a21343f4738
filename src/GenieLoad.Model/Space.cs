namespace GenieLoad.Model;

/// <summary>A Genie space.</summary>
public sealed class Space
{
    /// <summary>Id, as used in <c>-SpaceId</c>.</summary>
    public required string SpaceId { get; init; }

    /// <summary>Title.</summary>
    public string? Title { get; init; }

    /// <summary>Description.</summary>
    public string? Description { get; init; }

    /// <summary>SQL warehouse that runs its queries.</summary>
    public string? WarehouseId { get; init; }

    /// <summary>The title, or the id without one.</summary>
    public override string ToString() => Title ?? SpaceId;
}
