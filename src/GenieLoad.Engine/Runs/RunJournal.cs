using System.Globalization;
using System.Text.Json;
using System.Threading.Channels;
using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Files;
using GenieLoad.Engine.Logging;
using GenieLoad.Model;

namespace GenieLoad.Engine.Runs;

/// <summary>
/// Writes a run into its folder while it happens, so that no finished answer is lost, whatever becomes of the process.
/// </summary>
/// <remarks>
/// Callers only leave their lines in a queue: one writer in the background brings them to the files and hands them to the operating
/// system as soon as the queue is empty, so that a slow disk delays no question. Only the mark of a question that is about to be sent is
/// waited for, until it is on the disk: see <see cref="Started"/>. All members may be called from any thread.
/// </remarks>
public sealed class RunJournal : IAsyncDisposable
{
    private const int LinesPerFlush = 500;

    private RunManifest _manifest;
    private readonly TimeProvider _time;
    private readonly RunLock _lock;
    private readonly JournalDisk _disk;
    private readonly JournalFile _results;
    private readonly MarkFile _marks;
    private readonly JournalFile _responses;
    private readonly JournalFile _events;
    private readonly Channel<Action> _queue = Channel.CreateUnbounded<Action>(new UnboundedChannelOptions { SingleReader = true });
    private readonly CancellationTokenSource _failed = new();
    private readonly Task _writer;
    private volatile GenieLoadException? _failure;
    private volatile Task _telling = Task.CompletedTask;

    private RunJournal(
        RunFolder folder, RunManifest manifest, RunLock heldLock, JournalDisk disk, TimeProvider time, int? sentCount,
        bool marksOnOwnThread)
    {
        Folder = folder;
        Failed = _failed.Token;
        _manifest = manifest;
        _time = time;
        _lock = heldLock;
        _disk = disk;
        _results = new JournalFile(disk.Open(folder.ResultsPath));
        _responses = new JournalFile(disk.Open(folder.ResponsesPath));
        _events = new JournalFile(disk.Open(folder.EventsPath));
        _marks = new MarkFile(folder, new JournalFile(disk.Open(folder.StartedPath)), sentCount, heldLock, marksOnOwnThread, Fail);
        // The folder's own name, and those in it.
        disk.KeepNames(Path.GetDirectoryName(folder.Path) ?? folder.Path);
        disk.KeepNames(folder.Path);
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
    /// <param name="time">Clock of the event log and of the signs of life; the system's unless given.</param>
    /// <param name="marksOnOwnThread">Whether <see cref="Started"/> returns at once and a thread waits for the disk, instead of the
    /// caller.</param>
    /// <exception cref="GenieLoadException"><c>RunFolderInUse</c>, <c>RunFolderNotWritable</c>.</exception>
    public static RunJournal Open(
        RunFolder folder, RunHeader header, Plan plan, RunSettings? settings = null, TimeProvider? time = null,
        bool marksOnOwnThread = false) =>
        Open(folder, header, plan, settings, time ?? TimeProvider.System, JournalDisk.Real, marksOnOwnThread);

    /// <summary>As above, with another disk, so that a test can fill it.</summary>
    internal static RunJournal Open(
        RunFolder folder, RunHeader header, Plan plan, RunSettings? settings, TimeProvider time, JournalDisk disk,
        bool marksOnOwnThread = false)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(plan);
        RunLock heldLock = TakeFolder(folder, time);
        return Guarded(folder, heldLock, () =>
        {
            WriteJson(folder.PlanPath, stream => JsonSerializer.Serialize(stream, plan, RunJson.Pretty.Plan), overwrite: false);
            RunManifest manifest = new() { State = RunState.Running, Header = header, Settings = settings, SentCount = 0 };
            WriteManifest(folder, manifest, overwrite: false);
            RunJournal journal = new(folder, manifest, heldLock, disk, time, null, marksOnOwnThread);
            journal.Note($"Run {header.RunId} begins: {plan.QuestionCount} questions planned.");
            if (heldLock.Weakness is string weakness)
                journal.Note(weakness);
            return journal;
        });
    }

    /// <summary>
    /// Opens the journal of a run that came to an early end, to go on with it. A last line that was not written to its end is cut off;
    /// marks that are not whole are written anew, with those of all questions that may have been sent.
    /// </summary>
    /// <param name="run">The run; the journal takes its lock over.</param>
    /// <param name="header">Its header from now on.</param>
    /// <param name="settings">How it is run from now on.</param>
    /// <param name="time">Clock of the event log and of the resumption.</param>
    /// <param name="marksOnOwnThread">As for a new run.</param>
    /// <exception cref="GenieLoadException"><c>RunStillRunning</c>, <c>RunFolderNotWritable</c>.</exception>
    public static RunJournal Reopen(
        UnfinishedRun run, RunHeader header, RunSettings settings, TimeProvider time, bool marksOnOwnThread = false)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(time);
        RunLock heldLock = run.HandOver();
        return Guarded(run.Folder, heldLock, () =>
        {
            foreach (string path in run.Folder.GrowingFiles)
                JournalFile.CutTornLine(path);
            int sentCount = MakeMarksWhole(run);
            RunInterruption interruption = run.InterruptionUntil(time.GetUtcNow().UtcDateTime);
            var status = new RunStatus(
                RunState.Running, null, run.OffsetSeconds) { Interruptions = [.. run.Run.Interruptions, interruption] };
            RunManifest manifest = run.Manifest.With(status) with { Header = header, Settings = settings, SentCount = sentCount };
            WriteManifest(run.Folder, manifest with { TotalDurationSeconds = null }, overwrite: true);
            RunJournal journal = new(run.Folder, manifest, heldLock, JournalDisk.Real, time, sentCount, marksOnOwnThread);
            journal.Note($"Run {run.Run.RunId} resumes: it had been interrupted {interruption}.");
            return journal;
        });
    }

    /// <summary>When the run was interrupted before, in order.</summary>
    public IReadOnlyList<RunInterruption> Interruptions => _manifest.Interruptions ?? new RowList<RunInterruption>([]);

    /// <summary>
    /// Says when the run really began: opening the journal of a large plan takes a while. The manifest tells it once the run has ended.
    /// </summary>
    /// <param name="header">The run as it begins.</param>
    public void Begin(RunHeader header) => _manifest = _manifest with { Header = header };

    /// <summary>
    /// Records that a question is about to be sent, so that it is known should nobody see its end. It is when the task has ended, even if
    /// the machine loses power then: were the question sent before, it could look as if it had never been asked, and be asked again.
    /// </summary>
    /// <param name="index">Place in the plan, from 1.</param>
    /// <param name="startedOffsetSeconds">Seconds after the start of the run.</param>
    /// <exception cref="GenieLoadException">The journal has failed, now or before.</exception>
    public ValueTask Started(int index, double startedOffsetSeconds) =>
        _failure is { } earlier ? throw earlier : _marks.AddSent(index, startedOffsetSeconds);

    /// <summary>Records the ids that Genie gave a question, with which it can be found again.</summary>
    /// <param name="index">Place in the plan, from 1.</param>
    /// <param name="conversationId">Genie's conversation id.</param>
    /// <param name="messageId">Genie's message id.</param>
    /// <exception cref="GenieLoadException">The journal has failed before.</exception>
    public void Accepted(int index, string conversationId, string messageId)
    {
        if (_failure is { } earlier)
            throw earlier;
        // An id that repeats a secret is none that a question could be found by; it is not kept.
        _marks.AddIds(index, Redactor.Redact(conversationId), Redactor.Redact(messageId));
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
            WriteRow(result);
            if (responses is not null)
                WriteResponse(result, responses);
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
    /// <param name="status">How it ended.</param>
    /// <exception cref="GenieLoadException">
    /// Something could not be written, now or before. What could be is kept, the manifest too if there was room.
    /// </exception>
    public async Task CompleteAsync(RunStatus status)
    {
        ArgumentNullException.ThrowIfNull(status);
        if (_failure is null)
            Note(status.Reason is null ? $"Run ends: {status.State}." : $"Run ends: {status.State}. {status.Reason}");
        await CloseFilesAsync().ConfigureAwait(false);
        try
        {
            // Another run may be in the place of this one by now.
            if (!_lock.IsInPlace)
                throw RunsErrors.RunFolderGone(_lock.Path);
            RunStatus told = _failure is { } reason ? status with { StopCause = StopCause.Fault, Reason = reason.Message } : status;
            WriteManifest(Folder, _manifest.With(told) with { SentCount = _marks.SentCount }, overwrite: true);
            _disk.KeepNames(Folder.Path);
        }
        catch (GenieLoadException exception)
        {
            _failure ??= exception;
        }

        _lock.Dispose();
        if (_failure is { } failure)
            throw failure;
    }

    /// <summary>
    /// Brings what is queued to disk and closes the files. Without <see cref="CompleteAsync"/> before, the run reads as interrupted.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        await CloseFilesAsync().ConfigureAwait(false);
        _lock.Dispose();
        _failed.Dispose();
    }

    private static RunLock TakeFolder(RunFolder folder, TimeProvider time)
    {
        if (folder.Exists)
            throw RunsErrors.RunFolderInUse(folder.Path);
        RunLock taken;
        try
        {
            folder.Create();
            taken = RunLock.Take(folder, time);
        }
        catch (GenieLoadException exception) when (exception.ErrorId == nameof(RunsErrors.RunStillRunning))
        {
            throw RunsErrors.RunFolderInUse(folder.Path, exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw RunsErrors.RunFolderNotWritable(folder.Path, exception);
        }
        if (!folder.Exists)
            return taken;
        taken.Dispose();
        throw RunsErrors.RunFolderInUse(folder.Path);
    }

    /// <summary>Opens a journal under its lock; when that fails, the lock is given back.</summary>
    private static RunJournal Guarded(RunFolder folder, RunLock heldLock, Func<RunJournal> open)
    {
        try
        {
            return open();
        }
        catch (Exception exception)
        {
            heldLock.Dispose();
            if (exception is IOException or UnauthorizedAccessException)
                throw RunsErrors.RunFolderNotWritable(folder.Path, exception);
            throw;
        }
    }

    /// <summary>Writes marks that are not whole, or were never counted, anew.</summary>
    /// <returns>Questions that the file then has marks of.</returns>
    private static int MakeMarksWhole(UnfinishedRun run)
    {
        int[] unmarked = [.. run.Lost.Concat(run.Open).Select(row => row.Index).Where(index => !run.Sent.Marks.ContainsKey(index))];
        if (!run.Sent.IsBroken && unmarked.Length == 0 && run.Sent.SentCount is int count && count >= (run.Manifest.SentCount ?? 0))
            return count;
        StartedRecord[] marks = [.. run.Sent.Anew(unmarked)];
        OwnerFile.Write(
            run.Folder.StartedPath,
            stream =>
            {
                foreach (StartedRecord mark in marks)
                {
                    JsonSerializer.Serialize(stream, mark, RunJson.Lines.StartedRecord);
                    stream.WriteByte((byte)'\n');
                }
            },
            overwrite: true);
        return marks.Length - 1;
    }

    private static void WriteManifest(RunFolder folder, RunManifest manifest, bool overwrite) => WriteJson(
        folder.ManifestPath, stream => JsonSerializer.Serialize(stream, manifest, RunJson.Pretty.RunManifest), overwrite);

    private static void WriteJson(string path, Action<Stream> write, bool overwrite) => OwnerFile.Write(path, write, overwrite);

    private void Enqueue(Action write)
    {
        if (!_queue.Writer.TryWrite(write))
            throw _failure ?? throw new ObjectDisposedException(nameof(RunJournal));
    }

    /// <summary>Writes a row; one that JSON cannot hold loses its texts, and not its place.</summary>
    private void WriteRow(QuestionResult result)
    {
        try
        {
            _results.WriteJson(result, RunJson.Lines.QuestionResult);
        }
        catch (Exception exception) when (IsOfTheValue(exception))
        {
            _results.WriteJson(result with { Sql = null, Answer = null, ErrorText = NotWritten(exception) }, RunJson.Lines.QuestionResult);
        }
    }

    /// <summary>Writes an answer; one that JSON cannot hold is replaced by a word on it.</summary>
    private void WriteResponse(QuestionResult result, QuestionResponses responses)
    {
        try
        {
            _responses.WriteJson(writer => ResponseLine.Write(writer, result, responses));
        }
        catch (Exception exception) when (IsOfTheValue(exception))
        {
            byte[] note = JsonSerializer.SerializeToUtf8Bytes(NotWritten(exception), RunJson.Lines.String);
            _responses.WriteJson(writer => ResponseLine.Write(writer, result, new QuestionResponses(note, [])));
        }
        finally
        {
            responses.Released?.Invoke();
        }
    }

    private static bool IsOfTheValue(Exception exception) =>
        exception is not (IOException or UnauthorizedAccessException or GenieLoadException);

    private static string NotWritten(Exception exception) => $"GenieLoad could not write what the service answered: {exception.Message}";

    private async Task WriteQueuedLinesAsync()
    {
        try
        {
            while (await _queue.Reader.WaitToReadAsync().ConfigureAwait(false))
            {
                for (int lines = 0; lines < LinesPerFlush && _queue.Reader.TryRead(out Action? write); lines++)
                    write();
                _results.Flush();
                _responses.Flush();
                _events.Flush();
                RequirePlaces();
            }

            _results.FlushToDisk();
            _responses.FlushToDisk();
            _events.FlushToDisk();
        }
        catch (Exception exception)
        {
            Fail(exception);
        }
    }

    /// <summary>Finds out whether the folder and all that is in it are still where they were.</summary>
    private void RequirePlaces()
    {
        _results.RequirePlace();
        _responses.RequirePlace();
        _events.RequirePlace();
        Folder.RequireWhole();
    }

    /// <summary>The disk refuses: nothing more is taken, and the run is told to stop.</summary>
    private GenieLoadException Fail(Exception exception)
    {
        GenieLoadException failure = _failure ??= exception as GenieLoadException ?? RunsErrors.JournalWriteFailed(Folder.Path, exception);
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
        await _marks.CloseAsync().ConfigureAwait(false);
        _results.Dispose();
        _responses.Dispose();
        _events.Dispose();
    }
}
