using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Randomness;
using GenieLoad.Engine.Tests.Runs;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Figures;

public sealed class EvaluationAccuracyTests
{
    [Theory]
    // Right before and during, wrong in both, lost, gained.
    [InlineData(10, 2, 7, 0, "Worse", 0.015625)]
    [InlineData(10, 2, 0, 7, "Better", 0.015625)]
    [InlineData(10, 2, 6, 3, "NotShown", 0.5078125)]
    [InlineData(10, 2, 5, 0, "TooFew", null)]
    [InlineData(12, 0, 0, 0, "TooFew", null)]
    public void Pairs_are_counted_and_judged(int right, int wrong, int lost, int gained, string verdict, double? p)
    {
        bool[] before = [.. Repeat(true, right), .. Repeat(false, wrong), .. Repeat(true, lost), .. Repeat(false, gained)];
        bool[] during = [.. Repeat(true, right), .. Repeat(false, wrong), .. Repeat(false, lost), .. Repeat(true, gained)];

        AccuracyChange change = EvaluationAccuracy.ChangeOf([Of("Before", before), Of("During", during)], "Before", "During")!;

        int pairs = right + wrong + lost + gained;
        Assert.Equal((verdict, pairs, lost, gained), (change.Verdict, change.PairCount, change.LostCount, change.GainedCount));
        Assert.Equal(p is null, change.PValue is null);
        Assert.Equal(p ?? 0, change.PValue ?? 0, 12);
        Assert.Equal(100.0 * (right + lost) / pairs, change.FromPercent);
        Assert.Equal(100.0 * (right + gained) / pairs, change.ToPercent);
        Assert.Equal(100.0 * (gained - lost) / pairs, change.ChangePoints);
        Assert.InRange(change.ChangePoints!.Value, change.ChangeLower!.Value, change.ChangeUpper!.Value);
        Assert.Equal(verdict == "TooFew", change.Text.Contains("too few", StringComparison.Ordinal));
    }

    [Fact]
    public void Only_benchmarks_with_a_verdict_in_both_are_compared_whatever_their_order()
    {
        Evaluation before = Of("Before", [true, true, false]);
        Evaluation during = Of("During", [false, true, true]);
        during = during with
        {
            Results = new RowList<EvaluationResult>(
            [
                new EvaluationResult { BenchmarkId = "other", Verdict = "BAD" }, new EvaluationResult { Verdict = "GOOD" },
                new EvaluationResult { BenchmarkId = "b2", Verdict = "NEEDS_REVIEW" }, .. during.Results.Take(2).Reverse(),
            ]),
        };

        AccuracyChange change = EvaluationAccuracy.ChangeOf([during, before], "Before", "During")!;

        Assert.Equal((2, 1, 0), (change.PairCount, change.LostCount, change.GainedCount));
        Assert.Null(EvaluationAccuracy.ChangeOf([during, before], "Before", "After"));
    }

    [Fact]
    public void Benchmarks_of_other_spaces_are_others()
    {
        Evaluation during = Of("During", [false]) with { SpaceId = "another" };

        AccuracyChange change = EvaluationAccuracy.ChangeOf([Of("Before", [true]), during], "Before", "During")!;

        Assert.Equal(0, change.PairCount);
        Assert.Null(change.ChangePoints);
        Assert.Equal("no benchmark has a verdict in both", change.Text);
    }

    [Theory]
    [InlineData(20, 8, "Load costs accuracy. Before -> During: 20 -> 8 of 20 right (12 lost, 0 gained), p < 0.001, -60 points")]
    [InlineData(20, 18, "It cannot be told whether load costs accuracy. Before -> During: 20 -> 18 of 20 right (2 lost, 0 gained)")]
    [InlineData(8, 20, "Under load, more benchmarks were right, not fewer.")]
    public void The_answer_is_a_sentence(int before, int during, string sentence)
    {
        LoadRun run = EvaluationAccuracy.Add(
            Plain, [Of("During", Right(during, 20)), Of("Before", Right(before, 20))]);

        Assert.StartsWith(sentence, run.AccuracyUnderLoad, StringComparison.Ordinal);
        Assert.Equal(["Before", "During"], run.Evaluations.Select(one => one.When));
    }

    [Fact]
    public void Without_one_before_the_one_after_serves()
    {
        LoadRun worse = EvaluationAccuracy.Add(Plain, [Of("During", Right(8, 20)), Of("After", Right(20, 20))]);
        LoadRun no = EvaluationAccuracy.Add(Plain, [Of("Before", Right(8, 20)), Of("After", Right(20, 20))]);

        Assert.StartsWith("Load costs accuracy. During -> After: 8 -> 20", worse.AccuracyUnderLoad, StringComparison.Ordinal);
        Assert.Null(no.AccuracyUnderLoad);
        Assert.Single(no.AccuracyChanges);
    }

    [Fact]
    public void Where_nothing_differs_load_is_blamed_in_at_most_five_of_a_hundred_runs()
    {
        SeededRandom random = SeededRandom.For(5, "null runs", 0);
        bool[] Draw() => [.. Enumerable.Range(0, 30).Select(_ => random.NextDouble() < 0.7)];
        int alarms = 0;
        for (int i = 0; i < 1000; i++)
        {
            AccuracyChange change = EvaluationAccuracy.ChangeOf([Of("Before", Draw()), Of("During", Draw())], "Before", "During")!;
            alarms += change.Verdict is AccuracyVerdict.Worse or AccuracyVerdict.Better ? 1 : 0;
        }

        Assert.InRange(alarms, 5, 50);
    }

    [Fact]
    public void A_run_without_evaluations_stays_the_same()
    {
        LoadRun run = Plain;

        Assert.Same(run, EvaluationAccuracy.Add(run, []));
    }

    private static LoadRun Plain => SampleRun.Summarize(1, SampleRun.Success(1, 2));

    private static bool[] Right(int right, int all) => [.. Repeat(true, right), .. Repeat(false, all - right)];

    private static IEnumerable<bool> Repeat(bool value, int count) => Enumerable.Repeat(value, count);

    private static Evaluation Of(string when, bool[] verdicts) => new()
    {
        EvaluationId = when,
        WorkspaceUrl = "https://w",
        SpaceId = "s",
        When = when,
        Status = EvaluationStatus.Done,
        QuestionCount = verdicts.Length,
        GoodCount = verdicts.Count(one => one),
        BadCount = verdicts.Count(one => !one),
        NeedsReviewCount = 0,
        StartedAt = new DateTime(2026, 11, 23, 12, 0, 0, DateTimeKind.Utc),
        Results = new RowList<EvaluationResult>([.. verdicts.Select((one, i) => new EvaluationResult
        {
            BenchmarkId = $"b{i}", Verdict = one ? EvaluationVerdict.Good : EvaluationVerdict.Bad,
        })]),
    };
}
