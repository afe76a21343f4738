using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using GenieLoad.Engine.Running;
using GenieLoad.Engine.Scenarios;
using GenieLoad.Engine.Telemetry.Metrics;
using GenieLoad.Engine.Tests.Runs;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Telemetry.Metrics;

/// <summary>Listeners hear the whole process: they have it to themselves.</summary>
[Collection(Name)]
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class RunMeterTests : IDisposable
{
    private const string Name = "Listeners";
    private static readonly ScenarioOverrides Half = new() { QuestionCount = 20, DurationSeconds = 40, WarmUpCount = 2 };
    private readonly MeteredSpace _space = new();
    private readonly ConcurrentQueue<(string Name, double Value, Dictionary<string, object?> Tags)> _heard = [];

    [Fact]
    public async Task A_listener_hears_of_every_question_what_its_row_says()
    {
        using MeterListener listener = Listen();

        LoadRun run = await _space.RunAsync(Half);

        Assert.True(run.ThrottleRetryCount > 0);
        foreach (IGrouping<(string Outcome, bool IsWarmUp), QuestionResult> rows in run.Results
            .GroupBy(row => (row.Outcome, row.IsWarmUp)))
        {
            bool IsOf(Dictionary<string, object?> tags) =>
                Equals(tags["genieload.outcome"], rows.Key.Outcome) && tags.ContainsKey("genieload.warm_up") == rows.Key.IsWarmUp;

            Assert.Equal(rows.Count(), Heard("genieload.question.finished").Where(one => IsOf(one.Tags)).Sum(one => one.Value));
            Assert.Equal(
                rows.Select(row => row.ResponseSeconds!.Value).Order(),
                Heard("genieload.question.response.duration").Where(one => IsOf(one.Tags)).Select(one => one.Value).Order());
            Assert.Equal(
                rows.Select(row => row.ServiceSeconds!.Value).Order(),
                Heard("genieload.question.service.duration").Where(one => IsOf(one.Tags)).Select(one => one.Value).Order());
        }
        Assert.Equal(run.Results.Select(row => row.LagSeconds!.Value).Order(), Heard("genieload.lag").Select(one => one.Value).Order());
        Assert.Equal(run.Results.Sum(row => row.ThrottleRetries), Sum("genieload.throttle.retries"));
        Assert.Equal(run.Results.Sum(row => row.ThrottleSeconds), Sum("genieload.throttle.duration"), 6);
        Assert.Equal(run.Results.Sum(row => row.WaitSeconds)!.Value, Sum("genieload.wait.duration"), 6);
        Assert.All(_heard, one => Assert.Equal(run.RunId, one.Tags["genieload.run.id"]));
        Assert.All(_heard, one => Assert.Equal(run.ScenarioName, one.Tags["genieload.scenario"]));
    }

    [Fact]
    public async Task Numbers_of_the_moment_are_those_of_the_progress_and_end_with_the_test()
    {
        using MeterListener listener = Listen();
        List<(RunProgress Progress, Dictionary<string, double> Seen)> looks = [];
        RunProgress? before = null;
        _space.Heard.WhenProgress = progress =>
        {
            // The companion is told after whoever shows the run: what it shows is the one before.
            _heard.Clear();
            listener.RecordObservableInstruments();
            if (before is not null)
                looks.Add((before, _heard.ToDictionary(one => one.Name, one => one.Value)));
            before = progress;
        };

        await _space.RunAsync(Half);

        Assert.True(looks.Count > 20);
        Assert.Contains(looks, look => look.Progress.Throttled > 0);
        foreach ((RunProgress progress, Dictionary<string, double> seen) in looks)
        {
            Assert.Equal(
                (progress.InFlight, progress.Waiting, progress.Throttled),
                (seen["genieload.question.in_flight"], seen["genieload.question.waiting"], seen["genieload.question.throttled"]));
            // Twenty in forty seconds: one every two.
            Assert.Equal(Math.Min(20, Math.Floor(progress.ElapsedSeconds / 2) + 1), seen["genieload.question.planned"]);
        }
        _heard.Clear();
        listener.RecordObservableInstruments();
        Assert.Empty(_heard);
    }

    [Fact]
    public async Task Of_a_resumed_run_only_questions_that_fall_due_from_then_on_are_planned()
    {
        LoadRun stopped = await _space.StopAsync(Half, 12);
        int kept = stopped.Results.Count(row => row.Outcome is not (Outcome.NotStarted or Outcome.Interrupted));
        using MeterListener listener = Listen();
        _space.Heard.WhenProgress = _ => listener.RecordObservableInstruments();

        await _space.ResumeAsync(stopped);

        Assert.InRange(kept, 1, 19);
        Assert.Equal(20 - kept, Heard("genieload.question.planned").Max(one => one.Value));
    }

    [Fact]
    public async Task The_instruments_are_those_of_the_table_with_their_ranges()
    {
        using MeterListener listener = Listen();
        await _space.RunAsync(new ScenarioOverrides { QuestionCount = 1, DurationSeconds = 0 });
        List<Instrument> published = [];
        using MeterListener late = new();
        late.InstrumentPublished = (instrument, _) =>
        {
            if (instrument.Meter.Name == "GenieLoad")
                published.Add(instrument);
        };
        late.Start();

        Assert.Equal(
            RunMetrics.Live.Select(metric => (metric.Name, metric.Unit, metric.Help)).Order(),
            published.Select(instrument => (instrument.Name, instrument.Unit!, instrument.Description!)).Order());
        foreach (MetricDefinition metric in RunMetrics.Live.Where(metric => metric.Kind == MetricKind.Histogram))
        {
            var histogram = (Histogram<double>)published.Single(instrument => instrument.Name == metric.Name);
            Assert.Equal(metric.Bounds, histogram.Advice?.HistogramBucketBoundaries);
        }
    }

    [Fact]
    public void Nothing_is_allocated_as_long_as_nobody_listens()
    {
        RunMeter meter = new();
        meter.OnBegin(new RunBeginning("r", "p", SampleRun.Plan(2)), _ => { });
        QuestionResult row = SampleRun.Success(1, 12);
        meter.OnFinished(row);
        long before = GC.GetAllocatedBytesForCurrentThread();

        for (int i = 0; i < 1000; i++)
            meter.OnFinished(row);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.True(meter.EndAsync(null).IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Every_question_is_an_activity_from_its_planned_instant_to_its_answer()
    {
        List<Activity> heard = [];
        using ActivityListener listener = new()
        {
            ShouldListenTo = source => source.Name == "GenieLoad",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                lock (heard)
                    heard.Add(activity);
            },
        };
        ActivitySource.AddActivityListener(listener);

        LoadRun run = await _space.RunAsync(Half);

        Assert.Equal(20, heard.Count);
        foreach (Activity activity in heard)
        {
            QuestionResult row = run.Results.Single(row => row.Index == (int)activity.GetTagItem("genieload.question.index")!);
            Assert.Equal("question", activity.DisplayName);
            Assert.Equal(run.RunId, activity.GetTagItem("genieload.run.id"));
            Assert.Equal(row.Outcome, activity.GetTagItem("genieload.outcome"));
            Assert.Equal(row.PlannedAt.ToUniversalTime(), activity.StartTimeUtc, TimeSpan.FromMilliseconds(1));
            Assert.Equal(row.ResponseSeconds!.Value, activity.Duration.TotalSeconds, 2);
            Assert.Equal(row.Success ? ActivityStatusCode.Unset : ActivityStatusCode.Error, activity.Status);
            Assert.Null(activity.GetTagItem("gen_ai.input.messages"));
        }
    }

    public void Dispose() => _space.Dispose();

    private double Sum(string name) => Heard(name).Sum(one => one.Value);

    private IEnumerable<(string Name, double Value, Dictionary<string, object?> Tags)> Heard(string name) =>
        _heard.Where(one => one.Name == name);

    private MeterListener Listen()
    {
        MeterListener listener = new();
        listener.InstrumentPublished = (instrument, one) =>
        {
            if (instrument.Meter.Name == "GenieLoad")
                one.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Keep(instrument, value, tags));
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Keep(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Keep(instrument, value, tags));
        listener.Start();
        return listener;
    }

    private void Keep(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        _heard.Enqueue((instrument.Name, value, tags.ToArray().ToDictionary(tag => tag.Key, tag => tag.Value)));
}
