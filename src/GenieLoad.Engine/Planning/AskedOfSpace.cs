using System.Globalization;
using GenieLoad.Engine.Scenarios;
using GenieLoad.Model;

namespace GenieLoad.Engine.Planning;

/// <summary>What simulated people ask, one conversation after the other.</summary>
/// <param name="Questions">The questions; those with the same conversation are asked in one, in their order.</param>
/// <param name="TurnsPerConversation">Questions of a conversation; <see langword="null"/> for those that the questions have.</param>
/// <param name="IsUnique">Whether every question gets an ending of its own.</param>
internal sealed record AskedOfSpace(IReadOnlyList<Question> Questions, int? TurnsPerConversation = null, bool IsUnique = false)
{
    /// <summary>The modes in which it is asked.</summary>
    public IReadOnlyList<ModeShare> Modes { get; init; } = ScenarioModes.Of(QuestionMode.Chat);

    /// <summary>Refuses what has two answers to what a conversation is.</summary>
    /// <exception cref="GenieLoadException"><c>ConflictingFields</c>.</exception>
    public void Validate() => SessionLayout.CheckConversations(TurnsPerConversation, Questions);

    /// <summary>What is asked, in the order in which it is asked.</summary>
    /// <param name="askers">Who asks each question. Nobody begins a conversation before ending the one before it.</param>
    public IEnumerable<SessionTurn> To(IReadOnlyCollection<int> askers)
    {
        using IEnumerator<Question[]> conversations = Conversations(askers.Count).GetEnumerator();
        Dictionary<int, (Queue<Question> Left, int Begun, int Turn)> open = [];
        foreach (int asker in askers)
        {
            (Queue<Question>? left, int begun, int turn) = open.GetValueOrDefault(asker);
            if (left is not { Count: > 0 })
            {
                conversations.MoveNext();
                (left, begun, turn) = (new Queue<Question>(conversations.Current), begun + 1, 0);
            }
            Question next = left.Dequeue();
            open[asker] = (left, begun, ++turn);
            yield return new SessionTurn(
                next, turn == 1 && left.Count == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"u{asker}#{begun}"), turn);
        }
    }

    /// <summary>So many conversations, each as often as the weight of its first question says.</summary>
    private IEnumerable<Question[]> Conversations(int count)
    {
        if (TurnsPerConversation is int turns)
        {
            // Where a conversation takes whole rounds of the list, one question is passed over after each: all would begin with the first.
            int step = turns % Questions.Count == 0 ? turns + 1 : turns;
            return QuestionSequence.Take(Questions, count * step).Select(draw => draw.Question).Chunk(step).Select(draws => draws[..turns]);
        }
        Question[][] labelled =
        [
            .. Questions.Select((question, i) => (question, Key: question.Conversation ?? (object)i))
                .GroupBy(one => one.Key, (_, group) => group.Select(one => one.question).ToArray()),
        ];
        Dictionary<Question, Question[]> byFirst = labelled.ToDictionary(conversation => conversation[0]);
        return QuestionSequence.Take([.. labelled.Select(conversation => conversation[0])], count).Select(draw => byFirst[draw.Question]);
    }
}
