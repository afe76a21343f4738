using GenieLoad.Model;

namespace GenieLoad.Engine.Running;

/// <summary>Hears what happens in a run, while it happens. Called from any thread, never twice for one question.</summary>
public interface IRunObserver
{
    /// <summary>A question came to its end. An exception stops the run and comes out of it.</summary>
    /// <param name="result">Its row.</param>
    /// <param name="responses">What the service said, as it came.</param>
    void OnFinished(QuestionResult result, QuestionResponses responses);

    /// <summary>How far the run is.</summary>
    /// <param name="progress">Now.</param>
    void OnProgress(RunProgress progress);
}
