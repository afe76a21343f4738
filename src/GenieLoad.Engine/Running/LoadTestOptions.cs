using GenieLoad.Engine.Genie.Polling;
using GenieLoad.Engine.Http.Retries;
using GenieLoad.Engine.Options;
using GenieLoad.Engine.Runs;

namespace GenieLoad.Engine.Running;

/// <summary>How the questions of a run are carried from asking to answer.</summary>
public sealed record LoadTestOptions
{
    /// <summary>Poll policy.</summary>
    public PollOptions Poll { get; init; } = new();

    /// <summary>Retry policy of the calls.</summary>
    public RetryOptions Retry { get; init; } = new();

    /// <summary>Most seconds from a question's first send to its answer, 1 to 86,400. Default 300.</summary>
    public double QuestionTimeoutSeconds { get; init; } = 300;

    /// <summary>
    /// Agent mode: most seconds between two events of a stream, 1 to 86,400. Default 300. Then the stream is given up, and the answer
    /// looked for among the conversation's items.
    /// </summary>
    public double StreamIdleSeconds { get; init; } = 300;

    /// <summary>Whether the rows of an answer are read, as an application would. Default <see langword="true"/>.</summary>
    public bool ReadResult { get; init; } = true;

    /// <summary>
    /// Whether the query of an answer whose result has expired is run again. Costs a statement. Default <see langword="false"/>: the
    /// question ends as <c>Expired</c>.
    /// </summary>
    public bool RefreshExpired { get; init; }

    /// <summary>
    /// Whether question, SQL, answer and the service's own error texts are kept out of the rows, and so out of every file. Default
    /// <see langword="false"/>.
    /// </summary>
    public bool ExcludeText { get; init; }

    /// <summary>Seconds that questions in flight have to come to their end when the run's user stops it, 0 to 86,400. Default 5.</summary>
    public double StopGraceSeconds { get; init; } = 5;

    /// <summary>Seconds between two reports of progress, 0.05 to 60. Default 0.25.</summary>
    public double ProgressSeconds { get; init; } = 0.25;

    /// <summary>The search for a capacity that the run is a probe of; <see langword="null"/> for any other run.</summary>
    public CapacitySearch? Search { get; init; }

    /// <summary>What the answers are checked against; <see langword="null"/> where they are not.</summary>
    internal ExpectedResults? Expected { get; init; }

    /// <summary>Bytes that the answers of all questions in flight share; see <see cref="AnswerMemory"/>.</summary>
    internal long AnswerMemoryBytes { get; init; } = AnswerMemory.OfThisMachine;

    /// <summary>What of it is kept with the run.</summary>
    internal RunSettings Settings => new()
    {
        Poll = Poll,
        Retry = Retry,
        QuestionTimeoutSeconds = QuestionTimeoutSeconds,
        StreamIdleSeconds = StreamIdleSeconds,
        ReadResult = ReadResult,
        RefreshExpired = RefreshExpired,
        ExcludeText = ExcludeText,
        Search = Search,
    };

    /// <summary>The options of a run that is resumed.</summary>
    /// <param name="settings">What was kept with it.</param>
    public static LoadTestOptions Of(RunSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return new LoadTestOptions
        {
            Poll = settings.Poll,
            Retry = settings.Retry ?? new RetryOptions(),
            QuestionTimeoutSeconds = settings.QuestionTimeoutSeconds,
            StreamIdleSeconds = settings.StreamIdleSeconds ?? new LoadTestOptions().StreamIdleSeconds,
            ReadResult = settings.ReadResult,
            RefreshExpired = settings.RefreshExpired,
            ExcludeText = settings.ExcludeText,
            Search = settings.Search,
        };
    }

    /// <summary>Refuses values out of range.</summary>
    /// <exception cref="Model.GenieLoadException"><c>InvalidOption</c>, naming the field and the value.</exception>
    public void Validate()
    {
        Poll.Validate();
        Retry.Validate();
        OptionRange.Check(nameof(QuestionTimeoutSeconds), QuestionTimeoutSeconds, 1, 86_400);
        OptionRange.Check(nameof(StreamIdleSeconds), StreamIdleSeconds, 1, 86_400);
        OptionRange.Check(nameof(StopGraceSeconds), StopGraceSeconds, 0, 86_400);
        OptionRange.Check(nameof(ProgressSeconds), ProgressSeconds, 0.05, 60);
    }
}
