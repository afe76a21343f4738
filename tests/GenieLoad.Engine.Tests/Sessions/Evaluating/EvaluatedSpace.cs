using System.Net;
using GenieLoad.Engine.Credentials;
using GenieLoad.Engine.Genie;
using GenieLoad.Engine.Http.Retries;
using GenieLoad.Engine.Sessions;
using GenieLoad.Engine.Sessions.Evaluating;
using GenieLoad.Engine.Simulation;
using GenieLoad.Engine.Simulation.Records;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Sessions.Evaluating;

/// <summary>A simulated space whose benchmarks are evaluated, on a fake clock. Answers can be replaced on their way.</summary>
internal sealed class EvaluatedSpace : IDisposable
{
    public EvaluatedSpace(SimulatorOptions? options = null) =>
        Simulator = GenieSimulator.Start(options ?? new SimulatorOptions(), Time);

    public WaitingClock Time { get; } = new(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));

    public GenieSimulator Simulator { get; }

    /// <summary>Replaces the answer of a call, after the simulator has handled it; <see langword="null"/> leaves it.</summary>
    public Func<HttpRequestMessage, HttpResponseMessage?>? Replace { get; set; }

    public RetryOptions Retry { get; set; } = new();

    public List<EvaluationProgress> Progress { get; } = [];

    public Connection Connection => new()
    {
        Name = "c", WorkspaceUrl = Simulator.Uri.ToString().TrimEnd('/'), SpaceId = Simulator.SpaceId, Credential = "test",
        ConnectedAt = DateTime.UnixEpoch, IsSimulator = true,
    };

    public IReadOnlyList<SimulatedEvaluation> Truth => Simulator.Record.Evaluations;

    public static HttpResponseMessage Json(HttpStatusCode status, string body) =>
        new(status) { Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json") };

    public EvaluationSession Session(EvaluationRequest? request = null) =>
        new(request ?? new EvaluationRequest(), Connection) { Progress = Progress.Add };

    public EvaluationOutcome Evaluate(EvaluationRequest? request = null) => Evaluate(Session(request));

    public EvaluationOutcome Evaluate(EvaluationSession session) =>
        Drive(stop => session.RunAsync(connection => Open(connection, Time), stop));

    /// <summary>Lets time pass until work is done; stops it before, where that is wanted.</summary>
    public T Drive<T>(Func<CancellationToken, Task<T>> start, double? stopAfterSeconds = null) => FakeClock.WithoutContext(() =>
    {
        using var stop = new CancellationTokenSource();
        Task<T> work = start(stop.Token);
        if (stopAfterSeconds is double seconds)
        {
            DateTimeOffset end = Time.GetUtcNow().AddSeconds(seconds);
            Time.Until(() => HasPatience() && Time.GetUtcNow() >= end);
            Assert.False(work.IsCompleted, "It was done before it could be stopped.");
            stop.Cancel();
        }
        Time.Until(() => HasPatience() && work.IsCompleted);
        return work.GetAwaiter().GetResult();
    });

    /// <summary>A thread that is at work must not find, on a busy machine, that all of a call's time has passed meanwhile.</summary>
    private static bool HasPatience()
    {
        Thread.SpinWait(2000);
        return true;
    }

    /// <summary>Runs a load test in it.</summary>
    public void Run(LoadTestRequest request, ISessionWatcher watcher, double? stopAfterSeconds = null)
    {
        using LoadTestSession session = LoadTestSession.Of(request);
        session.Use([Connection]);
        Run(session, watcher, stopAfterSeconds);
    }

    /// <summary>Carries out a session in it.</summary>
    public void Run(LoadTestSession session, ISessionWatcher watcher, double? stopAfterSeconds = null) => Drive(
        async stop =>
        {
            await session.RunAsync(Open, Time, watcher, stop).ConfigureAwait(false);
            return true;
        },
        stopAfterSeconds);

    public GenieApiClient Open(Connection connection, TimeProvider time) => new(
        Simulator.Uri, TokenCredential.Create(Simulator.Token, "test"),
        new GenieClientOptions { Retry = Retry, AttemptTimeoutSeconds = 3600 }, time, handler: new Replacing(this));

    public void Dispose() => Simulator.Dispose();

    private sealed class Replacing(EvaluatedSpace space) : DelegatingHandler(space.Simulator.CreateHandler())
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            HttpResponseMessage answer = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
            return space.Replace?.Invoke(request) ?? answer;
        }
    }
}
