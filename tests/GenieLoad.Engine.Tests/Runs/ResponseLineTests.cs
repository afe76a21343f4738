using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using GenieLoad.Engine.Logging;
using GenieLoad.Engine.Runs;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Runs;

/// <summary>A line of responses.jsonl: what the service said, word for word, without secrets.</summary>
public sealed class ResponseLineTests
{
    private static readonly QuestionResult Row = SampleRun.Success(3, 5) with { StatementId = "s1", StatementIds = "s1 s2" };

    [Fact]
    public void A_line_names_its_question_and_holds_every_answer()
    {
        Assert.Equal(
            """{"index":3,"questionId":"q3","conversationId":"c3","messageId":"m3","statementId":"s1","statementIds":"s1 """
            + """s2","message":{"a":1},"results":[[1.50,null],true]}""",
            Line(Row, "{ \"a\": 1 }", "[1.50, null]", "true"));
    }

    [Fact]
    public void What_is_not_known_is_left_out()
    {
        QuestionResult bare = Row with { ConversationId = null, MessageId = null, StatementId = null, StatementIds = null };

        Assert.Equal("""{"index":3,"questionId":"q3"}""", Line(bare, ""));
        Assert.Equal("""{"index":3,"questionId":"q3","results":[1]}""", Line(bare, "", "1"));
        Assert.StartsWith(
            """{"index":3,"questionId":"q3","notKeptBytes":7,"note":"All answers in flight""",
            Line(bare, new QuestionResponses(default, []) { NotKeptBytes = 7 }), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"access_token":"x","b":[{"password":[1,2]}]}""", """{"access_token":"***","b":[{"password":"***"}]}""")]
    [InlineData("""{"password":null,"access_token":true,"id_token":false}""", """{"password":null,"access_token":true,"id_token":false}""")]
    [InlineData("""{"external_link":"https://x/y?a=b"}""", """{"external_link":"https://x/y?***"}""")]
    [InlineData("""{"external_link":5,"link":"https://x/y?a=b"}""", """{"external_link":5,"link":"https://x/y?a=b"}""")]
    [InlineData("""{"external_link":{"a":"b"}}""", """{"external_link":{"a":"b"}}""")]
    [InlineData("""{"Bearer 0123456789abcdef":"dapi0123456789abcdef"}""", """{"Bearer ***":"***"}""")]
    [InlineData("""[771234567,7712345670]""", """["***",7712345670]""")]
    public void Secrets_go_whatever_they_are_called_and_values_stay(string body, string expected)
    {
        LiveSecrets.Learn("771234567");

        // A secret of nine characters goes within words too; that of ten digits holds it.
        Assert.Equal(
            expected.Replace("7712345670", "\"***0\"", StringComparison.Ordinal), Message(body));
    }

    // What is no JSON is kept as text; letters that JSON spells as codes are read first, so that no secret hides behind them.
    [Theory]
    [InlineData("<html>", "<html>")]
    [InlineData(@"{ dapi0123456789abcdef", "{ ***")]
    [InlineData(@"{ \u0064api0123456789abcdef", "{ ***")]
    [InlineData(@"no \u0041", "no A")]
    [InlineData(@"no \u0041b\u007e", "no Ab~")]
    [InlineData(@"no \u0021 \u0020 \u007f \u0022 \u005c \u00ff", @"no ! \u0020 \u007f \u0022 \u005c \u00ff")]
    [InlineData(@"no \u00ZZ \u00 \u0141", @"no \u00ZZ \u00 \u0141")]
    [InlineData(@"no \u004", @"no \u004")]
    public void What_is_no_JSON_is_kept_as_text(string body, string expected) =>
        Assert.Equal(expected, JsonSerializer.Deserialize<string>(Message(body)));

    private static string Message(string body)
    {
        string line = Line(Row with { ConversationId = null, MessageId = null, StatementId = null, StatementIds = null }, body);
        return line["""{"index":3,"questionId":"q3","message":""".Length..^1];
    }

    private static string Line(QuestionResult row, string message, params string[] results) => Line(
        row, new QuestionResponses(
            Encoding.UTF8.GetBytes(message), [.. results.Select(part => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(part))]));

    private static string Line(QuestionResult row, QuestionResponses responses)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            ResponseLine.Write(writer, row, responses);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
