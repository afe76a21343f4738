using GenieLoad.Engine.Addresses;
using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Genie;
using GenieLoad.Engine.Genie.Wire;
using GenieLoad.Engine.Http;
using GenieLoad.Engine.Logging;
using GenieLoad.Engine.Randomness;
using GenieLoad.Engine.Running;
using GenieLoad.Model;

namespace GenieLoad.Engine.Sessions.Evaluating;

/// <summary>One evaluation of one space: starts it or picks it up, waits for its end, reads its verdicts. Used by one at a time.</summary>
/// <param name="client">Way to the workspace.</param>
/// <param name="spaceId">The space.</param>
/// <param name="request">How it is made.</param>
/// <param name="when">When in a load test, one of <see cref="EvaluationTime"/>; <see langword="null"/> outside of any.</param>
internal sealed class EvaluationWork(GenieApiClient client, string spaceId, EvaluationRequest request, string? when)
{
    private const double FirstWaitSeconds = 0.5;
    private const double WaitGrowth = 1.5;
    private const int CallSeconds = 180;

    // Clocks of ours and of the service differ.
    private static readonly TimeSpan ClockError = TimeSpan.FromMinutes(2);

    private readonly TimeProvider _time = client.Time;
    private EvalRun _seen = new();
    private DateTime _startedAt;
    private DateTime? _endedAt;
    private long? _endSeen;

    /// <summary>Its id, once it is known.</summary>
    public string? EvaluationId { get; private set; }

    /// <summary>Timestamp at which its end was seen; <see langword="null"/> until then.</summary>
    public long? EndSeen => _endSeen;

    /// <summary>Told how far it is.</summary>
    public Action<EvaluationProgress>? Progress { get; set; }

    /// <summary>Starts it.</summary>
    /// <exception cref="GenieLoadException">
    /// <c>EvaluationDenied</c>, <c>EvaluationUnavailable</c>, <c>EvaluationRefused</c>, <c>EvaluationStartUnknown</c>, and what keeps a
    /// call from being made.
    /// </exception>
    public async Task StartAsync(CancellationToken stop)
    {
        _startedAt = _time.GetUtcNow().UtcDateTime;
        try
        {
            Take((await client.StartEvaluationAsync(spaceId, request.BenchmarkIds is { Count: > 0 } ids ? ids : null, Policy(), stop)
                .ConfigureAwait(false)).Value);
        }
        catch (ApiException e) when (e.Failure.FateUnknown)
        {
            throw EvaluatingErrors.EvaluationStartUnknown(spaceId, await LikelyAsync(stop).ConfigureAwait(false), e.Message, e);
        }
        catch (ApiException e)
        {
            throw Explain(e);
        }
        EvaluationId = ServiceId.OrNull(_seen.EvalRunId) ?? throw EvaluatingErrors.EvaluationStartUnknown(
            spaceId, await LikelyAsync(stop).ConfigureAwait(false), "the answer has no id that can be one", null);
    }

    /// <summary>Picks up one that was started before.</summary>
    /// <exception cref="GenieLoadException"><c>EvaluationNotFound</c>, and as above.</exception>
    public async Task PickUpAsync(string evaluationId, CancellationToken stop)
    {
        _startedAt = _time.GetUtcNow().UtcDateTime;
        EvaluationId = evaluationId;
        try
        {
            Take((await client.GetEvaluationAsync(spaceId, evaluationId, Policy(), stop).ConfigureAwait(false)).Value);
        }
        catch (ApiException e) when (e.Failure is { HttpStatus: 404 or 400, ErrorType: not "ENDPOINT_NOT_FOUND" })
        {
            throw EvaluatingErrors.EvaluationNotFound(evaluationId, spaceId, e);
        }
        catch (ApiException e)
        {
            throw Explain(e);
        }
    }

    /// <summary>Waits for its end, and reads what there is.</summary>
    public async Task<EvaluationOutcome> FinishAsync(CancellationToken stop)
    {
        GenieLoadException? lost = await WatchAsync(stop).ConfigureAwait(false);
        return await ReadAsync(lost, stop).ConfigureAwait(false);
    }

    /// <summary>Waits for its end, or for as long as it may take.</summary>
    /// <returns>Why it cannot be looked at any more; <see langword="null"/> where it can.</returns>
    public async Task<GenieLoadException?> WatchAsync(CancellationToken stop)
    {
        try
        {
            await WaitAsync(stop).ConfigureAwait(false);
            return null;
        }
        catch (ApiException e)
        {
            return Explain(e);
        }
    }

    private async Task WaitAsync(CancellationToken stop)
    {
        long began = _time.GetTimestamp();
        double wait = Math.Min(FirstWaitSeconds, request.PollSeconds);
        Report();
        while (!EvaluationStatus.IsEnded(_seen.EvalRunStatus))
        {
            double left = request.TimeoutSeconds - _time.GetElapsedTime(began).TotalSeconds;
            if (left <= 0)
                return;
            await RunClock.Sleep(_time, Math.Min(wait, left), stop).ConfigureAwait(false);
            wait = Math.Min(wait * WaitGrowth, request.PollSeconds);
            Take((await client.GetEvaluationAsync(spaceId, EvaluationId!, Policy(), stop, mayComeLater: true)
                .ConfigureAwait(false)).Value);
            Report();
        }
    }

    /// <summary>Reads its verdicts.</summary>
    /// <param name="lost">Why it could not be followed to its end; <see langword="null"/> where it could.</param>
    /// <param name="stop">Ends it at once.</param>
    public async Task<EvaluationOutcome> ReadAsync(GenieLoadException? lost, CancellationToken stop)
    {
        if (lost is not null)
        {
            Evaluation seen = EvaluationOf([], lost.Message);
            return new EvaluationOutcome(seen, EvaluatingErrors.EvaluationLost(seen, lost));
        }
        (IReadOnlyList<EvaluationResult> results, string? unread) =
            await new EvaluationReader(client, spaceId, EvaluationId!, Policy).ReadAsync(stop).ConfigureAwait(false);
        Evaluation evaluation = EvaluationOf(results, unread);
        GenieLoadException? trouble = !EvaluationStatus.IsEnded(evaluation.Status)
            ? EvaluatingErrors.EvaluationTimedOut(evaluation, request.TimeoutSeconds)
            : evaluation.Status != EvaluationStatus.Done ? EvaluatingErrors.EvaluationNotDone(evaluation)
            : unread is not null ? EvaluatingErrors.ResultsUnread(evaluation)
            : null;
        return new EvaluationOutcome(evaluation, trouble);
    }

    private void Take(EvalRun run)
    {
        _seen = run;
        if (EvaluationStatus.IsEnded(run.EvalRunStatus))
        {
            _endedAt ??= _time.GetUtcNow().UtcDateTime;
            _endSeen ??= _time.GetTimestamp();
        }
    }

    private void Report() => Progress?.Invoke(new EvaluationProgress(
        EvaluationId!, when, Redactor.Redact(_seen.EvalRunStatus ?? EvaluationStatus.NotStarted), Math.Max(0, _seen.NumDone ?? 0),
        Math.Max(0, _seen.NumQuestions ?? 0)));

    private Evaluation EvaluationOf(IReadOnlyList<EvaluationResult> results, string? reason)
    {
        // The verdicts themselves, where all of them were read: a person may have changed one.
        bool isWhole = reason is null && results.Count > 0;
        int CountOf(string verdict) => results.Count(result => result.Verdict == verdict);
        int good = isWhole ? CountOf(EvaluationVerdict.Good) : Math.Max(0, _seen.NumCorrect ?? 0);
        int review = isWhole ? CountOf(EvaluationVerdict.NeedsReview) : Math.Max(0, _seen.NumNeedsReview ?? 0);
        int bad = isWhole ? CountOf(EvaluationVerdict.Bad) : Math.Max(0, (_seen.NumDone ?? 0) - good - review);
        DateTime startedAt = InstantOf(_seen.CreatedTimestamp) ?? _startedAt;
        bool isEnded = EvaluationStatus.IsEnded(_seen.EvalRunStatus);
        DateTime? endedAt = isEnded ? InstantOf(_seen.LastUpdatedTimestamp) ?? _endedAt : null;
        return EvaluationAccuracy.WithInterval(EvaluationGate.Redact(new Evaluation
        {
            EvaluationId = EvaluationId!,
            WorkspaceUrl = WorkspaceAddress.ToText(client.Workspace),
            SpaceId = spaceId,
            When = when,
            Status = _seen.EvalRunStatus ?? EvaluationStatus.NotStarted,
            QuestionCount = Math.Max(Math.Max(results.Count, _seen.NumQuestions ?? 0), good + bad + review),
            GoodCount = good,
            BadCount = bad,
            NeedsReviewCount = review,
            StartedAt = startedAt,
            EndedAt = endedAt,
            DurationSeconds = endedAt >= startedAt ? (endedAt - startedAt)?.TotalSeconds : null,
            Reason = reason,
            Results = new RowList<EvaluationResult>([.. results]),
        }));
    }

    /// <summary>The instant of a stamp of the service, where it makes sense.</summary>
    private static DateTime? InstantOf(long? stamp) => stamp is > 0 and < 221_845_392_000_000
        ? DateTime.UnixEpoch.AddMilliseconds(stamp.Value)
        : null;

    /// <summary>The newest evaluation that began when ours may have; <see langword="null"/> where there is none, or nobody says.</summary>
    private async Task<string?> LikelyAsync(CancellationToken stop)
    {
        try
        {
            EvalRun? newest = null;
            await foreach (EvalRun run in client.ListEvaluationsAsync(spaceId, Policy(), stop).ConfigureAwait(false))
            {
                if (InstantOf(run.CreatedTimestamp) >= _startedAt - ClockError && !(newest?.CreatedTimestamp >= run.CreatedTimestamp))
                    newest = run;
            }
            return ServiceId.OrNull(newest?.EvalRunId);
        }
        catch (Exception e) when (e is ApiException or GenieLoadException)
        {
            return null;
        }
    }

    private GenieLoadException Explain(ApiException e) => e.Failure switch
    {
        { Exception: GenieLoadException own } => own,
        { TokenRefused: true } => new GenieConnector(client).Explain(e, spaceId),
        { HttpStatus: 403 } => EvaluatingErrors.EvaluationDenied(client.Workspace.Authority, spaceId, e),
        { HttpStatus: 501 } or { ErrorType: "ENDPOINT_NOT_FOUND" or "FEATURE_DISABLED" or "NOT_IMPLEMENTED" } =>
            EvaluatingErrors.EvaluationUnavailable(client.Workspace.Authority, e),
        { HttpStatus: 400 } => EvaluatingErrors.EvaluationRefused(spaceId, e),
        _ => new GenieConnector(client).Explain(e, spaceId),
    };

    private CallPolicy Policy() => new(new SeededRandom((ulong)_time.GetTimestamp()))
    {
        Caller = when is null ? "Evaluation" : $"Evaluation {when}",
        IsWaitedFor = true,
        Deadline = _time.GetTimestamp() + (CallSeconds * _time.TimestampFrequency),
    };
}
