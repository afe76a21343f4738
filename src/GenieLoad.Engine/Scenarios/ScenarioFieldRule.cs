using GenieLoad.Model;

namespace GenieLoad.Engine.Scenarios;

/// <summary>All there is to say of one field of a scenario.</summary>
/// <param name="Name">Name in files.</param>
/// <param name="Value">What a file holds of it: a text, a number, or <see langword="null"/> where it says nothing.</param>
/// <param name="Read">The scenario with the field as it was written.</param>
/// <param name="Aliases">Other names.</param>
internal sealed record ScenarioFieldRule(
    string Name, Func<Scenario, object?> Value, Func<Scenario, ScenarioValue, Scenario> Read, params string[] Aliases)
{
    /// <summary>What it may hold; arrivals check theirs themselves.</summary>
    public Action<Scenario, ScenarioPlace>? Check { get; init; }

    /// <summary>
    /// Whether every scenario has it: it is written even where it says nothing, and checked as it is read, so that an error names its line.
    /// </summary>
    public bool IsCommon { get; init; }

    /// <summary>Whether a file may hold a list of it.</summary>
    public bool TakesList { get; init; }

    /// <summary>Whether an empty one says something; else it is as if it were not there.</summary>
    public bool TakesEmpty { get; init; }

    /// <summary>Whether it goes by a name, which is free in case.</summary>
    public bool IsNamed(string name) => Aliases.Append(Name).Contains(name, StringComparer.OrdinalIgnoreCase);
}
