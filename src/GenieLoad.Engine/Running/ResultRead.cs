using GenieLoad.Engine.Genie;
using GenieLoad.Engine.Genie.Polling;
using GenieLoad.Engine.Genie.Wire;
using GenieLoad.Model;

namespace GenieLoad.Engine.Running;

/// <summary>Reads the result of the query that answers, all parts of it.</summary>
internal sealed class ResultRead(GenieApiClient client, string spaceId, PollOptions poll)
{
    // 5,000 rows at most come through this API; a server that names ever more parts is not to be followed for ever.
    private const int MostChunks = 10_000;

    /// <summary>Reads it. A statement that failed ends the trail as <c>Failed</c>.</summary>
    public async Task ReadAsync(QuestionTrail trail, string attachmentId, CancellationToken stop)
    {
        var schedule = new PollSchedule(poll);
        ApiReply<QueryResultAnswer> reply = await GetAsync(trail, attachmentId, stop).ConfigureAwait(false);
        while (reply.Value.StatementResponse?.Status is { IsInProgress: true })
        {
            double wait = schedule.Next(client.Time.GetElapsedTime(trail.AcceptedAt!.Value).TotalSeconds);
            double left = client.Time.GetElapsedTime(client.Time.GetTimestamp(), trail.Ledger.Deadline!.Value).TotalSeconds;
            await RunClock.Sleep(client.Time, Math.Min(wait, left), stop).ConfigureAwait(false);
            if (wait >= left)
            {
                trail.End(Outcome.TimedOut, client.Time.GetTimestamp(), "QUESTION_TIMEOUT", "The answer was there; its result was not in time");
                return;
            }
            reply = await GetAsync(trail, attachmentId, stop).ConfigureAwait(false);
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
        long readAt = await ReadChunksAsync(trail, statement, reply.ReceivedAt, stop).ConfigureAwait(false);
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
        await client.ExecuteQueryAsync(spaceId, trail.ConversationId!, trail.MessageId!, attachmentId, trail.Ledger, stop).ConfigureAwait(false);
        await ReadAsync(trail, attachmentId, stop).ConfigureAwait(false);
    }

    private Task<ApiReply<QueryResultAnswer>> GetAsync(QuestionTrail trail, string attachmentId, CancellationToken stop) =>
        client.GetQueryResultAsync(spaceId, trail.ConversationId!, trail.MessageId!, attachmentId, trail.Ledger, stop);

    /// <summary>Reads the parts after the first. The link to the next part is sometimes missing, so each is asked for by its number.</summary>
    private async Task<long> ReadChunksAsync(QuestionTrail trail, StatementResponse? statement, long readAt, CancellationToken stop)
    {
        int current = statement?.Result?.ChunkIndex ?? 0;
        int? next = statement?.Result?.NextChunkIndex;
        while (statement?.StatementId is string id && next is int chunk && chunk > current && chunk < MostChunks)
        {
            ApiReply<ResultChunk> reply = await client.GetResultChunkAsync(id, chunk, trail.Ledger, stop).ConfigureAwait(false);
            trail.ResultRead(reply.Body);
            readAt = reply.ReceivedAt;
            current = chunk;
            next = reply.Value.NextChunkIndex;
        }
        return readAt;
    }
}
