using System.Buffers;
using System.Net;
using System.Text;
using System.Text.Json;
using GenieLoad.Engine.Credentials;
using GenieLoad.Engine.Genie;
using GenieLoad.Engine.Http.Retries;
using GenieLoad.Engine.Running;
using GenieLoad.Engine.Runs;
using GenieLoad.Model;
using Microsoft.Extensions.Time.Testing;

namespace GenieLoad.Engine.Tests.Fuzzing;

/// <summary>
/// A question whose every answer may be the wrong one. However the walk ends, it ends: as one row that says how, and that can be kept.
/// </summary>
internal static class WalkedQuestion
{
    public static bool Read(byte[] body)
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));
        // The input decides by its length which of the calls it answers.
        string kind = (body.Length % 4) switch { 0 => "start", 1 => "result", _ => "message" };
        using var client = new GenieApiClient(
            new Uri("https://workspace.example"), TokenCredential.Create("secret", "test"),
            new GenieClientOptions { Retry = new RetryOptions { MaximumRetries = 1, BaseSeconds = 0.1, JitterSeconds = 0 } }, time,
            handler: new Service(kind, body));
        QuestionResult row = time.Drive(
            () => SingleQuestion.AskAsync(
                client, "space", 1, new Question { Id = "q1", Text = "How many?" }, QuestionMode.Chat, null,
                new LoadTestOptions { QuestionTimeoutSeconds = 4 },
                _ => { }, CancellationToken.None),
            atMostSeconds: 10).GetAwaiter().GetResult();
        Assert.Contains(row.Outcome, Outcome.All);
        Assert.False(row.ErrorText?.StartsWith("GenieLoad itself failed", StringComparison.Ordinal) == true, row.ErrorText);
        Assert.InRange(row.ResponseSeconds!.Value, 0, 4.1);
        Running.LoadTestOrchestratorTests.AddsUp(row);
        Keep(row, body);
        return true;
    }

    private static void Keep(QuestionResult row, byte[] body)
    {
        string line = JsonSerializer.Serialize(row, RunJson.Lines.QuestionResult);
        Assert.True(RunFileChecks.IsSound(JsonSerializer.Deserialize(line, RunJson.Lines.QuestionResult)!));
        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json))
            ResponseLine.Write(writer, row, new QuestionResponses(body, [body]));
        Assert.False(json.WrittenSpan.Contains((byte)'\n'), "A body broke its line.");
        using JsonDocument _ = JsonDocument.Parse(json.WrittenMemory, new JsonDocumentOptions { MaxDepth = 1010 });
    }

    /// <summary>Answers as a space does, but for one kind of call.</summary>
    private sealed class Service(string kind, byte[] body) : HttpMessageHandler
    {
        private static readonly Dictionary<string, byte[]> Right = new[]
        {
            ("start", """{"conversation_id":"c1","message_id":"m1","message":{"message_id":"m1","status":"SUBMITTED"}}"""),
            ("message", """{"message_id":"m1","status":"COMPLETED","attachments":[{"attachment_id":"a1","query":{"query":"SELECT 1","statement_id":"s1"}}]}"""),
            ("result", """{"statement_response":{"statement_id":"s1","status":{"state":"SUCCEEDED"},"manifest":{"total_row_count":1},"result":{"chunk_index":0,"row_count":1}}}"""),
            ("chunk", """{"chunk_index":1,"row_count":1}"""),
        }.ToDictionary(pair => pair.Item1, pair => Encoding.UTF8.GetBytes(pair.Item2));

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            string asked = FuzzSamples.KindOf(request);
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK)
            {
                Content = new ByteArrayContent(asked == kind ? body : Right[asked]),
            });
        }
    }
}
