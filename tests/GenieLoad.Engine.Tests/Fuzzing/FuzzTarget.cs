using System.Text;

namespace GenieLoad.Engine.Tests.Fuzzing;

/// <summary>A reader, and right inputs for it.</summary>
/// <param name="Name">Such as <c>wire/message</c>.</param>
/// <param name="Samples">Right inputs.</param>
/// <param name="Read">
/// Reads an input and uses what came of it. Returns whether there was a value; throws only what <paramref name="IsRefusal"/> knows.
/// </param>
/// <param name="IsRefusal">Whether an exception is one that the reader is documented to throw.</param>
internal sealed record FuzzTarget(string Name, IReadOnlyList<byte[]> Samples, Func<byte[], bool> Read, Func<Exception, bool> IsRefusal)
{
    /// <summary>Whether it can refuse at all: some readers make something of everything.</summary>
    public bool Refuses { get; init; } = true;

    /// <summary>
    /// Most bytes that may be allocated for an input, beside <see cref="BytesPerByte"/> of its length; <see langword="null"/> where the
    /// work is done on other threads and cannot be counted.
    /// </summary>
    public long? Bytes { get; init; } = 4_000_000;

    /// <summary>Most bytes that may be allocated for a byte of the input.</summary>
    public int BytesPerByte { get; init; } = 250;

    /// <summary>What an input costs, beside that of a reader of plain texts: so many fewer are read.</summary>
    public int Cost { get; init; } = 1;

    /// <summary>Texts as UTF-8.</summary>
    public static byte[][] Texts(params string[] texts) => Array.ConvertAll(texts, Encoding.UTF8.GetBytes);

    public override string ToString() => Name;
}
