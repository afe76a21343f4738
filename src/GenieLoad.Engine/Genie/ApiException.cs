namespace GenieLoad.Engine.Genie;

/// <summary>A call that failed for good, with the last failure.</summary>
/// <param name="operation">The call.</param>
/// <param name="failure">The last attempt's failure.</param>
/// <param name="gaveUpBecause">Why no further attempt was made, for people; <see langword="null"/> where none was called for.</param>
public sealed class ApiException(Operation operation, ApiFailure failure, string? gaveUpBecause)
    : Exception(gaveUpBecause is null ? failure.Message : $"{failure.Message} ({gaveUpBecause})", failure.Exception)
{
    /// <summary>The call.</summary>
    public Operation Operation { get; } = operation;

    /// <summary>The last attempt's failure.</summary>
    public ApiFailure Failure { get; } = failure;

    /// <summary>Whether the service asked for a longer wait than is obeyed.</summary>
    public bool AskedForTooLongAWait { get; init; }

    /// <summary>Whether it would have been tried again, had the run not ended; the service has not taken it.</summary>
    public bool BecauseRunEnds { get; init; }
}
