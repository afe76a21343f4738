using System.Diagnostics;
using GenieLoad.Engine.Files;
using GenieLoad.Model;

namespace GenieLoad.Engine.Runs;

/// <summary>
/// The right to run what is in a folder: <c>run.lock</c>, held open and locked, with a sign of life every few seconds for where locks do
/// not work. The file is never deleted while the run is there: who deletes a lock file may delete the one that another has just locked.
/// </summary>
internal sealed class RunLock : IDisposable
{
    private const int MostBlanks = 3 * 1024;

    // Room behind the last question sent: the disk is waited for when it is used up, and it all counts as sent where marks are lost.
    private const double AheadSeconds = 2;

    private static readonly TimeSpan BeatInterval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(10);

    // Who only looks is gone in a moment, though on a busy machine a moment can be long.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ToBeOvertaken = TimeSpan.FromMilliseconds(300);

    private readonly object _gate = new();
    private readonly FileStream _file;
    private readonly TimeProvider _time;
    private readonly ITimer _beats;
    private Heartbeat _heartbeat;
    private bool _released;

    private RunLock(RunFolder folder, FileStream file, Heartbeat? before, TimeProvider time, bool locksWork)
    {
        _file = file;
        _time = time;
        Before = before;
        LocksWork = locksWork;
        Weakness = locksWork
            ? null
            : $"The file system of '{folder.Path}' keeps no locks, or they are switched off (DOTNET_SYSTEM_IO_DISABLEFILELOCKING). "
            + "Only the signs of life in its run.lock tell whether a run is being carried out: "
                + "do not resume one run twice at the same time.";
        _heartbeat = new Heartbeat
        {
            Host = Environment.MachineName, ProcessId = Environment.ProcessId, Taker = Guid.NewGuid(), At = Now(time), Locked = locksWork,
            SentCount = before?.SentCount, SentUntilSeconds = before?.SentUntilSeconds,
        };
        _beats = time.CreateTimer(static held => ((RunLock)held!).Beat(), this, BeatInterval, BeatInterval);
    }

    /// <summary>Path of the file.</summary>
    public string Path => _file.Name;

    /// <summary>What the file held when it was taken; <see langword="null"/> where it held nothing.</summary>
    public Heartbeat? Before { get; }

    /// <summary>Whether locks work where the folder is.</summary>
    public bool LocksWork { get; }

    /// <summary>What to tell the user where locks do not work; otherwise <see langword="null"/>.</summary>
    public string? Weakness { get; }

    /// <summary>Whether it is held, and the path still names the file that is.</summary>
    public bool IsInPlace
    {
        get
        {
            lock (_gate)
                return !_released && FilePlace.Holds(_file);
        }
    }

    /// <summary>Takes the lock of a folder, which is there. A file that a dead process left is no lock.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="time">Clock of the signs of life.</param>
    /// <exception cref="GenieLoadException"><c>RunStillRunning</c>, <c>RunFolderNotWritable</c>.</exception>
    public static RunLock Take(RunFolder folder, TimeProvider time)
    {
        long began = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                if (TryTake(folder, time) is RunLock taken)
                    return taken;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // Who only looks whether it is held keeps others out for a moment, too.
                bool busy = exception is IOException and not (DirectoryNotFoundException or PathTooLongException)
                    && File.Exists(folder.LockPath);
                if (busy && folder.IsHeld())
                    throw RunsErrors.RunStillRunning(folder.Path);
                if (!busy)
                    throw RunsErrors.RunFolderNotWritable(folder.Path, exception);
            }
            if (Stopwatch.GetElapsedTime(began) > Patience)
                throw RunsErrors.RunStillRunning(folder.Path);
            Thread.Sleep(BetweenTries);
        }
    }

    /// <summary>Looks who holds a folder, without taking it.</summary>
    /// <returns>Whether a living process does, and what its file says where it can be read.</returns>
    public static (bool IsHeld, Heartbeat? Last) Look(RunFolder folder)
    {
        if (FileKind.IsPipeOrDevice(folder.LockPath))
            return (false, null);
        // Shared, so that two who look at the same time do not take each other for the holder.
        FileStream Shared() => new(folder.LockPath, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0);
        try
        {
            byte[] text;
            using (FileStream file = Shared())
                text = Heartbeat.TextOf(file);
            Heartbeat? last = Heartbeat.Of(text);
            DateTime now = Now(TimeProvider.System);
            if (last is null || !last.IsAlive(now, locksWork: false))
                return (false, last);
            using (Shared())
                return (last.IsAlive(now, AreKept(folder.LockPath)), last);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
        {
            return (false, null);
        }
        catch (IOException)
        {
            return (true, null);
        }
    }

    /// <summary>
    /// Records that questions are about to be sent. When it returns, the disk knows of an instant of the run after which none has been:
    /// should the marks be lost, only what was due before it can have been sent.
    /// </summary>
    /// <param name="sentCount">Questions sent, with these.</param>
    /// <param name="offsetSeconds">Seconds after the start of the run.</param>
    /// <exception cref="IOException">It could not be written.</exception>
    public void Sending(int sentCount, double offsetSeconds)
    {
        lock (_gate)
        {
            bool isKnown = offsetSeconds <= _heartbeat.SentUntilSeconds;
            _heartbeat = _heartbeat with { SentCount = sentCount, SentUntilSeconds = isKnown
                ? _heartbeat.SentUntilSeconds
                : offsetSeconds + AheadSeconds };
            Write();
            if (!isKnown)
                _file.Flush(flushToDisk: true);
        }
    }

    /// <summary>Gives the folder back.</summary>
    public void Dispose()
    {
        _beats.Dispose();
        lock (_gate)
        {
            if (_released)
                return;
            _released = true;
            _heartbeat = new Heartbeat { SentCount = _heartbeat.SentCount, SentUntilSeconds = _heartbeat.SentUntilSeconds };
            TryWrite();
            _file.Dispose();
        }
    }

    /// <returns><see langword="null"/> where somebody else was faster.</returns>
    private static RunLock? TryTake(RunFolder folder, TimeProvider time)
    {
        // It is written to: a link would lead into a file of somebody else.
        if (System.IO.Path.Exists(folder.LockPath) && !FileKind.IsOwnFile(folder.LockPath))
            throw RunsErrors.LockNotAFile(folder.LockPath);
        FileStream file = OwnerFile.Open(folder.LockPath, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        RunLock? taken = null;
        try
        {
            bool locksWork = AreKept(folder.LockPath);
            Heartbeat? before = Heartbeat.Read(file);
            if (before is not null && before.IsAlive(Now(TimeProvider.System), locksWork))
                throw RunsErrors.RunAlive(folder.Path, before);
            taken = new RunLock(folder, file, before, time, locksWork);
            GiveOwnLength(file);
            taken.Write();
            // Somebody may have deleted the file between its opening and its locking, and another may hold its successor by now.
            bool mine = locksWork ? FilePlace.Holds(file) : !taken.IsOvertaken();
            RunLock? result = mine ? taken : null;
            taken = mine ? null : taken;
            file = mine ? null! : file;
            return result;
        }
        finally
        {
            taken?.Abandon();
            file?.Dispose();
        }
    }

    /// <summary>
    /// Blanks behind the heartbeat, each time another number of them: two lock files that are written within one tick of the file system
    /// are told apart by their lengths.
    /// </summary>
    private static void GiveOwnLength(FileStream file)
    {
        byte[] blanks = new byte[Random.Shared.Next(1, MostBlanks)];
        blanks.AsSpan().Fill((byte)' ');
        RandomAccess.Write(file.SafeFileHandle, blanks, Heartbeat.Length);
        file.SetLength(Heartbeat.Length + blanks.Length);
    }

    /// <summary>Without locks two may take it in one instant; the last to write has it.</summary>
    private bool IsOvertaken()
    {
        Thread.Sleep(ToBeOvertaken);
        return Heartbeat.Read(_file)?.Taker != _heartbeat.Taker;
    }

    /// <summary>Whether locks work: one process that has a file open for itself alone cannot open it a second time.</summary>
    private static bool AreKept(string path)
    {
        try
        {
            using FileStream second = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            return false;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }

    private static DateTime Now(TimeProvider time) => time.GetUtcNow().UtcDateTime;

    // The clock of a run is read on its own thread, and must not wait for a disk there.
    private void Beat() => ThreadPool.UnsafeQueueUserWorkItem(
        static beat => beat.Lock.Beat(beat.At), (Lock: this, At: Now(_time)), preferLocal: false);

    private void Beat(DateTime at)
    {
        lock (_gate)
        {
            if (_released)
                return;
            _heartbeat = _heartbeat with { At = at };
            TryWrite();
        }
    }

    /// <summary>Lets go of it without a word in the file, which is somebody else's.</summary>
    private void Abandon()
    {
        _beats.Dispose();
        lock (_gate)
            _released = true;
    }

    private void TryWrite()
    {
        try
        {
            Write();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The journal finds the same trouble, and says so.
        }
    }

    private void Write() => RandomAccess.Write(_file.SafeFileHandle, _heartbeat.ToBytes(), 0);
}
