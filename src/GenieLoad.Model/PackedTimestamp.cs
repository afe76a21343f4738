namespace GenieLoad.Model;

/// <summary>
/// A timestamp of a monotonic clock or none, in the 8 bytes of the timestamp: of every question in flight a dozen are known, and
/// <see cref="Nullable{T}"/> takes 16 for each.
/// </summary>
internal readonly struct PackedTimestamp : IEquatable<PackedTimestamp>
{
    // A timestamp that no clock shows.
    private const long None = long.MinValue;

    // Without the bits of none, so that a field that nobody set has no value.
    private readonly long _bits;

    private PackedTimestamp(long timestamp) => _bits = timestamp ^ None;

    /// <summary>Packs a timestamp.</summary>
    public static implicit operator PackedTimestamp(long? timestamp) => timestamp is long given ? new(given) : default;

    /// <summary>Gives it back.</summary>
    public static implicit operator long?(PackedTimestamp packed) => packed._bits == 0 ? null : packed._bits ^ None;

    /// <summary>Whether both are none, or the same timestamp.</summary>
    public bool Equals(PackedTimestamp other) => _bits == other._bits;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is PackedTimestamp other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _bits.GetHashCode();
}
