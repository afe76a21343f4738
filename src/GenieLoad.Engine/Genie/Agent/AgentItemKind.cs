namespace GenieLoad.Engine.Genie.Agent;

/// <summary>What an item of an agent's stream is.</summary>
internal enum AgentItemKind
{
    /// <summary>A thought, or anything that has no name here.</summary>
    Thought,

    /// <summary>A statement is called for.</summary>
    SqlCall,

    /// <summary>The result of a call has come.</summary>
    CallOutput,

    /// <summary>A part of the answer.</summary>
    Answer,

    /// <summary>What the user asked.</summary>
    Question,
}
