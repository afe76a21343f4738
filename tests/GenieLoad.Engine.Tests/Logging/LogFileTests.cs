using GenieLoad.Engine.Logging;

namespace GenieLoad.Engine.Tests.Logging;

/// <summary>A log in a file: complete when it is closed, and nobody waits for its disk.</summary>
public class LogFileTests
{
    private static LogEvent Line(int number) =>
        new(new DateTime(2026, 11, 28, 9, 30, 0, DateTimeKind.Utc), LogSeverity.Information, $"line {number}", null);

    [Fact]
    public async Task Whoever_logs_does_not_wait_for_the_disk_and_every_line_is_there_in_the_end()
    {
        using var disk = new BusyDisk();
        var log = new LogFile(disk);

        await Task.Run(() =>
        {
            for (int i = 1; i <= 300; i++)
                log.Write(Line(i));
        }).WaitAsync(TimeSpan.FromSeconds(30));
        disk.Free.Set();
        log.Dispose();

        string[] lines = System.Text.Encoding.UTF8.GetString(disk.ToArray()).TrimEnd('\n').Split('\n');
        Assert.Equal(Enumerable.Range(1, 300).Select(i => $"2026-11-28T09:30:00.000Z Information line {i}"), lines);
    }

    [Fact]
    public void A_full_disk_and_a_late_line_end_nothing()
    {
        var log = new LogFile(new FullDisk());

        log.Write(Line(1));
        log.Dispose();
        log.Write(Line(2));
        log.Dispose();
    }

    private sealed class BusyDisk : MemoryStream
    {
        public ManualResetEventSlim Free { get; } = new();

        public override void Write(byte[] buffer, int offset, int count)
        {
            Free.Wait();
            base.Write(buffer, offset, count);
        }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            Free.Wait();
            base.Write(buffer);
        }
    }

    private sealed class FullDisk : MemoryStream
    {
        public override void Write(byte[] buffer, int offset, int count) => throw new IOException("full");

        public override void Write(ReadOnlySpan<byte> buffer) => throw new IOException("full");
    }
}
