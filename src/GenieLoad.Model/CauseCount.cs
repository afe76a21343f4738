namespace GenieLoad.Model;

/// <summary>How many questions ended in one way for one reason.</summary>
public sealed class CauseCount
{
    /// <summary>How they ended, one of <see cref="Model.Outcome"/>.</summary>
    public required string Outcome { get; init; }

    /// <summary>Type of the error; <see langword="null"/> where there was none.</summary>
    public string? ErrorType { get; init; }

    /// <summary>Number of questions.</summary>
    public required int Count { get; init; }

    /// <summary>Text of the first such error.</summary>
    public string? Example { get; init; }

    /// <summary>Count, outcome and type in one line.</summary>
    public override string ToString() => ErrorType is null ? $"{Count} {Outcome}" : $"{Count} {Outcome} ({ErrorType})";
}
