using GenieLoad.Model;

namespace GenieLoad.PowerShell.Commands;

/// <summary>What can go wrong with the simulators of a process.</summary>
internal static class SimulatorErrors
{
    public static GenieLoadException SimulatorNotFound(int id, IReadOnlyList<int> running) => new(
        nameof(SimulatorNotFound),
        ErrorKind.NotFound,
        $"There is no simulator with id {id} in this process"
            + (running.Count == 0 ? "; none is running." : $"; running: {string.Join(", ", running)}."),
        running.Count == 0 ? "Start one with Start-GenieSimulator." : "Get-GenieSimulator lists them.",
        id);

    public static GenieLoadException NoSimulator() => new(
        nameof(NoSimulator),
        ErrorKind.NotFound,
        "No simulator runs in this process.",
        "Start one with Start-GenieSimulator.");

    public static GenieLoadException SeveralSimulators(IEnumerable<int> running) => new(
        nameof(SeveralSimulators),
        ErrorKind.InvalidInput,
        $"Several simulators run in this process: {string.Join(", ", running)}.",
        "Give -Id of those to stop, or -All.");
}
