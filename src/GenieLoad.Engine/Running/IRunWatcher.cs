using GenieLoad.Model;

namespace GenieLoad.Engine.Running;

/// <summary>Watches a load test, to show it. Called from any thread. An exception stops the run and comes out of it.</summary>
public interface IRunWatcher
{
    /// <summary>The run is about to begin, and its folder is there.</summary>
    /// <param name="runId">Identity of the run.</param>
    /// <param name="runPath">Its folder.</param>
    void OnBegin(string runId, string runPath);

    /// <summary>The run waits for the instant set for its start.</summary>
    /// <param name="seconds">For so many seconds.</param>
    void OnWaiting(double seconds)
    {
    }

    /// <summary>A question came to its end.</summary>
    /// <param name="result">Its row.</param>
    void OnFinished(QuestionResult result);

    /// <summary>How far the run is.</summary>
    /// <param name="progress">Counts and times of this moment.</param>
    void OnProgress(RunProgress progress);

    /// <summary>The run could not be kept to its end: it comes back with what is in memory, and its folder holds less.</summary>
    /// <param name="failure">Why: <c>JournalWriteFailed</c>, <c>RunFolderGone</c>, <c>FileNotWritable</c>.</param>
    void OnNotKept(GenieLoadException failure);
}
