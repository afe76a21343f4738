namespace GenieLoad.Engine.Sessions.Places;

/// <summary>What a place needs to run its shard. No record: nothing may print the token.</summary>
public sealed class PlaceOrder
{
    /// <summary>Tells the test from others at the same place; also the name of its folder there.</summary>
    public required string Id { get; init; }

    /// <summary>Which part of the plan, such as <c>2/4</c>.</summary>
    public required string Shard { get; init; }

    /// <summary>The whole plan, compressed, as <see cref="Runs.PlanFile"/> writes it.</summary>
    public required byte[] Plan { get; init; }

    /// <summary>Workspace to connect to.</summary>
    public required string WorkspaceUrl { get; init; }

    /// <summary>Space to ask.</summary>
    public required string SpaceId { get; init; }

    /// <summary>
    /// Manifest of the module there; <see langword="null"/> where <see cref="ModuleArchive"/> brings it.
    /// </summary>
    public string? ModulePath { get; init; }

    /// <summary>The module as a zip archive; <see langword="null"/> where the place has it.</summary>
    public byte[]? ModuleArchive { get; init; }

    /// <summary>Token for the workspace; <see langword="null"/> where the place has a credential of its own.</summary>
    public string? Token { get; init; }

    /// <summary>Parameters of the load test there, by name: texts, numbers, truths, and lists of them.</summary>
    public IReadOnlyDictionary<string, object> Parameters { get; init; } = new Dictionary<string, object>();
}
