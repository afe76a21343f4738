using GenieLoad.Model;

namespace GenieLoad.Engine.Figures;

/// <summary>Where the questions of a plan are in it, by their index: most plans count from 1 and need no table for that.</summary>
internal sealed class PlanPlaces
{
    private readonly int _count;
    private readonly Dictionary<int, int>? _places;

    /// <param name="questions">The questions, each index once.</param>
    public PlanPlaces(IReadOnlyList<PlannedQuestion> questions)
    {
        _count = questions.Count;
        for (int i = 0; i < _count; i++)
        {
            if (questions[i].Index == i + 1)
                continue;
            _places = new Dictionary<int, int>(_count);
            for (int place = 0; place < _count; place++)
                _places.Add(questions[place].Index, place);
            return;
        }
    }

    /// <summary>Whether the questions are in the order of their indexes, from 1.</summary>
    public bool AreInOrder => _places is null;

    /// <summary>The place of a question, from 0; -1 for one that is not planned.</summary>
    /// <param name="index">Its index.</param>
    public int Of(int index) => _places is null
        ? index >= 1 && index <= _count ? index - 1 : -1
        : _places.TryGetValue(index, out int place) ? place : -1;
}
