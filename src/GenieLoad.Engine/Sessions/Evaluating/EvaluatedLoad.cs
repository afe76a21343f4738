using GenieLoad.Engine.Running;
using GenieLoad.Model;

namespace GenieLoad.Engine.Sessions.Evaluating;

/// <summary>Passes on what a watcher hears of a load, and tells when it begins and when a question ends.</summary>
/// <param name="watcher">The watcher.</param>
/// <param name="begun">Called with the folder of the run when it begins.</param>
/// <param name="finished">Called when a question has ended.</param>
internal sealed class EvaluatedLoad(IRunWatcher watcher, Action<string> begun, Action finished) : IRunWatcher
{
    /// <inheritdoc/>
    public void OnBegin(string runId, string runPath)
    {
        watcher.OnBegin(runId, runPath);
        begun(runPath);
    }

    /// <inheritdoc/>
    public void OnFinished(QuestionResult result)
    {
        watcher.OnFinished(result);
        finished();
    }

    /// <inheritdoc/>
    public void OnProgress(RunProgress progress) => watcher.OnProgress(progress);

    /// <inheritdoc/>
    public void OnNotKept(GenieLoadException failure) => watcher.OnNotKept(failure);
}
