namespace GenieLoad.Engine.Genie.Retries;

/// <summary>Which failures may be tried again.</summary>
internal static class RetryRules
{
    /// <summary>
    /// What was certainly not accepted: always. Beyond that only what can be repeated without harm; a question with an unknown fate is not,
    /// unless its owner wants it so, and one that was answered with success never: the service has it.
    /// </summary>
    public static bool MayRetry(ApiCall call, ApiFailure failure, bool resendAmbiguous) => failure.Kind switch
    {
        _ when failure.Lasting => false,
        FailureKind.Throttled => true,
        FailureKind.Unavailable or FailureKind.ServerError or FailureKind.Transport =>
            failure.NotSent || failure.Refused || call.IsIdempotent || (call.AsksQuestion && resendAmbiguous && !failure.Answered),
        // One server of the service may not know yet what another has just taken.
        FailureKind.Rejected => failure.HttpStatus == 404 && call.MayComeLater,
        _ => false,
    };

    /// <summary>Whether, after this failure, nobody knows if the question was accepted, or what became of it.</summary>
    public static bool IsAmbiguous(Operation operation, ApiFailure failure) =>
        operation is Operation.StartConversation or Operation.CreateMessage
        && failure.Kind is FailureKind.Unavailable or FailureKind.ServerError or FailureKind.Transport
        && !failure.NotSent && !failure.Refused;
}
