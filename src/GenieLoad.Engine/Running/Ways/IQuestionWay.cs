using GenieLoad.Engine.Http;

namespace GenieLoad.Engine.Running.Ways;

/// <summary>
/// A way to ask a question and to hear of it until its answer: in chat mode by polls, in agent mode by a stream. Nobody above knows which.
/// </summary>
internal interface IQuestionWay
{
    /// <summary>
    /// Asks, or finds a question again that the service has taken in an earlier stretch of the run, and records everything in its trace,
    /// its end too.
    /// </summary>
    /// <param name="trace">Of the question.</param>
    /// <param name="seen">Told of every status as it is seen; first when the service has taken the question.</param>
    /// <param name="stop">Ends it at once.</param>
    /// <returns><see langword="false"/> where the question's time ran out first: then its trace has no end yet.</returns>
    /// <exception cref="ApiException">A call was given up.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    Task<bool> GoAsync(QuestionTrace trace, Action<QuestionTrace, string> seen, CancellationToken stop);

    /// <summary>Tells the service that nobody waits any more for the answer to a question whose time ran out. Throws nothing.</summary>
    /// <param name="trace">Of the question, ended.</param>
    /// <param name="stop">Ends it at once.</param>
    Task LeaveAsync(QuestionTrace trace, CancellationToken stop);
}
