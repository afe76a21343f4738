using GenieLoad.Engine.Running;
using GenieLoad.Engine.Sessions;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Sessions;

/// <summary>Hears of a session, and keeps its run and its warnings.</summary>
internal sealed class SessionListener : ISessionWatcher
{
    public Action<LoadRun>? WhenRun { get; set; }

    public Action? WhenBegun { get; set; }

    public Action<string>? WhenRunBegun { get; set; }

    public Action? WhenStatements { get; set; }

    public Action? WhenFinished { get; set; }

    public Action<RunProgress>? WhenProgress { get; set; }

    public LoadRun? Run { get; private set; }

    public List<string> Warnings { get; } = [];

    public void OnBegin(string runId, string runPath)
    {
        WhenBegun?.Invoke();
        WhenRunBegun?.Invoke(runPath);
    }

    public void OnStatements(int known, int wanted) => WhenStatements?.Invoke();

    public void OnFinished(QuestionResult result) => WhenFinished?.Invoke();

    public void OnProgress(RunProgress progress) => WhenProgress?.Invoke(progress);

    public void OnNotKept(GenieLoadException failure)
    {
    }

    public Task OnRunAsync(LoadRun run)
    {
        Run = run;
        WhenRun?.Invoke(run);
        return Task.CompletedTask;
    }

    public Task WarnAsync(string text)
    {
        Warnings.Add(text);
        return Task.CompletedTask;
    }

    public Task ErrorAsync(GenieLoadException failure) => throw failure;
}
