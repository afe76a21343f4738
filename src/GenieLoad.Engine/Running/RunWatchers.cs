using GenieLoad.Model;

namespace GenieLoad.Engine.Running;

/// <summary>Several who watch one run, told in order.</summary>
/// <param name="watchers">The watchers.</param>
internal sealed class RunWatchers(params IRunWatcher[] watchers) : IRunWatcher
{
    /// <inheritdoc/>
    public void OnBegin(string runId, string runPath)
    {
        foreach (IRunWatcher watcher in watchers)
            watcher.OnBegin(runId, runPath);
    }

    /// <inheritdoc/>
    public void OnFinished(QuestionResult result)
    {
        foreach (IRunWatcher watcher in watchers)
            watcher.OnFinished(result);
    }

    /// <inheritdoc/>
    public void OnProgress(RunProgress progress)
    {
        foreach (IRunWatcher watcher in watchers)
            watcher.OnProgress(progress);
    }

    /// <inheritdoc/>
    public void OnNotKept(GenieLoadException failure)
    {
        foreach (IRunWatcher watcher in watchers)
            watcher.OnNotKept(failure);
    }
}
