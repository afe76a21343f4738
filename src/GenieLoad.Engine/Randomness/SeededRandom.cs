namespace GenieLoad.Engine.Randomness;

/// <summary>
/// A stream of random numbers that is the same for the same seed on every platform and every version of .NET, which
/// <see cref="Random"/> does not promise. SplitMix64, after Steele, Lea and Flood, OOPSLA 2014.
/// </summary>
/// <param name="seed">Any number.</param>
public sealed class SeededRandom(ulong seed)
{
    private ulong _state = seed;

    /// <summary>A stream of its own for one purpose and one item, so that drawing from one never shifts another.</summary>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="purpose">What the numbers are for.</param>
    /// <param name="index">Which item, such as the question's index.</param>
    public static SeededRandom For(int seed, string purpose, long index)
    {
        // FNV-1a: string.GetHashCode differs from process to process.
        ulong hash = 14695981039346656037;
        foreach (char c in purpose)
            hash = (hash ^ c) * 1099511628211;
        return new SeededRandom(Mix(hash ^ unchecked((ulong)seed * 0x9E3779B97F4A7C15)) + (ulong)index);
    }

    /// <summary>The next number in [0, 1), with 53 random bits.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>The next whole number in [0, <paramref name="limit"/>).</summary>
    /// <param name="limit">Above 0.</param>
    public int NextInt32(int limit)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        return (int)(NextDouble() * limit);
    }

    /// <summary>The next number of a normal distribution with mean 0 and deviation 1 (Box and Muller 1958).</summary>
    public double NextNormal() =>
        Math.Sqrt(-2 * Math.Log(1 - NextDouble())) * Math.Cos(2 * Math.PI * NextDouble());

    private ulong NextUInt64()
    {
        _state = unchecked(_state + 0x9E3779B97F4A7C15);
        return Mix(_state);
    }

    private static ulong Mix(ulong z)
    {
        unchecked
        {
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }
}
