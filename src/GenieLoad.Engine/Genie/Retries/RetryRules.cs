namespace GenieLoad.Engine.Genie.Retries;

/// <summary>Which failures may be tried again.</summary>
internal static class RetryRules
{
    /// <summary>
    /// 429 and 503 were not accepted: always. A request that never left: always. Beyond that only what can be repeated without harm;
    /// a question with an unknown fate is not, unless its owner wants it so.
    /// </summary>
    public static bool MayRetry(ApiCall call, ApiFailure failure, bool resendAmbiguous) => failure.Kind switch
    {
        FailureKind.Throttled or FailureKind.Unavailable => true,
        FailureKind.ServerError or FailureKind.Transport =>
            failure.NotSent || call.IsIdempotent || (call.AsksQuestion && resendAmbiguous),
        _ => false,
    };

    /// <summary>Whether, after this failure, nobody knows if the question was accepted.</summary>
    public static bool IsAmbiguous(Operation operation, ApiFailure failure) =>
        operation is Operation.StartConversation or Operation.CreateMessage
        && failure.Kind is FailureKind.ServerError or FailureKind.Transport
        && !failure.NotSent;
}
