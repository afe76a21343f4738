using GenieLoad.Model;

namespace GenieLoad.Engine.Mlflow;

/// <summary>How a run stands, in MLflow's words.</summary>
internal static class MlflowRunStatus
{
    public const string Running = "RUNNING";

    public const string Finished = "FINISHED";

    public const string Failed = "FAILED";

    public const string Killed = "KILLED";

    /// <summary>Stopped by somebody is killed; died, or without a single answer, is failed.</summary>
    public static string Of(LoadRun run) => run.State switch
    {
        RunState.Stopped => Killed,
        RunState.Completed when run.SuccessfulCount > 0 || run.QuestionCount == 0 => Finished,
        _ => Failed,
    };

    /// <summary>What never came to an end by itself is killed.</summary>
    public static string Of(QuestionResult row) => row.Outcome switch
    {
        Outcome.Completed => Finished,
        Outcome.Interrupted or Outcome.NotStarted or Outcome.Cancelled => Killed,
        _ => Failed,
    };
}
