using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using GenieLoad.Engine.Runs;
using GenieLoad.Engine.Tests.Campaign;
using GenieLoad.Model;
using Microsoft.Extensions.Time.Testing;

namespace GenieLoad.Engine.Tests.Runs;

public sealed class RunLockTests : IDisposable
{
    private readonly TemporaryFolder _temporary = new();

    public void Dispose() => _temporary.Dispose();

    private RunFolder Folder()
    {
        RunFolder folder = new(_temporary.File("run"));
        folder.Create();
        return folder;
    }

    private static int Count(RunFolder folder) =>
        int.Parse(File.ReadAllText(Path.Combine(folder.Path, "count")), CultureInfo.InvariantCulture);

    /// <summary>Two that are made within one tick of the file system's clock have nothing else by which they differ.</summary>
    [Fact]
    public void Lock_files_differ_in_their_lengths()
    {
        RunFolder folder = Folder();
        HashSet<long> lengths = [];
        for (int i = 0; i < 5; i++)
        {
            using (RunLock.Take(folder, TimeProvider.System))
                lengths.Add(new FileInfo(folder.LockPath).Length);
            File.Delete(folder.LockPath);
        }

        Assert.True(lengths.Count > 1);
    }

    /// <summary>Whoever reads a fake clock may fire its timers: read elsewhere, it takes a part of the run with it.</summary>
    [Fact]
    public void A_sign_of_life_reads_the_clock_on_the_thread_of_its_timer()
    {
        var time = new WatchedClock();
        using RunLock held = RunLock.Take(Folder(), time);
        time.Readers.Clear();

        time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal([Environment.CurrentManagedThreadId], time.Readers.ToArray());
    }

    /// <summary>They take and give back by turns while others only look.</summary>
    [Fact]
    public async Task Of_many_threads_one_at_a_time_has_it()
    {
        RunFolder folder = Folder();
        using var done = new CancellationTokenSource();
        Task looker = Task.Run(() =>
        {
            while (!done.IsCancellationRequested)
                folder.IsHeld();
        });

        Thread[] threads = [.. Enumerable.Range(0, 8).Select(_ => new Thread(() => ChildProgram.CountUnderLock(folder, 40)))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        await done.CancelAsync();

        await looker;
        Assert.Equal(8 * 40, Count(folder));
        Assert.False(folder.IsHeld());
    }

    [Fact]
    public void Of_many_processes_one_at_a_time_has_it()
    {
        RunFolder folder = Folder();
        Process[] children = [.. Enumerable.Range(0, 4).Select(_ => ChildProgram.Start("count", folder.Path, "50"))];
        foreach (Process child in children)
        {
            Assert.True(child.WaitForExit(TimeSpan.FromMinutes(2)), "A child does not end.");
            Assert.Equal(0, child.ExitCode);
            child.Dispose();
        }

        Assert.Equal(4 * 50, Count(folder));
    }

    [Fact]
    public void Giving_it_back_leaves_the_file_that_another_may_have_locked_by_then()
    {
        RunFolder folder = Folder();
        RunLock first = RunLock.Take(folder, TimeProvider.System);
        first.Dispose();
        using RunLock second = RunLock.Take(folder, TimeProvider.System);

        first.Dispose();

        Assert.True(second.IsInPlace);
        Assert.Equal("RunStillRunning", Assert.Throws<GenieLoadException>(() => RunLock.Take(folder, TimeProvider.System)).ErrorId);
    }

    [Fact]
    public void A_lock_whose_file_is_gone_or_replaced_is_none()
    {
        if (OperatingSystem.IsWindows())
            return;
        RunFolder folder = Folder();
        using RunLock held = RunLock.Take(folder, TimeProvider.System);
        Assert.True(held.IsInPlace);

        File.Delete(folder.LockPath);
        Assert.False(held.IsInPlace);
        using RunLock other = RunLock.Take(folder, TimeProvider.System);
        Assert.False(held.IsInPlace);
        Assert.True(other.IsInPlace);
    }

    /// <summary>A fake clock that knows by which threads it was read.</summary>
    private sealed class WatchedClock : FakeTimeProvider
    {
        public ConcurrentQueue<int> Readers { get; } = new();

        public override DateTimeOffset GetUtcNow()
        {
            Readers.Enqueue(Environment.CurrentManagedThreadId);
            return base.GetUtcNow();
        }
    }
}
