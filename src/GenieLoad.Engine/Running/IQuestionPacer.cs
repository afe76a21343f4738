namespace GenieLoad.Engine.Running;

/// <summary>
/// Holds the questions of all users together under a rate. Polls and reads do not pass here. Safe for several threads; all instants are
/// timestamps of the clock of the run.
/// </summary>
public interface IQuestionPacer
{
    /// <summary>Whether there is or was a limit, so that a question may have waited for its turn.</summary>
    bool HasLimited { get; }

    /// <summary>Changes the rate from now on; a turn that was given already stays.</summary>
    /// <param name="questionsPerMinute">The rate, above 0; <see langword="null"/> for no limit.</param>
    void SetRate(double? questionsPerMinute);

    /// <summary>The earliest instant at which a question may be sent.</summary>
    /// <param name="from">Not before this timestamp.</param>
    long Earliest(long from);

    /// <summary>Takes the earliest instant from a timestamp on, if it is early enough.</summary>
    /// <param name="from">Not before this timestamp.</param>
    /// <param name="latest">Not after this one.</param>
    /// <param name="granted">The instant at which the question may be sent; the earliest one, too late or not.</param>
    /// <returns>Whether it was early enough and is now taken.</returns>
    bool TryTake(long from, long latest, out long granted);
}

/// <summary>What follows from <see cref="IQuestionPacer"/>.</summary>
public static class QuestionPacers
{
    /// <summary>As <see cref="IQuestionPacer.TryTake"/>, with the instant as its answer.</summary>
    /// <param name="pacer">The pacer.</param>
    /// <param name="from">Not before this timestamp.</param>
    /// <param name="latest">Taken only where it is not after this one.</param>
    public static long Take(this IQuestionPacer pacer, long from, long latest)
    {
        ArgumentNullException.ThrowIfNull(pacer);
        pacer.TryTake(from, latest, out long granted);
        return granted;
    }
}
