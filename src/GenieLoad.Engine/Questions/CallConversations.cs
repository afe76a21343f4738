using System.Globalization;
using GenieLoad.Model;

namespace GenieLoad.Engine.Questions;

/// <summary>
/// The recorded conversations of all spaces and files of a call. Different conversations keep different labels, and what two exports both
/// have is read once.
/// </summary>
internal sealed class CallConversations
{
    // The service's ids are hexadecimal and of this length at least; whatever is shorter, two people may both have thought of.
    private const int ShortestServiceId = 16;

    private readonly Dictionary<string, List<Talk>> _byGivenLabel = new(StringComparer.Ordinal);
    private readonly HashSet<string> _labels = new(StringComparer.Ordinal);
    private readonly HashSet<string> _ids = new(StringComparer.OrdinalIgnoreCase);
    private int _anonymous;

    /// <summary>The questions of one more space or file, with labels and ids that no other of the call has.</summary>
    /// <param name="questions">Its questions; those that nobody recorded stay as they are.</param>
    /// <param name="isAnonymous">Whether to leave out who asked, with the ids by which the service would tell.</param>
    /// <param name="repeated">How many were left out because another space or file of the call had them.</param>
    /// <remarks>
    /// Conversations of two files under one name are one if the name is an id of the service, or if they have a message in common.
    /// </remarks>
    public IReadOnlyList<Question> Add(IReadOnlyList<Question> questions, bool isAnonymous, out int repeated)
    {
        Dictionary<string, Talk> talks = new(StringComparer.Ordinal);
        foreach (IGrouping<string, Question> group in questions.Where(IsRecorded).Where(question => question.Conversation is not null)
            .GroupBy(question => question.Conversation!, StringComparer.Ordinal))
            talks[group.Key] = SameAs(group.Key, [.. group]) ?? NewTalk(group.Key, isAnonymous);
        List<Question> added = new(questions.Count);
        foreach (Question question in questions)
        {
            Talk? talk = IsRecorded(question) && question.Conversation is string label ? talks[label] : null;
            if (talk is not null && question.SourceId is not null && !talk.Messages.Add(Key(question)))
                continue;
            Question renamed = talk is null ? question : question with { Conversation = talk.Label };
            // Of a hand-written list two equal ids stay an error; recorded questions are numbered by whoever saved them.
            if (!_ids.Add(renamed.Id) && IsRecorded(renamed))
                renamed = renamed with { Id = FreeId() };
            added.Add(isAnonymous ? renamed with { SourceId = null, User = null } : renamed);
        }
        foreach ((string given, Talk talk) in talks)
        {
            List<Talk> known = _byGivenLabel.TryGetValue(given, out List<Talk>? list) ? list : _byGivenLabel[given] = [];
            if (!known.Contains(talk))
                known.Add(talk);
        }
        repeated = questions.Count - added.Count;
        return added;
    }

    private static bool IsRecorded(Question question) => question.Origin == QuestionOrigin.Conversation || question.AskedAt is not null;

    private static (string?, string, DateTime?) Key(Question question) =>
        (question.SourceId, question.Text, question.AskedAt?.ToUniversalTime());

    private Talk? SameAs(string label, Question[] questions)
    {
        if (!_byGivenLabel.TryGetValue(label, out List<Talk>? known))
            return null;
        return IsServiceId(label)
            ? known[0]
            : known.Find(talk => Array.Exists(
                questions, question => question.SourceId is not null && talk.Messages.Contains(Key(question))));
    }

    private static bool IsServiceId(string label) =>
        label.Length >= ShortestServiceId && label.All(character => char.IsAsciiHexDigit(character) || character == '-');

    private Talk NewTalk(string given, bool isAnonymous)
    {
        string label = isAnonymous ? string.Create(CultureInfo.InvariantCulture, $"c{++_anonymous}") : given;
        string free = label;
        for (int further = 2; !_labels.Add(free); further++)
        {
            string ending = string.Create(CultureInfo.InvariantCulture, $" ({further})");
            free = label[..Math.Min(label.Length, QuestionList.MaximumLabelLength - ending.Length)] + ending;
        }
        return new Talk(free);
    }

    private string FreeId()
    {
        int number = _ids.Count;
        string id;
        do
            id = string.Create(CultureInfo.InvariantCulture, $"q{++number}");
        while (!_ids.Add(id));
        return id;
    }

    private sealed record Talk(string Label)
    {
        public HashSet<(string?, string, DateTime?)> Messages { get; } = [];
    }
}
