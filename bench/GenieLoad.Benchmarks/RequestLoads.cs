using System.Diagnostics;
using System.Net.Http.Headers;
using GenieLoad.Benchmarks.Stub;
using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Genie;
using GenieLoad.Engine.Genie.Polling;
using GenieLoad.Engine.Genie.Wire;
using GenieLoad.Engine.Http;
using GenieLoad.Engine.Randomness;
using GenieLoad.Engine.Running;
using GenieLoad.Engine.Runs;
using GenieLoad.Model;

namespace GenieLoad.Benchmarks;

/// <summary>Ways to make as many requests as possible for some seconds. Each gives back how many were answered.</summary>
internal sealed class RequestLoads : IDisposable
{
    /// <summary>Callers at once, each with one request at a time; the other tools get the same.</summary>
    public const int Callers = 16;

    private const int PollsPerQuestion = 10;

    private readonly HttpClient _http;
    private readonly SpaceClient _asking;
    private readonly SpaceClient _answering;
    private readonly PacingClock _clock = new();

    public RequestLoads(Uri server, string folder)
    {
        _http = new HttpClient { BaseAddress = server };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", SpaceClient.Token);
        _asking = new SpaceClient(server, StubAnswers.AskingSpace, folder, _clock);
        _answering = new SpaceClient(server, StubAnswers.TenPollsSpace, folder, _clock);
    }

    /// <summary>HttpClient in a loop: the answer's bytes are read and dropped.</summary>
    public Task<long> BareAsync(double seconds, CancellationToken stop) => ForAsync(seconds, GetBareAsync, stop);

    /// <summary>The same with a wait before every request, each caller on its own, as questions in flight wait; until stopped.</summary>
    /// <param name="callers">Callers, spread evenly over the first wait.</param>
    /// <param name="wait">The wait.</param>
    /// <param name="stop">Ends all.</param>
    public Task PollBareAsync(int callers, TimeSpan wait, CancellationToken stop)
    {
        return Task.WhenAll(Enumerable.Range(0, callers).Select(PollAsync));

        async Task PollAsync(int caller)
        {
            try
            {
                await Task.Delay(wait * caller / callers, _clock, stop).ConfigureAwait(false);
                while (await _clock.PollWaitAsync(wait, true, stop).ConfigureAwait(false))
                    await GetBareAsync().ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                // Its end.
            }
        }
    }

    /// <summary>
    /// The engine's own path: a question is ten polls by <see cref="GenieApiClient"/> (JSON parsed, retries, record) and its lines in
    /// the journal, all of which are on disk before the time is taken.
    /// </summary>
    public async Task<long> EngineAsync(double seconds, CancellationToken stop)
    {
        await using RunJournal journal = _asking.OpenJournal(Plans.Even(1, 1));
        (string conversation, string message) = StubAnswers.Ids;
        int questions = 0;
        long requests = await ForAsync(seconds, async () =>
        {
            int index = Interlocked.Increment(ref questions);
            long deadline = Stopwatch.GetTimestamp() + (300 * Stopwatch.Frequency);
            var policy = new CallPolicy(SeededRandom.For(1, "retry", index)) { Deadline = deadline };
            await journal.Started(index, index).ConfigureAwait(false);
            journal.Accepted(index, conversation, message);
            (GenieMessage Message, ReadOnlyMemory<byte> Body)? last = null;
            for (int poll = 0; poll < PollsPerQuestion; poll++)
            {
                ApiReply<GenieMessage> reply = await _asking.Api.GetMessageAsync(
                    StubAnswers.AskingSpace, conversation, message, policy, stop, before: last);
                last = (reply.Value, reply.Body);
            }
            journal.Append(SampleRow.Of(index, last!.Value.Message), new QuestionResponses(last.Value.Body, []));
            return PollsPerQuestion;
        }, stop);
        await journal.CompleteAsync(new RunStatus(RunState.Completed, DateTime.UtcNow, seconds));
        return requests;
    }

    /// <summary>
    /// A whole load test: asked, polled ten times on average, result read, row made, journal written, run summed up. Polls every 10 ms,
    /// which no real test does, so that one second holds enough of it.
    /// </summary>
    public async Task<long> WholeTestAsync(int questions, CancellationToken stop)
    {
        var poll = new PollOptions { FirstSeconds = 0.01, Factor = 1, MaximumSeconds = 0.01, LateMaximumSeconds = 0.01 };
        var options = new LoadTestOptions { Poll = poll };
        LoadRun run = await _answering.RunAsync(Plans.Even(questions, 0.1, workers: 256), options, NoWatcher.Instance, stop);
        stop.ThrowIfCancellationRequested();
        if (run.Results.FirstOrDefault(row => !row.Success) is QuestionResult failed)
            throw new InvalidOperationException($"A question ended as {failed.Outcome}: {failed.ErrorText}");
        const int ResultReads = 1;
        return run.Results.Sum(row => (long)row.Attempts + row.Polls + ResultReads);
    }

    public void Dispose()
    {
        _http.Dispose();
        _asking.Dispose();
        _answering.Dispose();
        _clock.Dispose();
    }

    private async Task<int> GetBareAsync()
    {
        using HttpResponseMessage response = await _http.GetAsync(StubAnswers.MessagePath, CancellationToken.None).ConfigureAwait(false);
        await response.Content.ReadAsByteArrayAsync(CancellationToken.None).ConfigureAwait(false);
        return response.IsSuccessStatusCode ? 1 : throw new InvalidOperationException($"The stub answered {response.StatusCode}.");
    }

    private static async Task<long> ForAsync(double seconds, Func<Task<int>> once, CancellationToken stop)
    {
        long until = Stopwatch.GetTimestamp() + (long)(seconds * Stopwatch.Frequency);
        async Task<long> CallAsync()
        {
            long requests = 0;
            while (Stopwatch.GetTimestamp() < until)
            {
                stop.ThrowIfCancellationRequested();
                requests += await once();
            }
            return requests;
        }
        long[] all = await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(CallAsync, stop)));
        return all.Sum();
    }
}
