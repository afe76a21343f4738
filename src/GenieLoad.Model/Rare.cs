namespace GenieLoad.Model;

/// <summary>
/// A block of a row, there once one of its columns is set. Rows that are copies of each other share it until one is written to.
/// </summary>
/// <typeparam name="T">Type of the block.</typeparam>
internal struct Rare<T> : IEquatable<Rare<T>>
    where T : RowBlock, new()
{
    private T? _block;

    /// <summary>The block; <see langword="null"/> where none of its columns has a value.</summary>
    public readonly T? Block => _block;

    /// <summary>The block to write a value to while a row is made; <see langword="null"/> where there is none, and need not be.</summary>
    /// <param name="row">The row.</param>
    /// <param name="value">The value.</param>
    public T? For<TValue>(QuestionResult row, TValue value)
    {
        if (_block is null)
            return value is null ? null : _block = new T { Owner = row };
        if (!ReferenceEquals(_block.Owner, row))
            _block = (T)((RowBlock)_block with { Owner = row });
        return _block;
    }

    /// <summary>Puts a block that other rows have too in the place of an equal one.</summary>
    /// <param name="block">The block, which nobody writes to any more.</param>
    public void Share(T block)
    {
        block.Owner = null;
        _block = block;
    }

    /// <summary>Whether the columns are the same; no block is as good as an empty one.</summary>
    public readonly bool Equals(Rare<T> other) =>
        ReferenceEquals(_block, other._block) || (_block ?? new T()).Equals(other._block ?? new T());

    /// <inheritdoc/>
    public override readonly bool Equals(object? obj) => obj is Rare<T> other && Equals(other);

    /// <inheritdoc/>
    public override readonly int GetHashCode() => (_block ?? new T()).GetHashCode();
}
