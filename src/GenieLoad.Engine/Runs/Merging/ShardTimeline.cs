using GenieLoad.Engine.Figures;
using GenieLoad.Model;

namespace GenieLoad.Engine.Runs.Merging;

/// <summary>
/// Brings what a shard tells of its times to the timeline of the merged run: the shard's own start, the pauses between its interruptions
/// and resumptions, and what its clock was certainly wrong by. Durations stay as they are.
/// </summary>
/// <remarks>Where nothing is to be moved, rows stay as they are, to the last bit.</remarks>
internal sealed class ShardTimeline
{
    private readonly DateTime _ownStart;
    private readonly double _movedSeconds;
    private readonly double _shiftSeconds;

    // Offsets at which the run was interrupted, and the seconds that all pauses up to each took.
    private readonly double[] _interruptedAt;
    private readonly double[] _pausedSeconds;

    /// <summary>Makes it.</summary>
    /// <param name="shard">The shard.</param>
    /// <param name="commonStart">Start of the merged run, UTC.</param>
    public ShardTimeline(ShardFolder shard, DateTime commonStart)
    {
        _ownStart = shard.Manifest.Header.StartedAt.ToUniversalTime();
        _movedSeconds = shard.MovedSeconds;
        _shiftSeconds = (_ownStart - commonStart).TotalSeconds + _movedSeconds;
        RunInterruption[] pauses = [.. (shard.Manifest.Interruptions ?? new([])).OrderBy(pause => pause.OffsetSeconds)];
        _interruptedAt = [.. pauses.Select(pause => pause.OffsetSeconds)];
        _pausedSeconds = new double[pauses.Length + 1];
        for (int i = 0; i < pauses.Length; i++)
            _pausedSeconds[i + 1] = _pausedSeconds[i] + Math.Max(0, pauses[i].PauseSeconds);
    }

    private bool ChangesNothing => _shiftSeconds == 0 && _movedSeconds == 0 && _pausedSeconds.Length == 1;

    /// <summary>A row on the common timeline.</summary>
    public QuestionResult Place(QuestionResult row)
    {
        if (ChangesNothing)
            return row;
        int first = PausesBefore(row.StartedOffsetSeconds, row.StartedAt) ?? PausesBefore(row.PlannedOffsetSeconds, row.PlannedAt) ?? 0;
        int last = PausesBefore(row.CompletedOffsetSeconds, row.CompletedAt) ?? _interruptedAt.Length;
        return row with
        {
            PlannedAt = Instant(row.PlannedAt),
            StartedAt = row.StartedAt is DateTime started ? Instant(started) : null,
            CompletedAt = row.CompletedAt is DateTime completed ? Instant(completed) : null,
            PlannedOffsetSeconds = Moved(row.PlannedOffsetSeconds, PausesBefore(row.PlannedOffsetSeconds, row.PlannedAt) ?? 0),
            StartedOffsetSeconds = row.StartedOffsetSeconds is double start ? Moved(start, first) : null,
            CompletedOffsetSeconds = row.CompletedOffsetSeconds is double end ? Moved(end, Math.Min(last, _interruptedAt.Length)) : null,
            Sends = RecordedSends.Moved(row.Sends, offset => Moved(offset, Math.Clamp(PausesBefore(offset), first, Math.Max(first, last)))),
        };
    }

    /// <summary>An offset on the common timeline.</summary>
    public double Offset(double offset) => ChangesNothing ? offset : Moved(offset, PausesBefore(offset));

    /// <summary>An instant by the service's clock, where that is known.</summary>
    public DateTime Instant(DateTime instant) =>
        _movedSeconds == 0 ? instant : instant.ToUniversalTime().AddTicks((long)(_movedSeconds * TimeSpan.TicksPerSecond));

    private double Moved(double offset, int pauses) => offset + _shiftSeconds + _pausedSeconds[pauses];

    // No time of the run passed in a pause, so what was at its very offset may have been before or after it.
    private int PausesBefore(double offset) => _interruptedAt.Count(at => at < offset);

    /// <summary>
    /// How many pauses came before something whose offset and instant are known: the instant counts them, the offset does not.
    /// </summary>
    private int? PausesBefore(double? offset, DateTime? instant)
    {
        if (offset is not double seconds || instant is not DateTime at)
            return null;
        double paused = (at.ToUniversalTime() - _ownStart).TotalSeconds - seconds;
        int nearest = 0;
        for (int i = 1; i < _pausedSeconds.Length; i++)
        {
            if (Math.Abs(_pausedSeconds[i] - paused) < Math.Abs(_pausedSeconds[nearest] - paused))
                nearest = i;
        }
        return nearest;
    }
}
