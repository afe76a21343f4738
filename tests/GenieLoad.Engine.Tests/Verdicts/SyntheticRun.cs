using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Randomness;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Verdicts;

/// <summary>Runs drawn from known distributions: ten questions, each with a median of its own, answered in log-normal times.</summary>
internal static class SyntheticRun
{
    private static readonly DateTime Start = new(2026, 11, 23, 12, 0, 0, DateTimeKind.Utc);

    /// <summary>Draws a run.</summary>
    /// <param name="seed">Seed.</param>
    /// <param name="count">Questions.</param>
    /// <param name="factor">What all times are multiplied by.</param>
    /// <param name="failureShare">Share of failures.</param>
    /// <param name="turns">Turns of a conversation; all of one conversation are slow or fast together.</param>
    /// <param name="questionPrefix">Begin of each question's text.</param>
    /// <param name="sigma">Deviation of the logarithm of a time from its question's median.</param>
    public static LoadRun Draw(
        int seed, int count, double factor = 1, double failureShare = 0, int turns = 1, string questionPrefix = "Question",
        double sigma = 0.35)
    {
        SeededRandom random = SeededRandom.For(seed, "synthetic", 0);
        List<QuestionResult> rows = [];
        List<PlannedQuestion> planned = [];
        double mood = 0;
        for (int i = 0; i < count; i++)
        {
            string id = $"q{(i % 10) + 1}";
            if (i % turns == 0)
                mood = turns == 1 ? 0 : 0.4 * random.NextNormal();
            double seconds = factor * (6 + (2.5 * (i % 10))) * Math.Exp((sigma * random.NextNormal()) + mood);
            bool failed = random.NextDouble() < failureShare;
            string? conversation = turns == 1 ? null : $"c#{i / turns}";
            planned.Add(new PlannedQuestion
            {
                Index = i + 1, PlannedSeconds = i, QuestionId = id, Text = $"{questionPrefix} {id}?", Conversation = conversation,
                Turn = (i % turns) + 1,
            });
            rows.Add(new QuestionResult
            {
                Index = i + 1, QuestionId = id, Question = $"{questionPrefix} {id}?", Outcome = failed ? Outcome.Failed : Outcome.Completed,
                PlannedAt = Start.AddSeconds(i), PlannedOffsetSeconds = i, StartedOffsetSeconds = i, CompletedOffsetSeconds = i + seconds,
                ResponseSeconds = seconds, DurationSeconds = seconds, ServiceSeconds = seconds, AskingAiSeconds = seconds * 0.6,
                ExecutingQuerySeconds = seconds * 0.3, Turn = (i % turns) + 1, ConversationId = conversation,
            });
        }

        RunHeader header = new()
        {
            RunId = $"20261123-120000-synthetic-{seed:x4}", Name = "synthetic", ScenarioName = "synthetic",
            WorkspaceUrl = "https://example.net",
            SpaceId = "01ef", StartedAt = Start, GenieLoadVersion = "0.1.0",
        };
        Plan plan = new()
        {
            Name = "synthetic", ScenarioName = "synthetic", DurationSeconds = count, WorkerCount = 10, Seed = seed,
            Questions = new RowList<PlannedQuestion>(planned),
        };
        return RunSummarizer.Summarize(header, plan, rows, new RunStatus(RunState.Completed, Start.AddSeconds(count), count));
    }
}
