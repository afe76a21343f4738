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

    /// <summary>Reads it. A statement that failed ends the trace as <c>Failed</c>.</summary>
    public async Task ReadAsync(QuestionTrace trace, string attachmentId, CancellationToken stop)
    {
        var schedule = new PollSchedule(poll);
        ApiReply<QueryResultAnswer> reply = await GetAsync(trace, attachmentId, isFirst: true, stop).ConfigureAwait(false);
        while (reply.Value.StatementResponse?.Status is { IsInProgress: true })
        {
            double wait = schedule.Next(client.Time.GetElapsedTime(trace.AcceptedAt!.Value).TotalSeconds);
            double left = SecondsLeft(trace);
            await RunClock.Sleep(client.Time, Math.Min(wait, left), stop).ConfigureAwait(false);
            if (wait >= left)
            {
                EndLate(trace);
                return;
            }
            reply = await GetAsync(trace, attachmentId, isFirst: false, stop).ConfigureAwait(false);
        }
        StatementResponse? statement = reply.Value.StatementResponse;
        if (statement?.Status is { IsFailed: true } status)
        {
            trace.End(
                Outcome.Failed, reply.ReceivedAt, status.Error?.ErrorCode ?? $"STATEMENT_{status.State}",
                status.Error?.Message ?? $"The statement ended as {status.State}");
            return;
        }
        trace.ResultRead(reply.Body);
        if (await ReadChunksAsync(trace, reply, stop).ConfigureAwait(false) is not long readAt)
        {
            EndLate(trace);
            return;
        }
        trace.ResultReadAt = readAt;
        trace.Result = new ResultFigures
        {
            StatementId = statement?.StatementId,
            RowCount = statement?.Manifest?.TotalRowCount,
            Truncated = statement?.Manifest?.Truncated,
        };
    }

    /// <summary>Runs the expired query again, then reads its result.</summary>
    public async Task RefreshAsync(QuestionTrace trace, string attachmentId, CancellationToken stop)
    {
        await client.ExecuteQueryAsync(
            spaceId, trace.ConversationId!, trace.MessageId!, attachmentId, trace.Calls, stop).ConfigureAwait(false);
        await ReadAsync(trace, attachmentId, stop).ConfigureAwait(false);
    }

    private Task<ApiReply<QueryResultAnswer>> GetAsync(QuestionTrace trace, string attachmentId, bool isFirst, CancellationToken stop) =>
        client.GetQueryResultAsync(
            spaceId, trace.ConversationId!, trace.MessageId!, attachmentId, trace.Calls, stop, mayComeLater: isFirst);

    /// <summary>
    /// Reads the parts after the first. The link to the next part is sometimes missing, so each is asked for by its number.
    /// </summary>
    /// <returns>When the last had been read; <see langword="null"/> where the question's time was over first.</returns>
    private async Task<long?> ReadChunksAsync(QuestionTrace trace, ApiReply<QueryResultAnswer> first, CancellationToken stop)
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
            if (SecondsLeft(trace) <= 0)
                return null;
            ApiReply<ResultChunk> reply = await client.GetResultChunkAsync(id, chunk, trace.Calls, stop).ConfigureAwait(false);
            trace.ResultRead(reply.Body);
            readAt = reply.ReceivedAt;
            bytes += reply.Body.Length;
            current = chunk;
            next = reply.Value.NextChunkIndex;
        }
        return readAt;
    }

    private double SecondsLeft(QuestionTrace trace) =>
        client.Time.GetElapsedTime(client.Time.GetTimestamp(), trace.Calls.Deadline!.Value).TotalSeconds;

    private void EndLate(QuestionTrace trace) =>
        trace.End(Outcome.TimedOut, client.Time.GetTimestamp(), "QUESTION_TIMEOUT", "The answer was there; its result was not in time");

    private static ApiException Unusable(string type, string what) =>
        new(Operation.GetQueryResult, new ApiFailure(FailureKind.Transport, type, what));
}
