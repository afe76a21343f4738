using System.Management.Automation;
using GenieLoad.Engine.Logging;
using GenieLoad.Model;

namespace GenieLoad.PowerShell.Pipeline;

/// <summary>The one place where exceptions become PowerShell's error records.</summary>
internal static class ErrorRecords
{
    private const string UnexpectedFailure = nameof(UnexpectedFailure);

    /// <summary>
    /// Makes the record of an exception. The exception stays inside it, so a script can catch it by its type. Nothing in it is a secret,
    /// and nothing steers the terminal that shows it.
    /// </summary>
    /// <param name="exception">What was thrown.</param>
    public static ErrorRecord From(Exception exception) => Record(CleanedException.Of(exception, ShownText.Of));

    private static ErrorRecord Record(Exception exception) => exception switch
    {
        GenieLoadException known => new ErrorRecord(known, known.ErrorId, CategoryOf(known.Kind), known.Target)
        {
            ErrorDetails = new ErrorDetails(known.Message) { RecommendedAction = known.Recommendation },
        },
        AggregateException { InnerExceptions: [var only] } => Record(only),
        _ => new ErrorRecord(exception, UnexpectedFailure, CategoryOf(exception), targetObject: null)
        {
            ErrorDetails = new ErrorDetails($"Unexpected error: {exception.Message}")
            {
                RecommendedAction = "$Error[0].Exception.ToString() tells where. If it happens again, please report it with that text.",
            },
        },
    };

    /// <summary>
    /// Whether an exception is PowerShell's own. Those say that the pipeline has been stopped, that something downstream wants no
    /// more, or carry an error record already, and must pass through untouched.
    /// </summary>
    /// <param name="exception">What was thrown.</param>
    public static bool BelongsToPowerShell(Exception exception) => exception.GetType().Assembly == typeof(PSCmdlet).Assembly;

    private static ErrorCategory CategoryOf(ErrorKind kind) => kind switch
    {
        ErrorKind.InvalidInput => ErrorCategory.InvalidArgument,
        ErrorKind.InvalidData => ErrorCategory.InvalidData,
        ErrorKind.NotFound => ErrorCategory.ObjectNotFound,
        ErrorKind.Authentication => ErrorCategory.AuthenticationError,
        ErrorKind.Permission => ErrorCategory.PermissionDenied,
        ErrorKind.Connection => ErrorCategory.ConnectionError,
        ErrorKind.Timeout => ErrorCategory.OperationTimeout,
        ErrorKind.Throttled => ErrorCategory.QuotaExceeded,
        ErrorKind.Protocol => ErrorCategory.ProtocolError,
        ErrorKind.WriteFailed => ErrorCategory.WriteError,
        ErrorKind.Conflict => ErrorCategory.ResourceExists,
        ErrorKind.ServiceFailure => ErrorCategory.InvalidResult,
        ErrorKind.NotReady => ErrorCategory.InvalidOperation,
        ErrorKind.NotMet => ErrorCategory.LimitsExceeded,
        _ => ErrorCategory.NotSpecified,
    };

    private static ErrorCategory CategoryOf(Exception exception) => exception switch
    {
        ArgumentException => ErrorCategory.InvalidArgument,
        UnauthorizedAccessException => ErrorCategory.PermissionDenied,
        FileNotFoundException or DirectoryNotFoundException => ErrorCategory.ObjectNotFound,
        IOException => ErrorCategory.ReadError,
        TimeoutException => ErrorCategory.OperationTimeout,
        HttpRequestException => ErrorCategory.ConnectionError,
        OperationCanceledException => ErrorCategory.OperationStopped,
        NotSupportedException => ErrorCategory.NotImplemented,
        _ => ErrorCategory.NotSpecified,
    };
}
