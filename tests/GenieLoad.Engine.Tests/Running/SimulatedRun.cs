using GenieLoad.Engine.Credentials;
using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Genie;
using GenieLoad.Engine.Http.Retries;
using GenieLoad.Engine.Running;
using GenieLoad.Engine.Running.Stopping;
using GenieLoad.Engine.Runs;
using GenieLoad.Engine.Simulation;
using GenieLoad.Engine.Simulation.Records;
using GenieLoad.Model;
using Microsoft.Extensions.Time.Testing;

namespace GenieLoad.Engine.Tests.Running;

/// <summary>
/// A plan carried out against a simulated space, both on one fake clock: what the engine says beside what really happened.
/// </summary>
internal sealed class SimulatedRun : IRunObserver
{
    private SimulatedRun(FakeTimeProvider time) => Time = time;

    public FakeTimeProvider Time { get; }

    public IReadOnlyList<QuestionResult> Rows { get; private set; } = [];

    public Plan Planned { get; private set; } = null!;

    public OrchestratedRun Run { get; private set; } = null!;

    public SimulatorRecord Truth { get; private set; } = null!;

    public List<RunProgress> Progress { get; } = [];

    public List<QuestionResult> Finished { get; } = [];

    public List<QuestionResponses> Responses { get; } = [];

    public Dictionary<int, string> AcceptedMessages { get; } = [];

    public Action<QuestionResult>? WhenFinished { get; init; }

    /// <summary>What the marking of a question takes.</summary>
    public Func<SimulatedRun, int, ValueTask>? WhenMarked { get; init; }

    /// <summary>The simulator, while it runs; for what a test does to it in mid-run.</summary>
    public GenieSimulator Simulator { get; private set; } = null!;

    public static Task<SimulatedRun> Of(
        Plan plan, SimulatorOptions simulator, LoadTestOptions? options = null, RetryOptions? retry = null, double? stopAfterSeconds = null,
        Action<QuestionResult>? whenFinished = null, bool byOAuth = false, Action<SimulatedRun>? whenStarted = null,
        IReadOnlyList<IStopRule>? rules = null, Func<SimulatedRun, int, ValueTask>? whenMarked = null)
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));
        var run = new SimulatedRun(time) { WhenFinished = whenFinished, WhenMarked = whenMarked };
        Task<SimulatedRun> Start(CancellationToken stop) =>
            run.CarryOut(plan, simulator, options ?? new LoadTestOptions { StopGraceSeconds = 0 }, retry
                ?? new RetryOptions(), byOAuth, whenStarted, rules, stop);
        return stopAfterSeconds is double seconds
            ? time.DriveThenCancel(Start, seconds)
            : time.Drive(() => Start(CancellationToken.None));
    }

    public static Plan Plan(int count, double seconds, int workers, Func<int, string?>? conversation = null, int seed = 1)
    {
        var turns = new Dictionary<string, int>();
        PlannedQuestion[] questions = new PlannedQuestion[count];
        for (int i = 0; i < count; i++)
        {
            string? key = conversation?.Invoke(i);
            questions[i] = new PlannedQuestion
            {
                Index = i + 1,
                PlannedSeconds = seconds * i / count,
                QuestionId = $"q{i + 1}",
                Text = $"Question number {i + 1}?",
                Conversation = key,
                Turn = key is null ? 1 : turns[key] = turns.GetValueOrDefault(key) + 1,
            };
        }
        return new Plan
        {
            Name = "test", ScenarioName = "test", DurationSeconds = seconds, WorkerCount = workers, Seed = seed,
            Questions = new RowList<PlannedQuestion>(questions),
        };
    }

    public ValueTask OnStarted(int index, double offsetSeconds) => WhenMarked is null ? default : WhenMarked(this, index);

    public void OnAccepted(int index, string conversationId, string messageId) => AcceptedMessages.Add(index, messageId);

    public void OnFinished(QuestionResult result, QuestionResponses responses)
    {
        // Questions that are broken off come to their ends side by side.
        lock (Finished)
        {
            Finished.Add(result);
            Responses.Add(responses);
            WhenFinished?.Invoke(result);
        }
    }

    public void OnProgress(RunProgress progress) => Progress.Add(progress);

    private async Task<SimulatedRun> CarryOut(
        Plan plan, SimulatorOptions options, LoadTestOptions load, RetryOptions retry, bool byOAuth, Action<SimulatedRun>? whenStarted,
        IReadOnlyList<IStopRule>? rules, CancellationToken stop)
    {
        Planned = plan;
        using GenieSimulator simulator = Simulator = GenieSimulator.Start(options, Time);
        Truth = simulator.Record;
        var context = new CredentialContext { Environment = _ => null, Time = Time, Handler = simulator.CreateHandler() };
        ICredential credential = byOAuth
            ? new OAuthCredential(simulator.Uri, simulator.ClientId, simulator.ClientSecret, "test", context)
            : TokenCredential.Create(simulator.Token, "test");
        whenStarted?.Invoke(this);
        using var client = new GenieApiClient(
            simulator.Uri, credential, new GenieClientOptions { Retry = retry }, Time,
            handler: simulator.CreateHandler());
        var connection = new RunConnection { Name = "simulated", WorkspaceUrl = "https://simulated.example", SpaceId = simulator.SpaceId };
        DateTime startedAt = Time.GetUtcNow().UtcDateTime;
        Run = await new LoadTestOrchestrator([new RunTarget(connection, client)], plan, load, this, rules)
            .RunAsync(startedAt, null, stop).ConfigureAwait(false);
        var header = new RunHeader
        {
            RunId = "test", Name = plan.Name, ScenarioName = plan.ScenarioName, WorkspaceUrl = "", SpaceId = "", StartedAt = startedAt,
        };
        Dictionary<int, QuestionResult> ended = Run.Results.ToDictionary(row => row.Index);
        Rows = [.. plan.Questions.OrderBy(question => question.Index)
            .Select(question => ended.GetValueOrDefault(question.Index) ?? UnfinishedQuestion.NotStarted(header, question))];
        return this;
    }
}
