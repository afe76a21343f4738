using System.Globalization;
using System.Text.Json;

namespace GenieLoad.Engine.Simulation.Workspace;

/// <summary>Lists, page by page.</summary>
internal sealed partial class SimulatedWorkspace
{
    private const int DefaultPageSize = 20;
    private const int LargestPageSize = 100;
    private const string PageTokenPrefix = "page-";

    private SimulatedReply ListSpaces(CallContext context) => Page(context, "spaces", _spaces, GenieJson.WriteSpace);

    private SimulatedReply GetSpace(CallContext context)
    {
        bool isExport = context.Request.Parameter("include_serialized_space") == "true";
        if (isExport && _options.SpaceRight < SimulatedRight.CanEdit)
            return context.Error(403, "PERMISSION_DENIED", "You need CAN EDIT permission on this space to read its definition.");
        return SimulatedReply.Ok(json =>
        {
            GenieJson.WriteSpace(json, context.Space!);
            if (isExport)
                SpaceWire.WriteDefinition(json, context.Space!.Content);
        });
    }

    private SimulatedReply ListConversations(CallContext context)
    {
        bool wantsAll = context.Request.Parameter("include_all") == "true";
        if (wantsAll && _options.SpaceRight < SimulatedRight.CanManage)
            return context.Error(403, "PERMISSION_DENIED", "You need CAN MANAGE permission on this space to list all conversations.");
        string user = _tokens.UserOf(context.Request.Authorization);
        return Page(
            context, "conversations", [.. context.Space!.NewestFirst().Where(item => wantsAll || item.Owner == user)],
            (json, item) => GenieJson.WriteConversationSummary(json, item, _clock));
    }

    private SimulatedReply ListMessages(CallContext context)
    {
        bool isOwn = context.Conversation!.Owner == _tokens.UserOf(context.Request.Authorization);
        return isOwn || _options.SpaceRight >= SimulatedRight.CanManage
            ? Page(context, "messages", context.Conversation.NewestFirst(), (json, item) => WriteMessage(context, json, item))
            : context.Error(403, "PERMISSION_DENIED", "You need CAN MANAGE permission on this space to read conversations of others.");
    }

    private void WriteMessage(CallContext context, Utf8JsonWriter json, SimulatedMessageState message)
    {
        if (message.Conversation.IsPrivate && message.Conversation.Owner != _tokens.UserOf(context.Request.Authorization))
            GenieJson.WritePrompt(json, message, _clock);
        else
            GenieJson.WriteMessage(json, message, context.Now, _clock, _options.ResultRowCount);
    }

    private static SimulatedReply Page<T>(
        CallContext context, string name, IReadOnlyList<T> items, Action<Utf8JsonWriter, T> write)
    {
        if (!TryReadPage(context.Request, out int offset, out int size))
            return context.BadParameter("'page_size' must be a number from 1 to 100, and 'page_token' one that this API gave.");
        return SimulatedReply.Ok(json =>
        {
            json.WriteStartArray(name);
            for (int i = offset; i < Math.Min(items.Count, offset + size); i++)
            {
                json.WriteStartObject();
                write(json, items[i]);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            if (offset + size < items.Count)
                json.WriteString("next_page_token", PageTokenPrefix + (offset + size).ToString(CultureInfo.InvariantCulture));
        });
    }

    private static bool TryReadPage(SimulatedRequest request, out int offset, out int size)
    {
        offset = 0;
        size = DefaultPageSize;
        string? sizeText = request.Parameter("page_size");
        if (!string.IsNullOrEmpty(sizeText) && !TryReadNumber(sizeText, out size))
            return false;
        // 0 means the default; the service caps what is too large.
        size = size == 0 ? DefaultPageSize : Math.Min(size, LargestPageSize);
        string? token = request.Parameter("page_token");
        return string.IsNullOrEmpty(token)
            || (token.StartsWith(PageTokenPrefix, StringComparison.Ordinal) && TryReadNumber(token[PageTokenPrefix.Length..], out offset));
    }

    private static bool TryReadNumber(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number <= 1_000_000_000;
}
