using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using GenieLoad.Engine.Simulation;
using Microsoft.Extensions.Time.Testing;

namespace GenieLoad.Engine.Tests.Simulation;

/// <summary>A simulator on a fake clock and a client that reaches it in process.</summary>
public sealed class SimulatorFixture : IDisposable
{
    /// <summary>Constant latencies that are easy to add up: 1 s a phase, 4 s of ASKING_AI, no latency of calls.</summary>
    public static readonly SimulatorOptions Steady = new()
    {
        SubmittedSeconds = 1,
        FetchingMetadataSeconds = 1,
        FilteringContextSeconds = 1,
        AskingAiSeconds = 4,
        PendingWarehouseSeconds = 1,
        ExecutingQuerySeconds = 1,
        LatencySpread = 0,
        CallSeconds = 0,
    };

    public SimulatorFixture(SimulatorOptions? options = null)
    {
        Clock = new FakeTimeProvider(new DateTimeOffset(2026, 9, 1, 12, 0, 0, 250, TimeSpan.Zero));
        Simulator = GenieSimulator.Start(options ?? Steady, Clock);
        Client = NewClient(Simulator.Token);
    }

    public FakeTimeProvider Clock { get; }

    public GenieSimulator Simulator { get; }

    public HttpClient Client { get; }

    public string SpacePath => $"/api/2.0/genie/spaces/{Simulator.SpaceId}";

    public HttpClient NewClient(string? token)
    {
        var client = new HttpClient(Simulator.CreateHandler()) { BaseAddress = Simulator.Uri, Timeout = Timeout.InfiniteTimeSpan };
        if (token is not null)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    public void Advance(double seconds) => Clock.Advance(TimeSpan.FromSeconds(seconds));

    public async Task<Answer> GetAsync(string path, HttpClient? client = null) =>
        await Answer.ReadAsync(await (client ?? Client).GetAsync(path).ConfigureAwait(false)).ConfigureAwait(false);

    public async Task<Answer> PostAsync(string path, string? json, HttpClient? client = null)
    {
        using StringContent? content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json");
        return await Answer.ReadAsync(await (client ?? Client).PostAsync(path, content).ConfigureAwait(false)).ConfigureAwait(false);
    }

    public async Task<Answer> DeleteAsync(string path) => await Answer.ReadAsync(await Client.DeleteAsync(path));

    public Task<Answer> StartAsync(string question) => PostAsync(SpacePath + "/start-conversation", Content(question));

    /// <summary>Asks and gives the path of the new message.</summary>
    public async Task<string> AskAsync(string question)
    {
        Answer answer = await StartAsync(question).ConfigureAwait(false);
        Assert.Equal(200, answer.Status);
        return $"{SpacePath}/conversations/{answer.Text("conversation_id")}/messages/{answer.Text("message_id")}";
    }

    public async Task<string> StatusAsync(string messagePath) => (await GetAsync(messagePath).ConfigureAwait(false)).Text("status");

    public static string Content(string question) => JsonSerializer.Serialize(new { content = question });

    public void Dispose()
    {
        Client.Dispose();
        Simulator.Dispose();
    }

    public sealed record Answer(int Status, string Body, HttpResponseMessage Response)
    {
        public JsonElement Json => JsonDocument.Parse(Body).RootElement;

        public string Text(params string[] path) => At(path).GetString()!;

        public long Number(params string[] path) => At(path).GetInt64();

        public JsonElement At(params string[] path)
        {
            JsonElement element = Json;
            foreach (string step in path)
            {
                element = int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out int index)
                    ? element[index]
                    : element.GetProperty(step);
            }

            return element;
        }

        public string[] Names => [.. Json.EnumerateObject().Select(member => member.Name)];

        public static async Task<Answer> ReadAsync(HttpResponseMessage response) =>
            new((int)response.StatusCode, await response.Content.ReadAsStringAsync().ConfigureAwait(false), response);
    }
}
