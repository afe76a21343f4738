using GenieLoad.Engine.Runs;
using GenieLoad.Model;

namespace GenieLoad.Engine.Running;

/// <summary>
/// Hears what happens in a run, while it happens. Called from any thread. An exception stops the run and comes out of it.
/// </summary>
public interface IRunObserver
{
    /// <summary>A question is about to be sent; it is when the task has ended.</summary>
    /// <param name="index">Its place in the plan.</param>
    /// <param name="offsetSeconds">Seconds after the start of the run.</param>
    ValueTask OnStarted(int index, double offsetSeconds);

    /// <summary>The service took a question.</summary>
    /// <param name="index">Its place in the plan.</param>
    /// <param name="conversationId">Genie's conversation id.</param>
    /// <param name="messageId">Genie's message id.</param>
    void OnAccepted(int index, string conversationId, string messageId);

    /// <summary>A question came to its end; once for each.</summary>
    /// <param name="result">Its row.</param>
    /// <param name="responses">What the service said.</param>
    void OnFinished(QuestionResult result, QuestionResponses responses);

    /// <summary>How far the run is.</summary>
    /// <param name="progress">Counts and times of this moment.</param>
    void OnProgress(RunProgress progress);
}
