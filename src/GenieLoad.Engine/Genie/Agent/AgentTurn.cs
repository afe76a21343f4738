namespace GenieLoad.Engine.Genie.Agent;

/// <summary>The last turn of a conversation, as its items tell.</summary>
/// <param name="Question">What was asked; <see langword="null"/> where the service does not list it.</param>
/// <param name="Steps">What came of it so far, in order.</param>
/// <param name="Before">What was asked before, as far as it was read; <see langword="null"/> where nothing was.</param>
internal sealed record AgentTurn(AgentItem? Question, IReadOnlyList<AgentItem> Steps, AgentItem? Before)
{
    /// <summary>Whether it has an answer: the service says of no item that it is the last, and an answer ends a turn.</summary>
    public bool IsAnswered => Steps is [.., { Kind: AgentItemKind.Answer, IsUnderway: false }];

    /// <summary>The last turn of a conversation.</summary>
    /// <param name="newestFirst">Its items, from the newest back to a question at least, where the service lists any.</param>
    public static AgentTurn Of(IReadOnlyList<AgentItem> newestFirst)
    {
        AgentItem[] steps = [.. newestFirst.TakeWhile(item => item.Kind != AgentItemKind.Question).Reverse()];
        AgentItem[] questions = [.. newestFirst.Where(item => item.Kind == AgentItemKind.Question).Take(2)];
        return new AgentTurn(questions.ElementAtOrDefault(0), steps, questions.ElementAtOrDefault(1));
    }
}
