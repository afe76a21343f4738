using GenieLoad.Model;

namespace GenieLoad.Engine.Running.Stopping;

/// <summary>
/// Looks at a run while it happens and says when it has to end. Called from any thread, and from several at once; an answer other than
/// <see langword="null"/> ends the run.
/// </summary>
public interface IStopRule
{
    /// <summary>A question is about to be sent.</summary>
    /// <param name="count">How many have been, this one among them.</param>
    /// <returns>The order to end the run after this question; <see langword="null"/> to go on.</returns>
    StopOrder? Started(int count) => null;

    /// <summary>A question came to its end.</summary>
    /// <param name="result">Its row.</param>
    /// <returns>The order to end the run; <see langword="null"/> to go on.</returns>
    StopOrder? Finished(QuestionResult result) => null;

    /// <summary>Some time has passed.</summary>
    /// <param name="progress">How far the run is.</param>
    /// <returns>The order to end the run; <see langword="null"/> to go on.</returns>
    StopOrder? Progressed(RunProgress progress) => null;
}
