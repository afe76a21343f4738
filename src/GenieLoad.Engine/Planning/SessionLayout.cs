using System.Globalization;
using GenieLoad.Engine.Scenarios;
using GenieLoad.Model;

namespace GenieLoad.Engine.Planning;

/// <summary>A question at its place in a session.</summary>
/// <param name="Question">What is asked.</param>
/// <param name="Conversation">Key of its conversation; <see langword="null"/> for one of its own.</param>
/// <param name="Turn">Place within the conversation, from 1.</param>
internal readonly record struct SessionTurn(Question Question, string? Conversation, int Turn);

/// <summary>
/// Divides the questions of a test into sessions: the first question of a session is an arrival, each further one follows the end of the
/// one before it. A session is a user (closed), a conversation (partly open) or a single question (open).
/// </summary>
internal static class SessionLayout
{
    /// <summary>The sessions, in the order of their arrivals.</summary>
    /// <exception cref="GenieLoadException">
    /// <c>ConflictingFields</c>: scenario and question list both say what a conversation is.
    /// </exception>
    public static IReadOnlyList<IReadOnlyList<SessionTurn>> Of(Scenario scenario, IReadOnlyList<Question> list)
    {
        CheckConversations(scenario.TurnsPerConversation, list);
        IEnumerable<QuestionDraw> draws = QuestionSequence.Take(list, scenario.QuestionCount);
        return scenario switch
        {
            { UserCount: not null } => [.. draws.Chunk(scenario.QuestionsPerUser!.Value).Select((own, i) => User(own, i + 1, scenario))],
            { TurnsPerConversation: int turns } => [.. draws.Chunk(turns).Select((own, i) => Conversation(own, Key("c", i + 1)))],
            _ => Labelled(draws, follows: scenario.ThinkTime is not null),
        };
    }

    /// <summary>Either the test says what a conversation is, or its questions do.</summary>
    /// <exception cref="GenieLoadException"><c>ConflictingFields</c>.</exception>
    public static void CheckConversations(int? turnsPerConversation, IReadOnlyList<Question> list)
    {
        if (turnsPerConversation is not null && list.Any(question => question.Conversation is not null))
        {
            throw ScenariosErrors.ConflictingFields(
                "TurnsPerConversation", "cannot be combined with questions that have their own conversations",
                "Leave it out, or take the conversations off the questions.", default);
        }
    }

    /// <summary>
    /// The questions of one user: conversations of the chosen length, or those of the list, none of them shared with another user.
    /// </summary>
    private static SessionTurn[] User(QuestionDraw[] draws, int user, Scenario scenario)
    {
        string prefix = Key("u", user);
        if (scenario.TurnsPerConversation is int turns)
            return [.. draws.Chunk(turns).SelectMany((own, i) => Conversation(own, $"{prefix}{Key("#", i + 1)}"))];
        var counts = new Dictionary<string, int>();
        return [.. draws.Select(draw => Turn(draw, $"{prefix}:", counts))];
    }

    private static SessionTurn[] Conversation(QuestionDraw[] draws, string key) =>
        [.. draws.Select((draw, i) => new SessionTurn(draw.Question, draws.Length == 1 ? null : key, i + 1))];

    /// <summary>The conversations of the list: each a session when its turns follow each other, each turn an arrival otherwise.</summary>
    private static List<List<SessionTurn>> Labelled(IEnumerable<QuestionDraw> draws, bool follows)
    {
        var counts = new Dictionary<string, int>();
        var open = new Dictionary<string, List<SessionTurn>>();
        List<List<SessionTurn>> sessions = [];
        foreach (QuestionDraw draw in draws)
        {
            SessionTurn turn = Turn(draw, "", counts);
            if (follows && turn.Conversation is string key && open.TryGetValue(key, out List<SessionTurn>? session))
            {
                session.Add(turn);
                continue;
            }
            sessions.Add([turn]);
            if (turn.Conversation is string begun)
                open[begun] = sessions[^1];
        }
        return sessions;
    }

    // The number of the pass always follows, so that a label which itself ends in "#2" cannot meet the second pass of another.
    private static SessionTurn Turn(QuestionDraw draw, string prefix, Dictionary<string, int> counts)
    {
        if (draw.Question.Conversation is not string label)
            return new SessionTurn(draw.Question, null, 1);
        string key = $"{prefix}{label}{Key("#", draw.Pass)}";
        return new SessionTurn(draw.Question, key, counts[key] = counts.GetValueOrDefault(key) + 1);
    }

    private static string Key(string mark, int number) => string.Create(CultureInfo.InvariantCulture, $"{mark}{number}");
}
