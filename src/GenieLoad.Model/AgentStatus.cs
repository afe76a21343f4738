namespace GenieLoad.Model;

/// <summary>
/// What an agent does, as the items of its stream tell: the service names no such statuses itself. Ends have the names of
/// <see cref="MessageStatus"/>.
/// </summary>
public static class AgentStatus
{
    /// <summary>The service has taken the question, and nothing else has come yet, or Genie plans its next step.</summary>
    public const string Thinking = "THINKING";

    /// <summary>At least one statement runs.</summary>
    public const string RunningSql = "RUNNING_SQL";

    /// <summary>The answer has begun to come.</summary>
    public const string Writing = "WRITING";
}
