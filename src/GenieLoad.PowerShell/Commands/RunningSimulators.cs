using System.Collections.Concurrent;
using System.Management.Automation.Runspaces;
using GenieLoad.Engine.Simulation;
using GenieLoad.Model;

namespace GenieLoad.PowerShell.Commands;

/// <summary>The simulators that run in this process, in whatever session they were started.</summary>
internal static class RunningSimulators
{
    private static readonly ConcurrentDictionary<int, (GenieSimulator Simulator, Guid? Session)> ById = new();

    /// <summary>All of them, the oldest first.</summary>
    public static IReadOnlyList<GenieSimulator> All => [.. ById.Values.Select(entry => entry.Simulator).OrderBy(simulator => simulator.Id)];

    // Known on the pipeline's own thread, where cmdlets and the module's removal run.
    private static Guid? ThisSession => Runspace.DefaultRunspace?.InstanceId;

    /// <summary>Starts one and keeps it.</summary>
    /// <exception cref="GenieLoadException">A setting cannot be used.</exception>
    public static GenieSimulator Start(SimulatorOptions options)
    {
        GenieSimulator simulator = GenieSimulator.Start(options);
        ById[simulator.Id] = (simulator, ThisSession);
        return simulator;
    }

    /// <summary>One of them.</summary>
    /// <exception cref="GenieLoadException"><c>SimulatorNotFound</c>: none with this id runs.</exception>
    public static GenieSimulator Find(int id) => ById.TryGetValue(id, out (GenieSimulator Simulator, Guid? Session) entry)
        ? entry.Simulator
        : throw SimulatorErrors.SimulatorNotFound(id, [.. ById.Keys.Order()]);

    /// <summary>The one that runs alone.</summary>
    /// <exception cref="GenieLoadException"><c>NoSimulator</c>, <c>SeveralSimulators</c>.</exception>
    public static GenieSimulator Only() => All switch
    {
        [GenieSimulator only] => only,
        [] => throw SimulatorErrors.NoSimulator(),
        IReadOnlyList<GenieSimulator> several => throw SimulatorErrors.SeveralSimulators(several.Select(simulator => simulator.Id)),
    };

    /// <summary>Stops one and forgets it.</summary>
    public static void Stop(GenieSimulator simulator)
    {
        simulator.Dispose();
        ById.TryRemove(simulator.Id, out _);
    }

    /// <summary>Stops those that were started in the session of the calling thread.</summary>
    public static void StopAllOfThisSession()
    {
        Guid? session = ThisSession;
        foreach ((GenieSimulator simulator, Guid? startedIn) in ById.Values)
        {
            if (startedIn == session)
                Stop(simulator);
        }
    }
}
