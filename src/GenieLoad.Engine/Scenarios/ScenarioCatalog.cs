using GenieLoad.Engine.Names;
using GenieLoad.Model;

namespace GenieLoad.Engine.Scenarios;

/// <summary>Finds scenarios by name; upper and lower case are alike.</summary>
public static class ScenarioCatalog
{
    /// <summary>The scenario of a name, or <see langword="null"/>.</summary>
    /// <param name="name">Name, in any case.</param>
    public static Scenario? TryFind(string? name) =>
        BuiltInScenarios.All.FirstOrDefault(scenario => string.Equals(scenario.Name, name?.Trim(), StringComparison.OrdinalIgnoreCase));

    /// <summary>The scenario of a name.</summary>
    /// <param name="name">Name, in any case.</param>
    /// <exception cref="GenieLoadException"><c>UnknownScenario</c>: there is none; the message names those that come close.</exception>
    public static Scenario Find(string name) =>
        TryFind(name) ?? throw ScenariosErrors.UnknownScenario(name, CloseNames.Of(name, BuiltInScenarios.All.Select(s => s.Name)));
}
