using GenieLoad.Engine.Genie;
using GenieLoad.Engine.Http;
using GenieLoad.Engine.Limits;
using GenieLoad.Engine.Planning;
using GenieLoad.Engine.Running;
using GenieLoad.Model;

namespace GenieLoad.Engine.Sessions;

/// <summary>
/// Learns the limit of a workspace from as few questions as possible: rests, sends a burst, and then asks when the explanations that are
/// left disagree. Never more than the allowed questions are accepted, counted from what was sent.
/// </summary>
public sealed class RateLimitSession
{
    // Of rounds in which the limit gave a question back between two sends, so that nothing can be concluded.
    private const int MostRounds = 3;

    private static readonly TimeSpan CleanupTime = TimeSpan.FromSeconds(10);

    private readonly RateLimitRequest _request;
    private readonly IReadOnlyList<SessionSpace> _spaces;

    /// <summary>Prepares it; nothing is sent.</summary>
    /// <param name="request">How it is measured.</param>
    /// <param name="connections">
    /// The connection that is measured, and others that differ from it in their user or space, to find whom the limit belongs to.
    /// </param>
    /// <exception cref="GenieLoadException"><c>InvalidOption</c>, <c>NoSpace</c>, and those of <see cref="RunConnections.Of"/>.</exception>
    public RateLimitSession(RateLimitRequest request, IReadOnlyList<Connection> connections)
    {
        request.Validate();
        _request = request;
        IReadOnlyList<RunConnection>? named = connections.Count > 1 ? RunConnections.Of(connections) : null;
        _spaces = [.. connections.Select((connection, i) => new SessionSpace(connection, AskedSpace.Of(null, connection), named?[i]))];
    }

    /// <summary>Longest time from a stop to the end of the session.</summary>
    public static TimeSpan LongestStop => CleanupTime;

    /// <summary>Told how far it is.</summary>
    public Action<RateLimitProgress>? Progress { get; init; }

    /// <summary>Told of conversations that could not be deleted.</summary>
    public Func<string, Task>? Warn { get; init; }

    /// <summary>Carries it out.</summary>
    /// <param name="open">Opens the way to a workspace.</param>
    /// <param name="time">The clock.</param>
    /// <param name="stop">Ends it; the conversations are still deleted.</param>
    /// <exception cref="GenieLoadException">What is wrong with a workspace, credential or space.</exception>
    public async Task<RateLimit> RunAsync(Func<Connection, GenieApiClient> open, TimeProvider time, CancellationToken stop)
    {
        using var ways = new SessionTargets(_spaces, open);
        IReadOnlyList<RunTarget> targets = await ways.CheckAsync(stop).ConfigureAwait(false);
        Progress?.Invoke(new RateLimitProgress(
            $"Resting for {_request.RestSeconds:0} s, so that the limit is at rest", 0, _request.MaximumQuestions));
        await RunClock.Sleep(time, _request.RestSeconds, stop).ConfigureAwait(false);
        var sender = new LimitSender(_request.Question, time);
        try
        {
            return await MeasureAsync(sender, targets, stop).ConfigureAwait(false);
        }
        catch (ApiException e)
        {
            throw new GenieConnector(targets[0].Client).Explain(e, targets[0].Connection.SpaceId);
        }
        finally
        {
            if (!_request.KeepsConversations)
                await CleanUpAsync(sender).ConfigureAwait(false);
        }
    }

    private async Task<RateLimit> MeasureAsync(LimitSender sender, IReadOnlyList<RunTarget> targets, CancellationToken stop)
    {
        var probe = new LimitProbe(_request.Probe);
        string? trouble = null;
        try
        {
            while (probe.Next() is double second)
            {
                if (await sender.SendAsync(targets[0], second, stop).ConfigureAwait(false) is LimitSend send)
                    probe.Add(send);
                Progress?.Invoke(new RateLimitProgress(Words(probe), sender.Spent, _request.MaximumQuestions));
            }
        }
        catch (ApiException e) when (e.IsAmbiguous || probe.Sends.Count > 0)
        {
            // Everything after a question that may have been accepted would be explained wrongly; what was learned before is paid for.
            trouble = Trouble(e);
        }
        LimitFinding finding = probe.Conclude()
            ?? new LimitFinding { Kind = probe.Sends.Count == 0 ? LimiterKind.Unknown : LimiterKind.None };
        RateLimit limit = LimitReport.Of(finding, probe.Sends, trouble ?? Missing(probe)) with { QuestionsSpent = sender.Spent };
        return trouble is null && targets.Count > 1 && finding.Kind != LimiterKind.None
            ? await OwnerAsync(limit, sender, targets, stop).ConfigureAwait(false)
            : limit;
    }

    /// <summary>Uses the limit up, and asks on another connection at once: whoever is refused shares it.</summary>
    private async Task<RateLimit> OwnerAsync(
        RateLimit limit, LimitSender sender, IReadOnlyList<RunTarget> targets, CancellationToken stop)
    {
        var owner = new LimitOwner();
        List<RateLimitObservation> seen = [.. limit.Observations.Select(one => one with { Connection = targets[0].Connection.Name })];
        int tried = 0;
        string? trouble = null;
        async Task<bool?> AcceptsAsync(RunTarget target)
        {
            try
            {
                if (trouble is not null || sender.Spent >= _request.MaximumQuestions
                    || await sender.SendAsync(target, sender.ElapsedSeconds, stop).ConfigureAwait(false) is not LimitSend send)
                    return null;
                seen.Add(LimitReport.Observation(send, seen.Count + 1, 0, target.Connection.Name));
                return send.IsAccepted;
            }
            catch (ApiException e)
            {
                // The limit itself is known, and paid for.
                trouble = $" {Trouble(e)}";
                return null;
            }
        }
        for (int other = 1; other < targets.Count; other++)
        {
            for (int round = 0; round < MostRounds; round++)
            {
                bool? isUsedUp;
                while ((isUsedUp = !await AcceptsAsync(targets[0]).ConfigureAwait(false)) == false)
                    Progress?.Invoke(new RateLimitProgress("Using the limit up", sender.Spent, _request.MaximumQuestions));
                if (isUsedUp is null || await AcceptsAsync(targets[other]).ConfigureAwait(false) is not bool isAccepted)
                    break;
                // Where the first connection is accepted again, the limit may have given a question back to either.
                if (isAccepted && await AcceptsAsync(targets[0]).ConfigureAwait(false) != false)
                    continue;
                owner.Add(_spaces[0], _spaces[other], isShared: !isAccepted);
                tried++;
                break;
            }
        }
        string missing = tried == targets.Count - 1
            ? ""
            : $" {targets.Count - 1 - tried} of the other connections could not be told apart.";
        return limit with
        {
            BelongsTo = tried == 0 ? null : owner.Text,
            QuestionsSpent = sender.Spent,
            RefusedCount = seen.Count(one => !one.Accepted),
            DurationSeconds = seen[^1].ReceivedSeconds - seen[0].SentSeconds,
            Observations = new RowList<RateLimitObservation>(seen),
            Reason = limit.Reason + missing + trouble,
        };
    }

    private static string Trouble(ApiException e) => e.IsAmbiguous
        ? $"It ended early: nobody knows whether a question was accepted ({e.Message})."
        : $"It ended early: {e.Message}.";

    private string? Missing(LimitProbe probe) => probe.End switch
    {
        LimitProbeEnd.Questions => $"It ended after the {_request.MaximumQuestions} allowed questions; -MaximumQuestion allows more.",
        LimitProbeEnd.Duration => $"It ended after {_request.MaximumSeconds:0} s; -MaximumDuration allows more.",
        _ => null,
    };

    private static string Words(LimitProbe probe) => probe.Finding switch
    {
        null => $"Burst: {probe.Accepted} accepted",
        { LowerPerMinute: double low, UpperPerMinute: double high } => FormattableString.Invariant(
            $"{probe.Accepted} accepted, {probe.Sends.Count - probe.Accepted} refused: {low:0.#} to {high:0.#} questions a minute"),
        _ => $"{probe.Accepted} accepted, {probe.Sends.Count - probe.Accepted} refused",
    };

    private async Task CleanUpAsync(LimitSender sender)
    {
        using var limit = new CancellationTokenSource(CleanupTime);
        (int removed, string? trouble) = await ConversationCleanup.RemoveAsync(sender.Conversations, 0, limit.Token).ConfigureAwait(false);
        if (trouble is not null && Warn is not null)
            await Warn($"{removed} of {sender.Conversations.Count} conversations were deleted: {trouble}").ConfigureAwait(false);
    }
}
