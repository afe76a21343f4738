using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using GenieLoad.Engine.Simulation.Script;

namespace GenieLoad.Engine.Simulation.Workspace;

/// <summary>A statement in the query history, and the message that it was run for.</summary>
internal sealed record HistoryEntry(SimulatedMessageState Message, ScriptedStatement Statement);

/// <summary>
/// The query history of a workspace: what everybody ran himself, the newest first. A statement shows after a lag, first as it runs, and as
/// final only after the lag again.
/// </summary>
internal sealed class QueryHistory(SimulatorOptions options, SimulatorClock clock, string warehouseId)
{
    private const int DefaultPageSize = 100;
    private const int LargestPageSize = 999;
    private const string Filter = "filter_by.";

    // Base64 of these bytes is "++++////": a token that is not escaped is none any more.
    private static readonly byte[] TokenHead = [0xfb, 0xef, 0xbe, 0xff, 0xff, 0xff];

    private readonly ConcurrentDictionary<string, HistoryEntry> _entries = new(StringComparer.Ordinal);
    private readonly long _lag = clock.ScaledTicks(options.HistoryLagSeconds);

    public void Add(SimulatedMessageState message, ScriptedStatement statement) =>
        _entries[statement.Id] = new HistoryEntry(message, statement);

    /// <summary>Takes back a statement that never runs.</summary>
    public void Remove(ScriptedStatement statement) => _entries.TryRemove(statement.Id, out _);

    /// <summary>Answers a call for a page.</summary>
    public SimulatedReply List(CallContext context, string user)
    {
        SimulatedRequest request = context.Request;
        IReadOnlyList<string> ids = request.Parameters(Filter + "statement_ids");
        if (ids.Count > options.HistoryIdLimit)
            return context.BadParameter($"filter_by.statement_ids has {ids.Count} ids; at most {options.HistoryIdLimit} are allowed.");
        if (!TryReadPage(request, out int offset, out int size))
            return context.BadParameter("'max_results' must be from 1 to 999, and 'page_token' one that this API gave.");
        if (!TryReadTime(request, "start_time_ms", out long from, 0) || !TryReadTime(request, "end_time_ms", out long to, long.MaxValue))
            return context.BadParameter("'filter_by.query_start_time_range' must hold milliseconds since 1970.");
        IReadOnlyList<string> warehouses = request.Parameters(Filter + "warehouse_ids");
        IReadOnlyList<string> statuses = request.Parameters(Filter + "statuses");
        bool metrics = request.Parameter("include_metrics") == "true";
        HistoryWire wire = new(clock, warehouseId, _lag, context.Now);
        HistoryEntry[] found =
        [
            .. (ids.Count > 0 ? ids.Distinct().Select(id => _entries.GetValueOrDefault(id)).OfType<HistoryEntry>() : _entries.Values)
                .Where(entry => !entry.Statement.IsMissing && entry.Message.User == user && wire.IsShown(entry.Statement)
                    && clock.EpochMilliseconds(entry.Statement.StartsAt) is long start && start >= from && start <= to
                    && (warehouses.Count == 0 || warehouses.Contains(warehouseId))
                    && (statuses.Count == 0 || statuses.Contains(wire.StatusOf(entry.Statement))))
                .OrderByDescending(entry => entry.Statement.StartsAt).ThenBy(entry => entry.Statement.Id, StringComparer.Ordinal),
        ];
        bool hasNext = offset + size < found.Length;
        return SimulatedReply.Ok(json =>
        {
            json.WriteStartArray("res");
            foreach (HistoryEntry entry in found.Skip(offset).Take(size))
                wire.Write(json, entry, metrics, options.ResultRowCount);
            json.WriteEndArray();
            json.WriteBoolean("has_next_page", hasNext);
            if (hasNext)
                json.WriteString("next_page_token", TokenOf(offset + size));
        });
    }

    private static string TokenOf(int offset)
    {
        string text = offset.ToString(CultureInfo.InvariantCulture);
        // One byte more than whole groups of three, so that it ends with "==".
        text = text.PadLeft((text.Length + 4) / 3 * 3 - 2, '0');
        return Convert.ToBase64String([.. TokenHead, .. Encoding.ASCII.GetBytes(text)]);
    }

    private static bool TryReadPage(SimulatedRequest request, out int offset, out int size)
    {
        offset = 0;
        size = DefaultPageSize;
        if (request.Parameter("max_results") is string text
            && !(int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out size) && size is >= 1 and <= LargestPageSize))
            return false;
        if (request.Parameter("page_token") is not { Length: > 0 } token)
            return true;
        byte[] bytes = new byte[token.Length];
        return Convert.TryFromBase64String(token, bytes, out int length) && bytes.AsSpan(0, length).StartsWith(TokenHead)
            && int.TryParse(
                Encoding.ASCII.GetString(bytes, TokenHead.Length, length - TokenHead.Length), NumberStyles.None,
                CultureInfo.InvariantCulture, out offset);
    }

    private static bool TryReadTime(SimulatedRequest request, string name, out long value, long otherwise)
    {
        value = otherwise;
        return request.Parameter($"{Filter}query_start_time_range.{name}") is not string text
            || long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
    }
}
