using GenieLoad.Engine.Credentials;
using GenieLoad.Engine.Genie;
using GenieLoad.Engine.Randomness;
using GenieLoad.Engine.Sessions;
using GenieLoad.Engine.Simulation;
using GenieLoad.Model;
using Microsoft.Extensions.Time.Testing;

namespace GenieLoad.Engine.Tests.Limits;

/// <summary>A simulated space with a limit, on a fake clock.</summary>
internal sealed class LimitedSpace : IDisposable
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));

    public LimitedSpace(SimulatorOptions options) => Simulator = GenieSimulator.Start(options, _time);

    public GenieSimulator Simulator { get; }

    /// <summary>
    /// A space of one of the kinds at a rate, drawn from its seed. Windows at 20 a minute are short, so that few questions fill them.
    /// </summary>
    public static SimulatorOptions Draw(int seed, double perMinute)
    {
        SeededRandom random = SeededRandom.For(seed, "limited space", (long)perMinute);
        int kind = random.NextInt32(4);
        int burst = 1 + random.NextInt32(perMinute < 10 ? 5 : 6);
        return new SimulatorOptions
        {
            Seed = seed,
            RateLimiter = kind switch { 0 or 1 => SimulatedLimiter.TokenBucket, 2 => SimulatedLimiter.SlidingWindow,
                _ => SimulatedLimiter.FixedWindow },
            RateLimitPerMinute = perMinute,
            RateLimitBurst = burst,
            RateLimitWindowSeconds = perMinute < 10 ? 60 : 12,
            RateLimitCountsRejected = random.NextDouble() < 0.5,
            RetryAfterSeconds = random.NextDouble() < 0.5 ? null : 60,
        };
    }

    /// <summary>A connection to the space; another one with its number.</summary>
    public Connection Connection(int number = 1, string? spaceId = null) => new()
    {
        Name = $"c{number}", WorkspaceUrl = Simulator.Uri.ToString().TrimEnd('/'), SpaceId = spaceId ?? Simulator.SpaceId,
        Credential = "Simulator",
        ConnectedAt = new DateTime(2026, 11, 23, 12, 0, 0, DateTimeKind.Utc), IsSimulator = true,
    };

    /// <summary>Measures its limit.</summary>
    public RateLimit Measure(RateLimitRequest request, params Connection[] connections)
    {
        var session = new RateLimitSession(request, connections.Length > 0 ? connections : [Connection()]);
        return _time.Drive(() => session.RunAsync(Open, _time, CancellationToken.None)).GetAwaiter().GetResult();
    }

    /// <summary>Name of a connection whose questions are answered with HTTP 500.</summary>
    public string? Broken { get; init; }

    public GenieApiClient Open(Connection connection) => new(
        Simulator.Uri, TokenCredential.Create(Simulator.Token, "test"), new GenieClientOptions(), _time,
        handler: connection.Name == Broken ? new NoQuestions(Simulator.CreateHandler()) : Simulator.CreateHandler());

    public void Dispose() => Simulator.Dispose();

    private sealed class NoQuestions(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            request.Method == HttpMethod.Post
                ? Task.FromResult(new HttpResponseMessage(System.Net.HttpStatusCode.InternalServerError))
                : base.SendAsync(request, cancellationToken);
    }
}
