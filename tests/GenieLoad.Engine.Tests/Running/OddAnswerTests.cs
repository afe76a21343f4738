using System.Text;
using GenieLoad.Engine.Genie;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Running;

/// <summary>Answers with a flaw somewhere: what can be read is read, and what nobody needs fails nothing.</summary>
public sealed class OddAnswerTests
{
    [Theory]
    [InlineData("message", """{"status":"COMPLETED","content":"x \udc00","attachments":[{"attachment_id":"a1","query":{"query":"SELECT 1"}}]}""")]
    [InlineData("message", """{"status":"COMPLETED","\ud83d":1,"attachments":[{"attachment_id":"a1","query":{"query":"SELECT 1","title":"\ud83d"}}]}""")]
    [InlineData("message", """{"status":"COMPLETED","query_result":[],"error":[1],"attachments":[7,"x",[],{"text":"x"},{"attachment_id":"a1","query":{"query":"SELECT 1","query_result_metadata":"?"}}]}""")]
    [InlineData("message", """{"status":"ASKING_AI","attachments":{},"created_timestamp":NaN,"last_updated_timestamp":Infinity,"auto_regenerate_count":"?"}""")]
    [InlineData("message", """{"status":"ASKING_AI","status":"COMPLETED","attachments":[],"attachments":[{"attachment_id":"a1","query":{"query":"SELECT 1"}}]}""")]
    [InlineData("start", """{"conversation_id":"c1","message_id":"m1","conversation":{"title":"\ud83d"},"message":{"status":"SUBMITTED","content":"\udfff"}}""")]
    [InlineData("start", """{"conversation_id":"c1","message_id":"m1","conversation":"?","message":[]}""")]
    [InlineData("result", """{"statement_response":{"statement_id":"s1","status":"SUCCEEDED","manifest":[],"result":{"data_array":[["\ud83d"]]}}}""")]
    [InlineData("result", """{"statement_response":[]}""")]
    [InlineData("result", """{"statement_response":{"status":{"state":"SUCCEEDED","error":"none"},"manifest":{"total_row_count":NaN,"schema":{"columns":"?"}}}}""")]
    public async Task A_flaw_in_what_nobody_reads_costs_no_answer(string kind, string body)
    {
        QuestionResult row = await new ScriptedSpace().Says(kind, ScriptedSpace.Json(body)).Ask();

        Assert.True(row.Outcome == Outcome.Completed, $"{row.Outcome}: {row.ErrorText}");
        Assert.Equal(("SELECT 1", 0), (row.Sql, row.Retries));
    }

    [Fact]
    public async Task Depth_byte_order_marks_and_broken_UTF8_cost_none_either()
    {
        byte[] body =
        [
            0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes($$"""{"viz":{{new string('[', 300)}}{{new string(']', 300)}},"content":" """), 0xC3, 0xFF,
            .. "\",\"status\":\"COMPLETED\",\"attachments\":[{\"text\":{\"content\":\"Gr"u8, 0xC3, .. "\"}}]}"u8,
        ];

        QuestionResult row = await new ScriptedSpace().Says("message", ScriptedSpace.Bytes(body)).Ask();

        Assert.Equal((Outcome.Completed, "Gr\ufffd"), (row.Outcome, row.Answer));
    }

    [Fact]
    public async Task A_space_is_connected_to_whatever_its_description_holds()
    {
        var space = new ScriptedSpace().Says("token", ScriptedSpace.Json("""{"space_id":"s1","title":"Sales","description":"All about \ud83d","warehouse_id":{}}"""));

        Connection connection = await new GenieConnector(space.Client).CheckAsync("s1", isSimulator: false, default);

        Assert.Equal(("s1", "Sales"), (connection.SpaceId, connection.SpaceTitle));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("\"x\"")]
    [InlineData("")]
    [InlineData("{\"status\":\"COMPL")]
    [InlineData("<html><title>Please wait</title></html>")]
    public async Task What_is_no_answer_is_said_in_words_for_people(string body)
    {
        QuestionResult row = await new ScriptedSpace().AlwaysSays("message", () => ScriptedSpace.Json(body)).Ask();

        Assert.Equal((Outcome.Unreachable, "MALFORMED_ANSWER"), (row.Outcome, row.ErrorType));
        Assert.StartsWith("GetMessage: The answer is ", row.ErrorText, StringComparison.Ordinal);
        Assert.DoesNotContain("GenieLoad.", row.ErrorText, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", row.ErrorText, StringComparison.Ordinal);
        Assert.DoesNotContain("Path: $", row.ErrorText, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(302, "/login.html?error=private-link-validation-error:12345", "", "PrivateLinkNeeded")]
    [InlineData(302, "/login.html?next_url=%2Fapi", "", "AnsweredByLoginPage")]
    [InlineData(200, null, "<!doctype html><html><head><title>Databricks - Sign In</title></head></html>", "AnsweredByLoginPage")]
    [InlineData(200, null, "<html><title>Please wait</title></html>", "UnexpectedAnswer")]
    [InlineData(302, "https://idp.example/saml2/acs?x=1", "", "AnsweredByLoginPage")]
    [InlineData(302, "https://blog.example/ssomething", "", "UnexpectedAnswer")]
    [InlineData(403, null, "<html><head><title>Log in to the proxy</title></head></html>", "AnsweredByLoginPage")]
    [InlineData(401, null, "<html><head><title>Sign-on</title></head></html>", "AnsweredByLoginPage")]
    [InlineData(403, null, "<html><title>Azure Private Link is required</title></html>", "PrivateLinkNeeded")]
    [InlineData(403, null, """{"error_code":"403","message":"Unauthorized network access to workspace: 12345"}""", "PrivateLinkNeeded")]
    [InlineData(403, null, """{"error_code":"403","message":"Public access is not allowed for workspace: 12345"}""", "PrivateLinkNeeded")]
    [InlineData(403, null, """{"error_code":"PERMISSION_DENIED","message":"You may not log in to private links"}""", "AccessDenied")]
    [InlineData(500, null, """{"error_code":"INTERNAL","message":"Asked about private link"}""", "UnexpectedAnswer")]
    public async Task Whoever_is_led_to_a_login_is_told_what_it_means(int status, string? location, string body, string expected)
    {
        var space = new ScriptedSpace().AlwaysSays("token", () =>
        {
            HttpResponseMessage response = ScriptedSpace.Json(body, status);
            if (location is not null)
                response.Headers.TryAddWithoutValidation("Location", location);
            return response;
        });

        GenieLoadException error = await Assert.ThrowsAsync<GenieLoadException>(
            () => space.Time.Drive(() => new GenieConnector(space.Client).CheckAsync("s1", isSimulator: false, default)));

        Assert.Equal(expected, error.ErrorId);
    }
}
