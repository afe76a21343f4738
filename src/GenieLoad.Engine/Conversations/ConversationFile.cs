using System.Globalization;
using System.Text.RegularExpressions;
using GenieLoad.Engine.DataFiles;
using GenieLoad.Engine.Genie.Wire;
using GenieLoad.Engine.Logging;
using GenieLoad.Model;

namespace GenieLoad.Engine.Conversations;

/// <summary>
/// Exported conversations, in YAML or JSON: a list of them, or an object with <c>conversations</c>, each with its <c>messages</c>; or the
/// messages of one or several, which their <c>conversation_id</c> tells apart. A message has its text as <c>content</c>, and if wanted an
/// instant (<c>timestamp</c> or <c>created_timestamp</c>: milliseconds or seconds since 1970, or ISO 8601, UTC where it does not say), an
/// id, the instant of its last change, a status, a user and a rating, under the names of the service.
/// </summary>
internal static partial class ConversationFile
{
    private const int LongestLabel = 200;
    private const double LongestAnswerSeconds = 3600;

    private static readonly string[] Texts = ["content", "question", "text"];
    private static readonly string[] Instants = ["created_timestamp", "timestamp", "created_at", "asked_at"];

    /// <summary>Whether a file holds conversations, by its outermost members.</summary>
    /// <param name="root">What it holds.</param>
    public static bool Is(DataValue root) => root.Value switch
    {
        IReadOnlyList<DataMember> members => Member(members, "conversations") is not null || Member(members, "messages") is not null,
        IReadOnlyList<DataValue> items => items.Count > 0 && items[0].Value is IReadOnlyList<DataMember> first
            && (Member(first, "messages") is not null || IsMessage(first) || IsListed(first)),
        _ => false,
    };

    /// <summary>Whether an object of a bare list is a message, and not a question that somebody wrote.</summary>
    private static bool IsMessage(IReadOnlyList<DataMember> members) => Member(members, "content") is not null && !IsQuestion(members);

    /// <summary>Whether an object of a bare list is a conversation as the service lists it, without its messages.</summary>
    private static bool IsListed(IReadOnlyList<DataMember> members) =>
        Member(members, "conversation_id") is not null && !IsQuestion(members);

    private static bool IsQuestion(IReadOnlyList<DataMember> members) =>
        Member(members, "question") is not null || Member(members, "text") is not null;

    /// <summary>The conversations of a file, in the order in which they began.</summary>
    /// <param name="root">What it holds; see <see cref="Is"/>.</param>
    /// <param name="path">Its path, for errors.</param>
    /// <exception cref="GenieLoadException">
    /// <c>NotConversations</c>, <c>NotAConversation</c>, <c>NotAMessage</c>, <c>MessagesMissing</c>.
    /// </exception>
    public static ConversationHistory Read(DataValue root, string path)
    {
        int agents = 0;
        int textless = 0;
        List<string> strange = [];
        List<RecordedConversation> conversations = [];
        IReadOnlyList<DataValue> items = Items(root, path);
        if (items.Count > 0 && items.All(item => item.Value is IReadOnlyList<DataMember> listed && Member(listed, "messages") is null))
            throw ConversationsErrors.MessagesMissing(items.Count, InputFile.Place(path, items[0].Line)!);
        foreach (DataValue item in items)
        {
            if (item.Value is not IReadOnlyList<DataMember> members)
                throw ConversationsErrors.NotAConversation(item.Scalar, InputFile.Place(path, item.Line)!);
            if (Text(members, "agent_type")?.EndsWith("AGENT", StringComparison.OrdinalIgnoreCase) == true)
            {
                agents++;
                continue;
            }
            DataValue? list = Member(members, "messages")?.Value;
            if (list?.Value is not (null or IReadOnlyList<DataValue>))
                throw ConversationsErrors.NotConversations("messages", list.Scalar, InputFile.Place(path, list.Line)!);
            string? id = Label(members, "conversation_id", "id");
            foreach (IGrouping<string?, RecordedMessage?> messages in (list?.Value as IReadOnlyList<DataValue> ?? [])
                .GroupBy(message => id ?? ConversationOf(message), message => Message(message, path, strange)))
            {
                textless += messages.Count(message => message is null);
                RecordedMessage[] usable = [.. messages.OfType<RecordedMessage>()];
                if (RecordedConversation.Of(messages.Key, OldestFirst(usable)) is RecordedConversation conversation)
                    conversations.Add(conversation);
            }
        }
        RecordedConversation[] ofPeople = [.. conversations.Where(one => !LoadTestTraces.AreIn(one))];
        return new ConversationHistory
        {
            Conversations = RecordedConversation.InOrder(ofPeople), AgentCount = agents, TextlessCount = textless,
            LoadTestCount = conversations.Count - ofPeople.Length,
            StrangeTimes = strange,
        };
    }

    private static string? ConversationOf(DataValue message) =>
        message.Value is IReadOnlyList<DataMember> members ? Label(members, "conversation_id") : null;

    private static IReadOnlyList<DataValue> Items(DataValue root, string path)
    {
        DataValue list = root.Value is not IReadOnlyList<DataMember> members ? root
            : Member(members, "conversations")?.Value ?? new DataValue(new[] { root }, root.Line);
        return list.Value switch
        {
            null => [],
            // The messages themselves, as the service lists them.
            IReadOnlyList<DataValue> items when ReferenceEquals(root, list) && items.Count > 0
                && items[0].Value is IReadOnlyList<DataMember> first && Member(first, "messages") is null && IsMessage(first) =>
                [new DataValue(new[] { new DataMember("messages", list, list.Line) }, list.Line)],
            IReadOnlyList<DataValue> items => items,
            _ => throw ConversationsErrors.NotConversations("conversations", list.Scalar, InputFile.Place(path, list.Line)!),
        };
    }

    /// <summary>A list of the service begins with the newest; where all instants are known, they decide anyway.</summary>
    private static RecordedMessage[] OldestFirst(RecordedMessage[] messages) =>
        messages.Length > 1 && messages[0].AskedAt > messages[^1].AskedAt ? [.. Enumerable.Reverse(messages)] : messages;

    /// <summary>A message; <see langword="null"/> for one without a text that can be asked.</summary>
    private static RecordedMessage? Message(DataValue item, string path, List<string> strange)
    {
        string place = InputFile.Place(path, item.Line)!;
        if (item.Value is string plain)
            return IsText(plain.Trim()) ? new RecordedMessage { Text = plain.Trim(), Place = place } : null;
        if (item.Value is not IReadOnlyList<DataMember> members)
            throw ConversationsErrors.NotAMessage(item.Scalar, place);
        DataMember? content = Texts.Select(name => Member(members, name)).FirstOrDefault(member => member is not null);
        if (content?.Value.Value is IReadOnlyList<DataMember> or IReadOnlyList<DataValue>)
            throw ConversationsErrors.NotAMessage(content.Value.Scalar, InputFile.Place(path, content.Line)!);
        string text = (content is null ? "" : Convert.ToString(content.Value.Value, CultureInfo.InvariantCulture) ?? "").Trim();
        if (!IsText(text))
            return null;
        DateTime? asked = Instants.Select(name => Instant(members, name)).FirstOrDefault(instant => instant is not null);
        if (asked is null && Instants.Select(name => Member(members, name)).FirstOrDefault(IsSaid) is DataMember said)
            strange.Add($"{InputFile.Place(path, said.Line)}: {said.Name} is {ShownValue.Of(said.Value.Scalar)}");
        double? seconds = (Instant(members, "last_updated_timestamp") - asked)?.TotalSeconds;
        string? status = Text(members, "status")?.ToUpperInvariant();
        return new RecordedMessage
        {
            Id = Label(members, "message_id", "id"),
            Text = text,
            AskedAt = asked,
            Seconds = seconds is >= 0 and <= LongestAnswerSeconds && (status is null || MessageStatus.IsTerminal(status)) ? seconds : null,
            IsAnswered = MessageStatus.IsTerminal(status) ? status is not (MessageStatus.Failed or MessageStatus.Cancelled) : null,
            Failed = MessageStatus.IsTerminal(status) ? status == MessageStatus.Failed : null,
            Rating = Rating(members),
            User = Label(members, "user_id", "user"),
            Place = place,
        };
    }

    private static bool IsText(string text) => text.Length is > 0 and <= Question.MaximumTextLength;

    private static bool IsSaid(DataMember? member) =>
        member?.Value.Value is not null && !(member.Value.Value is string text && string.IsNullOrWhiteSpace(text));

    private static string? Rating(IReadOnlyList<DataMember> members)
    {
        string? rating = Member(members, "feedback")?.Value.Value is IReadOnlyList<DataMember> feedback
            ? Text(feedback, "rating")
            : Text(members, "feedback") ?? Text(members, "rating");
        return rating?.ToUpperInvariant() is "POSITIVE" or "NEGATIVE" ? rating.ToUpperInvariant() : null;
    }

    /// <summary>An instant, UTC; <see langword="null"/> for what is none.</summary>
    private static DateTime? Instant(IReadOnlyList<DataMember> members, string name)
    {
        if (Text(members, name) is not string text)
            return null;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number))
        {
            // Seconds may have a fraction, as programs in Python write them.
            return number is > 0 and < 1e14 ? EpochTime.Instant((long)(number < 1e11 ? number * 1000 : number)) : null;
        }
        // What else can be read depends on the country and on the day: 11/12/2025, 10:30.
        return Iso().IsMatch(text) && DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset instant)
            ? instant.UtcDateTime
            : null;
    }

    [GeneratedRegex(
        @"^\s*\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?)?(Z| ?[+-]\d{2}(:?\d{2})?)?\s*$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Iso();

    /// <summary>An id or name that a question can have; what is none counts as left out.</summary>
    private static string? Label(IReadOnlyList<DataMember> members, params string[] names) => names
        .Select(name => Text(members, name)?.Trim())
        .FirstOrDefault(text => text is { Length: > 0 and <= LongestLabel } && !text.Any(char.IsControl));

    private static string? Text(IReadOnlyList<DataMember> members, string name) => Member(members, name)?.Value.Value switch
    {
        null or IReadOnlyList<DataMember> or IReadOnlyList<DataValue> => null,
        object value => Convert.ToString(value, CultureInfo.InvariantCulture),
    };

    private static DataMember? Member(IReadOnlyList<DataMember> members, string name) =>
        members.FirstOrDefault(member => string.Equals(member.Name, name, StringComparison.OrdinalIgnoreCase));
}
