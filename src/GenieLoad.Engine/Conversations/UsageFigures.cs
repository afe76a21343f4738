using System.Globalization;
using GenieLoad.Engine.Statistics;
using GenieLoad.Model;

namespace GenieLoad.Engine.Conversations;

/// <summary>The figures of a space's use, from the record of its conversations. Pure.</summary>
public static class UsageFigures
{
    private const double MinuteSeconds = 60;
    private const int FewestWorkers = 10;
    private const int MostWorkers = 100_000;
    private const int MostTurns = 10_000;

    /// <summary>The figures.</summary>
    /// <param name="history">The conversations.</param>
    /// <param name="spaceId">Their space; <see langword="null"/> for none.</param>
    /// <param name="since">Instant from which on they count, UTC; <see langword="null"/> for that of the first question.</param>
    public static SpaceUsage Of(ConversationHistory history, string? spaceId = null, DateTime? since = null)
    {
        ArgumentNullException.ThrowIfNull(history);
        RecordedMessage[] all = [.. history.Conversations.SelectMany(conversation => conversation.Messages)];
        DateTime[] instants = [.. all.Where(message => message.AskedAt is not null).Select(message => message.AskedAt!.Value).Order()];
        UsageHour[] hours = [.. Hours(history)];
        UsageHour? peakHour = hours.MaxBy(hour => hour.Questions);
        (DateTime At, int Count)? peakMinute = PeakMinute(instants);
        double[] thinking = Percentile.Sort(ThinkTimes(history).Select(seconds => (double?)seconds));
        // What failed or was cancelled is no answer; a load test leaves it out too.
        double[] recorded = Percentile.Sort(all.Where(message => message.IsAnswered != false).Select(message => message.Seconds));
        int ended = all.Count(message => message.Failed is not null);
        int failed = all.Count(message => message.Failed == true);
        bool hasThumbs = history.IncludesOthers is not null || Array.Exists(all, message => message.Rating is not null);
        double? perConversation = history.Conversations.Count == 0 ? null : (double)all.Length / history.Conversations.Count;
        string leftOut = string.Join(" ", history.Warnings);
        return Scenario(new SpaceUsage
        {
            SpaceId = spaceId,
            From = since ?? (instants.Length > 0 ? instants[0] : null),
            LastAskedAt = instants.Length > 0 ? instants[^1] : null,
            People = People(all),
            Conversations = history.Conversations.Count,
            Questions = all.Length,
            QuestionsPerConversation = perConversation,
            PeakHour = peakHour?.StartedAt,
            PeakHourQuestions = peakHour?.Questions,
            PeakHourConversations = peakHour?.Conversations,
            PeakMinute = peakMinute?.At,
            PeakMinuteQuestions = peakMinute?.Count,
            ThinkMedianSeconds = Share(thinking, 50),
            ThinkP90Seconds = Share(thinking, 90),
            RecordedMedianSeconds = Share(recorded, 50),
            RecordedP90Seconds = Share(recorded, 90),
            RecordedP95Seconds = Share(recorded, 95),
            Failed = ended == 0 ? null : failed,
            FailedShare = ended == 0 ? null : (double)failed / ended,
            ThumbsUp = hasThumbs ? all.Count(message => message.Rating == "POSITIVE") : null,
            ThumbsDown = hasThumbs ? all.Count(message => message.Rating == "NEGATIVE") : null,
            IncludesOthers = history.IncludesOthers,
            QuestionsWithoutAnswer = all.Count(message => message.Seconds is null),
            QuestionsWithoutTime = all.Length - instants.Length,
            LeftOut = leftOut.Length == 0 ? null : leftOut,
            Hours = new RowList<UsageHour>(hours),
        }, thinking);
    }

    /// <summary>The usage with the fields of a scenario like its busiest hour.</summary>
    private static SpaceUsage Scenario(SpaceUsage usage, double[] thinking)
    {
        if (usage is not { PeakHourQuestions: int questions, QuestionsPerConversation: double each })
            return usage;
        int turns = Math.Clamp((int)Math.Round(each, MidpointRounding.AwayFromZero), 1, MostTurns);
        return usage with
        {
            Arrival = ArrivalShape.Poisson,
            // Not the conversations that began in the hour: its questions are the load, whenever their conversations began and however
            // long they were then.
            Rate = string.Create(CultureInfo.InvariantCulture, $"{(double)questions / turns:0.####}/h"),
            Duration = TimeSpan.FromHours(1),
            TurnsPerConversation = turns,
            ThinkTime = turns == 1 || thinking.Length == 0 ? null : string.Create(
                CultureInfo.InvariantCulture, $"{Percentile.Of(thinking, 25):0.#}s-{Percentile.Of(thinking, 75):0.#}s"),
            WorkerCount = Math.Clamp(2 * usage.PeakMinuteQuestions!.Value, FewestWorkers, MostWorkers),
        };
    }

    private static double? Share(double[] sorted, double percent) => sorted.Length == 0 ? null : Percentile.Of(sorted, percent);

    private static int? People(IReadOnlyCollection<RecordedMessage> messages) =>
        messages.Select(message => message.User).OfType<string>().Distinct(StringComparer.Ordinal).Count() is > 0 and int people
            ? people
            : null;

    private static IEnumerable<double> ThinkTimes(ConversationHistory history) =>
        from conversation in history.Conversations
        from pair in conversation.Messages.Zip(conversation.Messages.Skip(1))
        where pair.First is { AskedAt: not null, Seconds: not null } && pair.Second.AskedAt is not null
        let think = RecordedPause.Seconds(pair.First.AskedAt!.Value, pair.First.Seconds!.Value, pair.Second.AskedAt!.Value)
        where think <= RecordedPause.LongestThinkSeconds
        select think;

    private static IEnumerable<UsageHour> Hours(ConversationHistory history) => history.Conversations
        .SelectMany(conversation => conversation.Messages.Select((message, place) => (message, IsFirst: place == 0)))
        .Where(one => one.message.AskedAt is not null)
        .GroupBy(one => HourOf(one.message.AskedAt!.Value))
        .OrderBy(hour => hour.Key)
        .Select(hour => new UsageHour
        {
            StartedAt = hour.Key,
            Questions = hour.Count(),
            Conversations = hour.Count(one => one.IsFirst),
            People = People([.. hour.Select(one => one.message)]),
            Failed = hour.Any(one => one.message.Failed is not null) ? hour.Count(one => one.message.Failed == true) : null,
        });

    /// <summary>The hour of the local clock in which an instant lies, UTC; where clocks stand at the half hour, so do the hours.</summary>
    private static DateTime HourOf(DateTime utc)
    {
        long local = utc.Ticks + TimeZoneInfo.Local.GetUtcOffset(utc).Ticks;
        return utc.AddTicks(-(local % TimeSpan.TicksPerHour));
    }

    /// <summary>The 60 seconds with the most instants: a limit counts over any of them, not by the minutes of the clock.</summary>
    private static (DateTime At, int Count)? PeakMinute(DateTime[] rising)
    {
        (DateTime At, int Count)? peak = null;
        for (int first = 0, end = 0; first < rising.Length; first++)
        {
            while (end < rising.Length && (rising[end] - rising[first]).TotalSeconds < MinuteSeconds)
                end++;
            if (peak is null || end - first > peak.Value.Count)
                peak = (rising[first], end - first);
        }
        return peak;
    }
}
