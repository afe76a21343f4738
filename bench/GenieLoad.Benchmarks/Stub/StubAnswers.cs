using System.Text;

namespace GenieLoad.Benchmarks.Stub;

/// <summary>The answers of the stub, made once: of the size and shape of Genie's own.</summary>
internal static class StubAnswers
{
    private const string ConversationId = "01f0c8a94c1d1b6e8f4a2d7c5b3e9a10";
    private const string MessageId = "01f0c8a94c2f1d7a9b5c3e8d6c4f0b21";

    /// <summary>A space whose messages stay in ASKING_AI.</summary>
    public const string AskingSpace = "asking-for-ever-and-ever-a000001";

    /// <summary>A space whose messages are done at the first poll, with a text.</summary>
    public const string QuickSpace = "quick-answers-at-first-poll-0001";

    /// <summary>A space of which every tenth poll finds a message done, with a query and its result.</summary>
    public const string TenPollsSpace = "ten-polls-on-average-each-000001";

    /// <summary>Path of one message in the space that never answers.</summary>
    public static string MessagePath => $"/api/2.0/genie/spaces/{AskingSpace}/conversations/{ConversationId}/messages/{MessageId}";

    public static (string Conversation, string Message) Ids => (ConversationId, MessageId);

    public static byte[] Accepted { get; } = Answer(
        $$$"""
        {"conversation":{"id":"{{{ConversationId}}}","conversation_id":"{{{ConversationId}}}","space_id":"{{{AskingSpace}}}","title":"How many orders were placed last month?","user_id":8412345678901234,"created_timestamp":1764000000123,"last_updated_timestamp":1764000000123},"conversation_id":"{{{ConversationId}}}","message_id":"{{{MessageId}}}","message":{{{Message("SUBMITTED")}}}}
        """);

    public static byte[] Asking { get; } = Answer(Message("ASKING_AI"));

    public static byte[] AnsweredByText { get; } = Answer(Message(
        "COMPLETED",
        """{"attachment_id":"01f0c8a94c301e8bac6d4f9e7d5a1c32","text":{"content":"There were 12,345 orders in October, 3.2 % more than in September.","purpose":"TEXT_ATTACHMENT_PURPOSE_ANSWER"}}"""));

    public static byte[] AnsweredByQuery { get; } = Answer(Message(
        "COMPLETED",
        """{"attachment_id":"01f0c8a94c301e8bac6d4f9e7d5a1c32","query":{"title":"Orders per region","description":"Counts the orders of last month per region.","query":"SELECT region, COUNT(*) AS orders FROM main.sales.orders WHERE order_date >= DATE_TRUNC('MONTH', CURRENT_DATE() - INTERVAL 1 MONTH) GROUP BY region ORDER BY orders DESC","statement_id":"01f0c8a9-4c41-1e2d-8f3a-5b6c7d8e9f01","query_result_metadata":{"row_count":5}}}"""));

    public static byte[] Result { get; } = Answer(
        """
        {"statement_response":{"statement_id":"01f0c8a9-4c41-1e2d-8f3a-5b6c7d8e9f01","status":{"state":"SUCCEEDED"},"manifest":{"format":"JSON_ARRAY","schema":{"column_count":2,"columns":[{"name":"region","type_name":"STRING","type_text":"STRING","position":0},{"name":"orders","type_name":"LONG","type_text":"BIGINT","position":1}]},"total_chunk_count":1,"total_row_count":5,"truncated":false},"result":{"chunk_index":0,"row_offset":0,"row_count":5,"data_array":[["EMEA","4120"],["AMER","3911"],["APAC","2507"],["LATAM","1203"],["OTHER","604"]]}}}
        """);

    public static byte[] NotFound { get; } =
        Encoding.ASCII.GetBytes("HTTP/1.1 404 Not Found\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}");

    private static string Message(string status, string attachment = "") =>
        $$"""
        {"id":"{{MessageId}}","message_id":"{{MessageId}}","space_id":"{{AskingSpace}}","conversation_id":"{{ConversationId}}","user_id":8412345678901234,"created_timestamp":1764000000123,"last_updated_timestamp":1764000004567,"content":"How many orders were placed last month, by region?","status":"{{status}}","auto_regenerate_count":0,"attachments":[{{attachment}}]}
        """;

    private static byte[] Answer(string json)
    {
        string body = json.Trim();
        return Encoding.UTF8.GetBytes(
            $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n"
            + "Date: Mon, 24 Nov 2025 16:00:00 GMT\r\nx-request-id: 2c0c7f1e-8f7b-4a57-9f0e-0b7d4f8f2a11\r\nserver: databricks\r\n\r\n"
                + body);
    }
}
