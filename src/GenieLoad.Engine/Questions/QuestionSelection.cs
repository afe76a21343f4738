using System.Globalization;
using GenieLoad.Model;

namespace GenieLoad.Engine.Questions;

/// <summary>
/// Which questions of spaces are wanted, and the ids that they get: <c>b1</c> is the first benchmark, <c>s2</c> the second sample. One
/// selection numbers the questions of all spaces and files of a call, so that no two have the same id.
/// </summary>
public sealed class QuestionSelection
{
    private static readonly string[] Usual = [QuestionOrigin.Sample, QuestionOrigin.Benchmark];

    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);
    private readonly CallConversations _conversations = new();
    private readonly bool _isGiven;

    /// <summary>A selection.</summary>
    /// <param name="origins">
    /// Of <see cref="QuestionOrigin"/>; samples and benchmarks when empty. Genie reads the examples with each question, so that nobody
    /// should ask them by accident.
    /// </param>
    public QuestionSelection(IReadOnlyList<string> origins)
    {
        ArgumentNullException.ThrowIfNull(origins);
        _isGiven = origins.Count > 0;
        Origins = _isGiven
            ? [.. QuestionOrigin.All.Where(origin => origins.Contains(origin, StringComparer.OrdinalIgnoreCase))]
            : Usual;
    }

    /// <summary>Where the wanted questions come from, each origin once.</summary>
    public IReadOnlyList<string> Origins { get; }

    /// <summary>Questions of the call that were left out because another space or file had them.</summary>
    public int RepeatedCount { get; private set; }

    /// <summary>Whether questions of an origin are wanted.</summary>
    /// <param name="origin">The origin.</param>
    public bool Wants(string origin) => Origins.Contains(origin, StringComparer.Ordinal);

    /// <summary>The questions of a list that anybody wrote; all, where nobody said which are wanted.</summary>
    /// <param name="questions">The list.</param>
    /// <param name="source">The file.</param>
    /// <exception cref="GenieLoadException"><c>NoQuestionsOfSource</c>.</exception>
    internal IReadOnlyList<Question> Of(IReadOnlyList<Question> questions, string source)
    {
        if (!_isGiven)
            return questions;
        Question[] wanted = [.. questions.Where(question => question.Origin is string origin && Wants(origin))];
        return wanted.Length > 0 ? wanted : throw QuestionsErrors.NoQuestionsOfSource(source, Origins);
    }

    /// <summary>
    /// The questions of a space or file with labels of conversations that no other of the call has; what another has already given is left
    /// out.
    /// </summary>
    /// <param name="questions">Its questions.</param>
    /// <param name="source">The space or file.</param>
    /// <param name="warn">Told how many were left out.</param>
    /// <param name="isAnonymous">Whether to leave out who asked.</param>
    internal IReadOnlyList<Question> Join(
        IReadOnlyList<Question> questions, string source, Action<string> warn, bool isAnonymous = false)
    {
        IReadOnlyList<Question> joined = _conversations.Add(questions, isAnonymous, out int repeated);
        RepeatedCount += repeated;
        if (repeated > 0)
        {
            warn(string.Create(
                CultureInfo.InvariantCulture,
                $"{source}: {repeated:N0} of {questions.Count:N0} questions were read before; each is read once."));
        }
        return joined;
    }

    /// <summary>Numbers the questions that were read of one space or export, each text once.</summary>
    /// <param name="questions">Questions without ids.</param>
    /// <param name="source">The space or file.</param>
    /// <param name="warn">Told of what is not there, or there twice.</param>
    /// <param name="since">Instant from which on conversations were wanted, UTC; <see langword="null"/> for all.</param>
    /// <exception cref="GenieLoadException"><c>NoQuestionsOfSource</c>: there is none of what is wanted.</exception>
    public IReadOnlyList<Question> Number(
        IReadOnlyList<Question> questions, string source, Action<string> warn, DateTime? since = null)
    {
        ArgumentNullException.ThrowIfNull(questions);
        ArgumentNullException.ThrowIfNull(warn);
        if (questions.Count == 0)
            throw QuestionsErrors.NoQuestionsOfSource(source, Origins, since);
        foreach (string origin in _isGiven ? Origins : [])
        {
            if (!questions.Any(question => question.Origin == origin))
                warn($"{source} has no questions of the source {origin}.");
        }
        IReadOnlyList<Question> different = Different(questions);
        if (questions.Count - different.Count is > 0 and int repeated)
        {
            string are = repeated == 1 ? "question is" : "questions are";
            warn(string.Create(
                CultureInfo.InvariantCulture, $"{source}: {repeated:N0} {are} there more than once; each text is given once."));
        }
        return [.. different.Select(question => question with { Id = NextId(question.Origin!) })];
    }

    /// <summary>Each text once: where the same is a sample and a benchmark, the one with the right answer.</summary>
    private static IReadOnlyList<Question> Different(IReadOnlyList<Question> questions)
    {
        Dictionary<string, Question> kept = new(StringComparer.Ordinal);
        foreach (Question question in questions.Where(IsWritten))
        {
            if (!kept.TryGetValue(question.Text, out Question? first) || Worth(question) > Worth(first))
                kept[question.Text] = question;
        }
        return [.. questions.Where(question => !IsWritten(question) || ReferenceEquals(kept[question.Text], question))];
    }

    // What people asked is kept as often as they asked it.
    private static bool IsWritten(Question question) => question.Origin != QuestionOrigin.Conversation;

    // A benchmark's SQL is the truth; an example's is what Genie has before it.
    private static int Worth(Question question) =>
        (question.Origin == QuestionOrigin.Benchmark ? 2 : 0) + (question.ExpectedSql is null ? 0 : 1);

    private string NextId(string origin)
    {
        int number = _counts[origin] = _counts.GetValueOrDefault(origin) + 1;
        return string.Create(CultureInfo.InvariantCulture, $"{char.ToLowerInvariant(origin[0])}{number}");
    }
}
