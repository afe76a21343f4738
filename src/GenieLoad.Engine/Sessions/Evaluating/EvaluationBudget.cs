using System.Text.Json;
using GenieLoad.Engine.Genie;
using GenieLoad.Engine.Running;

namespace GenieLoad.Engine.Sessions.Evaluating;

/// <summary>
/// What the evaluations of a test take of its budget: every benchmark is a question that the space is asked, so that the load may ask so
/// many fewer.
/// </summary>
internal static class EvaluationBudget
{
    /// <summary>The options of a test, with its evaluations taken from its budget.</summary>
    /// <param name="options">How the test is carried out.</param>
    /// <param name="targets">Its spaces.</param>
    /// <param name="stop">Ends it at once.</param>
    /// <exception cref="Model.GenieLoadException">
    /// <c>EvaluationOverBudget</c>; <c>DefinitionNotVisible</c> where nobody can say how many benchmarks there are.
    /// </exception>
    public static async Task<SessionOptions> TakeAsync(
        SessionOptions options, IReadOnlyList<RunTarget> targets, CancellationToken stop)
    {
        if (options.Evaluations.Count == 0 || options.Budget.MostQuestions is not int most)
            return options;
        int benchmarks = 0;
        foreach (RunTarget target in targets.DistinctBy(target => (target.Connection.WorkspaceUrl, target.Connection.SpaceId)))
        {
            benchmarks += CountOf(
                await new GenieConnector(target.Client).GetDefinitionAsync(target.Connection.SpaceId, stop).ConfigureAwait(false));
        }
        int taken = benchmarks * options.Evaluations.Count;
        return taken + options.Budget.QuestionsBefore < most
            ? options with { Budget = options.Budget with { QuestionsBefore = options.Budget.QuestionsBefore + taken } }
            : throw EvaluatingErrors.EvaluationOverBudget(taken, most);
    }

    private static int CountOf(string definition)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(definition);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("benchmarks", out JsonElement benchmarks)
                && benchmarks.ValueKind == JsonValueKind.Object
                && benchmarks.TryGetProperty("questions", out JsonElement questions) && questions.ValueKind == JsonValueKind.Array
                ? questions.GetArrayLength()
                : 0;
        }
        catch (JsonException)
        {
            // As many as a space can have: the budget is kept in any case.
            return EvaluationRequest.MostBenchmarks;
        }
    }
}
