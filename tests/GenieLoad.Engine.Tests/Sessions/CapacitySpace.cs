using GenieLoad.Engine.Credentials;
using GenieLoad.Engine.Genie;
using GenieLoad.Engine.Runs;
using GenieLoad.Engine.Sessions;
using GenieLoad.Engine.Simulation;
using GenieLoad.Engine.Tests.Runs;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Sessions;

/// <summary>A simulated space whose capacity is measured, with a store of its own, on a fake clock.</summary>
internal sealed class CapacitySpace : IDisposable
{
    private readonly TemporaryFolder _temporary = new();

    public CapacitySpace(SimulatorOptions options)
    {
        Time = new WaitingClock(new DateTimeOffset(2026, 11, 28, 12, 0, 0, TimeSpan.Zero));
        Simulator = GenieSimulator.Start(options, Time);
    }

    /// <summary>About 20 s an answer, and a limit of 20 a minute: some 20 people with 30 s between their questions.</summary>
    public static SimulatorOptions Twenty { get; } = new()
    {
        RateLimitPerMinute = 20, RateLimitBurst = 1, AskingAiSeconds = 14, ExecutingQuerySeconds = 4,
    };

    public WaitingClock Time { get; }

    public GenieSimulator Simulator { get; }

    public RunStore Store => new(_temporary.Path);

    /// <summary>
    /// People who are to be answered within 45 s in nine of ten cases, who think for half a minute, at the limit as it is.
    /// </summary>
    public CapacitySessionRequest Request => new()
    {
        Prediction = new CapacityRequest { Slo = ["P90ResponseSeconds <= 45"], ThinkTime = "30s", QuestionsPerMinute = 20 },
        Store = Store, KeepsConversations = true, Seed = 1,
    };

    public Connection Connection => new()
    {
        Name = "c1", WorkspaceUrl = Simulator.Uri.ToString().TrimEnd('/'), SpaceId = Simulator.SpaceId, Credential = "Simulator",
        ConnectedAt = DateTime.UnixEpoch, IsSimulator = true,
    };

    public SpaceCapacity Measure(CapacitySessionRequest request) => Drive(new CapacitySession(request, Connection));

    public SpaceCapacity Drive(CapacitySession session) =>
        FakeClock.WithoutContext(() =>
        {
            Task<SpaceCapacity> work = session.RunAsync(Open, Time, CancellationToken.None);
            Time.Until(() => work.IsCompleted);
            return work.GetAwaiter().GetResult();
        });

    /// <summary>Measures, and stops it some seconds after a probe has begun, as Ctrl+C would.</summary>
    /// <param name="session">The measurement.</param>
    /// <param name="probe">Which probe, from 1.</param>
    public void StopInProbe(CapacitySession session, int probe) => FakeClock.WithoutContext(() =>
    {
        using var stop = new CancellationTokenSource();
        Task<SpaceCapacity> work = session.RunAsync(Open, Time, stop.Token);
        int begun = 0;
        string? run = null;
        Time.Until(() =>
        {
            begun += session.IsProbing && session.LatestRunId != run ? 1 : 0;
            run = session.IsProbing ? session.LatestRunId : null;
            return begun == probe;
        });
        Time.Pass(20);
        stop.Cancel();
        Time.Until(() => work.IsCompleted);
        return Assert.ThrowsAny<OperationCanceledException>(() => work.GetAwaiter().GetResult());
    });

    /// <summary>From which question on the service refuses for good; never unless set.</summary>
    public int RefusesFrom { get; init; } = int.MaxValue;

    public GenieApiClient Open(Connection connection, TimeProvider time) => new(
        Simulator.Uri, TokenCredential.Create(Simulator.Token, "test"), new GenieClientOptions(), time,
        handler: new Refusing(Simulator.CreateHandler(), this));

    public void Dispose()
    {
        Simulator.Dispose();
        _temporary.Dispose();
    }

    private sealed class Refusing(HttpMessageHandler inner, CapacitySpace space) : DelegatingHandler(inner)
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            request.Method == HttpMethod.Post && space.Simulator.Record.QuestionCount >= space.RefusesFrom - 1
                ? Task.FromResult(new HttpResponseMessage(System.Net.HttpStatusCode.Forbidden))
                : base.SendAsync(request, cancellationToken);
    }
}
