using GenieLoad.Engine.Figures;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Verdicts;

/// <summary>Runs of a few questions, written out.</summary>
internal static class SmallRun
{
    public static readonly DateTime Start = new(2026, 11, 23, 12, 0, 0, DateTimeKind.Utc);

    /// <summary>
    /// A run of answers <c>question:seconds</c>; <c>question:!</c> failed, <c>conversation/question:seconds</c> is a turn.
    /// </summary>
    public static LoadRun Of(int number, string answers) => Of(number, Rows(answers));

    public static LoadRun Of(int number, QuestionResult[] rows, Func<LoadRun, LoadRun>? change = null)
    {
        RunHeader header = new()
        {
            RunId = FormattableString.Invariant($"20261123-120000-small-{number:x4}"), Name = "small", ScenarioName = "small",
            WorkspaceUrl = "https://example.net", SpaceId = "01ef", StartedAt = Start, GenieLoadVersion = "0.2.0",
        };
        Plan plan = new()
        {
            Name = "small", ScenarioName = "small", DurationSeconds = 100, WorkerCount = 4, Seed = 1,
            Questions = new RowList<PlannedQuestion>([.. rows.Select(row => new PlannedQuestion
            {
                Index = row.Index, PlannedSeconds = row.PlannedOffsetSeconds, QuestionId = row.QuestionId, Text = row.Question,
                Conversation = row.ConversationId, Turn = row.Turn,
            })]),
        };
        LoadRun run = RunSummarizer.Summarize(header, plan, rows, new RunStatus(RunState.Completed, Start.AddSeconds(100), 100));
        return change is null ? run : change(run);
    }

    public static QuestionResult[] Rows(string answers) =>
        [.. answers.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select((answer, i) => Row(i + 1, answer))];

    public static QuestionResult Row(int index, string answer)
    {
        string[] parts = answer.Split(':');
        string[] names = parts[0].Split('/');
        double? seconds = parts[1] == "!" ? null : double.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture);
        return new QuestionResult
        {
            Index = index, QuestionId = names[^1], Question = $"Question {names[^1]}?",
            Outcome = seconds is null ? Outcome.Failed : Outcome.Completed, PlannedAt = Start.AddSeconds(index),
            PlannedOffsetSeconds = index, StartedOffsetSeconds = index, CompletedOffsetSeconds = index + (seconds ?? 1),
            ResponseSeconds = seconds ?? 1, DurationSeconds = seconds, ServiceSeconds = seconds,
            ConversationId = names.Length > 1 ? names[0] : null,
        };
    }
}
