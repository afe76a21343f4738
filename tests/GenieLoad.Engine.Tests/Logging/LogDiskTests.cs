using GenieLoad.Engine.Logging;

namespace GenieLoad.Engine.Tests.Logging;

public sealed class LogDiskTests
{
    [Fact]
    public async Task A_line_is_on_disk_before_the_log_is_closed_and_the_file_is_closed_with_it()
    {
        var disk = new Disk();
        var log = new LogFile(disk);

        log.Write(new LogEvent(DateTime.UnixEpoch, LogSeverity.Warning, "one", null));
        await disk.Written.Task.WaitAsync(TimeSpan.FromSeconds(30));
        log.Dispose();

        Assert.False(disk.CanWrite);
    }

    private sealed class Disk : MemoryStream
    {
        public TaskCompletionSource Written { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override void Write(byte[] buffer, int offset, int count)
        {
            base.Write(buffer, offset, count);
            Written.TrySetResult();
        }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            base.Write(buffer);
            Written.TrySetResult();
        }
    }
}
