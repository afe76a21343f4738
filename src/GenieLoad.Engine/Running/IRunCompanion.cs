using GenieLoad.Model;

namespace GenieLoad.Engine.Running;

/// <summary>
/// Shows a run elsewhere while it goes on, such as in a browser or at a collector. What goes wrong in it ends its part with a warning and
/// never touches the run. Called from any thread, that of the run's waits too: it must neither block nor compute for long.
/// </summary>
public interface IRunCompanion
{
    /// <summary>The run is about to begin.</summary>
    /// <param name="run">The run.</param>
    /// <param name="warn">Tells whoever runs the test of something, for people; may be called until the companion has ended.</param>
    void OnBegin(RunBeginning run, Action<string> warn);

    /// <summary>A question came to its end.</summary>
    /// <param name="result">Its row.</param>
    void OnFinished(QuestionResult result);

    /// <summary>How far the run is; four times a second, unless <see cref="LoadTestOptions.ProgressSeconds"/> says otherwise.</summary>
    /// <param name="progress">Counts and times of this moment.</param>
    void OnProgress(RunProgress progress);

    /// <summary>No question is in flight any more; what follows (clean-up, statements, evaluations) may take long.</summary>
    Task OnLoadEndedAsync() => Task.CompletedTask;

    /// <summary>The session is over; called once, also where no run began.</summary>
    /// <param name="run">The run as it was kept; <see langword="null"/> where there is none.</param>
    Task EndAsync(LoadRun? run);
}
