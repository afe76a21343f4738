using GenieLoad.Engine.Runs;
using GenieLoad.Model;

namespace GenieLoad.Engine.Running;

/// <summary>Looks four times a second whether somebody wants to change the run, and has it changed.</summary>
internal sealed class SteeringWatch : IAsyncDisposable
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(250);

    private readonly object _gate = new();
    private readonly LoadTestOrchestrator _orchestrator;
    private readonly RunJournal _journal;
    private readonly List<RunChange> _changes = [];
    // Kinds of trouble that events.log tells already: what stays would be told four times a second.
    private readonly HashSet<string> _told = [];
    private readonly ITimer _timer;

    private SteeringWatch(LoadTestOrchestrator orchestrator, RunJournal journal, TimeProvider time)
    {
        _orchestrator = orchestrator;
        _journal = journal;
        _timer = PacingClock.Beside(time).CreateTimer(_ => Look(), null, BetweenLooks, BetweenLooks);
    }

    /// <summary>Begins.</summary>
    /// <param name="orchestrator">Carries out the run.</param>
    /// <param name="journal">Records the changes; the requests are in its folder.</param>
    /// <param name="time">Clock of the run.</param>
    public static SteeringWatch Start(LoadTestOrchestrator orchestrator, RunJournal journal, TimeProvider time) =>
        new(orchestrator, journal, time);

    /// <summary>Ends, and says what was changed.</summary>
    public async Task<IReadOnlyList<RunChange>> EndAsync()
    {
        await DisposeAsync().ConfigureAwait(false);
        lock (_gate)
            return [.. _changes];
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await _timer.DisposeAsync().ConfigureAwait(false);

    private void Look()
    {
        // A look that finds the one before still at work has nothing to add.
        if (!Monitor.TryEnter(_gate))
            return;
        try
        {
            if (_orchestrator.CanBeSteered && SteeringInbox.Take(_journal.Folder, Note) is SteeringRequest request)
            {
                _orchestrator.Steer(request, change => Record(request, change));
                // What goes wrong after this is news again.
                _told.Clear();
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or GenieLoadException)
        {
            // Whoever asked hears that the test does not answer; the test itself goes on.
            if (_told.Add((exception as GenieLoadException)?.ErrorId ?? exception.GetType().Name))
                Note($"A change that was asked for was not made yet: {exception.Message}");
        }
        finally
        {
            Monitor.Exit(_gate);
        }
    }

    private void Record(SteeringRequest request, RunChange change)
    {
        SteeringFile.Append(_journal.Folder, new SteeringRecord(request.Id, change));
        if (change.Change.Length == 0)
            return;
        _changes.Add(change);
        _journal.Note($"The run is changed {change}.");
    }

    private void Note(string text)
    {
        try
        {
            _journal.Note(text);
        }
        catch (GenieLoadException)
        {
            // The journal has failed, and the run ends for it.
        }
    }
}
