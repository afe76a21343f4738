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

    /// <summary>Its items; <see langword="null"/> where it is no list.</summary>
    internal IReadOnlyList<DataValue>? Items => Value as IReadOnlyList<DataValue>;

    /// <summary>Whether it is an object.</summary>
    internal bool IsObject => Value is IReadOnlyList<DataMember>;

    /// <summary>A member of an object, whatever the case of its name; <see langword="null"/> where there is none, or no object.</summary>
    /// <param name="name">Its name.</param>
    internal DataValue? Member(string name) => (Value as IReadOnlyList<DataMember>)
        ?.FirstOrDefault(member => string.Equals(member.Name, name, StringComparison.OrdinalIgnoreCase))?.Value;

    /// <summary>What kind of value it is, in words: <c>an object</c>, <c>a list</c>, <c>a text</c>, <c>a number</c>.</summary>
    internal string Kind => Value switch
    {
        IReadOnlyList<DataMember> => "an object",
        IReadOnlyList<DataValue> => "a list",
        string => "a text",
        bool => "true or false",
        null => "null",
        _ => "a number",
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
