using System.Globalization;
using System.Text;

namespace GenieLoad.Benchmarks.Stub;

/// <summary>What the stub's streams say: events of agent mode, each a chunk of its own.</summary>
internal static class StubEvents
{
    private const string Head =
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\nTransfer-Encoding: chunked\r\n"
        + "Date: Mon, 24 Nov 2025 16:00:00 GMT\r\nx-request-id: 2c0c7f1e-8f7b-4a57-9f0e-0b7d4f8f2a11\r\nserver: databricks\r\n\r\n";

    private static readonly (string Conversation, string Response) Ids = StubAnswers.Ids;

    /// <summary>A stream's head and its first event.</summary>
    public static byte[] Opened { get; } = Encoding.UTF8.GetBytes(Head + Chunk(Event(
        "response.created",
        $$"""
        "response":{"id":"{{Ids.Response}}","conversation_id":"{{Ids.Conversation}}","status":"in_progress"}
        """)));

    /// <summary>The answer, and the end of the stream.</summary>
    public static byte[] Ended { get; } = Encoding.UTF8.GetBytes(
        Chunk(Event(
            "response.output_item.done",
            """
            "item":{"type":"message","id":"msg_1","role":"assistant","status":"completed","content":[{"type":"output_text",
            "text":"There were 12,345 orders in October, 3.2 % more than in September."}]}
            """))
        + Chunk(Event(
            "response.completed", $"\"response\":{{\"id\":\"{Ids.Response}\",\"status\":\"completed\",\"output\":[]}}"))
        + "0\r\n\r\n");

    /// <summary>A stream from its head to its end.</summary>
    public static byte[] Whole { get; } = [.. Opened, .. Ended];

    /// <summary>What keeps a connection alive.</summary>
    public static byte[] Comment { get; } = Encoding.UTF8.GetBytes(Chunk(": keep-alive\n\n"));

    /// <summary>A step that no other has the id of.</summary>
    public static byte[] Thought(int number)
    {
        string place = number.ToString(CultureInfo.InvariantCulture);
        return Encoding.UTF8.GetBytes(Chunk(Event(
            "response.output_item.done",
            $$"""
            "output_index":{{place}},"item":{"type":"reasoning","id":"rs_{{place}}","summary":[{"type":"summary_text",
            "text":"The question asks for the number of orders of last month by region; the table main.sales.orders has both."}]}
            """)));
    }

    private static string Event(string type, string rest) =>
        $"event: {type}\ndata: {{\"type\":\"{type}\",{rest.ReplaceLineEndings("")}}}\n\n";

    private static string Chunk(string text) => $"{Encoding.UTF8.GetByteCount(text):x}\r\n{text}\r\n";
}
