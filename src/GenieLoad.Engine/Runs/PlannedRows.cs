using System.Collections;
using GenieLoad.Engine.Figures;
using GenieLoad.Model;

namespace GenieLoad.Engine.Runs;

/// <summary>The rows of a run's planned questions, as far as there are any; in the order of the plan.</summary>
internal sealed class PlannedRows : IReadOnlyCollection<QuestionResult>
{
    private readonly PlanPlaces _places;
    private readonly QuestionResult?[] _rows;
    private readonly BitArray _marked;

    /// <summary>No rows yet.</summary>
    public PlannedRows(Plan plan)
    {
        _places = new PlanPlaces(plan.Questions);
        _rows = new QuestionResult?[plan.Questions.Count];
        _marked = new BitArray(_rows.Length);
    }

    /// <inheritdoc/>
    public int Count { get; private set; }

    /// <summary>Whether marks tell of any of them.</summary>
    public bool HasMarks { get; private set; }

    /// <summary>Whether there is a row for a question.</summary>
    public bool Has(int index) => _places.Of(index) is >= 0 and int place && _rows[place] is not null;

    /// <summary>Takes note that a mark tells of a question, where there is a row for it.</summary>
    /// <returns><see langword="false"/> where there is none.</returns>
    public bool Mark(int index)
    {
        int place = _places.Of(index);
        if (place < 0 || _rows[place] is null)
            return false;
        HasMarks = true;
        _marked[place] = true;
        return true;
    }

    /// <summary>Whether a mark tells of a question with a row.</summary>
    public bool IsMarked(int index) => _places.Of(index) is >= 0 and int place && _marked[place];

    /// <summary>Puts a row in its place; one that was there goes.</summary>
    /// <returns><see langword="false"/> where its question is not planned.</returns>
    public bool Put(QuestionResult row)
    {
        int place = _places.Of(row.Index);
        if (place < 0)
            return false;
        Count += _rows[place] is null ? 1 : 0;
        _rows[place] = row;
        return true;
    }

    /// <summary>Puts something else in the place of every row.</summary>
    public void Replace(Func<QuestionResult, QuestionResult> with)
    {
        for (int i = 0; i < _rows.Length; i++)
        {
            if (_rows[i] is QuestionResult row)
                _rows[i] = with(row);
        }
    }

    /// <inheritdoc/>
    public IEnumerator<QuestionResult> GetEnumerator() => _rows.OfType<QuestionResult>().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
