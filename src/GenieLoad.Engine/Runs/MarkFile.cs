namespace GenieLoad.Engine.Runs;

/// <summary>
/// Writes <c>started.jsonl</c>. A question is sent when its mark is on the disk, where a loss of power cannot take it back; the marks that
/// come while the disk is at work go to it together, the next time.
/// </summary>
/// <remarks>
/// With a thread of its own nobody waits for the disk but the questions. Without one the caller does, so that nothing goes on on another
/// thread than where it began. All members may be called from any thread.
/// </remarks>
internal sealed class MarkFile
{
    private readonly object _gate = new();
    private readonly object _writing = new();
    private readonly JournalFile _file;
    private readonly RunFolder _folder;
    private readonly RunLock _lock;
    private readonly Func<Exception, Exception> _fail;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly bool _hasThread;
    private List<StartedRecord> _waiting = [];
    private TaskCompletionSource _written = NewTold();
    private Exception? _failure;
    private bool _closing;

    /// <summary>Continues a file.</summary>
    /// <param name="folder">The folder of the run.</param>
    /// <param name="file">The file.</param>
    /// <param name="sentCount">Questions that it has marks of; <see langword="null"/> for a new file.</param>
    /// <param name="heldLock">The lock of the run, which also tells how far questions may have been sent.</param>
    /// <param name="ownThread">Whether it gets a thread of its own.</param>
    /// <param name="fail">Told when the disk refuses; gives the error of whoever waits.</param>
    public MarkFile(RunFolder folder, JournalFile file, int? sentCount, RunLock heldLock, bool ownThread, Func<Exception, Exception> fail)
    {
        _folder = folder;
        _file = file;
        _lock = heldLock;
        _fail = fail;
        _hasThread = ownThread;
        SentCount = sentCount ?? 0;
        if (sentCount is null)
        {
            file.WriteJson(SentQuestions.First, RunJson.Lines.StartedRecord);
            file.FlushToDisk();
        }
        if (ownThread)
            new Thread(WriteGroups) { IsBackground = true, Name = "GenieLoad marks", Priority = ThreadPriority.AboveNormal }.Start();
        else
            _ended.SetResult();
    }

    /// <summary>Questions sent so far.</summary>
    public int SentCount { get; private set; }

    /// <summary>Marks a question that is to be sent. It may be once the task has ended.</summary>
    public ValueTask AddSent(int index, double offsetSeconds)
    {
        StartedRecord mark = new() { Index = index, StartedOffsetSeconds = offsetSeconds, Sent = 0 };
        if (_hasThread)
            return new ValueTask(Leave(mark));
        WriteNow(mark);
        return _failure is null ? default : ValueTask.FromException(_failure);
    }

    /// <summary>Adds the ids that a question was given. Nobody waits for that.</summary>
    public void AddIds(int index, string conversationId, string messageId)
    {
        StartedRecord mark = new() { Index = index, ConversationId = conversationId, MessageId = messageId };
        if (_hasThread)
            _ = Leave(mark);
        else
            WriteNow(mark);
    }

    /// <summary>Brings everything to the disk and closes the file.</summary>
    public async Task CloseAsync()
    {
        lock (_gate)
        {
            _closing = true;
            Monitor.PulseAll(_gate);
        }
        await _ended.Task.ConfigureAwait(false);
        lock (_writing)
        {
            if (_failure is null)
                Try(_file.FlushToDisk);
            _file.Dispose();
        }
    }

    private static TaskCompletionSource NewTold() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Task Leave(StartedRecord mark)
    {
        lock (_gate)
        {
            if (_closing)
                return Task.FromException(_failure ?? new ObjectDisposedException(nameof(RunJournal)));
            _waiting.Add(mark);
            Monitor.PulseAll(_gate);
            return _written.Task;
        }
    }

    private void WriteNow(StartedRecord mark)
    {
        lock (_writing)
            Try(() => Write([mark]));
    }

    private void WriteGroups()
    {
        while (true)
        {
            List<StartedRecord> group;
            TaskCompletionSource told;
            lock (_gate)
            {
                while (_waiting.Count == 0 && !_closing)
                    Monitor.Wait(_gate);
                if (_waiting.Count == 0)
                    break;
                (group, told) = (_waiting, _written);
                (_waiting, _written) = ([], NewTold());
            }
            lock (_writing)
                Try(() => Write(group));
            if (_failure is null)
                told.SetResult();
            else
                told.SetException(_failure);
            // Nobody may be waiting: a group of ids alone.
            _ = told.Task.Exception;
        }
        _ended.SetResult();
    }

    /// <summary>Once the disk has refused nothing more is written: it would stand behind half a line.</summary>
    private void Try(Action write)
    {
        if (_failure is not null)
            return;
        try
        {
            write();
        }
        catch (Exception exception)
        {
            _failure = _fail(exception);
        }
    }

    private void Write(List<StartedRecord> group)
    {
        double latest = double.NegativeInfinity;
        foreach (StartedRecord mark in group)
        {
            bool isSent = mark.Sent is not null;
            _file.WriteJson(isSent ? mark with { Sent = ++SentCount } : mark, RunJson.Lines.StartedRecord);
            if (isSent)
                latest = Math.Max(latest, mark.StartedOffsetSeconds ?? 0);
        }
        if (double.IsNegativeInfinity(latest))
        {
            _file.Flush();
            return;
        }
        _lock.Sending(SentCount, latest);
        _file.FlushToDisk();
        _file.RequirePlace();
        if (!_lock.IsInPlace)
            throw RunsErrors.RunFolderGone(_lock.Path);
        // What is asked from here on could not be kept where one of the others is gone.
        _folder.RequireWhole();
    }
}
