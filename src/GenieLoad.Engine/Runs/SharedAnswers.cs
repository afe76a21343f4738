using System.Runtime.CompilerServices;
using GenieLoad.Model;

namespace GenieLoad.Engine.Runs;

/// <summary>What rows say of their answers, each once. Where most are new it stops looking. Not thread-safe.</summary>
internal sealed class SharedAnswers
{
    private const int Trial = 8192;
    private const int Most = 1 << 16;

    private readonly HashSet<RowAnswer> _known = new(ByTexts.Instance);
    private int _count;
    private bool _looks = true;

    /// <summary>Has a row share what it says with the rows before it.</summary>
    public void Share(QuestionResult row)
    {
        if (!_looks)
            return;
        row.ShareAnswer(_known);
        _looks = _known.Count < Most && (++_count != 2 * Trial || _known.Count < Trial);
        if (!_looks)
            _known.Clear();
    }

    /// <summary>Answers that say the same have the same texts, and each text is there once.</summary>
    private sealed class ByTexts : IEqualityComparer<RowAnswer>
    {
        public static readonly ByTexts Instance = new();

        public bool Equals(RowAnswer? one, RowAnswer? other) => Equals((object?)one, other);

        public int GetHashCode(RowAnswer answer) => HashCode.Combine(
            RuntimeHelpers.GetHashCode(answer.Sql), RuntimeHelpers.GetHashCode(answer.Answer),
            RuntimeHelpers.GetHashCode(answer.ResultSignature), answer.RowCount);
    }
}
