namespace GenieLoad.Engine.Genie.Agent;

/// <summary>The last turn of a conversation, as its items tell.</summary>
/// <param name="Question">What was asked; <see langword="null"/> where the service does not list it.</param>
/// <param name="Steps">What came of it so far, in order.</param>
/// <param name="Before">What was asked before, as far as it was read; <see langword="null"/> where nothing was.</param>
internal sealed record AgentTurn(AgentItem? Question, IReadOnlyList<AgentItem> Steps, AgentItem? Before)
{
    /// <summary>Which answer is the last of its steps; <see langword="null"/> where none is, or more of it is to come.</summary>
    public string? AnswerKey => Steps is [.., { Kind: AgentItemKind.Answer, IsUnderway: false, Key: string key }] ? key : null;

    /// <summary>The last turn of a conversation.</summary>
    /// <param name="newestFirst">Its items, from the newest back to a question at least, where the service lists any.</param>
    public static AgentTurn Of(IReadOnlyList<AgentItem> newestFirst)
    {
        AgentItem[] steps = [.. newestFirst.TakeWhile(item => item.Kind != AgentItemKind.Question).Reverse()];
        AgentItem[] questions = [.. newestFirst.Where(item => item.Kind == AgentItemKind.Question).Take(2)];
        return new AgentTurn(questions.ElementAtOrDefault(0), steps, questions.ElementAtOrDefault(1));
    }
}
