using GenieLoad.Engine.Http;

namespace GenieLoad.Engine.Genie.Agent;

/// <summary>What is wrong with a stream that began as a success, in words for people.</summary>
internal static class AgentFault
{
    /// <summary>Error type of a stream that ended without saying how.</summary>
    public const string EndedEarly = "STREAM_ENDED";

    /// <summary>Error type of a stream in which nothing came for too long.</summary>
    public const string Silent = "STREAM_SILENT";

    // Enough to tell a page from anything else.
    private const int MostLookedAt = 4096;

    /// <summary>It came to its end without an event that says how the response ended.</summary>
    public static ApiFailure NoEnd() => Failure(EndedEarly, "The stream ended without saying how the response did");

    /// <summary>No event came for too long.</summary>
    public static ApiFailure NoEvent(double seconds) =>
        Failure(Silent, FormattableString.Invariant($"The stream brought no event for {seconds:0.#} s"));

    /// <summary>An event cannot be read.</summary>
    public static ApiFailure Unreadable(System.Text.Json.JsonException e) =>
        Failure(AnswerFault.Malformed, "An event of the stream is not the JSON that it should be") with { Exception = e };

    /// <summary>The answer is something else.</summary>
    public static async Task<ApiFailure> NoStreamAsync(Stream body, string mediaType, CancellationToken stop)
    {
        byte[] begin = new byte[MostLookedAt];
        int length = await body.ReadAtLeastAsync(begin, begin.Length, throwOnEndOfStream: false, stop).ConfigureAwait(false);
        return AnswerFault.OfPage(begin[..length]) is ApiFailure page
            ? page with { Answered = true }
            : Failure(AnswerFault.Malformed, $"The answer is {mediaType} instead of a stream of events");
    }

    private static ApiFailure Failure(string type, string message) => new(FailureKind.Transport, type, message) { Answered = true };
}
