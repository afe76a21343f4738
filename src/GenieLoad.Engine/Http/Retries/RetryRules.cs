namespace GenieLoad.Engine.Http.Retries;

/// <summary>Which failures may be tried again.</summary>
internal static class RetryRules
{
    /// <summary>
    /// What was certainly not accepted: always. Beyond that only what can be repeated without harm; a submission with an unknown fate is
    /// not, unless its owner wants it so, and one that was answered with success, or is to be answered by a stream, never.
    /// </summary>
    public static bool MayRetry(HttpCall call, ApiFailure failure, bool resendAmbiguous) => failure.Kind switch
    {
        _ when failure.Lasting => false,
        FailureKind.Throttled => true,
        FailureKind.Unavailable or FailureKind.ServerError or FailureKind.Transport =>
            failure.NotSent || failure.Refused || call.IsRepeatable || call.IsDone is not null
            || (call is { IsSubmission: true, IsStream: false } && resendAmbiguous && !failure.Answered),
        // One server of the service may not know yet what another has just taken.
        FailureKind.Rejected => failure.HttpStatus == 404 && call.MayComeLater,
        _ => false,
    };
}
