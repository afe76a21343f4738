using GenieLoad.Engine.Running;
using GenieLoad.Engine.Running.Stopping;
using GenieLoad.Engine.Runs;
using GenieLoad.Model;

namespace GenieLoad.Engine.Sessions;

/// <summary>A load test whose plan somebody else has made: one step of a longer measurement, which tells its user what it needs.</summary>
/// <param name="plan">The plan.</param>
/// <param name="spaceId">The space that is asked.</param>
/// <param name="options">How it is carried out.</param>
/// <param name="store">Where its run is kept.</param>
/// <param name="rules">What may end it early, beside its budget.</param>
internal sealed class PlannedLoadTest(Plan plan, string spaceId, SessionOptions options, RunStore store, IReadOnlyList<IStopRule> rules)
    : LoadTestSession(plan, options)
{
    public override string Describe(int width = 0) => Plan.Name;

    private protected override bool IsResumable => false;

    private protected override IReadOnlyList<SessionSpace> SpacesOf(IReadOnlyList<Connection> connections) =>
        [.. connections.Select(connection => new SessionSpace(connection, spaceId, null))];

    private protected override Task<LoadRun> CarryOutAsync(
        IReadOnlyList<RunTarget> targets, IRunWatcher watcher, CancellationToken stop) =>
        LoadTest.RunAsync(targets, Plan, RunOptions, store, watcher, stop, [.. Options.Rules(), .. rules]);
}
