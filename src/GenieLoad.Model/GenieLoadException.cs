namespace GenieLoad.Model;

/// <summary>
/// Something the user can mend: says what is wrong, with which value, and what to do. Its id is stable and is also the id of the
/// PowerShell error record made of it.
/// </summary>
public sealed class GenieLoadException : Exception
{
    /// <summary>Makes an error.</summary>
    /// <param name="errorId">Stable id: the name of the factory that holds the text.</param>
    /// <param name="kind">What sort of trouble it is.</param>
    /// <param name="message">What is wrong, naming the field and the value.</param>
    /// <param name="recommendation">What to do next.</param>
    /// <param name="target">The value at fault; never a secret.</param>
    /// <param name="innerException">What lies beneath it.</param>
    public GenieLoadException(
        string errorId, ErrorKind kind, string message, string recommendation, object? target = null, Exception? innerException = null)
        : base(message, innerException)
    {
        ErrorId = errorId;
        Kind = kind;
        Recommendation = recommendation;
        Target = target;
    }

    /// <summary>Stable id.</summary>
    public string ErrorId { get; }

    /// <summary>What sort of trouble it is.</summary>
    public ErrorKind Kind { get; }

    /// <summary>What to do next.</summary>
    public string Recommendation { get; }

    /// <summary>The value at fault.</summary>
    public object? Target { get; }
}
