using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Randomness;
using GenieLoad.Engine.Verdicts;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Verdicts;

/// <summary>Changes are those of the same questions, whatever mix of them each run asked.</summary>
public class SameQuestionsTests
{
    private static readonly ComparisonOptions Quick = new() { MaximumResampleCount = 300 };

    [Theory]
    [InlineData(0.8, "Better")]
    [InlineData(1.25, "Worse")]
    public void Another_mix_of_questions_does_not_turn_the_sign(double factor, string verdict)
    {
        // The slow question is asked more often where all became faster, and less often where all became slower.
        LoadRun before = Draw(1, 100, factor < 1 ? 0.2 : 0.8, 1);
        LoadRun after = Draw(2, 100, factor < 1 ? 0.8 : 0.2, factor);

        RunComparison comparison = RunComparer.Compare(before, after, Quick);

        ComparisonRow mean = comparison.Rows.Single(row => row.Figure == "MeanResponseSeconds");
        Assert.Equal(factor > 1, mean.DifferenceValue < mean.ReferenceValue);
        Assert.Equal(verdict, comparison.Verdict);
        Assert.Equal(verdict, mean.Verdict);
        Assert.All(comparison.Rows.Take(4), row => Assert.Equal(factor > 1, row.Shift > 0));
        Assert.True(mean is { ShiftLower: { } lower, ShiftUpper: { } upper } && lower <= mean.Shift && mean.Shift <= upper);
        Assert.InRange(mean.ChangePercent!.Value, (100 * (factor - 1)) - 6, (100 * (factor - 1)) + 6);
        Assert.Equal("typical change, same questions", mean.ShiftBasis);
    }

    [Fact]
    public void A_rate_is_that_of_the_same_questions_too()
    {
        // One question always fails, in both runs; the difference run asks it more often.
        LoadRun before = Draw(1, 100, 0.2, 1, slowFails: true);
        LoadRun after = Draw(2, 100, 0.6, 1, slowFails: true);

        ComparisonRow rate = RunComparer.Compare(before, after, Quick).Rows.Single(row => row.Figure == "SuccessRate");

        Assert.True(rate.DifferenceValue < rate.ReferenceValue - 20);
        Assert.Equal(0, rate.Shift!.Value, 9);
        Assert.NotEqual("Worse", rate.Verdict);
    }

    [Fact]
    public void With_one_mix_the_change_is_the_difference_of_the_values_beside_it()
    {
        RunComparison comparison = RunComparer.Compare(SyntheticRun.Draw(1, 100), SyntheticRun.Draw(2, 100), Quick);

        Assert.All(comparison.Rows.Skip(1).Take(5), row =>
        {
            Assert.Equal((row.DifferenceValue - row.ReferenceValue)!.Value, row.Shift!.Value, 9);
            Assert.Null(row.ShiftBasis);
        });
        Assert.Equal("typical change, same questions", comparison.Rows[0].ShiftBasis);
    }

    [Fact]
    public void A_question_that_one_run_did_not_ask_is_left_out_and_named()
    {
        TruthWorld world = TruthWorld.Find("a question missing");
        RunComparison comparison = RunComparer.Compare(
            world.Draw(1, 100, isDifference: false), world.Draw(2, 100, isDifference: true), Quick);

        Assert.Equal((true, 9), (comparison.IsPaired, comparison.SharedQuestionCount));
        Assert.Contains("Left out of the comparison because not every run asked it: q10.", comparison.Warnings);
        Assert.DoesNotContain(comparison.Questions, row => row.QuestionId == "q10");
    }

    [Fact]
    public void Runs_without_texts_are_compared_by_the_ids_of_their_questions()
    {
        LoadRun without = Run(2, [.. Rows(2, 60, 0.5, 1, false).Select(row => row with { Question = "" })]);

        Assert.Equal(2, RunComparer.Compare(Draw(1, 60, 0.5, 1), without, Quick).SharedQuestionCount);
    }

    private static readonly DateTime Start = new(2026, 11, 23, 12, 0, 0, DateTimeKind.Utc);

    private static LoadRun Draw(int seed, int count, double slowShare, double factor, bool slowFails = false) =>
        Run(seed, [.. Rows(seed, count, slowShare, factor, slowFails)]);

    private static LoadRun Run(int seed, QuestionResult[] rows)
    {
        RunHeader header = new()
        {
            RunId = FormattableString.Invariant($"20261123-120000-mix-{seed:x4}"), Name = "mix", ScenarioName = "mix",
            WorkspaceUrl = "https://example.net", SpaceId = "01ef", StartedAt = Start, GenieLoadVersion = "0.2.0",
        };
        Plan plan = new()
        {
            Name = "mix", ScenarioName = "mix", DurationSeconds = 100, WorkerCount = 4, Seed = 1,
            Questions = new RowList<PlannedQuestion>([.. rows.Select(row => new PlannedQuestion
            {
                Index = row.Index, PlannedSeconds = row.PlannedOffsetSeconds, QuestionId = row.QuestionId, Text = row.Question,
            })]),
        };
        return RunSummarizer.Summarize(header, plan, rows, new RunStatus(RunState.Completed, Start.AddSeconds(rows.Length), rows.Length));
    }

    private static IEnumerable<QuestionResult> Rows(int seed, int count, double slowShare, double factor, bool slowFails)
    {
        SeededRandom random = SeededRandom.For(seed, "mix", 0);
        for (int i = 0; i < count; i++)
        {
            // Spread evenly, so that the share is exact.
            bool slow = (int)((i + 1) * slowShare) > (int)(i * slowShare);
            double seconds = factor * (slow ? 40 : 10) * Math.Exp(0.15 * random.NextNormal());
            yield return new QuestionResult
            {
                Index = i + 1, QuestionId = slow ? "slow" : "fast", Question = slow ? "Slow?" : "Fast?",
                Outcome = slow && slowFails ? Outcome.Failed : Outcome.Completed, PlannedAt = Start, PlannedOffsetSeconds = i,
                StartedOffsetSeconds = i, CompletedOffsetSeconds = i + seconds, ResponseSeconds = seconds, DurationSeconds = seconds,
            };
        }
    }
}
