using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace GenieLoad.Engine.Http;

/// <summary>What is wrong with an answer that says it is a success, in words for people.</summary>
internal static partial class AnswerFault
{
    /// <summary>Error type of an answer that is a page to sign in at.</summary>
    public const string LoginPage = "LOGIN_PAGE";

    /// <summary>Error type of an answer that sends callers from here to a login for want of a private link.</summary>
    public const string PrivateLink = "PRIVATE_LINK_NEEDED";

    /// <summary>Error type of an answer that cannot be read or used.</summary>
    public const string Malformed = "MALFORMED_ANSWER";

    /// <summary>Error type of an answer that is larger than any of its service.</summary>
    public const string Large = "ANSWER_TOO_LARGE";

    /// <summary>It is larger than any answer of its service.</summary>
    /// <param name="most">Most bytes that are read of one.</param>
    /// <param name="what">What it is, at the begin of a sentence.</param>
    public static ApiFailure TooLarge(long most, string what = "The answer") => new(
        FailureKind.Transport, Large, $"{what} has more than {most / (1024 * 1024)} MiB, the most that is read of one")
    {
        Lasting = true,
    };

    /// <summary>It cannot be read.</summary>
    /// <param name="body">The answer.</param>
    /// <param name="e">What its reader said, in words that are not for people.</param>
    public static ApiFailure Unreadable(byte[] body, JsonException e)
    {
        if (OfPage(body) is ApiFailure page)
            return page with { Exception = e };
        string where = e is { LineNumber: long line, BytePositionInLine: long column }
            ? FormattableString.Invariant($" from line {line + 1}, byte {column + 1} on")
            : "";
        string what = body.Length == 0 ? "The answer is empty" : $"The answer is not the JSON that it should be{where}";
        return new ApiFailure(FailureKind.Transport, Malformed, what) { Exception = e };
    }

    /// <summary>Its compressed form is damaged.</summary>
    public static ApiFailure Damaged(InvalidDataException e) =>
        new(FailureKind.Transport, Malformed, "The answer's compressed form is damaged") { Exception = e };

    /// <summary>Where a redirection leads to that is no part of this API; <see langword="null"/> where it says nothing more.</summary>
    public static string? TypeOf(Uri redirection)
    {
        string target = redirection.OriginalString;
        if (target.Contains("private-link-validation-error", StringComparison.OrdinalIgnoreCase))
            return PrivateLink;
        return LoginPath().IsMatch(target.Split('?')[0]) ? LoginPage : null;
    }

    /// <summary>What answered, where it was not the service; <see langword="null"/> where the answer says no such thing.</summary>
    /// <param name="status">HTTP status.</param>
    /// <param name="error">What the answer says.</param>
    public static string? TypeOf(int status, ErrorBody error)
    {
        // Of JSON only a refusal: other errors may repeat a question, which may speak of anything.
        if (error.IsPage || status == 403)
        {
            if (PrivateNetwork().IsMatch(error.Message))
                return PrivateLink;
        }
        return error.IsPage && LoginTitle().IsMatch(error.Message) ? LoginPage : null;
    }

    /// <summary>A page for people in the place of an answer; <see langword="null"/> for what is none.</summary>
    /// <param name="body">The answer.</param>
    public static ApiFailure? OfPage(byte[] body)
    {
        if (!Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(body.Length, 64))).TrimStart('\ufeff', ' ', '\r', '\n', '\t').StartsWith('<'))
            return null;
        ErrorBody page = ErrorBody.Read(HttpStatusCode.OK, body);
        return new ApiFailure(
            FailureKind.Transport, TypeOf((int)HttpStatusCode.OK, page) ?? Malformed,
            $"The answer is a web page instead of JSON: {page.Message}");
    }

    [GeneratedRegex(
        @"/(log-?in|sign-?in|sso|saml2?|oauth2?/authorize)\b|/login", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex LoginPath();

    [GeneratedRegex(
        @"\b(log|sign)[ -]?(in|on)\b|\bauthentication required\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex LoginTitle();

    // What Databricks says to callers from outside, on Azure and on AWS.
    [GeneratedRegex(
        @"\bprivate[ -]?link\b|\bunauthorized network access to workspace\b|\bpublic (network )?access is not allowed\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PrivateNetwork();
}
