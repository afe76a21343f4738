using GenieLoad.Engine.Conversations;
using GenieLoad.Engine.Genie;
using GenieLoad.Engine.Questions;
using GenieLoad.Model;

namespace GenieLoad.Engine.Sessions;

/// <summary>The questions that a space itself holds, and those that people have asked it. Asks none of them.</summary>
/// <param name="client">Way to the workspace.</param>
public sealed class SpaceQuestions(GenieApiClient client)
{
    /// <summary>Of conversations, only those that began at this instant or later, UTC; <see langword="null"/> for all.</summary>
    public DateTime? Since { get; init; }

    /// <summary>Whether to leave out who asked; see <see cref="RecordedQuestions.Of"/>.</summary>
    public bool IsAnonymous { get; init; }

    /// <summary>Ids of conversations that load tests held, such as <see cref="OwnConversations.In"/> finds; they are left out.</summary>
    public IReadOnlySet<string> LoadTests { get; init; } = new HashSet<string>();

    /// <summary>Told how many conversations of how many are read.</summary>
    public Action<int, int>? Progress { get; init; }

    /// <summary>Reads the wanted questions of a space.</summary>
    /// <param name="spaceId">The space.</param>
    /// <param name="selection">Which are wanted; it numbers them.</param>
    /// <param name="warn">Told of questions that cannot be used, and of what is not there.</param>
    /// <param name="stop">Ends it at once.</param>
    /// <exception cref="GenieLoadException">
    /// <c>DefinitionNotVisible</c>: the right to edit the space is missing; <c>UnreadableDefinition</c>, <c>NoQuestionsOfSource</c>, or an
    /// error of <see cref="GenieConnector.CheckAsync"/>.
    /// </exception>
    public async Task<IReadOnlyList<Question>> ReadAsync(
        string spaceId, QuestionSelection selection, Action<string> warn, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(selection);
        string source = $"Space '{spaceId}'";
        List<Question> found = [];
        if (selection.Origins.Any(origin => origin != QuestionOrigin.Conversation))
        {
            string definition = await new GenieConnector(client).GetDefinitionAsync(spaceId, stop).ConfigureAwait(false);
            found.AddRange(Parse(definition, source, selection, warn));
        }
        if (selection.Wants(QuestionOrigin.Conversation))
        {
            var reader = new ConversationReader(client) { LoadTests = LoadTests, Progress = Progress };
            ConversationHistory history = await reader.ReadAsync(spaceId, Since, stop).ConfigureAwait(false);
            foreach (string warning in history.Warnings)
                warn($"{source}: {warning}");
            IReadOnlyList<Question> recorded = RecordedQuestions.Of(history);
            found.AddRange(selection.Join(recorded, source, warn, IsAnonymous));
            if (found.Count == 0 && recorded.Count > 0)
                return [];
        }
        return selection.Number(found, source, warn, Since);
    }

    private static IReadOnlyList<Question> Parse(string definition, string source, QuestionSelection selection, Action<string> warn)
    {
        try
        {
            return SpaceDefinition.Read(definition, source, selection.Origins, warn);
        }
        catch (GenieLoadException e)
        {
            throw SessionsErrors.UnreadableDefinition(source, e);
        }
    }
}
