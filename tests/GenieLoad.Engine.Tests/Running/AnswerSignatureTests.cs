using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Randomness;
using GenieLoad.Engine.Running;
using GenieLoad.Engine.Simulation;
using GenieLoad.Engine.Simulation.Records;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Running;

/// <summary>What the rows say of their answers, beside what the simulator knows of how each differs from the usual one.</summary>
public sealed class AnswerSignatureTests
{
    private static readonly string[] Words = ["customer", "product", "store", "campaign", "employee"];

    [Theory]
    [InlineData(SimulatedDrift.Result)]
    [InlineData(SimulatedDrift.Wording)]
    [InlineData(SimulatedDrift.Rounding)]
    [InlineData(SimulatedDrift.Clarification)]
    [InlineData(SimulatedDrift.Failure)]
    public async Task Over_random_runs_the_shares_are_those_of_the_record(SimulatedDrift drift)
    {
        for (int i = 0; i < 6; i++)
        {
            SeededRandom random = SeededRandom.For(i, "run", 0);
            SimulatorOptions options = new()
            {
                Seed = i, AnswerDrift = drift, AnswerDriftShare = 0.1 + (0.6 * random.NextDouble()),
                ResultRowCount = 1 + random.NextInt32(40),
                ResultChunkCount = 1 + random.NextInt32(3), TextOnlyShare = 0.1, AnswerDriftAbove = random.NextInt32(6),
            };
            (LoadRun run, SimulatedMessage[] truth) = await RunOf(options, questions: 60, seconds: 60 + random.NextInt32(200));
            Assert.Equal(60, truth.Length);
            foreach (QuestionConsistency question in run.Consistency)
            {
                SimulatedMessage[] answers = [.. truth.Where(message => message.Question == question.Question)];
                // Apart from what drifts, an answer is a query or a text.
                int[] counts = [.. answers.Where(message => message.FinalStatus == "COMPLETED").GroupBy(message => SaysOf(message, drift))
                    .Select(group => group.Count())];
                Assert.Equal((counts.Sum(), counts.Length), (question.AnswerCount, question.DifferentCount));
                Assert.Equal(100.0 * counts.Max() / counts.Sum(), question.ModalShare!.Value, 9);
                Assert.Equal(answers.Count(message => message.FinalStatus == "FAILED"), question.ErrorCount);
                Assert.Equal(
                    answers.Count(message => message.Drift == SimulatedDrift.Clarification), question.ClarificationCount);
            }
        }
    }

    [Fact]
    public async Task Other_words_are_another_query_with_one_result()
    {
        (LoadRun run, SimulatedMessage[] truth) = await RunOf(
            new SimulatorOptions { AnswerDrift = SimulatedDrift.Wording, AnswerDriftShare = 0.5 }, 40, 400);
        QuestionConsistency first = run.Consistency[0];
        Assert.Equal((1, "None"), (first.DifferentCount, first.SqlLevel));
        Assert.Equal(2, run.Results.Where(row => row.QuestionId == first.QuestionId).DistinctBy(row => row.SqlLexicalSignature).Count());
        Assert.Contains(truth, message => message.Drift is null);
        Assert.Equal((100.0, 5), (run.Agreement!.PairwiseAgreement, run.Agreement.SameCount));
    }

    [Fact]
    public async Task Rounding_is_no_difference_within_a_run()
    {
        // In the 24th row 1.39E7 is on the one side of a step, 1.39001E7 on the other; some of 5,000 rows always are.
        (LoadRun run, SimulatedMessage[] truth) = await RunOf(
            new SimulatorOptions { AnswerDrift = SimulatedDrift.Rounding, AnswerDriftShare = 0.5, ResultRowCount = 3000 }, 20, 200);
        Assert.Contains(truth, message => message.Drift == SimulatedDrift.Rounding);
        Assert.All(run.Consistency, question => Assert.Equal(1, question.DifferentCount));
    }

    [Fact]
    public async Task Of_a_cut_result_the_size_is_compared_and_said()
    {
        (LoadRun run, _) = await RunOf(
            new SimulatorOptions { AnswerDrift = SimulatedDrift.Result, AnswerDriftShare = 0.5, ResultRowCount = 7000 }, 10, 100);
        Assert.All(run.Consistency, question => Assert.Equal(1, question.DifferentCount));
        Assert.Equal("2 cut results, compared by size only", run.Consistency[0].Remarks);
        Assert.Equal(["10 cut results, compared by size only"], run.Agreement!.Confounders);
    }

    [Fact]
    public async Task Without_results_queries_are_compared_without_their_values()
    {
        (LoadRun run, SimulatedMessage[] truth) = await RunOf(
            new SimulatorOptions { AnswerDrift = SimulatedDrift.Result, AnswerDriftShare = 0.5 }, 40, 400,
            new LoadTestOptions { ReadResult = false });
        Assert.All(run.Results, row => Assert.Null(row.ResultSignature ?? row.ColumnSignature));
        Assert.All(run.Consistency, question => Assert.Equal(
            truth.Where(message => message.Question == question.Question).Select(message => message.Drift).Distinct().Count(),
            question.DifferentCount));
    }

    [Fact]
    public async Task Texts_that_are_not_kept_are_signed_all_the_same()
    {
        SimulatorOptions options = new() { TextOnlyShare = 0.3 };
        (LoadRun with, _) = await RunOf(options, 20, 200);
        (LoadRun without, _) = await RunOf(options, 20, 200, new LoadTestOptions { ExcludeText = true });
        Assert.All(without.Results, row => Assert.Null(row.Sql ?? row.Answer));
        Assert.Equal(Signatures(with), Signatures(without));
        Assert.Contains(with.Results, row => row.TextSignature is not null);
    }

    [Fact]
    public async Task Later_turns_are_left_out_and_said()
    {
        Plan plan = SimulatedRun.Plan(12, 300, 12, i => $"c{i / 2}");
        SimulatedRun carried = await SimulatedRun.Of(plan, new SimulatorOptions());
        LoadRun run = Summarized(carried);
        Assert.Equal(6, run.Agreement!.AnswerCount);
        Assert.Equal("6 answers to later turns are not compared: they depend on the conversation", run.Agreement.Confounders[0]);
    }

    private static IEnumerable<string> Signatures(LoadRun run) => run.Results.Select(
        row => $"{row.SqlSignature} {row.SqlShapeSignature} {row.ResultSignature} {row.TextSignature} {row.ColumnCount}");

    /// <summary>What a message says, in words of this test.</summary>
    private static string SaysOf(SimulatedMessage message, SimulatedDrift drift) =>
        message.Statements.Count == 0 && message.Drift is null ? "text"
            : message.Drift is null || drift is SimulatedDrift.Wording or SimulatedDrift.Rounding ? "usual"
            : "other";

    private static async Task<(LoadRun Run, SimulatedMessage[] Truth)> RunOf(
        SimulatorOptions options, int questions, double seconds, LoadTestOptions? load = null)
    {
        Plan empty = SimulatedRun.Plan(questions, seconds, questions);
        Plan plan = empty with
        {
            Questions = new RowList<PlannedQuestion>(
            [
                .. empty.Questions.Select((question, i) => question with
                {
                    QuestionId = Words[i % Words.Length], Text = $"What is the total for each {Words[i % Words.Length]}?",
                }),
            ]),
        };
        SimulatedRun run = await SimulatedRun.Of(plan, options, load);
        return (Summarized(run), [.. run.Truth.Messages]);
    }

    private static LoadRun Summarized(SimulatedRun run) => RunSummarizer.Summarize(
        new RunHeader
        {
            RunId = "r", Name = "n", ScenarioName = "s", WorkspaceUrl = "https://w", SpaceId = "sp", StartedAt = DateTime.UnixEpoch,
        },
        run.Planned, run.Rows, new RunStatus(RunState.Completed, DateTime.UnixEpoch.AddHours(1), 3600));
}
