using GenieLoad.Engine.Genie;
using GenieLoad.Engine.Runs;
using GenieLoad.Engine.Statistics;
using GenieLoad.Model;

namespace GenieLoad.Engine.Running;

/// <summary>
/// A load test from plan to run: opens the journal, carries out the plan, and reads the figures off the rows. What is finished is on disk
/// at once, whatever happens next.
/// </summary>
public static class LoadTest
{
    /// <summary>Runs the plan.</summary>
    /// <param name="client">Way to the service; its clock is the run's.</param>
    /// <param name="connection">Workspace and space to ask.</param>
    /// <param name="plan">What to ask when.</param>
    /// <param name="options">How.</param>
    /// <param name="store">Where the run is kept.</param>
    /// <param name="watcher">Hears of it.</param>
    /// <param name="stop">Stops at once and keeps what is finished; the run then ends as <c>Stopped</c>, without an exception.</param>
    /// <exception cref="GenieLoadException">
    /// <c>InvalidOption</c>, <c>RunFolderNotWritable</c> before the first question; <c>JournalWriteFailed</c> when the disk refuses later.
    /// </exception>
    public static async Task<LoadRun> RunAsync(
        GenieApiClient client, Connection connection, Plan plan, LoadTestOptions options, RunStore store, IRunWatcher watcher,
        CancellationToken stop)
    {
        using var probe = new ProcessProbe();
        return await RunAsync(client, connection, plan, options, store, watcher, probe, stop).ConfigureAwait(false);
    }

    /// <summary>As above, with the generator looked at by another pair of eyes.</summary>
    internal static async Task<LoadRun> RunAsync(
        GenieApiClient client, Connection connection, Plan plan, LoadTestOptions options, RunStore store, IRunWatcher watcher,
        IGeneratorProbe probe, CancellationToken stop)
    {
        options.Validate();
        DateTime openedAt = client.Time.GetUtcNow().UtcDateTime;
        RunFolder folder = store.Create(plan.ScenarioName, openedAt);
        var header = new RunHeader
        {
            RunId = folder.Name,
            Name = plan.Name,
            ScenarioName = plan.ScenarioName,
            WorkspaceUrl = connection.WorkspaceUrl,
            SpaceId = connection.SpaceId!,
            IsSimulator = connection.IsSimulator,
            StartedAt = openedAt,
            PollPolicy = options.Poll.ToString(),
        };
        await using var journal = RunJournal.Open(folder, header, plan, client.Time);
        watcher.OnBegin(header.RunId, folder.Path);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stop, journal.Failed);
        var orchestrator = new LoadTestOrchestrator(
            client, connection.SpaceId!, plan, options, new JournaledRun(journal, watcher));
        await using GeneratorWatch watch = GeneratorWatch.Start(client.Time, probe);
        header = header with { StartedAt = client.Time.GetUtcNow().UtcDateTime };
        journal.Begin(header.StartedAt);
        OrchestratedRun run = await CarryOutAsync(orchestrator, journal, header.StartedAt, ended.Token).ConfigureAwait(false);
        GeneratorRecord generator = await watch.EndAsync().ConfigureAwait(false);
        string state = run.Stopped ? RunState.Stopped : RunState.Completed;
        string? reason = journal.Failure?.Message ?? (run.Stopped ? watcher.StopReason ?? "Stopped by its user." : null);
        DateTime completedAt = header.StartedAt.AddSeconds(run.TotalSeconds);
        await journal.CompleteAsync(state, completedAt, run.TotalSeconds, reason, generator).ConfigureAwait(false);
        return RunSummarizer.Summarize(
            header, plan, run.Results, state, completedAt, run.TotalSeconds, reason, folder.Path, generator);
    }

    /// <summary>Carries out the plan; when that breaks, the folder says why before the exception goes on.</summary>
    private static async Task<OrchestratedRun> CarryOutAsync(
        LoadTestOrchestrator orchestrator, RunJournal journal, DateTime startedAt, CancellationToken stop)
    {
        try
        {
            return await orchestrator.RunAsync(startedAt, stop).ConfigureAwait(false);
        }
        catch (Exception e) when (journal.Failure is null)
        {
            DateTime endedAt = orchestrator.EndedAt ?? startedAt;
            await journal.CompleteAsync(RunState.Stopped, endedAt, (endedAt - startedAt).TotalSeconds, e.Message).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Brings everything to the journal first, then to whoever watches.</summary>
    private sealed class JournaledRun(RunJournal journal, IRunWatcher watcher) : IRunObserver
    {
        public void OnStarted(int index, double offsetSeconds) => journal.Started(index, offsetSeconds);

        public void OnAccepted(int index, string conversationId, string messageId) => journal.Accepted(index, conversationId, messageId);

        public void OnFinished(QuestionResult result, QuestionResponses responses)
        {
            journal.Append(result, responses);
            watcher.OnFinished(result);
        }

        public void OnProgress(RunProgress progress) => watcher.OnProgress(progress);
    }
}
