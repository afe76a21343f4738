namespace GenieLoad.Model;

/// <summary>
/// A named shape of load: how many questions, over how long, by how many workers.
/// </summary>
public sealed class Scenario
{
    /// <summary>Name by which the scenario is asked for: letters, digits, <c>_</c>, <c>-</c> and <c>.</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Questions asked in the whole test, 1 to 1,000,000.</summary>
    public required int QuestionCount { get; init; }

    /// <summary>
    /// Seconds over which the questions are spread evenly, above 0; <see langword="null"/> when all are planned for the first instant.
    /// </summary>
    public double? DurationSeconds { get; init; }

    /// <summary>Most questions in flight at once, 1 to 100,000. Questions beyond it wait, and their wait is recorded.</summary>
    public required int WorkerCount { get; init; }

    /// <summary>One line for people.</summary>
    public string Description { get; init; } = "";

    /// <summary>The scenario's name.</summary>
    public override string ToString() => Name;
}
