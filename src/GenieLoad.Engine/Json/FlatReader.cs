using System.Runtime.CompilerServices;
using System.Text.Json;

namespace GenieLoad.Engine.Json;

/// <summary>
/// Reads records of scalars from JSON as the serializer does, several times as fast: columns are expected in the order in which the last
/// record had them, and texts that come again and again are one. What is not in the expected form it leaves to the serializer, which
/// decides what that means. Not thread-safe.
/// </summary>
/// <remarks>
/// What runs for each value is compiled for good at once. Otherwise the list of a thousand short runs, which is over after a second,
/// would spend a fifth of its processor time in code that only counts how it is used.
/// </remarks>
/// <typeparam name="T">Type of the records, a flat record whose properties have the types of <see cref="FlatColumn{T}"/>.</typeparam>
internal sealed class FlatReader<T>
    where T : class
{
    private readonly Func<T> _create;
    private readonly FlatColumn<T>[] _columns;

    // The column that came after each, one later for the start.
    private readonly int[] _following;
    private readonly ulong _required;

    /// <summary>Makes a reader; what it remembers of texts ends with it.</summary>
    /// <param name="create">Makes a record without values.</param>
    /// <param name="gate">What is done with the texts of a property; <see langword="null"/> for nothing.</param>
    public FlatReader(Func<T> create, Func<string, Func<string, string>?> gate)
    {
        _create = create;
        _columns = [.. FlatColumn<T>.Blueprints.Select(blueprint => blueprint(gate))];
        _following = [.. Enumerable.Range(0, _columns.Length + 1)];
        ulong bit = 1;
        foreach (FlatColumn<T> column in _columns.Where(column => column.IsRequired))
        {
            column.RequiredBit = bit;
            _required |= bit;
            bit <<= 1;
        }
    }

    /// <summary>Reads the one record that a text is.</summary>
    /// <param name="json">The text, in sound UTF-8.</param>
    /// <returns><see langword="null"/> where it is not in the expected form, which need not mean that it cannot be read.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public T? Read(ReadOnlySpan<byte> json)
    {
        try
        {
            Utf8JsonReader reader = new(json);
            return reader.Read() && TryRead(ref reader, out T? value) && !reader.Read() ? value : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Reads a record from its first token on.</summary>
    /// <param name="reader">Where; at the record's last token afterwards.</param>
    /// <param name="value">The record; <see langword="null"/> where it is not in the expected form.</param>
    /// <returns><see langword="false"/> where the bytes came to an end before the record.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool TryRead(ref Utf8JsonReader reader, out T? value)
    {
        value = null;
        if (reader.TokenType != JsonTokenType.StartObject)
            return true;
        T record = _create();
        ulong missing = _required;
        int last = 0;
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.EndObject)
            {
                value = missing == 0 ? record : null;
                return true;
            }
            int place = PlaceOf(ref reader, last);
            if (place < 0)
            {
                // Of another version.
                if (!reader.TrySkip())
                    return false;
                continue;
            }
            FlatColumn<T> column = _columns[place];
            if (!reader.Read())
                return false;
            if (!column.TryRead(ref reader, record))
                return true;
            missing &= ~column.RequiredBit;
            last = place + 1;
        }
        return false;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int PlaceOf(ref Utf8JsonReader reader, int last)
    {
        int expected = _following[last];
        if (expected < _columns.Length && reader.ValueTextEquals(_columns[expected].Name))
            return expected;
        if (!FlatColumn<T>.Places.TryGetValue(reader.GetString()!, out int place))
            return -1;
        _following[last] = place;
        return place;
    }
}
