using GenieLoad.Engine.Running;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Campaign;

/// <summary>Watches a run and says nothing.</summary>
internal sealed class QuietWatcher : IRunWatcher
{
    public static QuietWatcher Instance { get; } = new();

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
