using System.Globalization;
using System.Text.Json;
using System.Threading.Channels;
using GenieLoad.Engine.Logging;
using GenieLoad.Model;

namespace GenieLoad.Engine.Runs;

/// <summary>
/// Writes a run into its folder while it happens, so that no finished answer is lost, whatever becomes of the process.
/// </summary>
/// <remarks>
/// Callers only leave their lines in a queue: one writer in the background brings them to the files and hands them to the operating
/// system as soon as the queue is empty, so that a slow disk delays no question. Only the mark of a question that is about to be sent is
/// with the operating system when <see cref="Started"/> returns. All members may be called from any thread.
/// </remarks>
public sealed class RunJournal : IAsyncDisposable
{
    private const int LinesPerFlush = 500;

    private RunManifest _manifest;
    private readonly TimeProvider _time;
    private readonly FileStream _lock;
    private readonly JournalFile _results;
    private readonly JournalFile _started;
    private readonly object _startedGate = new();
    private readonly JournalFile _responses;
    private readonly JournalFile _events;
    private readonly Channel<Action> _queue = Channel.CreateUnbounded<Action>(new UnboundedChannelOptions { SingleReader = true });
    private readonly CancellationTokenSource _failed = new();
    private readonly Task _writer;
    private volatile GenieLoadException? _failure;
    private volatile Task _telling = Task.CompletedTask;
    private bool _closed;

    private RunJournal(RunFolder folder, RunManifest manifest, FileStream heldLock, Func<string, Stream> open, TimeProvider time)
    {
        Folder = folder;
        Failed = _failed.Token;
        _manifest = manifest;
        _time = time;
        _lock = heldLock;
        _results = new JournalFile(open(folder.ResultsPath));
        _started = new JournalFile(open(folder.StartedPath));
        _responses = new JournalFile(open(folder.ResponsesPath));
        _events = new JournalFile(open(folder.EventsPath));
        _writer = Task.Run(WriteQueuedLinesAsync);
    }

    /// <summary>Where the run is kept.</summary>
    public RunFolder Folder { get; }

    /// <summary>Cancelled when the disk refuses; the run has to stop, and <see cref="Failure"/> says why.</summary>
    public CancellationToken Failed { get; }

    /// <summary>Why the journal could not be written; <see langword="null"/> as long as it can.</summary>
    public GenieLoadException? Failure => _failure;

    /// <summary>Opens the journal of a new run: writes manifest and plan, before any question is asked.</summary>
    /// <param name="folder">Folder of the run, as <see cref="RunStore.Create"/> made it, or any other without a run in it.</param>
    /// <param name="header">The run.</param>
    /// <param name="plan">What is planned.</param>
    /// <param name="settings">How it is run; without them it cannot be resumed.</param>
    /// <param name="time">Clock of the event log; the system's unless given.</param>
    /// <exception cref="GenieLoadException"><c>RunFolderInUse</c>, <c>RunFolderNotWritable</c>.</exception>
    public static RunJournal Open(RunFolder folder, RunHeader header, Plan plan, RunSettings? settings = null, TimeProvider? time = null) =>
        Open(folder, header, plan, settings, time ?? TimeProvider.System, OpenForAppending);

    /// <summary>As above, with the files opened by another hand, so that a test can fill the disk.</summary>
    internal static RunJournal Open(
        RunFolder folder, RunHeader header, Plan plan, RunSettings? settings, TimeProvider time, Func<string, Stream> open)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(plan);
        FileStream heldLock = TakeFolder(folder);
        return Guarded(folder, heldLock, () =>
        {
            WriteJson(folder.PlanPath, stream => JsonSerializer.Serialize(stream, plan, RunJson.Pretty.Plan), overwrite: false);
            RunManifest manifest = new() { State = RunState.Running, Header = header, Settings = settings };
            WriteManifest(folder, manifest, overwrite: false);
            RunJournal journal = new(folder, manifest, heldLock, open, time);
            journal.Note($"Run {header.RunId} begins: {plan.QuestionCount} questions planned.");
            return journal;
        });
    }

    /// <summary>Opens the journal of a run that came to an early end, to go on with it. A last line that was not written to its end is cut off.</summary>
    /// <param name="run">The run, as <see cref="RunReader.ReadUnfinished"/> gave it.</param>
    /// <param name="header">Its header from now on.</param>
    /// <param name="settings">How it is run from now on.</param>
    /// <param name="time">Clock of the event log and of the resumption.</param>
    /// <exception cref="GenieLoadException"><c>RunStillRunning</c>, <c>RunFolderNotWritable</c>.</exception>
    public static RunJournal Reopen(UnfinishedRun run, RunHeader header, RunSettings settings, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(time);
        FileStream heldLock = TakeLock(run.Folder);
        return Guarded(run.Folder, heldLock, () =>
        {
            foreach (string path in (string[])[run.Folder.ResultsPath, run.Folder.StartedPath, run.Folder.ResponsesPath, run.Folder.EventsPath])
                JournalFile.CutTornLine(path);
            RunInterruption interruption = run.InterruptionUntil(time.GetUtcNow().UtcDateTime);
            var standing = new RunStanding(RunState.Running, null, run.OffsetSeconds) { Interruptions = [.. run.Run.Interruptions, interruption] };
            RunManifest manifest = run.Manifest.With(standing) with { Header = header, Settings = settings };
            WriteManifest(run.Folder, manifest with { TotalDurationSeconds = null }, overwrite: true);
            RunJournal journal = new(run.Folder, manifest, heldLock, OpenForAppending, time);
            journal.Note($"Run {run.Run.RunId} resumes: it had been interrupted {interruption}.");
            return journal;
        });
    }

    /// <summary>When the run was interrupted before, in order.</summary>
    public IReadOnlyList<RunInterruption> Interruptions => _manifest.Interruptions ?? new RowList<RunInterruption>([]);

    /// <summary>
    /// Says when the run really began: opening the journal of a large plan takes a while. The manifest tells it once the run has ended.
    /// </summary>
    /// <param name="startedAt">Instant from which the plan counts, UTC.</param>
    public void Begin(DateTime startedAt) => _manifest = _manifest with { Header = _manifest.Header with { StartedAt = startedAt } };

    /// <summary>
    /// Records that a question is about to be sent, so that it is known should nobody see its end. It is when this returns: were the process to
    /// die between the send and the mark, the question would look as if it had never been asked, and be asked again.
    /// </summary>
    /// <param name="index">Place in the plan, from 1.</param>
    /// <param name="startedOffsetSeconds">Seconds after the start of the run.</param>
    /// <exception cref="GenieLoadException">The journal has failed before.</exception>
    public void Started(int index, double startedOffsetSeconds)
    {
        if (_failure is { } earlier)
            throw earlier;
        try
        {
            lock (_startedGate)
            {
                _started.WriteJson(new StartMark { Index = index, StartedOffsetSeconds = startedOffsetSeconds }, RunJson.Lines.StartMark);
                _started.Flush();
            }
        }
        catch (IOException exception)
        {
            throw Fail(exception);
        }
    }

    /// <summary>Records the ids that Genie gave a question, with which it can be found again.</summary>
    /// <param name="index">Place in the plan, from 1.</param>
    /// <param name="conversationId">Genie's conversation id.</param>
    /// <param name="messageId">Genie's message id.</param>
    /// <exception cref="GenieLoadException">The journal has failed before.</exception>
    public void Accepted(int index, string conversationId, string messageId)
    {
        // An id that repeats a secret is none that a question could be found by; it is not kept.
        StartMark mark = new() { Index = index, ConversationId = Redactor.Redact(conversationId), MessageId = Redactor.Redact(messageId) };
        Enqueue(() =>
        {
            lock (_startedGate)
                _started.WriteJson(mark, RunJson.Lines.StartMark);
        });
    }

    /// <summary>Records a question that has ended.</summary>
    /// <param name="result">Its row.</param>
    /// <param name="responses">What the service answered; <see langword="null"/> to keep none of it.</param>
    /// <exception cref="GenieLoadException">The journal has failed before.</exception>
    public void Append(QuestionResult result, QuestionResponses? responses = null)
    {
        ArgumentNullException.ThrowIfNull(result);
        Enqueue(() =>
        {
            _results.WriteJson(result, RunJson.Lines.QuestionResult);
            if (responses is not null)
                _responses.WriteJson(writer => ResponseLine.Write(writer, result, responses));
        });
    }

    /// <summary>Adds a line to the event log, with the present instant.</summary>
    /// <param name="text">What happened; secrets are taken out. Line breaks become spaces.</param>
    /// <exception cref="GenieLoadException">The journal has failed before.</exception>
    public void Note(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string instant = _time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
        Enqueue(() => _events.WriteText($"{instant} {PrintableText.Line(Redactor.Redact(text))}"));
    }

    /// <summary>Ends the journal: everything is on disk when it returns, and the manifest says how the run ended.</summary>
    /// <param name="standing">How it ended.</param>
    /// <exception cref="GenieLoadException">
    /// Something could not be written, now or before. What could be is kept, the manifest too if there was room.
    /// </exception>
    public async Task CompleteAsync(RunStanding standing)
    {
        ArgumentNullException.ThrowIfNull(standing);
        if (_failure is null)
            Note(standing.Reason is null ? $"Run ends: {standing.State}." : $"Run ends: {standing.State}. {standing.Reason}");
        await CloseFilesAsync().ConfigureAwait(false);
        try
        {
            RunStanding told = _failure is { } reason ? standing with { StopCause = StopCause.Fault, Reason = reason.Message } : standing;
            WriteManifest(Folder, _manifest.With(told), overwrite: true);
        }
        catch (GenieLoadException exception)
        {
            _failure ??= exception;
        }

        ReleaseLock();
        if (_failure is { } failure)
            throw failure;
    }

    /// <summary>
    /// Brings what is queued to disk and closes the files. Without <see cref="CompleteAsync"/> before, the run reads as interrupted.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        await CloseFilesAsync().ConfigureAwait(false);
        ReleaseLock();
        _failed.Dispose();
    }

    private static FileStream TakeFolder(RunFolder folder)
    {
        if (folder.Exists)
            throw RunsErrors.RunFolderInUse(folder.Path);
        try
        {
            folder.Create();
            return new FileStream(folder.LockPath, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception) when (File.Exists(folder.LockPath))
        {
            throw RunsErrors.RunFolderInUse(folder.Path, exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw RunsErrors.RunFolderNotWritable(folder.Path, exception);
        }
    }

    /// <summary>Takes the lock of a run that nobody holds; a file that a dead process left is no lock.</summary>
    private static FileStream TakeLock(RunFolder folder)
    {
        try
        {
            return new FileStream(folder.LockPath, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw RunsErrors.RunFolderNotWritable(folder.Path, exception);
        }
        catch (IOException) when (folder.IsHeld())
        {
            throw RunsErrors.RunStillRunning(folder.Path);
        }
        catch (IOException exception)
        {
            throw RunsErrors.RunFolderNotWritable(folder.Path, exception);
        }
    }

    /// <summary>Opens a journal under its lock; when that fails, the lock is given back.</summary>
    private static RunJournal Guarded(RunFolder folder, FileStream heldLock, Func<RunJournal> open)
    {
        try
        {
            return open();
        }
        catch (Exception exception)
        {
            heldLock.Dispose();
            File.Delete(folder.LockPath);
            if (exception is IOException or UnauthorizedAccessException)
                throw RunsErrors.RunFolderNotWritable(folder.Path, exception);
            throw;
        }
    }

    private static FileStream OpenForAppending(string path) =>
        new(path, FileMode.Append, FileAccess.Write, FileShare.Read | FileShare.Delete, bufferSize: 64 * 1024);

    private static void WriteManifest(RunFolder folder, RunManifest manifest, bool overwrite) => WriteJson(
        folder.ManifestPath, stream => JsonSerializer.Serialize(stream, manifest, RunJson.Pretty.RunManifest), overwrite);

    private static void WriteJson(string path, Action<Stream> write, bool overwrite) => AtomicFile.Write(path, write, overwrite);

    private void Enqueue(Action write)
    {
        if (!_queue.Writer.TryWrite(write))
            throw _failure ?? throw new ObjectDisposedException(nameof(RunJournal));
    }

    private async Task WriteQueuedLinesAsync()
    {
        try
        {
            while (await _queue.Reader.WaitToReadAsync().ConfigureAwait(false))
            {
                for (int lines = 0; lines < LinesPerFlush && _queue.Reader.TryRead(out Action? write); lines++)
                    write();
                _results.Flush();
                lock (_startedGate)
                    _started.Flush();
                _responses.Flush();
                _events.Flush();
            }

            _results.FlushToDisk();
            lock (_startedGate)
                _started.FlushToDisk();
            _responses.FlushToDisk();
            _events.FlushToDisk();
        }
        catch (Exception exception)
        {
            Fail(exception);
        }
    }

    /// <summary>The disk refuses: nothing more is taken, and the run is told to stop.</summary>
    private GenieLoadException Fail(Exception exception)
    {
        GenieLoadException failure = _failure ??= RunsErrors.JournalWriteFailed(Folder.Path, exception);
        _queue.Writer.TryComplete();
        // On another thread: whoever hears of it may want to write, and this one may hold up the writer.
        _telling = _failed.CancelAsync();
        return failure;
    }

    private async Task CloseFilesAsync()
    {
        _queue.Writer.TryComplete();
        await _writer.ConfigureAwait(false);
        await _telling.ConfigureAwait(false);
        _results.Dispose();
        lock (_startedGate)
            _started.Dispose();
        _responses.Dispose();
        _events.Dispose();
    }

    private void ReleaseLock()
    {
        if (_closed)
            return;
        _closed = true;
        _lock.Dispose();
        try
        {
            File.Delete(Folder.LockPath);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A lock file that nobody holds says nothing; the next reader sees that.
        }
    }
}
