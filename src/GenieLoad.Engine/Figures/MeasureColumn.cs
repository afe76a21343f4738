using System.Buffers;
using GenieLoad.Model;

namespace GenieLoad.Engine.Figures;

/// <summary>A time of many rows while it is collected, and of a phase how much of it polls saw.</summary>
/// <param name="measure">The time.</param>
/// <param name="most">Most values that it can have.</param>
internal sealed class MeasureColumn(Measure measure, int most)
{
    // Rows that are looked at for one time after the other: they stay in the processor's cache meanwhile. To look at all rows for one time
    // and then at all for the next means to fetch each row from memory as often as there are times.
    private const int Block = 256;

    private double[] _values = [];
    private int _count;
    private int _entered;
    private int _seen;
    private int _bounded;
    private double _lower;
    private double _upper;

    /// <summary>Collects times of the same rows.</summary>
    /// <param name="columns">The times.</param>
    /// <param name="rows">The rows.</param>
    public static void Fill(IReadOnlyList<MeasureColumn> columns, IReadOnlyList<QuestionResult> rows)
    {
        for (int from = 0; from < rows.Count; from += Block)
        {
            int to = Math.Min(from + Block, rows.Count);
            foreach (MeasureColumn column in columns)
                column.Add(rows, from, to);
        }
    }

    /// <summary>The figures of what was collected; ends the collection.</summary>
    /// <param name="alsoOfSorted">Given the values in rising order, for further figures.</param>
    public LatencyFigures Figures(Action<Measure, ArraySegment<double>>? alsoOfSorted)
    {
        Array.Sort(_values, 0, _count);
        LatencyFigures figures = LatencyFiguresCalculator.OfSorted(measure, _values.AsSpan(0, _count));
        alsoOfSorted?.Invoke(measure, new ArraySegment<double>(_values, 0, _count));
        if (_values.Length > 0)
            ArrayPool<double>.Shared.Return(_values);
        (_values, _count) = ([], 0);
        return measure.Phase is null ? figures : figures with
        {
            SeenPercent = _entered == 0 ? null : 100.0 * _seen / _entered,
            LowerMeanSeconds = _bounded == 0 ? null : _lower / _bounded,
            UpperMeanSeconds = _bounded == 0 ? null : _upper / _bounded,
        };
    }

    private void Add(IReadOnlyList<QuestionResult> rows, int from, int to)
    {
        for (int i = from; i < to; i++)
        {
            QuestionResult row = rows[i];
            double? value = measure.Of(row);
            if (value is double seconds && double.IsFinite(seconds))
            {
                // Many times have no value in any row. Of a million rows each new array would be eight megabytes to be filled with zeros.
                if (_values.Length == 0)
                    _values = ArrayPool<double>.Shared.Rent(most);
                _values[_count++] = seconds;
            }
            if (measure.Phase is Phase phase && value is not null)
                See(phase, row);
        }
    }

    private void See(Phase phase, QuestionResult row)
    {
        _entered++;
        _seen += phase.Seconds(row) is null ? 0 : 1;
        if (phase.Upper(row) is not double upper)
            return;
        _bounded++;
        _lower += phase.Lower(row) ?? 0;
        _upper += upper;
    }
}
