using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Genie.Polling;
using GenieLoad.Engine.Running;
using GenieLoad.Engine.Simulation;
using GenieLoad.Engine.Simulation.Records;
using GenieLoad.Engine.Tests.Runs;
using GenieLoad.Engine.Verdicts;
using GenieLoad.Model;
using Xunit.Abstractions;

namespace GenieLoad.Engine.Tests.Running;

/// <summary>Phases that polls missed, and how late polls saw the end; the simulator's record is the truth.</summary>
public sealed class MissedPhaseTests(ITestOutputHelper output)
{
    private static readonly PollOptions Backoff = new();
    private static readonly PollOptions EveryTwo = new() { Policy = PollPolicy.Fixed, FirstSeconds = 2 };
    private static readonly PollOptions Adaptive = new() { Policy = PollPolicy.Adaptive };

    public static TheoryData<string> Policies => ["Backoff", "Fixed", "Adaptive"];

    [Theory]
    [MemberData(nameof(Policies))]
    public async Task The_mean_of_a_phase_is_that_of_all_answers_however_few_polls_saw_it(string policy)
    {
        SimulatedRun run = await Run(policy);

        foreach ((string phase, string status, double tolerance) in (IEnumerable<(string, string, double)>)
            [("PendingWarehouse", "PENDING_WAREHOUSE", 0.5), ("ExecutingQuery", "EXECUTING_QUERY", 0.2), ("AskingAi", "ASKING_AI", 0.15)])
        {
            QuestionResult[] answers = [.. run.Rows.Where(row => row.Success)];
            Dictionary<string, SimulatedMessage> truths = run.Truth.Messages.ToDictionary(message => message.MessageId);
            double truth = answers.Average(row => truths[row.MessageId!].Phases.Where(p => p.Status == status).Sum(p => p.Seconds));
            LatencyFigures figures = LatencyFiguresCalculator.Of(Measure.Find(phase)!, answers);
            output.WriteLine(FormattableString.Invariant($"{policy} {phase}: true {truth:0.000}, mean {figures.MeanSeconds:0.000}, "));
            output.WriteLine(FormattableString.Invariant(
                $"  {figures.LowerMeanSeconds:0.00}-{figures.UpperMeanSeconds:0.00}, seen {figures.SeenPercent:0} %"));

            // Adaptive polls are sent where changes are likely: those do not fall anywhere between two of them.
            double most = policy == "Adaptive" ? Math.Max(tolerance, 0.3) : tolerance;
            Assert.InRange(figures.MeanSeconds!.Value, truth * (1 - most), truth * (1 + most));
            Assert.InRange(truth, figures.LowerMeanSeconds!.Value, figures.UpperMeanSeconds!.Value);
            Assert.Equal(answers.Length, figures.Count);
        }
    }

    [Theory]
    [MemberData(nameof(Policies))]
    public async Task Detection_is_as_late_as_polls_were(string policy)
    {
        SimulatedRun run = await Run(policy);

        Dictionary<string, SimulatedMessage> truths = run.Truth.Messages.ToDictionary(message => message.MessageId);
        double truth = run.Rows.Average(row => (row.CompletedAt!.Value - truths[row.MessageId!].CompletedAt.Utc).TotalSeconds);
        double estimate = run.Rows.Average(row => row.DetectionSeconds!.Value);
        output.WriteLine(FormattableString.Invariant($"{policy}: {truth:0.000} s late, estimated {estimate:0.000} s"));

        double most = policy switch { "Backoff" => 0.05, "Fixed" => 0.1, _ => 0.3 };
        Assert.InRange(estimate, (1 - most) * truth, (1 + most) * truth);
    }

    [Fact]
    public void A_phase_that_polls_saw_too_seldom_is_neither_judged_nor_compared()
    {
        foreach (string figure in (string[])["P50ExecutingQuerySeconds", "MeanExecutingQuerySeconds", "MaximumExecutingQuerySeconds"])
        {
            ThresholdResult half = Judge(Seen(50), $"{figure} < 100");
            Assert.Equal(("Undecided", null), (half.Verdict, half.AdditionalCount));
            Assert.EndsWith("; polls saw this phase in 50 % of the answers and 80 % are needed: poll more often", half.Reason,
                StringComparison.Ordinal);
            Assert.Equal("Pass", Judge(Seen(80), $"{figure} < 100").Verdict);
        }

        RunComparison comparison = RunComparer.Compare(Seen(100, "a"), Seen(50, "b"), new ComparisonOptions { MaximumResampleCount = 500 });
        ComparisonRow row = comparison.Rows.Single(row => row.Figure == "P50ExecutingQuerySeconds");
        Assert.Equal("NotEnoughData", row.Verdict);
        Assert.StartsWith("polls saw this phase in 50 %", row.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Means_and_brackets_are_over_all_answers()
    {
        LatencyFigures figures = Seen(50).Latency.Single(latency => latency.Measure == "ExecutingQuery");

        Assert.Equal((100, 1.0, 50.0, 0.75, 3.0),
            (figures.Count, figures.MeanSeconds, figures.SeenPercent, figures.LowerMeanSeconds, figures.UpperMeanSeconds));
    }

    [Fact]
    public void An_answer_without_a_query_did_not_run_one()
    {
        QuestionResult text = SampleRun.Success(1, 4) with { AnswerKind = AnswerKind.Text, Sql = null, ExecutingQueryLowerSeconds = 0,
            ExecutingQueryUpperSeconds = 3 };

        Measure executing = Measure.Find("ExecutingQuery")!;
        Assert.Null(executing.Of(text));
        Assert.Equal(0, executing.Of(text with { AnswerKind = AnswerKind.Sql }));
    }

    private static ThresholdResult Judge(LoadRun run, string threshold) =>
        Assert.Single(ThresholdJudge.Judge(run, [ThresholdText.Parse(threshold)]));

    /// <summary>A hundred answers; in so many of them a poll saw the query for 2 s, in the others it passed between two polls.</summary>
    private static LoadRun Seen(int count, string name = "run") => RunSummarizer.Summarize(
        SampleRun.Header($"20261123-192455-{name}-0001"), SampleRun.Plan(100),
        Enumerable.Range(1, 100).Select(i => SampleRun.Success(i, 4 + (i % 10)) with
        {
            ExecutingQuerySeconds = i % 100 < count ? 2 : null, ExecutingQueryLowerSeconds = i % 100 < count ? 1.5 : 0,
                ExecutingQueryUpperSeconds = 3,
        }),
        new RunStatus(RunState.Completed, SampleRun.StartedAt.AddSeconds(60), 60));

    private static Task<SimulatedRun> Run(string policy) => SimulatedRun.Of(
        SimulatedRun.Plan(count: 300, seconds: 600, workers: 300),
        new SimulatorOptions { CallSeconds = 0 },
        new LoadTestOptions { Poll = policy == "Backoff" ? Backoff : policy == "Fixed" ? EveryTwo : Adaptive, ReadResult = false });
}
