using GenieLoad.Engine.Logging;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace GenieLoad.Engine.Tests.Logging;

public sealed class EngineLogTests
{
    private static readonly DateTime Noon = new(2026, 5, 4, 12, 0, 0, DateTimeKind.Utc);

    [Theory]
    [InlineData(LogLevel.Trace, LogSeverity.Debug)]
    [InlineData(LogLevel.Debug, LogSeverity.Debug)]
    [InlineData(LogLevel.Information, LogSeverity.Information)]
    [InlineData(LogLevel.Warning, LogSeverity.Warning)]
    [InlineData(LogLevel.Critical, LogSeverity.Warning)]
    public void An_event_reaches_the_sink_with_its_severity_and_instant(LogLevel level, LogSeverity severity)
    {
        Sink sink = new(LogSeverity.Debug);
        EngineLog log = new(new FakeTimeProvider(Noon), sink);

        log.Log(level, "asked {Count}", 3);

        Assert.Equal(new LogEvent(Noon, severity, "asked 3", null), Assert.Single(sink.Events));
    }

    [Fact]
    public void Each_sink_gets_only_what_it_wants()
    {
        Sink all = new(LogSeverity.Debug);
        Sink warnings = new(LogSeverity.Warning);
        EngineLog log = new(new FakeTimeProvider(Noon), all, warnings);

        log.LogInformation("one");
        log.LogWarning("two");

        Assert.Equal(["one", "two"], all.Events.Select(seen => seen.Text));
        Assert.Equal(["two"], warnings.Events.Select(seen => seen.Text));
    }

    [Fact]
    public void What_no_sink_wants_is_not_put_into_words()
    {
        EngineLog log = new(new FakeTimeProvider(Noon), new Sink(LogSeverity.Warning));

        log.Log(LogLevel.Debug, default, 0, null, (_, _) => throw new InvalidOperationException("formatted in vain"));

        Assert.False(log.IsEnabled(LogLevel.Debug));
        Assert.False(EngineLog.None.IsEnabled(LogLevel.Critical));
    }

    private sealed class Sink(LogSeverity least) : ILogSink
    {
        public List<LogEvent> Events { get; } = [];

        public bool IsEnabled(LogSeverity severity) => severity >= least;

        public void Write(LogEvent logEvent) => Events.Add(logEvent);
    }
}
