namespace GenieLoad.Engine.Http;

/// <summary>A call that failed for good, with the last failure.</summary>
/// <param name="call">Name of the call.</param>
/// <param name="failure">The last attempt's failure.</param>
/// <param name="gaveUpBecause">Why no further attempt was made, for people; <see langword="null"/> where none was called for.</param>
public sealed class ApiException(string call, ApiFailure failure, string? gaveUpBecause = null)
    : Exception(gaveUpBecause is null ? failure.Message : $"{failure.Message} ({gaveUpBecause})", failure.Exception)
{
    /// <summary>Name of the call.</summary>
    public string Call { get; } = call;

    /// <summary>The last attempt's failure.</summary>
    public ApiFailure Failure { get; } = failure;

    /// <summary>Whether it handed in something of which nobody knows whether it was accepted, or what became of it.</summary>
    public bool IsAmbiguous { get; init; }

    /// <summary>Whether the service asked for a longer wait than is obeyed.</summary>
    public bool AskedForTooLongAWait { get; init; }

    /// <summary>Whether it would have been tried again, had the run not ended; the service has not taken it.</summary>
    public bool BecauseRunEnds { get; init; }
}
