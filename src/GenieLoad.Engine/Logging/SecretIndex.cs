using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace GenieLoad.Engine.Logging;

/// <summary>
/// Finds spellings of secrets in a text without holding the secrets: each is known by its length, by a hash of its last characters, and by
/// a keyed digest. One pass over the text, however many there are. Never changes.
/// </summary>
internal sealed class SecretIndex
{
    /// <summary>Shortest spelling that is looked for. A shorter one would also be found in innocent words.</summary>
    public const int ShortestSpelling = Tail;

    // So many characters at the end of a spelling are hashed. The end, because tokens of one kind often begin alike.
    private const int Tail = 6;

    // A shorter one may be a word, such as "secret", and is taken out only where it stands alone.
    private const int LongEnoughWithinWords = 8;
    private const uint Base = 0x01000193;
    private const int FilterBits = 1 << 14;

    private static readonly uint OutFactor = Power(Base, Tail);
    private static readonly byte[] Key = RandomNumberGenerator.GetBytes(32);

    private readonly ulong[] _filter = new ulong[FilterBits / 64];
    private readonly Dictionary<uint, List<SecretPrint>> _prints = [];

    /// <summary>An index of these.</summary>
    public SecretIndex(IEnumerable<SecretPrint> prints)
    {
        foreach (SecretPrint print in prints)
        {
            _filter[(print.TailHash % FilterBits) / 64] |= 1UL << (int)(print.TailHash % 64);
            if (!_prints.TryGetValue(print.TailHash, out List<SecretPrint>? alike))
                _prints.Add(print.TailHash, alike = []);
            alike.Add(print);
        }
    }

    /// <summary>Whether there is nothing to find.</summary>
    public bool IsEmpty => _prints.Count == 0;

    /// <summary>What a spelling is found by.</summary>
    /// <param name="spelling">At least <see cref="ShortestSpelling"/> characters.</param>
    /// <param name="isWithinBase64">Whether it is the inside of a longer text in base64, all of which goes.</param>
    public static SecretPrint PrintOf(ReadOnlySpan<char> spelling, bool isWithinBase64 = false)
    {
        uint hash = 0;
        foreach (char c in spelling[^Tail..])
            hash = (hash * Base) + c;
        return new SecretPrint(hash, spelling.Length, DigestOf(spelling), isWithinBase64);
    }

    /// <summary>Takes out every spelling that the text holds.</summary>
    public void Cut(CutText cut)
    {
        string text = cut.Whole;
        if (_prints.Count == 0 || text.Length < Tail)
            return;
        int widenedTo = 0;
        uint hash = 0;
        for (int i = 0; i < text.Length; i++)
        {
            hash = (hash * Base) + text[i];
            if (i >= Tail)
                hash -= text[i - Tail] * OutFactor;
            if (i >= Tail - 1 && (_filter[(hash % FilterBits) / 64] >> (int)(hash % 64) & 1) != 0
                && _prints.TryGetValue(hash, out List<SecretPrint>? alike))
                Look(cut, i + 1, alike, ref widenedTo);
        }
    }

    private static void Look(CutText cut, int end, List<SecretPrint> alike, ref int widenedTo)
    {
        foreach (SecretPrint print in alike)
        {
            int start = end - print.Length;
            if (start < 0 || DigestOf(cut.Whole.AsSpan(start, print.Length)) != print.Digest)
                continue;
            if (!print.IsWithinBase64)
            {
                if (print.Length >= LongEnoughWithinWords || IsWholeWord(cut.Whole, start, end))
                    cut.Out(start, end);
            }
            else if (end > widenedTo)
            {
                // Looked at once, however often it repeats the secret, which keeps the work in step with the length.
                (start, widenedTo) = Widened(cut.Whole, start, end);
                cut.Out(start, widenedTo);
            }
        }
    }

    private static bool IsWholeWord(string text, int start, int end) =>
        (start == 0 || !IsOfWord(text[start - 1])) && (end == text.Length || !IsOfWord(text[end]));

    private static bool IsOfWord(char c) => char.IsLetterOrDigit(c) || c == '_';

    private static (int Start, int End) Widened(string text, int start, int end)
    {
        while (start > 0 && IsBase64(text[start - 1]))
            start--;
        while (end < text.Length && IsBase64(text[end]))
            end++;
        while (end < text.Length && text[end] == '=')
            end++;
        return (start, end);
    }

    private static bool IsBase64(char c) => char.IsAsciiLetterOrDigit(c) || c is '+' or '/' or '-' or '_';

    private static UInt128 DigestOf(ReadOnlySpan<char> spelling)
    {
        Span<byte> digest = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(Key, MemoryMarshal.AsBytes(spelling), digest);
        return BinaryPrimitives.ReadUInt128LittleEndian(digest);
    }

    private static uint Power(uint number, int exponent)
    {
        uint power = 1;
        for (int i = 0; i < exponent; i++)
            power *= number;
        return power;
    }
}

/// <summary>What one spelling of a secret is found by; the secret cannot be had from it.</summary>
/// <param name="TailHash">Hash of its last characters.</param>
/// <param name="Length">Its length in characters.</param>
/// <param name="Digest">Keyed digest of the whole, with a key of this process.</param>
/// <param name="IsWithinBase64">Whether it is the inside of a longer text in base64.</param>
internal readonly record struct SecretPrint(uint TailHash, int Length, UInt128 Digest, bool IsWithinBase64);
