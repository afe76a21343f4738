using GenieLoad.Engine.Limits;
using GenieLoad.Model;

namespace GenieLoad.Engine.Figures;

/// <summary>The rate limit that a run's own questions met, without asking anything.</summary>
public static class LimitSeen
{
    // More than what encloses a limit; what a long run sent before and after them would only take time.
    private const int MostSends = 300;
    private const int MostBefore = 50;

    private const string OneWorkspaceOnly = "The run asked several connections, which may have limits of their own.";

    /// <summary>The limit.</summary>
    /// <param name="run">The run.</param>
    public static RateLimit Of(LoadRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return Of(run.Results, run.Connections.Count > 1 ? OneWorkspaceOnly : null) with { RunId = run.RunId };
    }

    /// <summary>The limit that rows tell of.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="note">What is to be said besides.</param>
    internal static RateLimit Of(IReadOnlyList<QuestionResult> rows, string? note = null)
    {
        IReadOnlyList<LimitSend> near = RecordedSends.NearFirstRefusal(rows, MostBefore, MostSends);
        int refused = near.TakeWhile(send => send.IsAccepted).Count();
        IReadOnlyList<LimitSend> sends = [.. near.Skip(refused < near.Count ? refused - MostBefore : 0).Take(MostSends)];
        if (sends.Count == 0)
        {
            return LimitReport.Of(
                new LimitFinding { Kind = LimiterKind.Unknown }, sends,
                "The run holds no record of its sends: it asked nothing, or is of version 0.1.");
        }
        return LimitReport.Of(LimitFinding.Of(sends), sends, note);
    }
}
