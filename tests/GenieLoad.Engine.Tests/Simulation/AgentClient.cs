using System.Text;
using System.Text.Json;

namespace GenieLoad.Engine.Tests.Simulation;

/// <summary>An event of a stream, as a reader got it; a comment has the type ":".</summary>
internal sealed record AgentFrame(string Type, string Data, long At)
{
    public JsonElement Json => JsonDocument.Parse(Data).RootElement;

    public JsonElement Item => Json.GetProperty("item");

    public JsonElement Response => Json.GetProperty("response");

    /// <summary>Kind of the item, for an event that tells one; the type otherwise.</summary>
    public string Kind => Type.StartsWith("response.output_item", StringComparison.Ordinal) ? Item.GetProperty("type").GetString()! : Type;
}

/// <summary>What a reader got of a turn.</summary>
internal sealed record AgentReading(int Status, IReadOnlyList<AgentFrame> Frames, Exception? Trouble)
{
    public string ConversationId => Frames[0].Response.GetProperty("conversation_id").GetString()!;

    public string ResponseId => Frames[0].Response.GetProperty("id").GetString()!;

    public IEnumerable<AgentFrame> Added => Frames.Where(frame => frame.Type == "response.output_item.added");

    public string LastType => Frames[^1].Type;
}

/// <summary>Asks a simulator in agent mode and reads what streams back, by hand: the simulator's tests trust no client.</summary>
internal static class AgentClient
{
    public static string Body(string question, string? conversationId = null) => JsonSerializer.Serialize(new
    {
        input = new[] { new { type = "message", role = "user", content = new[] { new { type = "input_text", text = question } } } },
        conversation_id = conversationId,
    });

    /// <summary>Asks and reads to the end, on the fixture's clock.</summary>
    public static Task<AgentReading> AgentAsync(
        this SimulatorFixture fixture, string question, string? conversationId = null, Func<AgentFrame, Task>? seen = null) =>
        fixture.Clock.Drive(() => AskAsync(
            fixture.Client, fixture.Simulator.SpaceId, Body(question, conversationId), fixture.Clock, seen));

    public static async Task<AgentReading> AskAsync(
        HttpClient client, string spaceId, string body, TimeProvider time, Func<AgentFrame, Task>? seen = null)
    {
        using HttpResponseMessage response = await PostAsync(client, spaceId, body).ConfigureAwait(false);
        List<AgentFrame> frames = [];
        Exception? trouble = await Record.ExceptionAsync(() => ReadAsync(response, time, async frame =>
        {
            frames.Add(frame);
            if (seen is not null)
                await seen(frame).ConfigureAwait(false);
        })).ConfigureAwait(false);
        return new AgentReading((int)response.StatusCode, frames, trouble);
    }

    public static async Task<HttpResponseMessage> PostAsync(HttpClient client, string spaceId, string body)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Post, new Uri($"/api/2.0/genie/agents/{spaceId}/responses", UriKind.Relative))
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead).ConfigureAwait(false);
    }

    private static async Task ReadAsync(HttpResponseMessage response, TimeProvider time, Func<AgentFrame, Task> seen)
    {
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync().ConfigureAwait(false), Encoding.UTF8);
        string type = "", data = "";
        while (await reader.ReadLineAsync().ConfigureAwait(false) is { } line)
        {
            if (line.StartsWith(':'))
                await seen(new AgentFrame(":", line, time.GetTimestamp())).ConfigureAwait(false);
            else if (line.StartsWith("event: ", StringComparison.Ordinal))
                type = line["event: ".Length..];
            else if (line.StartsWith("data: ", StringComparison.Ordinal))
                data = line["data: ".Length..];
            else if (line.Length == 0 && type.Length > 0)
            {
                await seen(new AgentFrame(type, data, time.GetTimestamp())).ConfigureAwait(false);
                (type, data) = ("", "");
            }
        }
    }
}
