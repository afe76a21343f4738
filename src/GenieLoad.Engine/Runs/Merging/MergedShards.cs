using GenieLoad.Engine.Figures;
using GenieLoad.Model;

namespace GenieLoad.Engine.Runs.Merging;

/// <summary>What a merged run says of its shards, and how it stands by them.</summary>
internal sealed class MergedShards
{
    private readonly List<RunShard> _shards = [];

    /// <summary>The shards, by number.</summary>
    public RowList<RunShard> All => new([.. _shards.OrderBy(shard => shard.Number)]);

    /// <summary>
    /// State of the merged run: <see cref="RunState.Interrupted"/> where a shard is missing or died, or else
    /// <see cref="RunState.Stopped"/> where one was stopped.
    /// </summary>
    public string State =>
        _shards.Exists(shard => shard.State is null or RunState.Interrupted) ? RunState.Interrupted
        : _shards.Exists(shard => shard.State == RunState.Stopped) ? RunState.Stopped
        : RunState.Completed;

    /// <summary>Adds a shard.</summary>
    /// <param name="shard">The shard.</param>
    /// <param name="content">What its folder tells.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="earliestStart">Earliest start of all shards, UTC.</param>
    public void Add(ShardFolder shard, RunContent content, IReadOnlyCollection<QuestionResult> rows, DateTime earliestStart)
    {
        RunManifest manifest = shard.Manifest;
        IReadOnlyList<QuestionResult> measured = MeasuredRows.Of(rows);
        RunHealth health = RunHealthJudge.Of(measured, manifest.Generator, manifest.Interruptions);
        _shards.Add(new RunShard
        {
            Shard = $"{shard.Shard}",
            Number = shard.Shard.Number,
            Place = shard.Place,
            RunId = ShardFolder.Shown(shard.RunId),
            State = content.State,
            QuestionCount = content.Plan.QuestionCount,
            MissingCount = rows.Count(UnfinishedQuestion.IsOneOf),
            StartOffsetSeconds = (manifest.Header.StartedAt.ToUniversalTime() - earliestStart).TotalSeconds,
            StartLagSeconds = manifest.Header.StartLagSeconds,
            MaximumLagSeconds = health.MaximumLagSeconds,
            ClockOffsetSeconds = manifest.Clock?.OffsetSeconds,
            ClockHalfWidthSeconds = manifest.Clock?.HalfWidthSeconds,
            MovedSeconds = shard.MovedSeconds,
            Health = health.Verdict,
            HealthReasons = health.Reasons,
            GenieLoadVersion = ShardFolder.Shown(manifest.Header.GenieLoadVersion),
        });
    }

    /// <summary>Adds one that is missing.</summary>
    /// <param name="part">Its part of the plan.</param>
    /// <param name="number">Its number.</param>
    public void AddMissing(Plan part, int number) => _shards.Add(new RunShard
    {
        Shard = part.Shard!, Number = number, QuestionCount = part.QuestionCount, MissingCount = part.QuestionCount,
    });

    /// <summary>Why the merged run ended as it did; <see langword="null"/> where all shards completed.</summary>
    /// <param name="shards">The shards that are there.</param>
    public string? Reason(ShardSet shards)
    {
        string[] missing = [.. All.Where(shard => shard.State is null).Select(shard => shard.Shard)];
        string[] reasons =
        [
            .. missing.Length == 0 ? [] : new[] { $"Shard{(missing.Length == 1 ? "" : "s")} {string.Join(", ", missing)} did not run." },
            .. shards.Shards.Where(shard => shard.State == RunState.Interrupted).Select(shard => Sentence(shard, "ended early")),
            .. shards.Shards.Where(shard => shard.State == RunState.Stopped).Select(shard => Sentence(shard, "was stopped")),
        ];
        return reasons.Length == 0 ? null : string.Join(' ', reasons);
    }

    private static string Sentence(ShardFolder shard, string what) => shard.Manifest.StateReason is { Length: > 0 } why
        ? $"Shard {shard} {what}: {ShardFolder.Shown(why).TrimEnd('.')}."
        : $"Shard {shard} {what}.";
}
