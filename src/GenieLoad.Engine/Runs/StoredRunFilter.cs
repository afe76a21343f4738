using System.IO.Enumeration;

namespace GenieLoad.Engine.Runs;

/// <summary>
/// Which runs of a store are meant. In names <c>*</c> stands for any letters and <c>?</c> for one; what is not given is any.
/// </summary>
public sealed record StoredRunFilter
{
    /// <summary>Name of the scenario.</summary>
    public string? ScenarioName { get; init; }

    /// <summary>Id of the run.</summary>
    public string? RunId { get; init; }

    /// <summary>States, of <see cref="Model.RunState"/>; any when empty.</summary>
    public IReadOnlyList<string> States { get; init; } = [];

    /// <summary>Whether a run is one of them.</summary>
    /// <param name="run">The run.</param>
    public bool Matches(StoredRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return Matches(ScenarioName, run.ScenarioName) && Matches(RunId, run.RunId)
            && (States.Count == 0 || States.Contains(run.State, StringComparer.OrdinalIgnoreCase));
    }

    private static bool Matches(string? pattern, string name) => pattern is null || FileSystemName.MatchesSimpleExpression(pattern, name);
}
