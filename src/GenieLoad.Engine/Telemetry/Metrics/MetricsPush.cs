using System.Globalization;
using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Http.Retries;
using GenieLoad.Engine.Logging;
using GenieLoad.Engine.Running;
using GenieLoad.Engine.Telemetry.Otlp;
using GenieLoad.Engine.Variables;
using GenieLoad.Model;
using Microsoft.Extensions.Logging;

namespace GenieLoad.Engine.Telemetry.Metrics;

/// <summary>
/// Sends the metrics of a run to a receiver of OpenTelemetry data at its start, while it goes on, and at its end. Each message holds the
/// sums since the start of the run, so one that is lost is made good by the next. Sending happens beside the run: nothing in it waits for
/// the receiver, and one that is away is a single warning.
/// </summary>
public sealed class MetricsPush : IRunCompanion, IDisposable
{
    private const string Interval = "OTEL_METRIC_EXPORT_INTERVAL";
    private const string Exporter = "OTEL_METRICS_EXPORTER";
    private const int DefaultInterval = 10_000;
    private const int ShortestInterval = 100;
    private const int LongestInterval = 3_600_000;

    // For the last message: the user waits for it.
    private static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(5);

    private readonly object _gate = new();
    private readonly OtlpEndpoint _endpoint;
    private readonly TimeSpan _interval;
    private readonly TimeProvider _time;
    private readonly Func<HttpMessageHandler>? _handler;
    private readonly PushLog _log;
    private readonly CancellationTokenSource _stop = new();
    private OneRun? _run;
    private PeriodicTimer? _timer;
    private Task _pushing = Task.CompletedTask;
    private bool _isAway;

    private MetricsPush(OtlpEndpoint endpoint, TimeSpan interval, TimeProvider time, Func<HttpMessageHandler>? handler)
    {
        (_endpoint, _interval, _time, _handler) = (endpoint, interval, time, handler);
        _log = new PushLog(() => Log);
    }

    /// <summary>Gets lines for debugging.</summary>
    public EngineLog Log { get; set; } = EngineLog.None;

    /// <summary>Address of the receiver, for people.</summary>
    public string Location => _endpoint.Location;

    /// <summary>Finds out where to; nothing is sent yet.</summary>
    /// <param name="endpoint">
    /// Address of the receiver, <c>/v1/metrics</c> is added; <see langword="null"/> for the standard variables of OpenTelemetry.
    /// </param>
    /// <returns><see langword="null"/> where nobody named a receiver.</returns>
    /// <exception cref="GenieLoadException">
    /// <c>InvalidOtlpEndpoint</c>, <c>InvalidOtlpVariable</c>, <c>OtlpProtocolNotSupported</c>.
    /// </exception>
    public static MetricsPush? Of(string? endpoint) => Of(endpoint, Environment.GetEnvironmentVariable, TimeProvider.System);

    internal static MetricsPush? Of(
        string? endpoint, Func<string, string?> environment, TimeProvider time, Func<HttpMessageHandler>? handler = null)
    {
        // Of a list of exporters, all that matters here is whether somebody wants none.
        if (endpoint is null && "none".Equals(VariableText.Of(environment(Exporter)), StringComparison.OrdinalIgnoreCase))
            return null;
        return OtlpEndpoint.Resolve(OtlpSignal.Metrics, endpoint, environment) is OtlpEndpoint resolved
            ? new MetricsPush(resolved, IntervalOf(VariableText.Of(environment(Interval))), time, handler)
            : null;
    }

    /// <inheritdoc/>
    public void OnBegin(RunBeginning run, Action<string> warn)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(warn);
        if (_endpoint.UnencryptedHeaders is string warning)
            warn(warning);
        // Without another try: the next message holds it all.
        OtlpSender sender = new(_endpoint, _time, _log, new RetryOptions { MaximumRetries = 0 }, _handler);
        _run = new OneRun(run, _endpoint.ResourceAttributes, warn, sender, _time.GetUtcNow().UtcDateTime);
        _timer = new PeriodicTimer(_interval, _time);
        _pushing = PushAsync(_run, _timer);
    }

    /// <inheritdoc/>
    public void OnFinished(QuestionResult result) => _run!.Tally.Add(result);

    /// <inheritdoc/>
    public void OnProgress(RunProgress progress)
    {
        ArgumentNullException.ThrowIfNull(progress);
        OneRun run = _run!;
        lock (_gate)
        {
            // Of a run that is resumed, only what happens from now on counts.
            run.Due = Math.Max(0, run.Counter.Read(progress) - run.EndedBefore);
            run.Progress = progress;
        }
    }

    /// <inheritdoc/>
    public async Task EndAsync(LoadRun? run)
    {
        // A message on its way is of no use any more: the last one holds all that it does.
        _timer?.Dispose();
        if (!_pushing.IsCompleted)
            await _stop.CancelAsync().ConfigureAwait(false);
        await _pushing.ConfigureAwait(false);
        Dispose();
        if (_run is not OneRun pushed)
            return;
        // Nobody is told of questions that were never asked.
        foreach (QuestionResult row in run?.Results.Where(UnfinishedQuestion.IsUnasked) ?? [])
            pushed.Tally.Add(row);
        using CancellationTokenSource limit = new(LongestEnd, _time);
        try
        {
            await SendAsync(pushed, limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            Trouble(pushed, $"{Location} did not answer within {LongestEnd.TotalSeconds} s");
        }
        finally
        {
            pushed.Sender.Dispose();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _timer?.Dispose();
        _stop.Dispose();
    }

    /// <summary>For the warning of whoever it goes along with.</summary>
    public override string ToString() => $"metrics to {Location}";

    private static TimeSpan IntervalOf(string? text)
    {
        if (text is null)
            return TimeSpan.FromMilliseconds(DefaultInterval);
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value)
            && value is >= ShortestInterval and <= LongestInterval
                ? TimeSpan.FromMilliseconds(value)
                : throw OtlpErrors.InvalidOtlpVariable(
                    Interval,
                    $"{OtlpErrors.Shown(text)} is not a number of milliseconds from {ShortestInterval} to {LongestInterval}");
    }

    private async Task PushAsync(OneRun run, PeriodicTimer timer)
    {
        try
        {
            // At once, so that everything begins at 0, and a receiver that is away is known while there is time.
            await SendAsync(run, _stop.Token).ConfigureAwait(false);
            while (await timer.WaitForNextTickAsync(_stop.Token).ConfigureAwait(false))
                await SendAsync(run, _stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The last message holds what this one would have.
        }
    }

    /// <summary>Sends what is known now. Throws only where it is stopped.</summary>
    private async Task SendAsync(OneRun run, CancellationToken stop)
    {
        try
        {
            OtlpReceipt receipt = await run.Sender.SendAsync(MessageOf(run), stop).ConfigureAwait(false);
            // Without rejected values, what it says is a hint, which the sender has logged.
            if (receipt.RejectedCount > 0)
            {
                Trouble(run, $"{Location} did not keep {receipt.RejectedCount} values: {receipt.Message ?? "it gave no reason"}");
                return;
            }
            if (_isAway)
                _log.LogDebug("Metrics arrive at {Address} again.", Location);
            _isAway = false;
        }
        catch (GenieLoadException e)
        {
            Trouble(run, e.Message);
        }
    }

    /// <summary>Warns once; whoever watches a test must not be told every ten seconds.</summary>
    private void Trouble(OneRun run, string reason)
    {
        _isAway = true;
        if (!run.HasWarned)
            run.Warn($"Metrics did not arrive; the test goes on, and later messages are tried all the same: {reason}");
        run.HasWarned = true;
        _log.LogDebug("Metrics did not arrive: {Reason}", reason);
    }

    private byte[] MessageOf(OneRun run)
    {
        RunProgress? progress;
        int due;
        lock (_gate)
            (progress, due) = (run.Progress, run.Due);
        List<MetricValues> metrics = [.. run.Tally.Read()];
        metrics.Add(Single(RunMetrics.Planned, due));
        metrics.Add(Single(RunMetrics.InFlight, progress?.InFlight ?? 0));
        metrics.Add(Single(RunMetrics.Waiting, progress?.Waiting ?? 0));
        metrics.Add(Single(RunMetrics.Throttled, progress?.Throttled ?? 0));
        return MetricsMessage.Of(run.Resource, RunTags.Version, metrics, run.StartedAt, _time.GetUtcNow().UtcDateTime);

        MetricValues Single(MetricDefinition metric, int number) => new(metric, [new MetricValue(run.Tags, number)]);
    }

    /// <summary>What is known of the run.</summary>
    private sealed class OneRun(
        RunBeginning run, IReadOnlyList<KeyValuePair<string, string>> resource, Action<string> warn, OtlpSender sender, DateTime startedAt)
    {
        public IReadOnlyList<KeyValuePair<string, object>> Tags { get; } = RunTags.Of(run.RunId, run.Plan.ScenarioName);

        public IReadOnlyCollection<KeyValuePair<string, object>> Resource { get; } =
            RunTags.Resource(run.RunId, run.Plan.Name, run.Plan.ScenarioName, resource);

        public MetricTally Tally { get; } = new(RunTags.Of(run.RunId, run.Plan.ScenarioName));

        public DueCounter Counter { get; } = new(run.Plan);

        public int EndedBefore => run.EndedBefore;

        public OtlpSender Sender => sender;

        public Action<string> Warn => warn;

        /// <summary>From when sums count, UTC.</summary>
        public DateTime StartedAt => startedAt;

        public RunProgress? Progress { get; set; }

        public int Due { get; set; }

        public bool HasWarned { get; set; }
    }
}
