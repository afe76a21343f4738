namespace GenieLoad.Engine.Live.Terminal;

/// <summary>
/// Response times in slots of the run's time. When the run outgrows them, slots become twice as long, so that the whole run is always
/// there, in a number of slots that fits a line.
/// </summary>
internal sealed class ResponseSlots
{
    /// <summary>Most slots.</summary>
    public const int MaximumCount = 60;

    private const double FirstLength = 5;

    private List<Slot?> _slots = [];

    /// <summary>Length of a slot in seconds.</summary>
    public double SlotSeconds { get; private set; } = FirstLength;

    /// <summary>Adds an answer.</summary>
    /// <param name="offsetSeconds">When it came, after the start of the run; before it counts as the start.</param>
    /// <param name="seconds">Its response time.</param>
    public void Add(double offsetSeconds, double seconds)
    {
        int at;
        while ((at = (int)Math.Min(int.MaxValue, Math.Max(0, offsetSeconds) / SlotSeconds)) >= MaximumCount)
            Double();
        while (_slots.Count <= at)
            _slots.Add(null);
        (_slots[at] ??= new Slot()).Add(seconds);
    }

    /// <summary>The percentile of each slot; <see langword="null"/> where no answer came.</summary>
    /// <param name="percent">The percentile.</param>
    public IReadOnlyList<double?> Percentiles(double percent) => [.. _slots.Select(slot => slot?.Percentile(percent))];

    private void Double()
    {
        SlotSeconds *= 2;
        _slots = [.. _slots.Chunk(2).Select(pair => Slot.Of(pair))];
    }

    /// <summary>The times of one slot, in rising order.</summary>
    private sealed class Slot
    {
        private readonly List<double> _sorted = [];
        private readonly Dictionary<double, double> _percentiles = [];

        public static Slot? Of(IEnumerable<Slot?> parts)
        {
            double[] values = [.. parts.OfType<Slot>().SelectMany(part => part._sorted).Order()];
            if (values.Length == 0)
                return null;
            var slot = new Slot();
            slot._sorted.AddRange(values);
            return slot;
        }

        public void Add(double seconds)
        {
            SortedTimes.Insert(_sorted, seconds);
            _percentiles.Clear();
        }

        public double Percentile(double percent)
        {
            if (!_percentiles.TryGetValue(percent, out double value))
                _percentiles[percent] = value = Statistics.Percentile.Of(SortedTimes.Span(_sorted), percent);
            return value;
        }
    }
}
