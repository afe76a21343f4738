namespace GenieLoad.Model;

/// <summary>An instant in local time or none, in the 8 bytes of the instant.</summary>
internal readonly struct PackedInstant : IEquatable<PackedInstant>
{
    // What is local says so: the instant of a field that nobody set does not.
    private readonly DateTime _local;

    private PackedInstant(DateTime local) => _local = local;

    /// <summary>Packs an instant, as <see cref="LocalTime.Of(DateTime?)"/> gives it.</summary>
    public static implicit operator PackedInstant(DateTime? instant) => instant is DateTime given ? new(LocalTime.Of(given)) : default;

    /// <summary>Gives it back.</summary>
    public static implicit operator DateTime?(PackedInstant packed) => packed.HasValue ? packed._local : null;

    private bool HasValue => _local.Kind == DateTimeKind.Local;

    /// <summary>Whether both are none, or the same instant.</summary>
    public bool Equals(PackedInstant other) => HasValue == other.HasValue && _local == other._local;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is PackedInstant other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _local.GetHashCode();
}
