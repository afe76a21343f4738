using System.Runtime.InteropServices;
using GenieLoad.Model;

namespace GenieLoad.Engine.Figures;

/// <summary>A run cut by one thing that its rows have in common, summed up row by row.</summary>
/// <param name="slice">What it is cut by.</param>
/// <param name="key">What a row has in common with others; <see langword="null"/> where it is in no slice.</param>
/// <param name="label">The same in words, taken from the first row of each.</param>
internal sealed class SliceSums(string slice, Func<QuestionResult, string?> key, Func<QuestionResult, string>? label = null)
{
    private readonly Dictionary<string, Sums> _byKey = new(StringComparer.Ordinal);
    private readonly List<Sums> _inOrder = [];

    /// <summary>What a row has in common with others; <see langword="null"/> where it is in no slice.</summary>
    public string? KeyOf(QuestionResult row) => key(row);

    /// <summary>Counts a row.</summary>
    public void Add(QuestionResult row)
    {
        if (key(row) is not string of)
            return;
        if (!_byKey.TryGetValue(of, out Sums? sums))
        {
            _byKey.Add(of, sums = new Sums(of, label?.Invoke(row)));
            _inOrder.Add(sums);
        }
        sums.Add(row);
    }

    /// <summary>The figures, in the order in which the keys came.</summary>
    public IEnumerable<SliceFigures> Figures() => _inOrder.Select(sums => sums.Figures(slice));

    private sealed class Sums(string key, string? label)
    {
        private readonly List<double> _responses = [];
        private readonly PartMean _model = new(AnswerPart.Model);
        private readonly PartMean _warehouse = new(AnswerPart.WarehouseStart, AnswerPart.WarehouseQueue);
        private readonly PartMean _execution = new(AnswerPart.Execution);
        private int _count;
        private int _successes;
        private int _notAsked;
        private int _brokenOff;
        private double _throttle;

        public void Add(QuestionResult row)
        {
            _count++;
            _notAsked += AskedQuestions.IsAsked(row) ? 0 : 1;
            _brokenOff += AskedQuestions.IsBrokenOff(row) ? 1 : 0;
            _throttle += row.ThrottleSeconds;
            if (!row.Success)
                return;
            _successes++;
            if (row.ResponseSeconds is double response && double.IsFinite(response))
                _responses.Add(response);
            _model.Add(row);
            _warehouse.Add(row);
            _execution.Add(row);
        }

        public SliceFigures Figures(string slice)
        {
            _responses.Sort();
            LatencyFigures response = LatencyFiguresCalculator.OfSorted(Measure.Response, CollectionsMarshal.AsSpan(_responses));
            return new SliceFigures
            {
                Slice = slice,
                Key = key,
                Label = label,
                Count = _count,
                NotAskedCount = _notAsked,
                BrokenOffCount = _brokenOff,
                SuccessfulCount = _successes,
                MeanResponseSeconds = response.MeanSeconds,
                P50ResponseSeconds = response.P50Seconds,
                P95ResponseSeconds = response.P95Seconds,
                MaximumResponseSeconds = response.MaximumSeconds,
                ThrottleSeconds = _throttle,
                MeanModelSeconds = _model.Value,
                MeanWarehouseSeconds = _warehouse.Value,
                MeanExecutionSeconds = _execution.Value,
            };
        }
    }
}
