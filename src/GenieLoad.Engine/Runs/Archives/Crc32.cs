namespace GenieLoad.Engine.Runs.Archives;

/// <summary>The checksum of zip files (IEEE 802.3), which .NET reads and does not check.</summary>
internal struct Crc32
{
    private const uint Polynomial = 0xEDB88320;

    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(OfByte)];

    private uint _sum;

    /// <summary>The sum of all that was added.</summary>
    public readonly uint Value => _sum;

    /// <summary>Adds bytes.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        uint inverse = ~_sum;
        foreach (byte one in bytes)
            inverse = Table[(byte)(inverse ^ one)] ^ (inverse >> 8);
        _sum = ~inverse;
    }

    private static uint OfByte(int value)
    {
        uint sum = (uint)value;
        for (int bit = 0; bit < 8; bit++)
            sum = (sum & 1) == 0 ? sum >> 1 : (sum >> 1) ^ Polynomial;
        return sum;
    }
}
