using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Tests.Runs;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Reports;

/// <summary>Runs for reports: of any size, with throttled and failed questions, or with texts that try to break out of a report.</summary>
internal static class ReportRun
{
    /// <summary>Texts that mean something in HTML, CSS, XML or Markdown, or that XML cannot hold.</summary>
    public const string Hostile =
        "</style></script><script>alert('x')</script>\"'><img src=x onerror=alert(1)> | a & b `c` ]]> --> \u202Egnp.exe "
            + "\u0000\u0001\u001b[31m \uD800 &lt;b&gt; [l](javascript:alert(1))";

    /// <summary>A run of so many questions over ten texts; one in ten fails, one in seven was throttled, the first are warm-up.</summary>
    public static LoadRun Of(int count, int warmUps = 0, string? thresholds = null, Func<QuestionResult, QuestionResult>? change = null,
        GeneratorRecord? generator = null)
    {
        var random = new Random(7);
        List<QuestionResult> rows = [];
        for (int i = 1; i <= count; i++)
        {
            double seconds = (4 + (i % 10 * 1.5)) * Math.Exp(0.35 * Normal(random));
            bool failed = i % 10 == 0;
            double throttle = i % 7 == 0 ? 6 : 0;
            double planned = (i - 1) * 0.8;
            QuestionResult row = new()
            {
                Index = i, QuestionId = $"q{i % 10}", Question = $"What was the revenue of region {i % 10} in the last quarter?",
                Outcome = failed ? (i % 20 == 0 ? Outcome.Failed : Outcome.TimedOut) : Outcome.Completed,
                ResponseSeconds = failed && i % 20 == 0 ? null : seconds + throttle + 0.3, DurationSeconds = seconds + throttle,
                ServiceSeconds = seconds, ThrottleSeconds = throttle, ThrottleRetries = throttle > 0
                    ? 3 : 0, Retries = throttle > 0 ? 3 : 0,
                LagSeconds = 0.001, WaitSeconds = 0.299, SubmitSeconds = 0.2 * seconds, FetchingMetadataSeconds = 0.1 * seconds,
                FilteringContextSeconds = 0.1 * seconds, AskingAiSeconds = 0.35 * seconds, PendingWarehouseSeconds = i % 5 == 0
                    ? 0.1 * seconds : null,
                ExecutingQuerySeconds = (i % 5 == 0
                    ? 0.1 : 0.2) * seconds, DetectionSeconds = 0.04 * seconds, FetchSeconds = 0.01 * seconds,
                PlannedAt = SampleRun.StartedAt.AddSeconds(planned), PlannedOffsetSeconds = planned, StartedOffsetSeconds = planned + 0.3,
                CompletedOffsetSeconds = planned + 0.3 + seconds + throttle, IsWarmUp = i <= warmUps, Attempts = 1, Polls = 5,
                Sql = failed ? null : $"SELECT region, SUM(amount) AS revenue\nFROM sales.orders\nWHERE region = {i % 10}\nGROUP BY region",
                ErrorType = failed ? (i % 20 == 0 ? "SQL_EXECUTION_EXCEPTION" : null) : null,
                ErrorText = failed && i % 20 == 0 ? "[UNRESOLVED_COLUMN] Column `totl` cannot be resolved." : null,
                RequestId = failed ? $"req-{i}" : null,
            };
            rows.Add(change is null ? row : change(row));
        }

        Plan plan = SampleRun.Plan(0) with
        {
            Thresholds = thresholds,
            WarmUpCount = warmUps,
            DurationSeconds = count * 0.8,
            Questions = new RowList<PlannedQuestion>([.. rows.Select(row => new PlannedQuestion
            {
                Index = row.Index, PlannedSeconds = row.PlannedOffsetSeconds, QuestionId = row.QuestionId, Text = row.Question,
                IsWarmUp = row.IsWarmUp,
            })]),
        };
        double end = rows.Select(row => row.CompletedOffsetSeconds ?? 0).DefaultIfEmpty(0).Max();
        RunStatus status = new(
            RunState.Completed, SampleRun.StartedAt.AddSeconds(end), end) { Generator = generator ?? SampleRun.Generator };
        return RunSummarizer.Summarize(SampleRun.Header() with { PollPolicy = "every 1 s, then 2 s" }, plan, rows, status);
    }

    /// <summary>A run of 40 questions, each fourth of them in agent mode.</summary>
    public static LoadRun Mixed()
    {
        LoadRun run = Of(40, change: row => row with { Mode = row.Index % 4 == 0 ? QuestionMode.Agent : QuestionMode.Chat });
        return run with { Plan = SampleRun.InModes(run.Plan, null, null, null, QuestionMode.Agent) };
    }

    /// <summary>A row with another outcome and other texts.</summary>
    public static QuestionResult With(
        QuestionResult row, string? outcome = null, string? question = null, string? sql = null, string? errorText = null,
        string? errorType = null,
        string? questionId = null) => new()
    {
        Index = row.Index, QuestionId = questionId ?? row.QuestionId, Question = question ?? row.Question, Outcome = outcome ?? row.Outcome,
        ResponseSeconds = row.ResponseSeconds, DurationSeconds = row.DurationSeconds, ServiceSeconds = row.ServiceSeconds,
        ThrottleSeconds = row.ThrottleSeconds, ThrottleRetries = row.ThrottleRetries, Retries = row.Retries, LagSeconds = row.LagSeconds,
        AskingAiSeconds = row.AskingAiSeconds, PlannedAt = row.PlannedAt, PlannedOffsetSeconds = row.PlannedOffsetSeconds,
        StartedOffsetSeconds = row.StartedOffsetSeconds, CompletedOffsetSeconds = row.CompletedOffsetSeconds, IsWarmUp = row.IsWarmUp,
        Sql = sql ?? row.Sql, ErrorType = errorType ?? row.ErrorType, ErrorText = errorText ?? row.ErrorText, RequestId = row.RequestId,
    };

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
