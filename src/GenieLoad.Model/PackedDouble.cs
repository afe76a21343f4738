namespace GenieLoad.Model;

/// <summary>A number or none, in the 8 bytes of the number: a row has dozens, and <see cref="Nullable{T}"/> takes 16 for each.</summary>
internal readonly struct PackedDouble : IEquatable<PackedDouble>
{
    // A NaN that no arithmetic and no parser makes; those that they make stay numbers.
    private const long None = 0x7FF8_4E6F_6E65_0001;

    // Without the bits of none, so that a field that nobody set has no value.
    private readonly long _bits;

    private PackedDouble(double value) => _bits = BitConverter.DoubleToInt64Bits(value) ^ None;

    /// <summary>Packs a number.</summary>
    public static implicit operator PackedDouble(double? value) => value is double number ? new PackedDouble(number) : default;

    /// <summary>Gives it back.</summary>
    public static implicit operator double?(PackedDouble packed) =>
        packed._bits == 0 ? null : BitConverter.Int64BitsToDouble(packed._bits ^ None);

    /// <summary>Whether both are none, or the same number, as numbers are the same: NaN is NaN, and 0 is -0.</summary>
    public bool Equals(PackedDouble other) => _bits == other._bits || Nullable.Equals<double>(this, other);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is PackedDouble other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => ((double?)this).GetHashCode();
}
