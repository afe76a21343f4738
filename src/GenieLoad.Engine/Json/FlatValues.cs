using System.Runtime.CompilerServices;
using System.Text.Json;

namespace GenieLoad.Engine.Json;

/// <summary>Values of flat records as JSON has them.</summary>
internal static class FlatValues
{
    // A whole number below 2^53 divided by a power of ten up to 10^22 is the nearest number there is: both are exact.
    private const int MostExactDigits = 15;

    private static readonly double[] Powers = [.. Enumerable.Range(0, MostExactDigits + 1).Select(power => Math.Pow(10, power))];

    public static bool TryInt32(ref Utf8JsonReader reader, out int value)
    {
        value = 0;
        return reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out value);
    }

    public static bool TryInt32(ref Utf8JsonReader reader, out int? value)
    {
        value = null;
        if (reader.TokenType == JsonTokenType.Null)
            return true;
        bool isOne = TryInt32(ref reader, out int number);
        value = number;
        return isOne;
    }

    public static bool TryInt64(ref Utf8JsonReader reader, out long? value)
    {
        value = null;
        if (reader.TokenType == JsonTokenType.Null)
            return true;
        if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out long number))
            return false;
        value = number;
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool TryDouble(ref Utf8JsonReader reader, out double value)
    {
        value = 0;
        return reader.TokenType == JsonTokenType.Number && (TryShort(reader.ValueSpan, out value) || reader.TryGetDouble(out value));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool TryDouble(ref Utf8JsonReader reader, out double? value)
    {
        value = null;
        if (reader.TokenType == JsonTokenType.Null)
            return true;
        bool isOne = TryDouble(ref reader, out double number);
        value = number;
        return isOne;
    }

    public static bool TryBoolean(ref Utf8JsonReader reader, out bool value)
    {
        value = reader.TokenType == JsonTokenType.True;
        return reader.TokenType is JsonTokenType.True or JsonTokenType.False;
    }

    public static bool TryBoolean(ref Utf8JsonReader reader, out bool? value)
    {
        value = reader.TokenType == JsonTokenType.Null ? null : reader.TokenType == JsonTokenType.True;
        return reader.TokenType is JsonTokenType.True or JsonTokenType.False or JsonTokenType.Null;
    }

    /// <summary>An instant in UTC, as files have them; one that does not say what it is counts as UTC.</summary>
    public static bool TryInstant(ref Utf8JsonReader reader, out DateTime value)
    {
        value = default;
        if (reader.TokenType != JsonTokenType.String || !reader.TryGetDateTime(out value))
            return false;
        value = value.Kind == DateTimeKind.Unspecified ? DateTime.SpecifyKind(value, DateTimeKind.Utc) : value.ToUniversalTime();
        return true;
    }

    public static bool TryInstant(ref Utf8JsonReader reader, out DateTime? value)
    {
        value = null;
        if (reader.TokenType == JsonTokenType.Null)
            return true;
        bool isOne = TryInstant(ref reader, out DateTime instant);
        value = instant;
        return isOne;
    }

    /// <summary>
    /// Most numbers of a run have few digits and no exponent: those are read exactly without any rounding to take care of.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool TryShort(ReadOnlySpan<byte> text, out double value)
    {
        value = 0;
        if (text.Length > MostExactDigits + 1 || text[0] == (byte)'-')
            return false;
        long digits = 0;
        int point = text.Length;
        for (int i = 0; i < text.Length; i++)
        {
            int digit = text[i] - '0';
            if ((uint)digit <= 9)
                digits = (digits * 10) + digit;
            else if (text[i] == (byte)'.')
                point = i + 1;
            else
                return false;
        }
        int decimals = text.Length - point;
        if (decimals == 0 && text.Length > MostExactDigits)
            return false;
        value = digits / Powers[decimals];
        return true;
    }
}
