using System.Net;
using System.Text;
using GenieLoad.Engine.Http;

namespace GenieLoad.Engine.Tests.Http;

public sealed class ErrorBodyTests
{
    [Theory]
    [InlineData("""{"error_code":"BAD_REQUEST","message":"no query"}""", "BAD_REQUEST", "no query")]
    [InlineData("""{"error_code":404,"message":"gone"}""", "404", "gone")]
    [InlineData("""{"error":"invalid_client","error_description":"who?"}""", "invalid_client", "who?")]
    [InlineData("""{"error":"plain"}""", "plain", "plain")]
    [InlineData("""{"error":{"code":"QUOTA","message":"used up"}}""", "QUOTA", "used up")]
    [InlineData("""{"message":"x \ud83d","error_code":"A"}""", "A", "x \ufffd")]
    [InlineData("\ufeff{\"message\":\"x\"}", null, "x")]
    [InlineData("PERMISSION_DENIED: not yours", "PERMISSION_DENIED", "not yours")]
    [InlineData("just words", null, "just words")]
    [InlineData("red \u001b[31malert", null, "red  [31malert")]
    [InlineData("<html><head><title>502 &amp; gone</title></head></html>", null, "502 & gone")]
    [InlineData("<html><body><pre>trace</pre></body></html>", null, "trace")]
    [InlineData("<html></html>", null, "an HTML page instead of an answer")]
    [InlineData("""{"error_code":""", null, """{"error_code":""")]
    [InlineData("", null, "HTTP 502 (BadGateway) without any explanation")]
    [InlineData("{}", null, "HTTP 502 (BadGateway) without any explanation")]
    public void Every_shape_of_error_says_what_it_can(string body, string? code, string message)
    {
        ErrorBody read = ErrorBody.Read(HttpStatusCode.BadGateway, Encoding.UTF8.GetBytes(body));

        Assert.Equal(code, read.Code);
        Assert.Equal(message, read.Message);
    }

    [Fact]
    public void A_page_of_text_is_cut() =>
        Assert.Equal(1001, ErrorBody.Read(HttpStatusCode.BadGateway, Encoding.UTF8.GetBytes(new string('x', 100_000))).Message.Length);
}
