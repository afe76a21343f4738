using GenieLoad.Engine.Credentials;
using GenieLoad.Engine.Genie;
using GenieLoad.Engine.Http;
using GenieLoad.Engine.Running;
using GenieLoad.Engine.Runs;
using GenieLoad.Engine.Simulation;
using GenieLoad.Engine.Tests.Campaign;
using GenieLoad.Engine.Tests.Running;
using GenieLoad.Model;
using Microsoft.Extensions.Time.Testing;

namespace GenieLoad.Engine.Tests.Fuzzing;

/// <summary>Right inputs, taken from a load test of a simulated space: what the service sent, and the folder that was written.</summary>
internal sealed class FuzzSamples
{
    private static readonly Lazy<FuzzSamples> One = new(() => new FuzzSamples());

    private readonly string _store = Directory.CreateTempSubdirectory("genieload-fuzz-").FullName;
    private readonly Dictionary<string, List<byte[]>> _replies = [];

    private FuzzSamples()
    {
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(_store, recursive: true);
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));
        Run = time.Drive(() => CarryOut(time)).GetAwaiter().GetResult();
    }

    public static FuzzSamples Shared => One.Value;

    /// <summary>The run whose folder it is.</summary>
    public LoadRun Run { get; }

    /// <summary>Answers to a call.</summary>
    /// <param name="kind">Such as <c>message</c>.</param>
    public IReadOnlyList<byte[]> Replies(string kind) => _replies[kind];

    /// <summary>A folder of its own with the run in it.</summary>
    public string CopyOfRun(string name)
    {
        string folder = Path.Combine(_store, name);
        Directory.CreateDirectory(folder);
        foreach (string file in Directory.EnumerateFiles(Run.RunPath!))
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        return folder;
    }

    /// <summary>A path for the inputs of one reader.</summary>
    public string FileFor(string name) => Path.Combine(_store, name);

    private async Task<LoadRun> CarryOut(FakeTimeProvider time)
    {
        var options = new SimulatorOptions
        {
            CallSeconds = 0.01, TextOnlyShare = 0.2, RegenerateShare = 0.2, FailedShare = 0.2, ClarificationShare = 0.1, ExpiredShare = 0.1,
            ServerErrorShare = 0.1, RateLimitPerMinute = 60, RateLimitBurst = 5, RetryAfterSeconds = 3, ResultChunkCount = 3,
        };
        using GenieSimulator simulator = GenieSimulator.Start(options, time);
        var context = new CredentialContext { Environment = _ => null, Time = time,
            Handler = new Recorder(simulator.CreateHandler(), _replies) };
        var credential = new OAuthCredential(simulator.Uri, simulator.ClientId, simulator.ClientSecret, "test", context);
        using var client = new GenieApiClient(
            simulator.Uri, credential, new GenieClientOptions(), time, handler: new Recorder(simulator.CreateHandler(), _replies));
        await client.StartConversationAsync(
            simulator.SpaceId, "How many?", new CallPolicy(new(1)), CancellationToken.None).ConfigureAwait(false);
        await foreach (var _ in client.ListSpacesAsync(new CallPolicy(new(1)), CancellationToken.None).ConfigureAwait(false))
        {
        }
        await foreach (var _ in client.ListConversationsAsync(
            simulator.SpaceId, new CallPolicy(new(1)), CancellationToken.None).ConfigureAwait(false))
        {
        }
        var connection = new Connection
        {
            WorkspaceUrl = "https://simulated.example", SpaceId = simulator.SpaceId, Credential = "test", ConnectedAt = DateTime.UnixEpoch,
        };
        return await LoadTest.RunAsync(
            client, connection, SimulatedRun.Plan(12, 10, workers: 5, conversation: i => i % 3 == 0 ? "c" : null), new LoadTestOptions(),
            new RunStore(_store), QuietWatcher.Instance, CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>Keeps every body by what was called for.</summary>
    private sealed class Recorder(HttpMessageHandler inner, Dictionary<string, List<byte[]>> replies) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            HttpResponseMessage response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
            byte[] body = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
            string kind = response.IsSuccessStatusCode ? KindOf(request) : "error";
            lock (replies)
            {
                if (!replies.TryGetValue(kind, out List<byte[]>? list))
                    replies[kind] = list = [];
                list.Add(body);
            }
            return response;
        }
    }

    /// <summary>What a request is for.</summary>
    public static string KindOf(HttpRequestMessage request) => request.RequestUri!.AbsolutePath.Split('/') switch
    {
        [.., "start-conversation"] => "start",
        [.., "query-result"] => "result",
        [.., "chunks", _] => "chunk",
        [.., "spaces"] => "spaces",
        [.., "conversations"] => "conversations",
        [.., "messages"] or [.., "messages", _] => "message",
        _ => "token",
    };
}
