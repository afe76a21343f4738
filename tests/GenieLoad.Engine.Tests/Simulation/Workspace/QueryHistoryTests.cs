using System.Text.Json;
using GenieLoad.Engine.Simulation;
using GenieLoad.Engine.Simulation.Records;
using static GenieLoad.Engine.Tests.Simulation.SimulatorFixture;

namespace GenieLoad.Engine.Tests.Simulation.Workspace;

public sealed class QueryHistoryTests
{
    private const string Path = "/api/2.0/sql/history/queries";

    private static readonly SimulatorOptions Varied = new()
    {
        CallSeconds = 0, RegenerateShare = 0.3, FailedShare = 0.2, TextOnlyShare = 0.1,
    };

    [Fact]
    public async Task A_statement_shows_after_a_lag_runs_and_is_final_only_a_lag_after_its_end()
    {
        using var fixture = new SimulatorFixture(Steady with { HistoryLagSeconds = 0.25 });
        await fixture.AskAsync("Revenue by region?");
        SimulatedStatement truth = Assert.Single(fixture.Simulator.Record.Messages[0].Statements);
        string path = $"{Path}?filter_by.statement_ids={truth.StatementId}&include_metrics=true";
        List<string> seen = [];
        for (int step = 0; step < 200; step++)
        {
            Answer answer = await fixture.GetAsync(path);
            Assert.Equal(200, answer.Status);
            JsonElement[] rows = [.. answer.At("res").EnumerateArray()];
            string now = rows.Length == 0 ? "none" : $"{rows[0].GetProperty("status").GetString()} {rows[0].GetProperty("is_final")}";
            if (seen.Count == 0 || seen[^1] != now)
                seen.Add(now);
            fixture.Advance(0.05);
        }
        Assert.Equal(["none", "RUNNING False", "FINISHED False", "FINISHED True"], seen);
    }

    [Fact]
    public async Task Final_statements_say_what_the_record_knows()
    {
        using var fixture = new SimulatorFixture(Varied with { WarehouseSlots = 2, ColdWarehouseSeconds = 5, CachedResultShare = 0.2 });
        SimulatedStatement[] truth = await AskAsync(fixture, 60);
        int queued = 0, cold = 0, asText = 0;
        foreach (JsonElement row in await ReadAsync(fixture, $"{Path}?include_metrics=true&max_results=999"))
        {
            SimulatedStatement statement = Assert.Single(truth, s => s.StatementId == row.GetProperty("query_id").GetString());
            JsonElement metrics = row.GetProperty("metrics");
            long start = Whole(row, "query_start_time_ms")!.Value;
            long compiles = Whole(metrics, "query_compilation_start_timestamp")!.Value;
            long? provisioning = Whole(metrics, "provisioning_queue_start_timestamp");
            long? overloading = Whole(metrics, "overloading_queue_start_timestamp");
            Near(Milliseconds(statement.StartedAt), start);
            Near(Milliseconds(statement.EndedAt), Whole(row, "query_end_time_ms")!.Value);
            Near(statement.WarehouseStartSeconds * 1000, provisioning is long p ? (overloading ?? compiles) - p : 0);
            Near(statement.WarehouseQueueSeconds * 1000, overloading is long o ? compiles - o : 0);
            Near(statement.CompileSeconds * 1000, Whole(metrics, "compilation_time_ms")!.Value);
            Near(statement.ExecuteSeconds * 1000, Whole(metrics, "execution_time_ms")!.Value);
            Near(statement.ResultFetchSeconds * 1000, Whole(metrics, "result_fetch_time_ms")!.Value);
            Assert.Equal(statement.FromResultCache, metrics.GetProperty("result_from_cache").GetBoolean());
            Assert.Equal(statement.ReadBytes, Whole(metrics, "read_bytes"));
            Assert.Equal(statement.Succeeded ? "FINISHED" : "FAILED", row.GetProperty("status").GetString());
            Assert.Equal(statement.WarehouseStartSeconds > 0, provisioning is not null);
            Assert.Equal(statement.WarehouseQueueSeconds > 0, overloading is not null);
            queued += overloading is null ? 0 : 1;
            cold += provisioning is null ? 0 : 1;
            asText += metrics.GetProperty("read_bytes").ValueKind == JsonValueKind.String ? 1 : 0;
        }
        Assert.True(queued > 10 && cold > 10 && truth.Any(s => s.FromResultCache), "Statements waited for a turn and for the warehouse.");
        Assert.InRange(asText, 1, truth.Length - 1);
    }

    [Fact]
    public async Task Statements_lie_within_their_messages_and_their_parts_follow_without_gaps()
    {
        using var fixture = new SimulatorFixture(Varied with { WarehouseSlots = 1 });
        await AskAsync(fixture, 60);
        foreach (SimulatedMessage message in fixture.Simulator.Record.Messages)
        {
            DateTime before = message.AcceptedAt.Utc;
            foreach (SimulatedStatement statement in message.Statements)
            {
                Assert.True(before < statement.StartedAt.Utc && statement.EndedAt.Utc < message.CompletedAt.Utc);
                double parts = statement.WarehouseStartSeconds + statement.WarehouseQueueSeconds + statement.CompileSeconds
                    + statement.ExecuteSeconds + statement.ResultFetchSeconds + statement.UnnamedSeconds;
                Assert.Equal((statement.EndedAt.Utc - statement.StartedAt.Utc).TotalSeconds, parts, 5);
                before = statement.EndedAt.Utc;
            }
        }
        Assert.Contains(fixture.Simulator.Record.Messages, message => message.Statements.Count == 2);
        Assert.Contains(fixture.Simulator.Record.Messages, message => message.Statements.Count == 0);
    }

    [Fact]
    public async Task Pages_follow_each_other_the_newest_first_with_tokens_that_must_be_escaped()
    {
        using var fixture = new SimulatorFixture(Varied);
        SimulatedStatement[] truth = await AskAsync(fixture, 30);
        Answer first = await fixture.GetAsync(Path + "?max_results=7");
        Assert.True(first.At("has_next_page").GetBoolean());
        string token = first.Text("next_page_token");
        Assert.Contains('+', token);
        Assert.Contains('/', token);
        Assert.EndsWith("=", token, StringComparison.Ordinal);
        Assert.Equal(400, (await fixture.GetAsync($"{Path}?max_results=7&page_token={token}")).Status);
        JsonElement[] rows = await ReadAsync(fixture, Path + "?max_results=7");
        Assert.Equal(
            truth.Select(s => s.StatementId).Order(StringComparer.Ordinal),
            rows.Select(r => r.GetProperty("query_id").GetString()!).Order(StringComparer.Ordinal));
        long[] starts = [.. rows.Select(row => Whole(row, "query_start_time_ms")!.Value)];
        Assert.Equal(starts.OrderDescending(), starts);
        Assert.False(rows[0].TryGetProperty("metrics", out _), "Metrics come on request only.");
        Assert.Equal(400, (await fixture.GetAsync(Path + "?max_results=1000")).Status);
    }

    [Fact]
    public async Task Filters_are_repeated_keys_and_an_unknown_id_is_an_empty_list()
    {
        using var fixture = new SimulatorFixture(Varied with { HistoryIdLimit = 2 });
        SimulatedStatement[] truth = await AskAsync(fixture, 10);
        string one = $"filter_by.statement_ids={truth[0].StatementId}";
        string two = $"{one}&filter_by.statement_ids={truth[1].StatementId}";
        Assert.Single((await fixture.GetAsync($"{Path}?{one}")).At("res").EnumerateArray());
        Assert.Equal(2, (await fixture.GetAsync($"{Path}?{two}")).At("res").GetArrayLength());
        Assert.Equal(400, (await fixture.GetAsync($"{Path}?{two}&filter_by.statement_ids=x")).Status);
        Answer none = await fixture.GetAsync($"{Path}?filter_by.statement_ids=01ef-nobody");
        Assert.Equal((200, 0), (none.Status, none.At("res").GetArrayLength()));
        Assert.Equal(0, (await fixture.GetAsync($"{Path}?filter_by.warehouse_ids=other")).At("res").GetArrayLength());
        long start = (long)Milliseconds(truth[0].StartedAt);
        Answer range = await fixture.GetAsync(
            $"{Path}?{one}&filter_by.query_start_time_range.start_time_ms={start}&filter_by.query_start_time_range.end_time_ms={start}");
        Assert.Equal(1, range.At("res").GetArrayLength());
    }

    [Fact]
    public async Task Missing_statements_never_show_and_others_see_none()
    {
        using var fixture = new SimulatorFixture(Varied with { HistoryMissingShare = 0.5 });
        SimulatedStatement[] truth = await AskAsync(fixture, 40);
        JsonElement[] rows = await ReadAsync(fixture, Path + "?max_results=999");
        Assert.Equal(truth.Count(s => !s.IsMissing), rows.Length);
        Assert.InRange(rows.Length, 1, truth.Length - 1);
        using var form = new FormUrlEncodedContent([new("grant_type", "client_credentials")]);
        using var login = new HttpRequestMessage(HttpMethod.Post, "/oidc/v1/token") { Content = form };
        login.Headers.Authorization = new("Basic", Convert.ToBase64String(
            System.Text.Encoding.UTF8.GetBytes($"{fixture.Simulator.ClientId}:{fixture.Simulator.ClientSecret}")));
        Answer token = await Answer.ReadAsync(await fixture.Client.SendAsync(login));
        using HttpClient other = fixture.NewClient(token.Text("access_token"));
        Assert.Equal(0, (await fixture.GetAsync(Path, other)).At("res").GetArrayLength());
    }

    [Fact]
    public async Task A_history_that_may_not_be_seen_is_a_403_and_so_is_the_warehouse()
    {
        using var fixture = new SimulatorFixture(Steady with { HistoryForbidden = true });
        Answer history = await fixture.GetAsync(Path);
        Assert.Equal((403, "PERMISSION_DENIED"), (history.Status, history.Text("error_code")));
        Assert.Equal(403, (await fixture.GetAsync("/api/2.0/sql/warehouses/" + fixture.Simulator.WarehouseId)).Status);
    }

    private static async Task<SimulatedStatement[]> AskAsync(SimulatorFixture fixture, int count)
    {
        for (int i = 0; i < count; i++)
            await fixture.AskAsync($"Question {i}?");
        fixture.Advance(3_600);
        return [.. fixture.Simulator.Record.Messages.SelectMany(message => message.Statements)];
    }

    private static async Task<JsonElement[]> ReadAsync(SimulatorFixture fixture, string path)
    {
        List<JsonElement> rows = [];
        string? token = null;
        do
        {
            Answer page = await fixture.GetAsync(token is null ? path : $"{path}&page_token={Uri.EscapeDataString(token)}");
            Assert.Equal(200, page.Status);
            rows.AddRange(page.At("res").EnumerateArray());
            token = page.At("has_next_page").GetBoolean() ? page.Text("next_page_token") : null;
        }
        while (token is not null);
        return [.. rows];
    }

    private static void Near(double expected, double actual) => Assert.InRange(actual, expected - 1.001, expected + 1.001);

    private static double Milliseconds(SimulatedInstant instant) => (instant.Utc - DateTime.UnixEpoch).TotalMilliseconds;

    private static long? Whole(JsonElement owner, string name) => !owner.TryGetProperty(name, out JsonElement value) ? null
        : value.ValueKind == JsonValueKind.String ? long.Parse(value.GetString()!, System.Globalization.CultureInfo.InvariantCulture)
        : value.GetInt64();
}
