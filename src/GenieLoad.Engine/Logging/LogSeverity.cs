namespace GenieLoad.Engine.Logging;

/// <summary>How much an event matters to the person at the console.</summary>
public enum LogSeverity
{
    /// <summary>The inner workings; PowerShell's debug stream.</summary>
    Debug,

    /// <summary>What is being done; PowerShell's verbose stream.</summary>
    Information,

    /// <summary>Something surprising, or worse; PowerShell's warning stream.</summary>
    Warning,
}
