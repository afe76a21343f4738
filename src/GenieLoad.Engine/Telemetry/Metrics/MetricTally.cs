using GenieLoad.Model;

namespace GenieLoad.Engine.Telemetry.Metrics;

/// <summary>Adds up the rows of a run, for its metrics. Safe for several threads; adding a row takes no more than some additions.</summary>
/// <param name="run">Tags that each value has: which run it is of.</param>
internal sealed class MetricTally(IReadOnlyList<KeyValuePair<string, object>> run)
{
    private readonly object _gate = new();
    private readonly Part _measured = new(Outcome.All);
    private readonly Part _warmUp = new([]);

    /// <summary>Rows that were added.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a row.</summary>
    public void Add(QuestionResult row)
    {
        lock (_gate)
        {
            Count++;
            (row.IsWarmUp ? _warmUp : _measured).Add(row);
        }
    }

    /// <summary>
    /// The metrics that come from rows, as they are now. Counters of nothing are 0, and so are the times of answers: a rate is seen only of
    /// what was there before.
    /// </summary>
    public IReadOnlyList<MetricValues> Read()
    {
        lock (_gate)
        {
            List<(Part Part, KeyValuePair<string, object>[] Tags)> parts = [(_measured, [.. run])];
            if (_warmUp.Outcomes.Count > 0)
                parts.Add((_warmUp, [.. run, KeyValuePair.Create(RunMetrics.WarmUp, (object)true)]));
            return
            [
                OfOutcomes(RunMetrics.Finished, _ => false, (one, tags) => new MetricValue(tags, one.Count)),
                OfOutcomes(RunMetrics.Response, one => one.Response.IsEmpty, (one, tags) => one.Response.Read(tags)),
                OfOutcomes(RunMetrics.Service, one => one.Service.IsEmpty, (one, tags) => one.Service.Read(tags)),
                OfParts(RunMetrics.ThrottleRetries, part => part.ThrottleRetries),
                OfParts(RunMetrics.ThrottleTime, part => part.ThrottleSeconds),
                OfParts(RunMetrics.FaultRetries, part => part.FaultRetries),
                OfParts(RunMetrics.FaultTime, part => part.FaultSeconds),
                new MetricValues(RunMetrics.WaitTime,
                [
                    .. from part in parts
                    from wait in RunMetrics.Waits.Select((wait, at) => (wait.Reason, Seconds: part.Part.WaitSeconds[at]))
                    select new MetricValue([.. part.Tags, KeyValuePair.Create(RunMetrics.Reason, (object)wait.Reason)], wait.Seconds),
                ]),
                new MetricValues(
                    RunMetrics.Lag, [.. parts.Where(part => !part.Part.Lag.IsEmpty).Select(part => part.Part.Lag.Read(part.Tags))]),
            ];

            MetricValues OfParts(MetricDefinition metric, Func<Part, double> number) =>
                new(metric, [.. parts.Select(part => new MetricValue(part.Tags, number(part.Part)))]);

            MetricValues OfOutcomes(
                MetricDefinition metric, Func<OfOutcome, bool> isEmpty,
                Func<OfOutcome, IReadOnlyList<KeyValuePair<string, object>>, MetricValue> value) => new(metric,
            [
                .. from part in parts
                from one in part.Part.Outcomes
                where one.Key == Outcome.Completed || !isEmpty(one.Value)
                select value(one.Value, [.. part.Tags, KeyValuePair.Create(RunMetrics.Result, (object)one.Key)]),
            ]);
        }
    }

    /// <summary>Questions that warm up, or those that do not.</summary>
    private sealed class Part
    {
        public Part(IReadOnlyList<string> outcomes)
        {
            foreach (string outcome in outcomes)
                Outcomes.Add(outcome, new OfOutcome());
        }

        public SortedDictionary<string, OfOutcome> Outcomes { get; } = new(StringComparer.Ordinal);

        public double[] WaitSeconds { get; } = new double[RunMetrics.Waits.Count];

        public BucketCounts Lag { get; } = new(RunMetrics.Lag.Bounds);

        public long ThrottleRetries { get; private set; }

        public double ThrottleSeconds { get; private set; }

        public long FaultRetries { get; private set; }

        public double FaultSeconds { get; private set; }

        public void Add(QuestionResult row)
        {
            if (!Outcomes.TryGetValue(row.Outcome, out OfOutcome? outcome))
                Outcomes.Add(row.Outcome, outcome = new OfOutcome());
            outcome.Count++;
            outcome.Response.Add(row.ResponseSeconds);
            outcome.Service.Add(row.ServiceSeconds);
            Lag.Add(row.LagSeconds);
            ThrottleRetries += row.ThrottleRetries;
            ThrottleSeconds += row.ThrottleSeconds;
            FaultRetries += row.FaultRetries;
            FaultSeconds += row.FaultSeconds;
            for (int at = 0; at < WaitSeconds.Length; at++)
                WaitSeconds[at] += RunMetrics.Waits[at].Seconds(row) ?? 0;
        }
    }

    private sealed class OfOutcome
    {
        public int Count { get; set; }

        public BucketCounts Response { get; } = new(RunMetrics.Response.Bounds);

        public BucketCounts Service { get; } = new(RunMetrics.Service.Bounds);
    }
}
