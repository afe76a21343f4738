using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Logging;
using GenieLoad.Model;

namespace GenieLoad.Engine.Runs;

/// <summary>What <c>run.json</c> holds: the header, and how the run stands. Figures are not in it: they follow from the rows.</summary>
internal sealed record RunManifest
{
    /// <summary>The format this version writes, and the newest it reads.</summary>
    public const int CurrentFormatVersion = 1;

    /// <summary>Version of the folder's layout.</summary>
    public int FormatVersion { get; init; } = CurrentFormatVersion;

    /// <summary>One of <see cref="RunState"/>.</summary>
    public required string State { get; init; }

    /// <summary>What ended it early, one of <see cref="StopCause"/>.</summary>
    public string? StopCause { get; init; }

    /// <summary>Why it ended as it did.</summary>
    public string? StateReason { get; init; }

    /// <summary>End of the run, UTC.</summary>
    public DateTime? CompletedAt { get; init; }

    /// <summary>Seconds from the start of the run to the last question's end.</summary>
    public double? TotalDurationSeconds { get; init; }

    /// <summary>What was seen of the generator; the one thing that the figures need and the rows do not hold.</summary>
    public GeneratorRecord? Generator { get; init; }

    /// <summary>What the answers told of its clock.</summary>
    public ClockReading? Clock { get; init; }

    /// <summary>
    /// SHA-256 of what a merged run was merged from, so that merging the same again is known; <see langword="null"/> for others.
    /// </summary>
    public string? MergedFrom { get; init; }

    /// <summary>When it was interrupted and resumed, in order; absent for most.</summary>
    public RowList<RunInterruption>? Interruptions { get; init; }

    /// <summary>What the SQL warehouses were while it ran.</summary>
    public RowList<WarehouseSample>? WarehouseSamples { get; init; }

    /// <summary>
    /// Questions sent, as far as the manifest knows: as many lines of <c>started.jsonl</c> say so at least; <see langword="null"/> in
    /// folders of versions that did not count.
    /// </summary>
    public int? SentCount { get; init; }

    /// <summary>How it is run, for whoever resumes it; absent in folders of versions that could not.</summary>
    public RunSettings? Settings { get; init; }

    /// <summary>What was known before the first question.</summary>
    public required RunHeader Header { get; init; }

    /// <summary>This manifest of a run that stands otherwise now.</summary>
    public RunManifest With(RunStatus status) => this with
    {
        State = status.State,
        StopCause = status.StopCause,
        StateReason = status.Reason,
        CompletedAt = status.CompletedAt,
        TotalDurationSeconds = status.TotalDurationSeconds,
        Generator = status.Generator,
        Clock = status.Clock,
        WarehouseSamples = status.WarehouseSamples.Count == 0 ? null : new RowList<WarehouseSample>([.. status.WarehouseSamples]),
        Interruptions = status.Interruptions.Count == 0 ? null : new RowList<RunInterruption>([.. status.Interruptions]),
    };

    /// <summary>How the run stands, as far as this tells: the rows tell the rest.</summary>
    /// <param name="state">
    /// Its state: what is written, or <see cref="RunState.Interrupted"/> where nobody is at work on it any more.
    /// </param>
    /// <param name="rows">Its rows.</param>
    public RunStatus StatusOf(string state, IReadOnlyCollection<QuestionResult> rows) => new(
        state,
        CompletedAt ?? (state == RunState.Running ? null : rows.Max(row => row.CompletedAt?.ToUniversalTime()) ?? Header.StartedAt),
        TotalDurationSeconds ?? rows.Max(row => row.CompletedOffsetSeconds) ?? 0)
    {
        StopCause = StopCause,
        Reason = StateReason is null ? null : Redactor.Redact(StateReason),
        Generator = Generator,
        Clock = Clock,
        WarehouseSamples = WarehouseSamples ?? new RowList<WarehouseSample>([]),
        Interruptions = Interruptions ?? new RowList<RunInterruption>([]),
    };
}
