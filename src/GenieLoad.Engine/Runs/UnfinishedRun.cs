using GenieLoad.Engine.Addresses;
using GenieLoad.Engine.Figures;
using GenieLoad.Model;

namespace GenieLoad.Engine.Runs;

/// <summary>
/// A run that came to an early end, as its folder tells it: what is there to stay, what is open, and what is still to be asked. Nobody else
/// can resume it until it is disposed of or has been resumed to its end: what it tells stays true.
/// </summary>
public sealed class UnfinishedRun : IDisposable
{
    private readonly RunLock _lock;
    private bool _isHandedOver;

    internal UnfinishedRun(RunFolder folder, RunManifest manifest, LoadRun run, SentQuestions sent, RunLock heldLock)
    {
        _lock = heldLock;
        Sent = sent;
        Folder = folder;
        Manifest = manifest;
        Run = run;
        double lastSeen = run.Results.Max(row => Math.Max(row.StartedOffsetSeconds ?? 0, row.CompletedOffsetSeconds ?? 0));
        OffsetSeconds = Math.Max(lastSeen, manifest.TotalDurationSeconds ?? 0);
        Finished = [.. run.Results.Where(row => !IsOpen(row) && !IsLost(row) && !IsToAsk(row))];
        Open = [.. run.Results.Where(IsOpen)];
        Lost = [.. run.Results.Where(IsLost)];
    }

    /// <summary>Takes a run to go on with it: first the folder's lock, then a look at what is in it.</summary>
    /// <param name="path">The run's folder, or the <c>run.json</c> in it.</param>
    /// <param name="warn">Told of lines that cannot be used, and are left out, and of a folder in which locks do not work.</param>
    /// <param name="time">Clock of the signs of life; the system's unless given.</param>
    /// <exception cref="GenieLoadException">
    /// As <see cref="RunReader.Read"/>; <c>RunStillRunning</c>, <c>RunFolderNotWritable</c>, <c>NothingToResume</c>, <c>CannotResume</c>,
    /// <c>PlanChanged</c>.
    /// </exception>
    public static UnfinishedRun Take(string path, Action<string>? warn = null, TimeProvider? time = null) =>
        RunReader.TakeUnfinished(path, warn, time ?? TimeProvider.System);

    /// <summary>Gives the run back, unless it is being resumed: then its end does.</summary>
    public void Dispose()
    {
        if (!_isHandedOver)
            _lock.Dispose();
    }

    /// <summary>The run as it stands.</summary>
    public LoadRun Run { get; }

    /// <summary>How it was run.</summary>
    public RunSettings Settings => Manifest.Settings!;

    /// <summary>Seconds of the run that have passed, as far as its folder tells: its clock goes on from here.</summary>
    public double OffsetSeconds { get; }

    /// <summary>Questions at their end: they are kept as they are.</summary>
    public IReadOnlyList<QuestionResult> Finished { get; }

    /// <summary>Questions that Genie had taken and whose end nobody saw: they are looked up, never asked again.</summary>
    public IReadOnlyList<QuestionResult> Open { get; }

    /// <summary>
    /// Questions that were sent, and of which nobody knows whether Genie took them: they are not asked again unasked for.
    /// </summary>
    public IReadOnlyList<QuestionResult> Lost { get; }

    /// <summary>
    /// What is wrong with ids that the folder holds, for people: nothing is sent for such an id; <see langword="null"/> where all can be.
    /// </summary>
    internal string? IdTrouble
    {
        get
        {
            (int Index, string Field, string? Id)[] bad =
            [
                .. Run.Results.Select(row => (row.Index, "conversationId", row.ConversationId))
                    .Concat(Run.Results.Select(row => (row.Index, "messageId", row.MessageId)))
                    .Where(named => named.Item3 is not null && !ServiceId.IsPlausible(named.Item3)),
            ];
            return bad.Length == 0
                ? null
                : $"The run's folder names {ServiceId.Shown(bad[0].Id)} as the {bad[0].Field} of question "
                    + $"{bad[0].Index}, which cannot be an id"
                    + $"{(bad.Length > 1 ? $", and {bad.Length - 1} more" : "")}; nothing is sent for it.";
        }
    }

    internal RunHeader Header => Manifest.Header;

    internal GeneratorRecord? Generator => Manifest.Generator;

    internal RunFolder Folder { get; }

    internal RunManifest Manifest { get; }

    internal SentQuestions Sent { get; }

    /// <summary>The lock, for whoever resumes the run; once.</summary>
    /// <exception cref="GenieLoadException"><c>RunStillRunning</c>.</exception>
    internal RunLock HandOver()
    {
        if (_isHandedOver || !_lock.IsInPlace)
            throw RunsErrors.RunStillRunning(Folder.Path);
        _isHandedOver = true;
        return _lock;
    }

    /// <summary>The interruption that ends at an instant.</summary>
    internal RunInterruption InterruptionUntil(DateTime resumedAt)
    {
        DateTime lastSeen = Run.StartedAt.ToUniversalTime()
            .AddSeconds(OffsetSeconds + Run.Interruptions.Sum(earlier => earlier.PauseSeconds));
        return new RunInterruption
        {
            OffsetSeconds = OffsetSeconds,
            InterruptedAt = lastSeen < resumedAt ? lastSeen : resumedAt,
            ResumedAt = resumedAt,
            State = Run.State,
            Reason = Run.StateReason,
        };
    }

    private static bool IsOpen(QuestionResult row) =>
        row.Outcome == Outcome.Interrupted && ServiceId.IsPlausible(row.MessageId) && ServiceId.IsPlausible(row.ConversationId);

    /// <summary>
    /// A row that was written at the end of a question knows that the service had not taken it; without one, nobody knows.
    /// </summary>
    private static bool IsLost(QuestionResult row) =>
        row is { Outcome: Outcome.Interrupted, CompletedOffsetSeconds: null } && !IsOpen(row);

    private static bool IsToAsk(QuestionResult row) =>
        UnfinishedQuestion.IsUnasked(row) || row is { Outcome: Outcome.Interrupted, MessageId: null, CompletedOffsetSeconds: not null };
}
