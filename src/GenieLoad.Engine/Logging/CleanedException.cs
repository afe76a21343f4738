using System.Runtime.ExceptionServices;
using GenieLoad.Model;

namespace GenieLoad.Engine.Logging;

/// <summary>Stands in place of an exception whose own words may not be kept or shown as they are, with all that lies beneath it.</summary>
public sealed class CleanedException : Exception
{
    private readonly string _text;

    private CleanedException(Exception dirty, string message, Exception? inner, string text)
        : base(message, inner)
    {
        HResult = dirty.HResult;
        _text = text;
    }

    /// <summary>
    /// The exception itself where its words and those beneath it are clean, which is nearly always. Otherwise one in its place; an error of
    /// GenieLoad stays one.
    /// </summary>
    /// <param name="exception">What was thrown.</param>
    /// <param name="clean">What has to be done to every text.</param>
    public static Exception Of(Exception exception, Func<string, string> clean)
    {
        ArgumentNullException.ThrowIfNull(exception);
        ArgumentNullException.ThrowIfNull(clean);
        return IsClean(exception, clean) ? exception : Cleaned(exception, clean);
    }

    /// <summary>What the exception in whose place it stands says of itself, cleaned.</summary>
    public override string ToString() => _text;

    private static bool IsClean(Exception exception, Func<string, string> clean)
    {
        bool own = exception is GenieLoadException error ? SaysClean(error, clean) : clean(exception.Message) == exception.Message;
        return own && (exception is AggregateException several
            ? several.InnerExceptions.All(inner => IsClean(inner, clean))
            : exception.InnerException is null || IsClean(exception.InnerException, clean));
    }

    private static bool SaysClean(GenieLoadException error, Func<string, string> clean) =>
        clean(error.Message) == error.Message && clean(error.Recommendation) == error.Recommendation
        && (error.Target is not string target || clean(target) == target);

    private static Exception Cleaned(Exception exception, Func<string, string> clean)
    {
        Exception? inner = exception.InnerException is null ? null : Of(exception.InnerException, clean);
        Exception cleaned = exception is GenieLoadException error
            ? new GenieLoadException(
                error.ErrorId, error.Kind, clean(error.Message), clean(error.Recommendation),
                error.Target is string target ? clean(target) : error.Target, inner)
            : new CleanedException(exception, clean(exception.Message), inner, clean(exception.ToString()));
        if (exception.StackTrace is { Length: > 0 } trace)
            ExceptionDispatchInfo.SetRemoteStackTrace(cleaned, trace);
        return cleaned;
    }
}
