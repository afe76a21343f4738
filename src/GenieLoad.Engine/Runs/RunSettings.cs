using GenieLoad.Engine.Genie.Polling;
using GenieLoad.Engine.Http.Retries;

namespace GenieLoad.Engine.Runs;

/// <summary>How the questions of a run are carried out, kept with the run: who resumes it goes on in the same way.</summary>
public sealed record RunSettings
{
    /// <summary>Poll policy.</summary>
    public required PollOptions Poll { get; init; }

    /// <summary>Retry policy; <see langword="null"/> in runs of versions that did not keep it.</summary>
    public RetryOptions? Retry { get; init; }

    /// <summary>Most seconds from a question's first send to its answer.</summary>
    public required double QuestionTimeoutSeconds { get; init; }

    /// <summary>
    /// Agent mode: most seconds between two events of a stream; <see langword="null"/> in runs of versions that knew only chat mode.
    /// </summary>
    public double? StreamIdleSeconds { get; init; }

    /// <summary>Whether the rows of an answer are read.</summary>
    public required bool ReadResult { get; init; }

    /// <summary>Whether the query of an answer whose result has expired is run again.</summary>
    public bool RefreshExpired { get; init; }

    /// <summary>Whether question, SQL and answer are kept out of every file.</summary>
    public bool ExcludeText { get; init; }

    /// <summary>The search for a capacity that the run is a probe of; <see langword="null"/> for any other run.</summary>
    public CapacitySearch? Search { get; init; }
}
