using GenieLoad.Engine.Addresses;
using GenieLoad.Engine.Genie;
using GenieLoad.Engine.Genie.Polling;
using GenieLoad.Engine.Genie.Wire;
using GenieLoad.Engine.Http;
using GenieLoad.Model;

namespace GenieLoad.Engine.Running;

/// <summary>Reads the result of the query that answers, all parts of it.</summary>
internal sealed class ResultRead(GenieApiClient client, string spaceId, PollOptions poll)
{
    // 5,000 rows at most come through this API; a server that names ever more parts is not to be followed for ever.
    private const int MostChunks = 10_000;
    private const long MostBytes = 128L * 1024 * 1024;

    /// <summary>Reads it. A statement that failed ends the trail as <c>Failed</c>.</summary>
    public async Task ReadAsync(QuestionTrail trail, string attachmentId, CancellationToken stop)
    {
        var schedule = new PollSchedule(poll);
        ApiReply<QueryResultAnswer> reply = await GetAsync(trail, attachmentId, isFirst: true, stop).ConfigureAwait(false);
        while (reply.Value.StatementResponse?.Status is { IsInProgress: true })
        {
            double wait = schedule.Next(client.Time.GetElapsedTime(trail.AcceptedAt!.Value).TotalSeconds);
            double left = SecondsLeft(trail);
            await RunClock.Sleep(client.Time, Math.Min(wait, left), stop).ConfigureAwait(false);
            if (wait >= left)
            {
                EndLate(trail);
                return;
            }
            reply = await GetAsync(trail, attachmentId, isFirst: false, stop).ConfigureAwait(false);
        }
        StatementResponse? statement = reply.Value.StatementResponse;
        if (statement?.Status is { IsFailed: true } status)
        {
            trail.End(
                Outcome.Failed, reply.ReceivedAt, status.Error?.ErrorCode ?? $"STATEMENT_{status.State}",
                status.Error?.Message ?? $"The statement ended as {status.State}");
            return;
        }
        trail.ResultRead(reply.Body);
        if (await ReadChunksAsync(trail, reply, stop).ConfigureAwait(false) is not long readAt)
        {
            EndLate(trail);
            return;
        }
        trail.ResultReadAt = readAt;
        trail.Result = new ResultFigures
        {
            StatementId = statement?.StatementId,
            RowCount = statement?.Manifest?.TotalRowCount,
            Truncated = statement?.Manifest?.Truncated,
        };
    }

    /// <summary>Runs the expired query again, then reads its result.</summary>
    public async Task RefreshAsync(QuestionTrail trail, string attachmentId, CancellationToken stop)
    {
        await client.ExecuteQueryAsync(spaceId, trail.ConversationId!, trail.MessageId!, attachmentId, trail.Calls, stop).ConfigureAwait(false);
        await ReadAsync(trail, attachmentId, stop).ConfigureAwait(false);
    }

    private Task<ApiReply<QueryResultAnswer>> GetAsync(QuestionTrail trail, string attachmentId, bool isFirst, CancellationToken stop) =>
        client.GetQueryResultAsync(spaceId, trail.ConversationId!, trail.MessageId!, attachmentId, trail.Calls, stop, mayComeLater: isFirst);

    /// <summary>Reads the parts after the first. The link to the next part is sometimes missing, so each is asked for by its number.</summary>
    /// <returns>When the last had been read; <see langword="null"/> where the question's time was over first.</returns>
    private async Task<long?> ReadChunksAsync(QuestionTrail trail, ApiReply<QueryResultAnswer> first, CancellationToken stop)
    {
        StatementResponse? statement = first.Value.StatementResponse;
        long readAt = first.ReceivedAt;
        long bytes = first.Body.Length;
        int current = statement?.Result?.ChunkIndex ?? 0;
        int? next = statement?.Result?.NextChunkIndex;
        while (statement?.StatementId is string id && next is int chunk && chunk > current)
        {
            if (!ServiceId.IsPlausible(id))
                throw Unusable(AnswerFault.Malformed, $"The result names its statement {ServiceId.Shown(id)}, which cannot be an id");
            if (chunk >= MostChunks || bytes > MostBytes)
            {
                throw Unusable("ANSWER_TOO_LARGE", FormattableString.Invariant(
                    $"The result has more than {MostChunks:#,0} parts or {MostBytes / (1024 * 1024)} MiB, the most that is read of one"));
            }
            if (SecondsLeft(trail) <= 0)
                return null;
            ApiReply<ResultChunk> reply = await client.GetResultChunkAsync(id, chunk, trail.Calls, stop).ConfigureAwait(false);
            trail.ResultRead(reply.Body);
            readAt = reply.ReceivedAt;
            bytes += reply.Body.Length;
            current = chunk;
            next = reply.Value.NextChunkIndex;
        }
        return readAt;
    }

    private double SecondsLeft(QuestionTrail trail) =>
        client.Time.GetElapsedTime(client.Time.GetTimestamp(), trail.Calls.Deadline!.Value).TotalSeconds;

    private void EndLate(QuestionTrail trail) =>
        trail.End(Outcome.TimedOut, client.Time.GetTimestamp(), "QUESTION_TIMEOUT", "The answer was there; its result was not in time");

    private static ApiException Unusable(string type, string what) =>
        new(Operation.GetQueryResult, new ApiFailure(FailureKind.Transport, type, what));
}
