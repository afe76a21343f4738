namespace GenieLoad.Engine.Sessions.Places;

/// <summary>How the process of a shard stood at one instant. Texts are the place's: data, to be redacted before they are shown.</summary>
public sealed record PlaceSight
{
    /// <summary>What it is at.</summary>
    public required PlaceStage Stage { get; init; }

    /// <summary>Questions of the shard.</summary>
    public int Planned { get; init; }

    /// <summary>Answered in full.</summary>
    public int Succeeded { get; init; }

    /// <summary>Come to an end otherwise.</summary>
    public int Failed { get; init; }

    /// <summary>Asked, and not at their end.</summary>
    public int InFlight { get; init; }

    /// <summary>Folder of the run, as it is called there; <see langword="null"/> before it has begun.</summary>
    public string? RunPath { get; init; }

    /// <summary>Id of the error that kept it from its work, or ended it; <see langword="null"/> for none.</summary>
    public string? ErrorId { get; init; }

    /// <summary>The error's text.</summary>
    public string? ErrorText { get; init; }

    /// <summary>What the test there warned of.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
