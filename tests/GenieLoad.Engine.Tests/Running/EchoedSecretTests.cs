using System.Net;
using System.Reflection;
using System.Text;
using GenieLoad.Engine.Credentials;
using GenieLoad.Engine.Genie;
using GenieLoad.Engine.Http;
using GenieLoad.Engine.Http.Retries;
using GenieLoad.Engine.Logging;
using GenieLoad.Engine.Running;
using GenieLoad.Engine.Runs;
using GenieLoad.Model;
using Microsoft.Extensions.Time.Testing;

namespace GenieLoad.Engine.Tests.Running;

/// <summary>A service that repeats the token wherever a text may stand.</summary>
public sealed class EchoedSecretTests
{
    private const string Token = "0451-token-told-by-the-service";

    private static readonly string[] Own =
    [
        nameof(QuestionResult.Outcome), nameof(QuestionResult.AnswerKind), nameof(QuestionResult.Question),
        nameof(QuestionResult.QuestionId),
        nameof(QuestionResult.Connection), nameof(QuestionResult.Mode), nameof(QuestionResult.SqlSignature),
        nameof(QuestionResult.SqlLexicalSignature),
        nameof(QuestionResult.SqlMaskedSignature), nameof(QuestionResult.SqlShapeSignature), nameof(QuestionResult.ResultSignature),
        nameof(QuestionResult.ColumnSignature), nameof(QuestionResult.TextSignature), nameof(QuestionResult.SqlFindings),
        nameof(QuestionResult.Expectation),
    ];

    [Fact]
    public async Task A_row_holds_no_token_in_any_of_its_texts()
    {
        QuestionResult completed = await Ask(
            """{"conversation_id":"c1","message_id":"m1","message":{"message_id":"m1","status":"SUBMITTED"}}""",
            """
            {"message_id":"m1","status":"COMPLETED","attachments":[{"attachment_id":"a1","text":{"content":"the TOKEN"}},
             {"attachment_id":"a2","query":{"query":"SELECT '_TOKEN_'","statement_id":"s-TOKEN"}}]}
            """);
        QuestionResult failed = await Ask(
            """{"conversation_id":"c1","message_id":"m1","message":{"message_id":"m1","status":"SUBMITTED"}}""",
            """{"message_id":"m1","status":"FAILED","error":{"error":"no TOKEN","type":"TYPE_TOKEN"}}""");

        Assert.Equal(("the ***", "SELECT '_***_'", "s-***"), (completed.Answer, completed.Sql, completed.StatementId));
        Assert.Equal(("no ***", "TYPE_***"), (failed.ErrorText, failed.ErrorType));
        foreach (PropertyInfo property in typeof(QuestionResult).GetProperties().Where(property => property.PropertyType == typeof(string)))
        {
            foreach (QuestionResult row in (QuestionResult[])[completed, failed])
                Assert.DoesNotContain(Token, $"{property.GetValue(row)}", StringComparison.Ordinal);
        }
    }

    /// <summary>
    /// Not the properties that somebody thought of: those of the type, all but the ones that hold our own words or the user's.
    /// </summary>
    [Fact]
    public void Every_text_of_a_row_passes_the_gate()
    {
        var row = new QuestionResult
        {
            Index = 1, QuestionId = "", Question = "", Outcome = "", PlannedAt = default, PlannedOffsetSeconds = 0,
        };
        PropertyInfo[] texts = [.. typeof(QuestionResult).GetProperties().Where(property => property.PropertyType == typeof(string))];
        LiveSecrets.Learn(Token);
        foreach (PropertyInfo text in texts)
            text.SetValue(row, $"a {Token}");

        RowGate.Redact(row);

        Assert.Equal(Own.Order(), texts.Where(text => (string)text.GetValue(row)! != "a ***").Select(text => text.Name).Order());
    }

    [Theory]
    [InlineData(400)]
    [InlineData(403)]
    [InlineData(404)]
    public async Task A_refusal_holds_no_token_in_type_text_or_request_id(int status)
    {
        QuestionResult row = await Ask(
            """{"error_code":"CODE_TOKEN","message":"BASE64 and TOKEN","details":[{"request_id":"r-TOKEN"}]}""", "", (HttpStatusCode)status);

        Assert.Equal(("CODE_***", "StartConversation: *** and ***", "r-***"), (row.ErrorType, row.ErrorText, row.RequestId));
    }

    [Fact]
    public void A_failure_holds_no_token_whichever_way_it_is_made()
    {
        LiveSecrets.Learn(Token);
        var beneath = new HttpRequestException($"by {Token}", new IOException($"with {Token}"));

        ApiFailure failure = new ApiFailure(FailureKind.Transport, Token, Token) { RequestId = Token, Exception = beneath };
        ApiFailure copy = failure with { ErrorType = Token, Message = Token, RequestId = Token };

        Assert.Equal(("***", "***", "***"), (failure.ErrorType, failure.Message, failure.RequestId));
        Assert.Equal(("***", "***", "***"), (copy.ErrorType, copy.Message, copy.RequestId));
        Assert.DoesNotContain(Token, failure.Exception!.ToString(), StringComparison.Ordinal);
        Assert.Equal(("by ***", "with ***"), (failure.Exception.Message, failure.Exception.InnerException!.Message));
    }

    [Fact]
    public void A_clean_exception_stays_what_it_is()
    {
        var beneath = new HttpRequestException("refused", new IOException("reset"));

        Assert.Same(beneath, new ApiFailure(FailureKind.Transport, "X", "x") { Exception = beneath }.Exception);
    }

    [Fact]
    public async Task A_space_and_a_connection_hold_no_token()
    {
        using var client = Client("", "", HttpStatusCode.OK, """{"space_id":"01ef","title":"of TOKEN","description":"TOKEN","warehouse_id":"w_TOKEN"}""");
        var connector = new GenieConnector(client);

        Connection connection = await connector.CheckAsync("01ef", false, CancellationToken.None);
        List<Space> spaces = [];
        await foreach (Space one in connector.GetSpacesAsync("01ef", CancellationToken.None))
            spaces.Add(one);

        Assert.Equal(("of ***", "w_***"), (connection.SpaceTitle, connection.WarehouseId));
        Space space = Assert.Single(spaces);
        Assert.Equal(("of ***", "***", "w_***"), (space.Title, space.Description, space.WarehouseId));
    }

    private static async Task<QuestionResult> Ask(string start, string message, HttpStatusCode status = HttpStatusCode.OK)
    {
        using GenieApiClient client = Client(start, message, status, "");
        var time = (FakeTimeProvider)client.Time;
        return await time.Drive(
            () => SingleQuestion.AskAsync(
                client, "space", 1, new Question { Id = "q1", Text = "How many?" }, QuestionMode.Chat, null,
                new LoadTestOptions { ReadResult = false }, _ => { },
                CancellationToken.None),
            atMostSeconds: 100);
    }

    private static GenieApiClient Client(string start, string message, HttpStatusCode status, string space) => new(
        new Uri("https://workspace.example"), TokenCredential.Create(Token, "test"),
        new GenieClientOptions { Retry = new RetryOptions { MaximumRetries = 0 } }, new FakeTimeProvider(),
        handler: new Service(request => request.Method == HttpMethod.Post ? start : request.RequestUri!.AbsolutePath.Contains("messages")
            ? message : space, status));

    private sealed class Service(Func<HttpRequestMessage, string> answer, HttpStatusCode status) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            string body = answer(request).Replace("TOKEN", Token)
                .Replace("BASE64", Convert.ToBase64String(Encoding.UTF8.GetBytes($"token:{Token}")));
            return Task.FromResult(
                new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") });
        }
    }
}
