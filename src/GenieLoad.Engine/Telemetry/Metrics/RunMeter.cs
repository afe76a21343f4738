using System.Diagnostics;
using System.Diagnostics.Metrics;
using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Running;
using GenieLoad.Model;

namespace GenieLoad.Engine.Telemetry.Metrics;

/// <summary>
/// Tells a run to whoever listens in this process: to the meter and the source of activities named GenieLoad. Costs nothing as long as
/// nobody does.
/// </summary>
public sealed class RunMeter : IRunCompanion
{
    private readonly object _gate = new();
    private DueCounter? _due;
    private RunProgress? _progress;
    private int _endedBefore;
    private string _runId = "";
    private string _testName = "";
    private string _scenario = "";

    /// <summary>The tags of every value.</summary>
    internal IReadOnlyList<KeyValuePair<string, object?>> Tags { get; private set; } = [];

    /// <summary>How far the run is; <see langword="null"/> before that is known.</summary>
    internal RunProgress? Progress => Volatile.Read(ref _progress);

    /// <summary>Questions whose planned time has come since the run began, or was resumed.</summary>
    internal int? Due
    {
        get
        {
            if (Progress is not RunProgress progress || _due is null)
                return null;
            lock (_gate)
                return Math.Max(0, _due.Read(progress) - _endedBefore);
        }
    }

    /// <inheritdoc/>
    public void OnBegin(RunBeginning run, Action<string> warn)
    {
        ArgumentNullException.ThrowIfNull(run);
        (_runId, _testName, _scenario, _endedBefore) = (run.RunId, run.Plan.Name, run.Plan.ScenarioName, run.EndedBefore);
        _due = new DueCounter(run.Plan);
        Tags = [.. RunTags.Of(run.RunId, run.Plan.ScenarioName).Select(tag => KeyValuePair.Create(tag.Key, (object?)tag.Value))];
        GenieMeter.Add(this);
    }

    /// <inheritdoc/>
    public void OnFinished(QuestionResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        // Whoever listens to the meter is asked of all its instruments at once, as a rule.
        if (GenieMeter.Finished.Enabled || GenieMeter.Response.Enabled || GenieMeter.Service.Enabled || GenieMeter.Lag.Enabled
            || GenieMeter.ThrottleRetries.Enabled || GenieMeter.ThrottleTime.Enabled || GenieMeter.FaultRetries.Enabled
            || GenieMeter.FaultTime.Enabled || GenieMeter.WaitTime.Enabled)
            Measure(result);
        if (GenieMeter.Activities.HasListeners())
            Trace(result);
    }

    /// <inheritdoc/>
    public void OnProgress(RunProgress progress) => Volatile.Write(ref _progress, progress);

    /// <inheritdoc/>
    public Task EndAsync(LoadRun? run)
    {
        // Nobody is told of questions that were never asked.
        if (GenieMeter.Finished.Enabled)
        {
            foreach (QuestionResult row in run?.Results.Where(UnfinishedQuestion.IsUnasked) ?? [])
                Measure(row);
        }
        GenieMeter.Remove(this);
        return Task.CompletedTask;
    }

    private void Measure(QuestionResult row)
    {
        TagList tags = [.. Tags];
        if (row.IsWarmUp)
            tags.Add(RunMetrics.WarmUp, true);
        Add(GenieMeter.ThrottleRetries, row.ThrottleRetries, tags);
        Add(GenieMeter.ThrottleTime, row.ThrottleSeconds, tags);
        Add(GenieMeter.FaultRetries, row.FaultRetries, tags);
        Add(GenieMeter.FaultTime, row.FaultSeconds, tags);
        if (row.LagSeconds is double lag)
            GenieMeter.Lag.Record(lag, tags);
        foreach ((string reason, Func<QuestionResult, double?> seconds) in RunMetrics.Waits)
            Add(GenieMeter.WaitTime, seconds(row) ?? 0, [.. tags, new(RunMetrics.Reason, reason)]);
        tags.Add(RunMetrics.Result, row.Outcome);
        GenieMeter.Finished.Add(1, tags);
        if (row.ResponseSeconds is double response)
            GenieMeter.Response.Record(response, tags);
        if (row.ServiceSeconds is double service)
            GenieMeter.Service.Record(service, tags);
    }

    private static void Add<T>(Counter<T> counter, T value, TagList tags)
        where T : struct
    {
        if (!EqualityComparer<T>.Default.Equals(value, default))
            counter.Add(value, tags);
    }

    /// <summary>A question as one activity, from its planned instant to its answer, made when it has ended.</summary>
    private void Trace(QuestionResult row)
    {
        if (!AskedQuestions.IsAsked(row))
            return;
        (DateTime from, DateTime to) = QuestionSpans.TimesOf(row);
        using Activity? activity = GenieMeter.Activities.StartActivity(
            ActivityKind.Internal, tags: SpanAttributes.OfQuestion(_runId, _testName, _scenario, row)
                .Select(pair => KeyValuePair.Create(pair.Key, (object?)pair.Value)),
            startTime: from, name: "question");
        if (activity is null)
            return;
        if (!row.Success)
            activity.SetStatus(ActivityStatusCode.Error);
        // Without a length, an activity would last until now.
        activity.SetEndTime(to > from ? to : from.AddTicks(1));
    }
}
