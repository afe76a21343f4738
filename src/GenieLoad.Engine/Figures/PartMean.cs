using GenieLoad.Model;

namespace GenieLoad.Engine.Figures;

/// <summary>Mean of some parts of answers together, in seconds, of the rows where all of them are known.</summary>
/// <param name="parts">Which, of <see cref="AnswerPart"/>.</param>
internal sealed class PartMean(params string[] parts)
{
    private readonly Func<QuestionResult, double?>[] _parts = RunParts.Of(parts);
    private double _sum;
    private int _count;

    /// <summary>The mean; <see langword="null"/> for none.</summary>
    public double? Value => _count == 0 ? null : _sum / _count;

    /// <summary>Counts a row.</summary>
    public void Add(QuestionResult row)
    {
        double together = 0;
        foreach (Func<QuestionResult, double?> part in _parts)
        {
            if (part(row) is not double seconds)
                return;
            together += seconds;
        }
        _sum += together;
        _count++;
    }
}
