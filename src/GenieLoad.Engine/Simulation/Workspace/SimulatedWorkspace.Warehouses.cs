namespace GenieLoad.Engine.Simulation.Workspace;

/// <summary>The warehouse and its query history.</summary>
internal sealed partial class SimulatedWorkspace
{
    private SimulatedReply GetWarehouse(CallContext context)
    {
        if (_options.HistoryForbidden)
            return MayNotView(context);
        if (context.Route.WarehouseId != _warehouseId)
            return context.NotFound("SQL warehouse", context.Route.WarehouseId);
        (string state, int clusters) = _warehouse.At(context.Now);
        return SimulatedReply.Ok(json => WarehouseWire.Write(json, _warehouseId, state, clusters, _options));
    }

    private SimulatedReply ListQueryHistory(CallContext context) => _options.HistoryForbidden
        ? MayNotView(context)
        : _history.List(context, _tokens.UserOf(context.Request.Authorization));

    private SimulatedReply RunStatement(CallContext context) =>
        _options.HistoryForbidden ? MayNotView(context)
        : BodyReader.Text(context.Request.Body, "warehouse_id") != _warehouseId
            ? context.BadParameter("'warehouse_id' names no SQL warehouse of this workspace.")
        : _ownStatements.Run(context, _tokens.IdentityOf(_tokens.UserOf(context.Request.Authorization)));

    private static SimulatedReply MayNotView(CallContext context) =>
        context.Error(403, "PERMISSION_DENIED", "You need CAN VIEW permission on this SQL warehouse.");
}
