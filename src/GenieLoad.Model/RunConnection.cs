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

    /// <summary>Where the credential came from. Never the credential.</summary>
    public string Credential { get; init; } = "";

    /// <summary>Whether it is a simulator.</summary>
    public bool IsSimulator { get; init; }

    /// <summary>Its share of users, conversations and questions relative to the others, above 0.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>Questions planned for it.</summary>
    public int QuestionCount { get; init; }

    /// <summary>Name and number of questions in one line.</summary>
    public override string ToString() => $"{Name}: {QuestionCount} {(QuestionCount == 1 ? "question" : "questions")}";
}
