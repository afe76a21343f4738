namespace GenieLoad.Engine.DataFiles;

/// <summary>A value of a data file (JSON, psd1) with the line it stands on.</summary>
/// <param name="Value">
/// <see langword="null"/>, a <see cref="bool"/>, a number, a <see cref="string"/>, a list of <see cref="DataValue"/>, or a list of
/// <see cref="DataMember"/> for an object or hashtable.
/// </param>
/// <param name="Line">Line, from 1.</param>
public sealed record DataValue(object? Value, int Line)
{
    /// <summary>The value as a field takes it; a list or an object, which no field takes, by its kind in words.</summary>
    internal object? Scalar => Value switch
    {
        IReadOnlyList<DataMember> => "an object",
        IReadOnlyList<DataValue> => "a list",
        _ => Value,
    };
}

/// <summary>A member of an object or hashtable with the line of its name.</summary>
/// <param name="Name">Name as written.</param>
/// <param name="Value">Its value.</param>
/// <param name="Line">Line of the name, from 1.</param>
public sealed record DataMember(string Name, DataValue Value, int Line);

/// <summary>A data file that does not parse, or holds more than data.</summary>
/// <param name="reason">What is wrong, in one sentence.</param>
/// <param name="line">Line, from 1.</param>
public sealed class DataFileSyntaxException(string reason, int line) : Exception(reason)
{
    /// <summary>Line, from 1.</summary>
    public int Line { get; } = line;
}
