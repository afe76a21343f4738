using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace GenieLoad.Engine.Json;

/// <summary>
/// Texts of one column that come again and again, each made once: found by their bytes, before there is a text. Where most texts are new,
/// as ids are, it stops remembering. Not thread-safe.
/// </summary>
/// <param name="gate">
/// What is done with a text before it is kept; <see langword="null"/> for nothing. Done once for each that is known.
/// </param>
internal sealed class SharedTexts(Func<string, string>? gate)
{
    private const int Trial = 8192;
    private const int Most = 1 << 16;

    private Entry[] _entries = [];
    private int[] _first = new int[64];
    private int _count;
    private int _found;
    private bool _remembers = true;

    /// <summary>The text at which a reader stands.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public string Of(ref Utf8JsonReader reader)
    {
        if (!_remembers)
            return Gated(reader.GetString()!);
        // As it stands in the file, escapes and all.
        ReadOnlySpan<byte> bytes = reader.ValueSpan;
        uint hash = HashOf(bytes);
        for (int at = _first[hash % _first.Length] - 1; at >= 0; at = _entries[at].Next)
        {
            if (_entries[at].Hash == hash && bytes.SequenceEqual(_entries[at].Bytes))
            {
                _found++;
                return _entries[at].Text;
            }
        }
        string text = Gated(reader.GetString()!);
        Remember(bytes, hash, text);
        return text;
    }

    private string Gated(string text) => gate is null || text.Length == 0 ? text : gate(text);

    private void Remember(ReadOnlySpan<byte> bytes, uint hash, string text)
    {
        if (_count == Most)
            return;
        if (_count == Trial && _found < Trial)
        {
            _remembers = false;
            (_entries, _first) = ([], []);
            return;
        }
        if (_count == _entries.Length)
            Grow();
        ref int first = ref _first[hash % _first.Length];
        _entries[_count] = new Entry(hash, bytes.ToArray(), text) { Next = first - 1 };
        first = ++_count;
    }

    private void Grow()
    {
        Array.Resize(ref _entries, Math.Max(16, 2 * _count));
        _first = new int[4 * _entries.Length];
        for (int i = 0; i < _count; i++)
        {
            ref int first = ref _first[_entries[i].Hash % _first.Length];
            _entries[i].Next = first - 1;
            first = i + 1;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static uint HashOf(ReadOnlySpan<byte> bytes)
    {
        ulong hash = (ulong)bytes.Length;
        while (bytes.Length >= sizeof(ulong))
        {
            hash = (BitOperations.RotateLeft(hash, 5) ^ BinaryPrimitives.ReadUInt64LittleEndian(bytes)) * 0x9E37_79B9_7F4A_7C15;
            bytes = bytes[sizeof(ulong)..];
        }
        foreach (byte one in bytes)
            hash = (BitOperations.RotateLeft(hash, 5) ^ one) * 0x9E37_79B9_7F4A_7C15;
        return (uint)(hash >> 32);
    }

    private record struct Entry(uint Hash, byte[] Bytes, string Text)
    {
        public int Next { get; set; }
    }
}
