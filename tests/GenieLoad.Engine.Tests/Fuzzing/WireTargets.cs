using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using GenieLoad.Engine.Costs;
using GenieLoad.Engine.Genie.Wire;
using GenieLoad.Engine.Http;
using GenieLoad.Engine.Running;
using GenieLoad.Engine.Sessions;
using GenieLoad.Engine.Simulation.Transport;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Fuzzing;

/// <summary>Readers of what the service sends, and of what the simulator is sent.</summary>
internal static class WireTargets
{
    public static IEnumerable<FuzzTarget> All()
    {
        FuzzSamples samples = FuzzSamples.Shared;
        yield return Json("start", WireJson.Default.StartConversationAnswer, answer => Use(answer.Message));
        yield return Json("message", WireJson.Default.GenieMessage, Use);
        yield return Json("result", WireJson.Default.QueryResultAnswer, answer => _ = answer.StatementResponse?.Status?.IsFailed);
        yield return Json("chunk", WireJson.Default.ResultChunk, chunk => _ = chunk.NextChunkIndex);
        yield return Json("spaces", WireJson.Default.SpacePage, page => _ = page.Spaces?.Count);
        yield return Json("conversations", WireJson.Default.ConversationPage, page => _ = page.Conversations?.Count);
        yield return new FuzzTarget("wire/bill", FuzzTarget.Texts(BilledRows), ReadBill, e => e is JsonException);
        yield return new FuzzTarget("wire/evaluation", FuzzTarget.Texts(Evaluations), ReadEvaluation, e => e is JsonException);
        yield return new FuzzTarget(
            "wire/error", [.. samples.Replies("error"), .. ErrorPages()], ReadError, _ => false) { Refuses = false };
        yield return new FuzzTarget("wire/walk", [.. samples.Replies("message"), .. samples.Replies("result"), .. samples.Replies("start")],
            WalkedQuestion.Read, _ => false)
        {
            Refuses = false, Bytes = 12_000_000, BytesPerByte = 1500, Cost = 4,
        };
        yield return new FuzzTarget("wire/http", WireBytes.Samples(samples), WireBytes.Read, e => e is ApiException) { Bytes = null };
        yield return new FuzzTarget("wire/request", WireBytes.Requests(), ReadRequests, e => e is HttpRequestRefusal or IOException)
        {
            // A request may announce a body of this size, and gets room for it.
            Bytes = 2L * HttpHead.BodyLimit,
        };
    }

    private static FuzzTarget Json<T>(string kind, JsonTypeInfo<T> type, Action<T> use)
        where T : class =>
        new(
            "wire/" + kind, FuzzSamples.Shared.Replies(kind),
            body =>
            {
                use(WireJson.Read(body, type));
                return true;
            },
            e => e is JsonException);

    private static void Use(GenieMessage? message)
    {
        string kind = Answer.Kind(message);
        Assert.NotEmpty(kind);
        _ = (Answer.Query(message)?.Query?.Query, Answer.Text(message), message?.Identity, MessageStatus.IsTerminal(message?.Status));
        Assert.False(message?.ServerSeconds < 0);
    }

    private static bool ReadEvaluation(byte[] body)
    {
        EvalRun run = WireJson.Read(body, WireJson.Default.EvalRun);
        _ = (run.NumDone, run.CreatedTimestamp, WireJson.Read(body, WireJson.Default.EvalRunPage).EvalRuns?.Count);
        _ = WireJson.Read(body, WireJson.Default.EvalResultPage).EvalResults?.Count;
        EvalResult result = WireJson.Read(body, WireJson.Default.EvalResult);
        Assert.DoesNotContain(null, result.AssessmentReasons ?? []);
        return true;
    }

    private static bool ReadBill(byte[] body)
    {
        SqlStatement statement = WireJson.Read(body, WireJson.Default.SqlStatement);
        var result = new StatementResult(
            [.. statement.Manifest?.Schema?.Columns?.Select(column => (column?.Name ?? "", column?.TypeName)) ?? []],
            [.. statement.Result?.DataArray?.OfType<List<string?>>() ?? []], IsCut: false);
        BillRecord[] records = [.. result.ByName().Select(BillingQuery.RecordOf).OfType<BillRecord>()];
        IReadOnlyList<BillRecord> once = Bill.Once(records);
        Assert.All(Bill.Hours(once), hour => Assert.True(double.IsFinite(hour.Dbu)));
        Assert.Equal(once.Count == 0, Bill.Dbu(once) is null);
        _ = (Bill.ListAmount(once), Bill.UnpricedDbu(once));
        return true;
    }

    private static bool ReadError(byte[] body)
    {
        ErrorBody error = ErrorBody.Read(HttpStatusCode.BadGateway, body);
        Assert.InRange(error.Message.Length, 1, 1100);
        Assert.DoesNotContain(error.Message, char.IsControl);
        return true;
    }

    private static bool ReadRequests(byte[] bytes)
    {
        using var stream = new ScriptedStream(bytes);
        using var reader = new HttpRequestReader(stream);
        int requests = 0;
        while (reader.ReadAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult() is not null)
            Assert.InRange(++requests, 1, bytes.Length);
        return requests > 0;
    }

    private static readonly string[] Evaluations =
    [
        """{"eval_run_id":"e","eval_run_status":"DONE","num_questions":2,"num_done":2,"num_correct":1,"created_timestamp":1795000000000}""",
        """{"eval_runs":[{"eval_run_id":"e"}],"eval_results":[{"result_id":"r","question":"q?"}],"next_page_token":"t"}""",
        """
        {"result_id":"r","benchmark_question_id":"b","assessment":"BAD","assessment_reasons":["EMPTY_RESULT"],"manual_assessment":false,
        "actual_response":[{"response":"SELECT 1","response_type":"SQL","sql_execution_result":{"result":{"data_array":[["1"]]}}}]}
        """,
    ];

    private const string BilledRows =
        """
        {"statement_id":"s","status":{"state":"SUCCEEDED"},"manifest":{"schema":{"columns":[{"name":"record_id"},{"name":"record_type"},
        {"name":"start_ms"},{"name":"end_ms"},{"name":"product"},{"name":"usage_quantity"},{"name":"list_price"},{"name":"currency_code"}]},
        "truncated":false},"result":{"chunk_index":0,"data_array":[
        ["a","ORIGINAL","1795000000000","1795003600000","GENIE","1.250000000000000000","0.07","USD"],
        ["b","RETRACTION","1795000000000","1795003600000","GENIE","-1.25","0.07","USD"],
        ["c","ORIGINAL","1795000000000","1795003600000","SQL","9E3",null,null]]}}
        """;

    private static byte[][] ErrorPages() => FuzzTarget.Texts(
        """{"error_code":"RESOURCE_EXHAUSTED","message":"Too many","details":[{"@type":"x","request_id":"r-1"}]}""",
        """{"error":{"code":403,"message":"Forbidden"}}""", """{"error":"invalid_client","error_description":"Bad client secret=abcdef1234"}""",
        "<html><head><title>502 Bad Gateway</title></head><body><pre>Upstream\nis gone</pre></body></html>",
        "BAD_REQUEST: Authorization: Bearer dapi0123456789abcdef", "https://store.example/x?sig=abc&se=2", "");
}
