using GenieLoad.Engine.Genie.Agent;
using GenieLoad.Engine.Running.Ways;
using GenieLoad.Model;

namespace GenieLoad.Engine.Running;

/// <summary>The times that only a question in agent mode has, as the columns of its row.</summary>
internal static class AgentColumns
{
    /// <summary>Adds them; leaves the row of a chat as it is.</summary>
    public static QuestionResult Add(QuestionResult row, QuestionTrace trace, RunClock clock)
    {
        if (trace.Agent is not AgentSteps steps)
            return row;
        double? Until(long? at) => clock.Seconds(steps.SentAt, at);
        return row with
        {
            // The stream itself tells the end, in the instant in which it comes.
            DetectionSeconds = trace.Polls == 0 ? null : row.DetectionSeconds,
            AcknowledgedSeconds = Until(steps.AcknowledgedAt),
            FirstItemSeconds = Until(steps.FirstAt()),
            FirstSqlSeconds = Until(steps.FirstAt(AgentItemKind.SqlCall)),
            LastSqlSeconds = Until(steps.LastAt(AgentItemKind.SqlCall)),
            LongestSilenceSeconds = steps.LongestSilence is long silence ? clock.Seconds(0, silence) : null,
        };
    }
}
