namespace GenieLoad.Model;

/// <summary>Columns of a row that many rows do not have, or share; kept apart from the row.</summary>
internal abstract record RowBlock
{
    private OwnerMark _owner;

    /// <summary>The row that may write to it while it is made; <see langword="null"/> where several rows share it.</summary>
    public QuestionResult? Owner { get => _owner.Row; set => _owner.Row = value; }

    /// <summary>Whose a block is, which makes no difference between blocks.</summary>
    private struct OwnerMark : IEquatable<OwnerMark>
    {
        public QuestionResult? Row;

        public readonly bool Equals(OwnerMark other) => true;

        public override readonly bool Equals(object? obj) => obj is OwnerMark;

        public override readonly int GetHashCode() => 0;
    }
}
