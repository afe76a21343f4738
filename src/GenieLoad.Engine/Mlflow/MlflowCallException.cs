using GenieLoad.Engine.Genie;

namespace GenieLoad.Engine.Mlflow;

/// <summary>A call to a server that failed for good, with the last attempt's failure.</summary>
/// <param name="failure">The failure.</param>
internal sealed class MlflowCallException(ApiFailure failure) : Exception(failure.Message, failure.Exception)
{
    /// <summary>The last attempt's failure.</summary>
    public ApiFailure Failure { get; } = failure;

    /// <summary>Whether the server may have done what was asked although the call failed.</summary>
    public bool IsAmbiguous =>
        Failure is { NotSent: false, Kind: FailureKind.ServerError or FailureKind.Unavailable or FailureKind.Transport };
}
