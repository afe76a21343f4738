using GenieLoad.Engine.Addresses;
using GenieLoad.Engine.Genie;
using GenieLoad.Engine.Genie.Wire;
using GenieLoad.Engine.Http;
using GenieLoad.Engine.Logging;
using GenieLoad.Engine.Randomness;
using GenieLoad.Model;

namespace GenieLoad.Engine.Conversations;

/// <summary>Reads what people have asked a space. It asks no question.</summary>
/// <param name="client">Way to the workspace.</param>
public sealed class ConversationReader(GenieApiClient client)
{
    /// <summary>Conversations that are read at once.</summary>
    public const int Width = 8;

    private const int PageSize = 100;
    private const double LongestListSeconds = 120;
    private const double LongestConversationSeconds = 60;
    private const int LongestLabel = 200;

    // Genie itself ends a question after some minutes. What changes a message later, such as a thumb, is not the end of its answer.
    private const double LongestAnswerSeconds = 3600;

    private static readonly RedactedRecord<RecordedMessage> SeenMessage = new(nameof(RecordedMessage.Place));

    /// <summary>Ids of conversations that load tests held, and no person; they are counted and not read.</summary>
    public IReadOnlySet<string> LoadTests { get; init; } = new HashSet<string>();

    /// <summary>Told how many conversations of how many are read.</summary>
    public Action<int, int>? Progress { get; set; }

    /// <summary>
    /// Reads the conversations of a space: of everybody where the credential may (CAN MANAGE), otherwise its own. Conversations in agent
    /// mode, those of load tests and those that cannot be read are counted, not read. A credential that is refused, a service that does
    /// not answer and one that takes no more calls end it.
    /// </summary>
    /// <param name="spaceId">The space.</param>
    /// <param name="since">Only conversations that began at this instant or later, UTC; <see langword="null"/> for all.</param>
    /// <param name="stop">Ends it at once.</param>
    /// <exception cref="GenieLoadException">
    /// <c>AccessDenied</c>, <c>SpaceNotFound</c>, <c>ListWithoutEnd</c>, and other errors of <see cref="GenieConnector"/>.
    /// </exception>
    public async Task<ConversationHistory> ReadAsync(string spaceId, DateTime? since, CancellationToken stop)
    {
        try
        {
            (List<GenieConversation> listed, bool includesOthers) = await ListAsync(spaceId, since, stop).ConfigureAwait(false);
            GenieConversation[] all =
            [
                .. listed.Where(one => since is null || one.CreatedAt is null || one.CreatedAt >= since).DistinctBy(one => one.Identity),
            ];
            GenieConversation[] wanted = [.. all.Where(one => one.Identity is null || !LoadTests.Contains(one.Identity))];
            GenieConversation[] chats = [.. wanted.Where(one => !one.IsAgent)];
            List<Reading> read = await ReadAllAsync(spaceId, chats, stop).ConfigureAwait(false);
            RecordedConversation[] held =
            [
                .. read.Select(reading => reading.Conversation).OfType<RecordedConversation>()
                    .Where(one => since is null || one.BeganAt is null || one.BeganAt >= since),
            ];
            RecordedConversation[] ofPeople = [.. held.Where(one => !LoadTestTraces.AreIn(one))];
            return new ConversationHistory
            {
                Conversations = RecordedConversation.InOrder(ofPeople),
                LoadTestCount = all.Length - wanted.Length + held.Length - ofPeople.Length,
                IncludesOthers = includesOthers,
                AgentCount = wanted.Length - chats.Length,
                UnreadableCount = read.Count(reading => reading.IsUnreadable),
                Broken = [.. read.Select(reading => reading.Broken).OfType<string>()],
                TextlessCount = read.Sum(reading => reading.Textless),
            };
        }
        catch (ApiException e)
        {
            throw new GenieConnector(client).Explain(e, spaceId);
        }
    }

    /// <summary>All conversations; where that is not allowed, those of the credential.</summary>
    private async Task<(List<GenieConversation> Listed, bool IncludesOthers)> ListAsync(
        string spaceId, DateTime? since, CancellationToken stop)
    {
        try
        {
            return (await ListAsync(spaceId, since, includeAll: true, stop).ConfigureAwait(false), true);
        }
        catch (ApiException e) when (e.Failure.HttpStatus == 403)
        {
            return (await ListAsync(spaceId, since, includeAll: false, stop).ConfigureAwait(false), false);
        }
    }

    private async Task<List<GenieConversation>> ListAsync(
        string spaceId, DateTime? since, bool includeAll, CancellationToken stop)
    {
        List<GenieConversation> listed = [];
        int olderInARow = 0;
        await foreach (GenieConversation conversation in client
            .ListConversationsAsync(spaceId, Policy("List of conversations", LongestListSeconds), stop, includeAll).ConfigureAwait(false))
        {
            listed.Add(conversation);
            // The list begins with the newest; a whole page of older ones says that nothing new comes.
            olderInARow = conversation.CreatedAt < since ? olderInARow + 1 : 0;
            if (olderInARow >= PageSize)
                break;
        }
        return listed;
    }

    private async Task<List<Reading>> ReadAllAsync(string spaceId, GenieConversation[] chats, CancellationToken stop)
    {
        List<Reading> read = [];
        Progress?.Invoke(0, chats.Length);
        foreach (GenieConversation[] some in chats.Chunk(Width))
        {
            Reading[] these = await Task.WhenAll(some.Select(chat => ReadAsync(spaceId, chat, stop))).ConfigureAwait(false);
            // One or two are broken; where all are, the service is.
            if (these.Length == Width && Array.TrueForAll(these, reading => reading.Fault is not null))
                throw these[0].Fault!;
            read.AddRange(these);
            Progress?.Invoke(read.Count, chats.Length);
        }
        return read;
    }

    private async Task<Reading> ReadAsync(string spaceId, GenieConversation chat, CancellationToken stop)
    {
        // An id that can be none leads elsewhere.
        if (!ServiceId.IsPlausible(chat.Identity))
            return new Reading(null, 0, IsUnreadable: true);
        List<GenieMessage> newestFirst = [];
        try
        {
            await foreach (GenieMessage message in client
                .ListMessagesAsync(spaceId, chat.Identity!, Policy("Conversation", LongestConversationSeconds), stop).ConfigureAwait(false))
                newestFirst.Add(message);
        }
        catch (ApiException e) when (e.Failure.HttpStatus is 403 or 404)
        {
            return new Reading(null, 0, IsUnreadable: true);
        }
        catch (ApiException e) when (IsOfOneConversation(e.Failure))
        {
            string why = e.Failure.Answered ? "an answer that cannot be read" : $"HTTP {e.Failure.HttpStatus}";
            return new Reading(null, 0, IsUnreadable: true, $"{chat.Identity} ({why})") { Fault = e };
        }
        catch (GenieLoadException e) when (e.ErrorId == "ListWithoutEnd")
        {
            return new Reading(null, 0, IsUnreadable: true, $"{chat.Identity} (its messages have no end)");
        }
        RecordedMessage[] messages = [.. Enumerable.Reverse(newestFirst).Select(Recorded).OfType<RecordedMessage>()];
        return new Reading(
            RecordedConversation.Of(chat.Identity, messages), newestFirst.Count - messages.Length, IsUnreadable: false);
    }

    /// <summary>
    /// Whether a failure is that of one conversation: the service answered, and it refused neither the credential nor so many calls.
    /// </summary>
    private static bool IsOfOneConversation(ApiFailure failure) => !failure.TokenRefused && failure.Kind != FailureKind.Throttled
        && (failure.HttpStatus is not null || failure.Answered);

    private static RecordedMessage? Recorded(GenieMessage message)
    {
        string text = (message.Content ?? "").Trim();
        if (text.Length is 0 or > Question.MaximumTextLength)
            return null;
        bool isOver = MessageStatus.IsTerminal(message.Status);
        return SeenMessage.Redact(new RecordedMessage
        {
            Id = ServiceId.OrNull(message.Identity),
            Text = text,
            AskedAt = message.AskedAt,
            Seconds = isOver && message.ServerSeconds is <= LongestAnswerSeconds ? message.ServerSeconds : null,
            IsAnswered = isOver ? message.Status is not (MessageStatus.Failed or MessageStatus.Cancelled) : null,
            Failed = isOver ? message.Status == MessageStatus.Failed : null,
            Rating = message.Feedback?.Rating is "POSITIVE" or "NEGATIVE" ? message.Feedback.Rating : null,
            User = message.UserId is { Length: > 0 and <= LongestLabel } user && !user.Any(char.IsControl) ? user : null,
        });
    }

    // A person is waiting.
    private CallPolicy Policy(string caller, double seconds) => new(SeededRandom.For(0, "talks", 0))
    {
        Caller = caller,
        IsWaitedFor = true,
        Deadline = client.Time.GetTimestamp() + (long)(seconds * client.Time.TimestampFrequency),
    };

    private sealed record Reading(RecordedConversation? Conversation, int Textless, bool IsUnreadable, string? Broken = null)
    {
        public ApiException? Fault { get; init; }
    }
}
