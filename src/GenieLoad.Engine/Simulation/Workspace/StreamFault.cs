using GenieLoad.Engine.Randomness;
using GenieLoad.Engine.Simulation.Records;

namespace GenieLoad.Engine.Simulation.Workspace;

/// <summary>What goes wrong with the stream of an agent turn; the turn itself goes on.</summary>
/// <param name="EndsAfter">Number of the event after which it ends, from 0; <see langword="null"/> for the last.</param>
/// <param name="Resets">Whether it ends with a reset.</param>
/// <param name="Damaged">Number of the event whose data stops in the middle; <see langword="null"/> for none.</param>
internal readonly record struct StreamFault(int? EndsAfter, bool Resets, int? Damaged)
{
    /// <summary>Draws what goes wrong with the stream of a message.</summary>
    /// <param name="message">An agent turn.</param>
    /// <param name="fault">Fault of the call that asked it.</param>
    /// <param name="options">What may go wrong.</param>
    public static StreamFault Draw(SimulatedMessageState message, SimulatedFault fault, SimulatorOptions options)
    {
        SeededRandom random = SeededRandom.For(options.Seed, "stream", message.Key);
        bool truncates = random.NextDouble() < options.AgentTruncatedShare;
        int last = message.Script.Agent!.Events.Count - 1;
        return fault switch
        {
            SimulatedFault.BodyReset => new StreamFault(random.NextInt32(last), Resets: true, null),
            SimulatedFault.MalformedJson => new StreamFault(null, Resets: false, random.NextInt32(last + 1)),
            // After an item, where there is one.
            _ when truncates => new StreamFault(last > 1 ? 1 + random.NextInt32(last - 1) : 0, Resets: false, null),
            _ => default,
        };
    }
}
