using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Statements;
using GenieLoad.Model;

namespace GenieLoad.Engine.Runs.Merging;

/// <summary>Gathers what the folders of the shards tell, and makes one run of it.</summary>
/// <param name="shards">The shards.</param>
/// <param name="plan">Their plan.</param>
internal sealed class MergedRun(ShardSet shards, SharedPlan plan)
{
    private const string Alternatives = " | ";
    private const int LongestChange = 180;

    private readonly DateTime _start = shards.CommonStart;
    private readonly MergedConnections _connections = new(shards);
    private readonly MergedShards _shards = new();
    private readonly List<QuestionResult> _rows = new(plan.Whole.QuestionCount);
    private readonly List<WarehouseSample> _samples = [];
    private readonly List<RunChange> _changes = [];
    private readonly List<Evaluation> _evaluations = [];
    private readonly List<ExpectedAnswer> _expected = [];
    private Dictionary<string, StatementRecord>? _statements;
    private bool _looksAtTheEnd;
    private DateTime _completedAt = shards.CommonStart;
    private double _totalSeconds;
    private GeneratorRecord? _generator;
    private bool _isWatched = true;

    /// <summary>Rows of all questions, shard by shard.</summary>
    public IReadOnlyList<QuestionResult> Rows => _rows;

    /// <summary>What was read of a shard.</summary>
    /// <param name="shard">The shard.</param>
    /// <param name="content">What its folder tells.</param>
    /// <returns>Its rows, as the merged run has them.</returns>
    public IReadOnlyList<QuestionResult> Add(ShardFolder shard, RunContent content)
    {
        List<QuestionResult> rows = ShardRows.Of(shard, content, _start, _connections);
        _rows.AddRange(rows);
        _shards.Add(shard, content, rows, shards.StartedAt);
        RunStatus status = content.Status;
        ShardTimeline timeline = new(shard, _start);
        _totalSeconds = Math.Max(_totalSeconds, timeline.Offset(status.TotalDurationSeconds));
        if (status.CompletedAt is DateTime completed && timeline.Instant(completed.ToUniversalTime()) is DateTime at && at > _completedAt)
            _completedAt = at;
        _isWatched &= status.Generator is not null;
        _generator = status.Generator?.Beside(_generator) ?? _generator;
        _samples.AddRange(status.WarehouseSamples.Select(sample => new WarehouseSample
        {
            OffsetSeconds = timeline.Offset(sample.OffsetSeconds), WarehouseId = sample.WarehouseId, State = sample.State,
            Clusters = sample.Clusters,
        }));
        _changes.AddRange(content.Changes.Select(change => Moved(change, shard, timeline)));
        _evaluations.AddRange(content.Evaluations);
        _looksAtTheEnd |= content.Expected is not null;
        _expected.AddRange(content.Expected ?? shard.Manifest.Header.ExpectedAnswers ?? new([]));
        foreach ((string id, StatementRecord record) in content.Statements ?? new Dictionary<string, StatementRecord>())
            (_statements ??= new(StringComparer.Ordinal))[id] = record;
        return rows;
    }

    /// <summary>Puts in what is missing.</summary>
    /// <returns>Its rows.</returns>
    public IReadOnlyList<QuestionResult> AddMissing()
    {
        RunHeader header = Header();
        int before = _rows.Count;
        foreach (int number in shards.Missing)
        {
            Plan part = plan.PartOf(number);
            // A plan with fewer users than it has shards leaves some without any.
            if (part.QuestionCount == 0)
                continue;
            _rows.AddRange(ShardRows.OfMissing(header, part, number));
            _shards.AddMissing(part, number);
        }
        return _rows[before..];
    }

    /// <summary>The run, when all of its shards are in.</summary>
    /// <param name="digest">What it was merged from.</param>
    public RunContent ToContent(string digest)
    {
        RunSettings? settings = plan.Source.Manifest.Settings;
        RunManifest manifest = new()
        {
            State = _shards.State,
            StateReason = _shards.Reason(shards),
            StopCause = _shards.State == RunState.Stopped
                ? shards.Shards.FirstOrDefault(shard => shard.State == RunState.Stopped)?.Manifest.StopCause
                : null,
            CompletedAt = _completedAt,
            TotalDurationSeconds = _totalSeconds,
            Generator = _isWatched ? _generator : null,
            WarehouseSamples = _samples.Count == 0 ? null : new([.. Changes(_samples)]),
            SentCount = _rows.Count(row => row.Attempts > 0),
            Settings = settings is null ? null : settings with { Search = null },
            MergedFrom = digest,
            Header = Header() with { Connections = _connections.Counted(_rows), Shards = _shards.All },
        };
        return new RunContent(manifest, manifest.State, plan.Whole, _rows, SentQuestions.None)
        {
            Statements = _statements,
            Evaluations = [.. _evaluations.DistinctBy(evaluation => (evaluation.EvaluationId, evaluation.When))],
            Expected = _looksAtTheEnd ? Distinct(_expected) : null,
            Changes = [.. _changes.OrderBy(change => change.OffsetSeconds)],
        };
    }

    private RunHeader Header()
    {
        RunHeader[] headers = [.. shards.Shards.Select(shard => shard.Manifest.Header)];
        ExpectedAnswer[] expected = Distinct(headers.SelectMany(header => header.ExpectedAnswers ?? new([])));
        return headers[0] with
        {
            RunId = shards.RunId,
            WorkspaceUrl = _connections.WorkspaceUrl,
            SpaceId = _connections.SpaceId,
            IsSimulator = Array.Exists(headers, header => header.IsSimulator),
            StartedAt = _start,
            PollPolicy = Joined(headers.Select(header => header.PollPolicy)),
            RetryPolicy = Joined(headers.Select(header => header.RetryPolicy)),
            Connections = _connections.All,
            ExpectedAnswers = Array.Exists(headers, header => header.ExpectedAnswers is not null) ? new(expected) : null,
            Shard = null,
            Place = null,
            StartLagSeconds = null,
            GenieLoadVersion = Joined(headers.Select(header => header.GenieLoadVersion)) ?? "",
        };
    }

    private static RunChange Moved(RunChange change, ShardFolder shard, ShardTimeline timeline)
    {
        string text = $"shard {shard.Shard}: {change.Change}";
        return change with
        {
            OffsetSeconds = Math.Max(0, timeline.Offset(change.OffsetSeconds)),
            ChangedAt = timeline.Instant(change.ChangedAt),
            Change = text.Length > LongestChange ? text[..LongestChange] : text,
        };
    }

    /// <summary>Every shard looked at the warehouses: of all their looks those stay that saw a change, and the last of each.</summary>
    private static IEnumerable<WarehouseSample> Changes(IEnumerable<WarehouseSample> samples)
    {
        WarehouseSample[] ordered = [.. samples.OrderBy(sample => sample.OffsetSeconds)];
        Dictionary<string, WarehouseSample> last = ordered.GroupBy(sample => sample.WarehouseId, StringComparer.Ordinal)
            .ToDictionary(same => same.Key, same => same.Last(), StringComparer.Ordinal);
        Dictionary<string, (string?, int?)> seen = new(StringComparer.Ordinal);
        foreach (WarehouseSample sample in ordered)
        {
            bool isChange = !seen.TryGetValue(sample.WarehouseId, out (string?, int?) before) || before != (sample.State, sample.Clusters);
            seen[sample.WarehouseId] = (sample.State, sample.Clusters);
            if (isChange || last[sample.WarehouseId] == sample)
                yield return sample;
        }
    }

    private static ExpectedAnswer[] Distinct(IEnumerable<ExpectedAnswer> answers) =>
        [.. answers.DistinctBy(answer => (answer.Connection, answer.QuestionId))];

    private static string? Joined(IEnumerable<string?> texts)
    {
        string[] known = [.. texts.OfType<string>().Distinct(StringComparer.Ordinal)];
        return known.Length == 0 ? null : string.Join(Alternatives, known);
    }
}
