using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Text;
using GenieLoad.Benchmarks.Sections;

namespace GenieLoad.Benchmarks;

/// <summary>Streams by HttpClient and SseParser alone: events are read and dropped.</summary>
/// <param name="server">Address of the stub.</param>
/// <param name="spaceId">One of its spaces.</param>
internal sealed class BareStreams(Uri server, string spaceId)
{
    private readonly TaskCompletionSource _allOpen = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _toOpen;

    /// <summary>Ends when each has had its first event.</summary>
    public Task AllOpen => _allOpen.Task;

    /// <summary>Opens them as evenly as a load test does and reads each to its end.</summary>
    /// <returns>How many brought an answer.</returns>
    public async Task<int> RunAsync(int count)
    {
        using HttpClient http = new() { BaseAddress = server, Timeout = Timeout.InfiniteTimeSpan };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", SpaceClient.Token);
        _toOpen = count;
        long began = Stopwatch.GetTimestamp();
        List<Task<bool>> all = [];
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (all.Count < count && await timer.WaitForNextTickAsync())
        {
            double due = Stopwatch.GetElapsedTime(began).TotalSeconds * MemoryProbe.ArrivalsPerSecond;
            while (all.Count < Math.Min(count, due))
                all.Add(ReadAsync(http, all.Count + 1));
        }
        return (await Task.WhenAll(all)).Count(isAnswered => isAnswered);
    }

    private async Task<bool> ReadAsync(HttpClient http, int number)
    {
        string text = $"{number}: How many orders were placed last month, by region?";
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/2.0/genie/agents/{spaceId}/responses")
        {
            Content = new StringContent(
                $$"""{"input":[{"type":"message","role":"user","content":[{"type":"input_text","text":"{{text}}"}]}]}""",
                Encoding.UTF8, "application/json"),
        };
        using HttpResponseMessage response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead).ConfigureAwait(false);
        bool isFirst = true;
        bool isAnswered = false;
        await foreach (SseItem<string> item in SseParser.Create(await response.Content.ReadAsStreamAsync().ConfigureAwait(false))
            .EnumerateAsync().ConfigureAwait(false))
        {
            if (isFirst && Interlocked.Decrement(ref _toOpen) == 0)
                _allOpen.TrySetResult();
            isFirst = false;
            isAnswered = item.EventType == "response.completed";
        }
        return isAnswered;
    }
}
