using GenieLoad.Engine.Genie;
using GenieLoad.Engine.Questions;
using GenieLoad.Model;

namespace GenieLoad.Engine.Sessions;

/// <summary>The questions that a space itself holds. Asks none of them.</summary>
/// <param name="client">Way to the workspace.</param>
public sealed class SpaceQuestions(GenieApiClient client)
{
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
        string definition = await new GenieConnector(client).GetDefinitionAsync(spaceId, stop).ConfigureAwait(false);
        return selection.Number(Parse(definition, source, selection, warn), source, warn);
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
