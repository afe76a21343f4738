using GenieLoad.Engine.Randomness;
using GenieLoad.Engine.Simulation.Script;

namespace GenieLoad.Engine.Simulation.Workspace;

/// <summary>Query results.</summary>
internal sealed partial class SimulatedWorkspace
{
    private SimulatedReply GetQueryResult(CallContext context)
    {
        SimulatedMessageState message = context.Message!;
        if (FindQuery(context) is not { } query)
            return NotAQuery(context);
        if (message.Rerun is { } rerun && rerun.AttachmentId == query.Id)
            return RerunState(context, message, rerun);
        string status = message.StatusAt(context.Now);
        if (status is not (MessageStatuses.Completed or MessageStatuses.ExecutingQuery))
        {
            return context.Error(
                400, "INVALID_STATE", $"The query result can be read while the message is EXECUTING_QUERY or COMPLETED; it is {status}.");
        }

        // A first try that Genie repaired never has a result of its own.
        if (context.Now < query.HasResultFrom)
        {
            string state = message.Script.IsTerminalAt(context.Now) ? "CLOSED" : "RUNNING";
            return SimulatedReply.Ok(json => StatementWire.WriteState(json, query.StatementId!, state));
        }

        return SimulatedReply.Ok(json => _statementWire.WriteResult(json, query.StatementId!, message));
    }

    private SimulatedReply RerunState(CallContext context, SimulatedMessageState message, QueryRerun rerun)
    {
        if (context.Now >= rerun.DoneAt)
            return SimulatedReply.Ok(json => _statementWire.WriteResult(json, rerun.StatementId, message));
        string state = context.Now < rerun.RunsFrom ? "PENDING" : "RUNNING";
        return SimulatedReply.Ok(json => StatementWire.WriteState(json, rerun.StatementId, state));
    }

    private SimulatedReply ExecuteQuery(CallContext context)
    {
        SimulatedMessageState message = context.Message!;
        if (FindQuery(context) is not { } query)
            return NotAQuery(context);
        string status = message.StatusAt(context.Now);
        if (status is not (MessageStatuses.Completed or MessageStatuses.Expired))
            return context.Error(400, "INVALID_STATE", $"The query cannot be run again while the message is {status}.");

        SeededRandom random = SeededRandom.For(_options.Seed, "rerun", unchecked(message.Key + (message.NextCall() << 20)));
        long pending = _scripts.DrawTicks(random, _options.PendingWarehouseSeconds);
        long running = _scripts.DrawTicks(random, _options.ExecutingQuerySeconds);
        var rerun = new QueryRerun(query.Id, _statements.Write(
            Hex.DrawDashed(random), query.Version, context.Now, pending, running, succeeds: true, context.Now));
        _messageByStatement[rerun.StatementId] = message;
        _history.Add(message, rerun.Statement);
        message.Rerun = rerun;
        return SimulatedReply.Ok(json => StatementWire.WriteState(json, rerun.StatementId, "PENDING"));
    }

    private SimulatedReply GetResultChunk(CallContext context)
    {
        if (context.Route.Chunk >= _statementWire.ChunkCount)
            return context.BadParameter($"The result has {_statementWire.ChunkCount} chunks; there is no chunk {context.Route.Chunk}.");
        return SimulatedReply.Ok(json => _statementWire.WriteChunk(json, context.Message!, context.Route.Chunk));
    }

    /// <summary>The query a call is about, once it is known to the client: the named one, or the answer's on the older paths.</summary>
    private static ScriptedAttachment? FindQuery(CallContext context)
    {
        ScriptedAttachment? query = context.Route.AttachmentId.Length == 0
            ? context.Message!.AnswerQuery
            : context.Message!.Script.Attachments.FirstOrDefault(
                a => a.Kind == AttachmentKind.Query && a.Id == context.Route.AttachmentId);
        return query is not null && query.VisibleFrom <= context.Now ? query : null;
    }

    private static SimulatedReply NotAQuery(CallContext context) => context.Error(
        400, "BAD_REQUEST", $"Attachment '{context.Route.AttachmentId}' is not a valid query attachment of this message.");
}
