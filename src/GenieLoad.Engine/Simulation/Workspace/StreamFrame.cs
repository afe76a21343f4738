using GenieLoad.Engine.Simulation.Script;

namespace GenieLoad.Engine.Simulation.Workspace;

/// <summary>What a transport does next with a stream.</summary>
internal enum StreamFrameKind
{
    /// <summary>Sends bytes.</summary>
    Bytes,

    /// <summary>Ends it.</summary>
    End,

    /// <summary>Resets the connection.</summary>
    Reset,
}

/// <summary>A piece of a stream.</summary>
/// <param name="Kind">What to do.</param>
/// <param name="Bytes">What to send.</param>
/// <param name="Tells">The event that whoever has read it knows.</param>
internal readonly record struct StreamFrame(StreamFrameKind Kind, ReadOnlyMemory<byte> Bytes = default, ScriptedEvent? Tells = null);
