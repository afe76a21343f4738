using System.Text;
using System.Text.Json;
using GenieLoad.Engine.Json;

namespace GenieLoad.Engine.Genie.Agent;

/// <summary>Finds the statement among the arguments of a call. Their names are not fixed.</summary>
internal static class AgentSql
{
    private static readonly string[] Names = ["sql", "query", "statement", "sql_query", "code"];

    /// <summary>The statement; <see langword="null"/> where the arguments have none.</summary>
    /// <param name="call">The item of the call. Its arguments are JSON in a text, or an object.</param>
    public static string? Of(JsonElement call)
    {
        if (call.Member("arguments") is not JsonElement arguments)
            return null;
        if (arguments.ValueKind != JsonValueKind.String)
            return OfArguments(arguments);
        string text = arguments.GetString()!;
        try
        {
            using JsonDocument document = TolerantJson.Parse(Encoding.UTF8.GetBytes(text));
            return OfArguments(document.RootElement);
        }
        catch (JsonException)
        {
            // Not JSON: the statement itself, or nothing of use.
            return IsStatement(text) ? text : null;
        }
    }

    private static string? OfArguments(JsonElement arguments)
    {
        if (arguments.ValueKind != JsonValueKind.Object)
            return null;
        (string Name, string Text)[] texts =
        [
            .. arguments.EnumerateObject().Where(argument => argument.Value.ValueKind == JsonValueKind.String)
                .Select(argument => (argument.Name.ToLowerInvariant(), argument.Value.GetString()!)),
        ];
        return Names.Select(name => texts.FirstOrDefault(text => text.Name == name).Text).FirstOrDefault(text => text is not null)
            ?? texts.Select(text => text.Text).FirstOrDefault(IsStatement);
    }

    private static bool IsStatement(string text)
    {
        ReadOnlySpan<char> begin = text.AsSpan().TrimStart();
        return begin.StartsWith("SELECT", StringComparison.OrdinalIgnoreCase)
            || begin.StartsWith("WITH", StringComparison.OrdinalIgnoreCase);
    }
}
