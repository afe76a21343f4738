namespace GenieLoad.Model;

/// <summary>How many questions ended in one way for one reason.</summary>
public sealed record CauseCount
{
    /// <summary>How they ended, one of <see cref="Model.Outcome"/>.</summary>
    public required string Outcome { get; init; }

    /// <summary>Type of the error; <see langword="null"/> where there was none.</summary>
    public string? ErrorType { get; init; }

    /// <summary>Number of questions.</summary>
    public required int Count { get; init; }

    /// <summary>Text of the first such error.</summary>
    public string? Example { get; init; }

    /// <summary>Sort of failure, one of <see cref="ErrorGroup"/>.</summary>
    public string? Group { get; init; }

    /// <summary>Instant at which the first of them ended, local time; <see langword="null"/> where none was asked.</summary>
    public DateTime? FirstAt { get; init => field = LocalTime.Of(value); }

    /// <summary>Instant at which the last of them ended, local time.</summary>
    public DateTime? LastAt { get; init => field = LocalTime.Of(value); }

    /// <summary>The service's id of one such request, for the support desk; a message id where there is none.</summary>
    public string? ExampleRequestId { get; init; }

    /// <summary>Share of the time spent on all questions, from first send to end, that went into these, in percent.</summary>
    public double? TimeShare { get; init; }

    /// <summary>Count, outcome and type in one line.</summary>
    public override string ToString() => ErrorType is null ? $"{Count} {Outcome}" : $"{Count} {Outcome} ({ErrorType})";
}
