using GenieLoad.Engine.Running;
using GenieLoad.Model;

namespace GenieLoad.Benchmarks;

/// <summary>Looks at nothing.</summary>
internal sealed class NoWatcher : IRunWatcher
{
    public static NoWatcher Instance { get; } = new();

    public void OnBegin(string runId, string runPath)
    {
    }

    public void OnFinished(QuestionResult result)
    {
    }

    public void OnNotKept(GenieLoadException failure)
    {
    }

    public void OnProgress(RunProgress progress)
    {
    }
}

/// <summary>Tells when the progress of a run is as wanted.</summary>
/// <param name="wanted">What is waited for.</param>
internal sealed class ProgressWatcher(Func<RunProgress, bool> wanted) : IRunWatcher
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Reached => _reached.Task;

    public void OnBegin(string runId, string runPath)
    {
    }

    public void OnNotKept(GenieLoadException failure)
    {
    }

    public void OnFinished(QuestionResult result)
    {
    }

    public void OnProgress(RunProgress progress)
    {
        if (wanted(progress))
            _reached.TrySetResult();
    }
}
