using System.Globalization;
using GenieLoad.Model;

namespace GenieLoad.Engine.Planning;

/// <summary>Gives each asking of a question an ending of its own, so that no cache, of this run or an earlier one, can answer.</summary>
/// <param name="seed">Seed of the run; different seeds make different endings.</param>
internal sealed class CacheBuster(int seed)
{
    // By text and not by id: two rows may ask the same. A cache that ignores case must not be fooled into an answer either.
    private readonly Dictionary<string, int> _uses = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The text of a question without the ending that a run of a seed has given it.</summary>
    public static string Without(string text, int seed)
    {
        int ending = text.LastIndexOf(" (iteration ", StringComparison.Ordinal);
        return ending >= 0 && text.EndsWith(string.Create(CultureInfo.InvariantCulture, $", run {seed:x8})"), StringComparison.Ordinal)
            ? text[..ending]
            : text;
    }

    /// <summary>The text of a question with the ending of its next use.</summary>
    /// <exception cref="GenieLoadException"><c>QuestionTooLongForSuffix</c>.</exception>
    public string Next(string questionId, string question)
    {
        int iteration = _uses[question] = _uses.GetValueOrDefault(question) + 1;
        string text = string.Create(CultureInfo.InvariantCulture, $"{question} (iteration {iteration}, run {seed:x8})");
        return text.Length <= Question.MaximumTextLength ? text : throw PlanningErrors.QuestionTooLongForSuffix(questionId, text.Length);
    }
}
