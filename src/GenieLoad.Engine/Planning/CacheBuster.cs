using System.Globalization;
using GenieLoad.Model;

namespace GenieLoad.Engine.Planning;

/// <summary>Gives each asking of a question an ending of its own, so that no cache, of this run or an earlier one, can answer.</summary>
/// <param name="seed">Seed of the run; different seeds make different endings.</param>
internal sealed class CacheBuster(int seed)
{
    // By text and not by id: two rows may ask the same. A cache that ignores case must not be fooled into an answer either.
    private readonly Dictionary<string, int> _uses = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The text of a question as it is asked.</summary>
    /// <param name="question">The question.</param>
    /// <param name="unique">What makes it unique; <see langword="null"/> where it is asked as it is.</param>
    /// <exception cref="GenieLoadException"><c>QuestionTooLongForSuffix</c>.</exception>
    public static string TextOf(Question question, CacheBuster? unique) =>
        unique is null ? question.Text : unique.Next(question.Id, question.Text);

    /// <summary>The text of a question with the ending of its next use.</summary>
    /// <exception cref="GenieLoadException"><c>QuestionTooLongForSuffix</c>.</exception>
    public string Next(string questionId, string question)
    {
        int iteration = _uses[question] = _uses.GetValueOrDefault(question) + 1;
        string text = string.Create(CultureInfo.InvariantCulture, $"{question} (iteration {iteration}, run {seed:x8})");
        return text.Length <= Question.MaximumTextLength ? text : throw PlanningErrors.QuestionTooLongForSuffix(questionId, text.Length);
    }
}
