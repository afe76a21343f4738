using System.Globalization;
using GenieLoad.Engine.DataFiles;
using GenieLoad.Engine.Logging;
using GenieLoad.Model;

namespace GenieLoad.Engine.Questions;

/// <summary>
/// Makes checked lists of questions, whatever they come from. Questions without an id get <c>q1</c>, <c>q2</c> ... by their place.
/// </summary>
public static class QuestionList
{
    /// <summary>Most questions in a list, and in a test.</summary>
    public const int MaximumCount = 1_000_000;

    /// <summary>Greatest weight of a question.</summary>
    public const double MaximumWeight = 1_000_000;

    /// <summary>Longest id and longest label of a conversation, in characters.</summary>
    public const int MaximumLabelLength = 200;

    /// <summary>A list of texts.</summary>
    /// <param name="texts">The questions; blanks around them are dropped.</param>
    /// <exception cref="GenieLoadException">
    /// <c>NoQuestions</c>, <c>EmptyQuestion</c>, <c>QuestionTooLong</c>, <c>ZeroInQuestion</c>.
    /// </exception>
    public static IReadOnlyList<Question> FromTexts(IEnumerable<string?> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return Build(texts.Select((text, i) => new QuestionRow(text, null, null, null, PlaceInList(i))), null);
    }

    /// <summary>A list of questions that came together from anywhere, such as the pipeline. An empty id means none yet.</summary>
    /// <param name="questions">The questions.</param>
    /// <param name="firstNumber">Number of the first, for ids such as <c>q1</c>.</param>
    /// <exception cref="GenieLoadException">
    /// <c>NoQuestions</c>, <c>EmptyQuestion</c>, <c>QuestionTooLong</c>, <c>ZeroInQuestion</c>, <c>InvalidWeight</c>,
    /// <c>InvalidQuestionId</c>, <c>InvalidConversation</c>, <c>DuplicateQuestionId</c>, <c>UnevenConversation</c>,
    /// <c>TooManyQuestions</c>.
    /// </exception>
    public static IReadOnlyList<Question> FromQuestions(IEnumerable<Question> questions, int firstNumber = 1)
    {
        ArgumentNullException.ThrowIfNull(questions);
        return Build(
            questions.Select((q, i) => new QuestionRow(q.Text, q.Id, q.Weight, q.Conversation, PlaceInList(i)) { Known = q }),
            null, firstNumber);
    }

    /// <summary>
    /// One question from loose fields, such as a row of <c>Import-Csv</c>: <c>question</c> (or <c>text</c>), and if wanted <c>id</c>,
    /// <c>weight</c>, <c>conversation</c> and what a space said of it; others are left alone. Without an id its id is empty until
    /// <see cref="FromQuestions"/> numbers it within its list.
    /// </summary>
    /// <param name="fields">The fields; the dictionary should not care about case.</param>
    /// <exception cref="GenieLoadException">
    /// <c>NotAQuestion</c>, <c>InvalidAskedAt</c>, <c>InvalidRecordedSeconds</c>, or an error of <see cref="FromQuestions"/> about one
    /// question.
    /// </exception>
    public static Question FromRow(IReadOnlyDictionary<string, object?> fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        if (!fields.TryGetValue("question", out object? text) && !fields.TryGetValue("text", out text))
            throw QuestionsErrors.NotAQuestion([.. fields.Keys], null);
        if (text is not (null or string))
            throw QuestionsErrors.NotAQuestion(text, null);
        string place = $"question {ShownValue.Of(((string?)text)?.Trim())}";
        return Check(new QuestionRow(
            (string?)text, Label(fields, "id"), fields.GetValueOrDefault("weight"), Label(fields, "conversation"), place)
        {
            Known = KnownFields.Read(name => fields.GetValueOrDefault(name), place),
        });
    }

    /// <summary>One question that somebody typed, and not the name of the file that it is in.</summary>
    /// <param name="text">What was typed.</param>
    /// <exception cref="GenieLoadException"><c>FileInsteadOfQuestion</c>, or an error of <see cref="FromQuestions"/>.</exception>
    public static Question FromTyped(string? text) => QuestionFile.IsMeant(text)
        ? throw QuestionsErrors.FileInsteadOfQuestion(text!.Trim())
        : FromRow(new Dictionary<string, object?> { ["question"] = text });

    /// <summary>The error of a file where a question is wanted.</summary>
    /// <param name="path">Its name.</param>
    public static GenieLoadException FileInsteadOfQuestion(string path) => QuestionsErrors.FileInsteadOfQuestion(path);

    /// <summary>The error of what can be no question.</summary>
    /// <param name="value">A number, a date, a choice.</param>
    public static GenieLoadException NotAQuestion(object? value) => QuestionsErrors.NotAQuestion(value, null);

    /// <summary>Checks rows and numbers those without an id.</summary>
    /// <param name="rows">The rows, in order.</param>
    /// <param name="source">Path of the file they come from; <see langword="null"/> for none.</param>
    /// <param name="firstNumber">Number of the first row, for ids such as <c>q1</c>.</param>
    internal static IReadOnlyList<Question> Build(IEnumerable<QuestionRow> rows, string? source, int firstNumber = 1)
    {
        List<(Question Question, string Place)> checkedRows = [.. rows.Select(row => (Check(row), row.Place))];
        if (checkedRows.Count == 0)
            throw QuestionsErrors.NoQuestions(source);
        if (checkedRows.Count > MaximumCount)
            throw QuestionsErrors.TooManyQuestions(checkedRows.Count);
        CheckConversations(checkedRows);
        Dictionary<string, string> taken = GivenIds(checkedRows);
        List<Question> questions = new(checkedRows.Count);
        for (int i = 0; i < checkedRows.Count; i++)
        {
            Question question = checkedRows[i].Question;
            questions.Add(question.Id.Length > 0 ? question : question with { Id = FreeId(firstNumber + i, taken) });
        }

        return questions;
    }

    private static string? Label(IReadOnlyDictionary<string, object?> fields, string name) =>
        Convert.ToString(fields.GetValueOrDefault(name), CultureInfo.InvariantCulture);

    private static string PlaceInList(int index) => string.Create(CultureInfo.InvariantCulture, $"question {index + 1} of the list");

    private static Question Check(QuestionRow row)
    {
        string text = (row.Text ?? "").Trim();
        if (text.Length == 0)
            throw QuestionsErrors.EmptyQuestion(row.Place);
        if (text.Length > Question.MaximumTextLength)
            throw QuestionsErrors.QuestionTooLong(text.Length, row.Place);
        if (text.Contains('\0', StringComparison.Ordinal))
            throw QuestionsErrors.ZeroInQuestion(row.Place);
        string id = (row.Id ?? "").Trim();
        if (!IsLabel(id))
            throw QuestionsErrors.InvalidQuestionId(id, row.Place);
        string conversation = (row.Conversation ?? "").Trim();
        if (!IsLabel(conversation))
            throw QuestionsErrors.InvalidConversation(conversation, row.Place);
        return (row.Known ?? new Question { Id = id, Text = text }) with
        {
            Id = id, Text = text, Weight = ReadWeight(row), Conversation = conversation.Length == 0 ? null : conversation,
        };
    }

    /// <summary>Whether a text can be an id or a label: not too long, and on one line.</summary>
    /// <param name="text">The text.</param>
    internal static bool IsLabel(string text) => text.Length <= MaximumLabelLength && !text.Any(char.IsControl);

    private static double ReadWeight(QuestionRow row)
    {
        double weight = row.Weight switch
        {
            null => 1,
            string text when string.IsNullOrWhiteSpace(text) => 1,
            string text => TableFormat.Unknown.TryReadNumber(text, ',', out double parsed) ? parsed : double.NaN,
            int or long or double or decimal or float or short or byte => Convert.ToDouble(row.Weight, CultureInfo.InvariantCulture),
            _ => double.NaN,
        };
        return weight is > 0 and <= MaximumWeight ? weight : throw QuestionsErrors.InvalidWeight(row.Weight, row.Place);
    }

    private static void CheckConversations(List<(Question Question, string Place)> rows)
    {
        Dictionary<string, double> weights = [];
        foreach ((Question question, string place) in rows)
        {
            if (question.Conversation is not string label || weights.TryAdd(label, question.Weight))
                continue;
            if (weights[label] != question.Weight)
                throw QuestionsErrors.UnevenConversation(label, place);
        }
    }

    private static Dictionary<string, string> GivenIds(List<(Question Question, string Place)> rows)
    {
        Dictionary<string, string> taken = new(StringComparer.OrdinalIgnoreCase);
        foreach ((Question question, string place) in rows)
        {
            if (question.Id.Length > 0 && !taken.TryAdd(question.Id, place))
                throw QuestionsErrors.DuplicateQuestionId(question.Id, place, taken[question.Id]);
        }

        return taken;
    }

    // The number is the place in the list; an id of the user's own that looks the same keeps its name.
    private static string FreeId(int number, Dictionary<string, string> taken)
    {
        string id = string.Create(CultureInfo.InvariantCulture, $"q{number}");
        while (!taken.TryAdd(id, ""))
            id += "_";
        return id;
    }
}
