using GenieLoad.Engine.Randomness;
using GenieLoad.Engine.Statistics;
using GenieLoad.Engine.Verdicts;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Verdicts;

/// <summary>Figures of two sides over the same mix of questions, beside sums over all pairs and values by hand.</summary>
public class ComparedFigureTests
{
    // With 3 and 1 answers, those of a weigh 1/4 and 3/4; with 1 and 3, those of b weigh 3/4 and 1/4.
    private static readonly ComparedRows Mixed = ComparedRows.Of(
        [SmallRun.Of(1, "a:2 b:10 a:1 a:3")], [SmallRun.Of(2, "b:40 a:2 b:20 b:30")]);

    [Theory]
    [InlineData(0, 1, 2)]
    [InlineData(50, 3, 20)]
    [InlineData(90, 8.6, 36)]
    [InlineData(100, 10, 40)]
    public void A_percentile_is_that_of_the_mix_that_both_sides_share(double percent, double before, double after)
    {
        (double? reference, double? difference) = new ComparedPercentile(Mixed, Response(Mixed), percent).Sides([.. Weights(Mixed, false)],
            [.. Weights(Mixed, true)]);

        Assert.Equal(before, reference!.Value, 1e-12);
        Assert.Equal(after, difference!.Value, 1e-12);
    }

    [Fact]
    public void A_mean_is_that_of_the_mix_that_both_sides_share()
    {
        ComparedRatio ratio = new(Mixed, Response(Mixed), [.. Mixed.Rows.Select(_ => (double?)1)], 100);

        (double? reference, double? difference) = ratio.Sides([.. Weights(Mixed, false)], [.. Weights(Mixed, true)]);

        Assert.Equal(100 * 6, reference!.Value, 1e-9);
        Assert.Equal(100 * 16, difference!.Value, 1e-9);
        Assert.Equal(100 * 10, ratio.Change([.. Weights(Mixed, false)], [.. Weights(Mixed, true)]), 1e-9);
        Assert.Equal(reference.Value, ratio.OfRun(0)!.Value, 1e-9);
        Assert.Equal(difference.Value, ratio.OfRun(1)!.Value, 1e-9);
    }

    [Fact]
    public void A_value_without_its_denominator_does_not_count()
    {
        double?[] denominators = [.. Mixed.Rows.Select(row => row.ResponseSeconds > 3 ? null : (double?)2)];

        // What is left is one question: 1, 2 and 3 before, 2 after.
        (double? reference, double? difference) = new ComparedRatio(Mixed, Response(Mixed), denominators, 1)
            .Sides([.. Weights(Mixed, false)], [.. Weights(Mixed, true)]);

        Assert.Equal((1, 1), (reference, difference));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(40)]
    public void With_one_mix_it_is_the_percentile_that_runs_show(int count)
    {
        SeededRandom random = SeededRandom.For(5, "percentile", count);
        double[] values = [.. Enumerable.Range(0, count).Select(_ => Math.Round(10 * random.NextDouble(), 1))];
        string answers = string.Join(' ', values.Select(value => FormattableString.Invariant($"a:{value}")));
        ComparedRows rows = ComparedRows.Of([SmallRun.Of(1, answers)], [SmallRun.Of(2, answers)]);

        foreach (double percent in (double[])[0, 10, 50, 87.5, 100])
        {
            double? reference = new ComparedPercentile(rows, Response(rows), percent).Sides(
                [.. Weights(rows, false)], [.. Weights(rows, true)]).Reference;
            Assert.Equal(Percentile.Of([.. values.Order()], percent), reference!.Value, 1e-9);
        }
    }

    [Fact]
    public void A_side_without_weight_has_no_figure_and_no_change()
    {
        double[] nothing = new double[Mixed.ClusterRun.Length];
        ComparedPercentile median = new(Mixed, Response(Mixed), 50);

        Assert.Equal((null, null), median.Sides(nothing, nothing));
        Assert.Equal(0, median.Change(nothing, [.. Weights(Mixed, true)]));
        Assert.Equal(0, new ComparedRanks(Mixed, Response(Mixed)).Change([.. Weights(Mixed, false)], nothing));
    }

    // Mann and Whitney's share, weighed: over all pairs, those that rise and half of those that tie.
    [Fact]
    public void Ranks_are_the_weighed_share_of_pairs_that_rise()
    {
        ComparedRows rows = ComparedRows.Of(
            [SmallRun.Of(1, "a:2 b:10 a:1 a:3 b:4 b:4")], [SmallRun.Of(2, "b:4 a:2 b:3 b:30 a:2.5")]);
        Dictionary<string, (double Before, double After)> weights = new() { ["a"] = (2 / 5.0, 3 / 5.0), ["b"] = (3 / 6.0, 3 / 6.0) };
        (double Value, double Weight)[] before =
            [.. Side(false).Select(row => (row.ResponseSeconds!.Value, weights[row.QuestionId].Before))];
        (double Value, double Weight)[] after = [.. Side(true).Select(row => (row.ResponseSeconds!.Value, weights[row.QuestionId].After))];
        double rising = before.Sum(x => after.Sum(y => x.Weight * y.Weight * (y.Value > x.Value ? 1 : y.Value == x.Value ? 0.5 : 0)));
        double share = rising / before.Sum(x => x.Weight) / after.Sum(y => y.Weight);
        ComparedRanks ranks = new(rows, Response(rows));

        Assert.Equal(share - 0.5, ranks.Change([.. Weights(rows, false)], [.. Weights(rows, true)]), 1e-12);
        foreach (bool second in (bool[])[false, true])
        {
            (double[] values, double[] own) = ranks.Side([.. Weights(rows, false)], [.. Weights(rows, true)], second);
            (double Value, double Weight)[] expected = [.. (second ? after : before).OrderBy(x => x.Value)];
            Assert.Equal(expected.Select(x => x.Value), values);
            Assert.Equal(expected.Sum(x => x.Value * x.Weight), values.Zip(own, (value, weight) => value * weight).Sum(), 1e-12);
        }

        IEnumerable<QuestionResult> Side(bool second) => rows.Rows.Where((_, i) => rows.RunInDifference[rows.Run[i]] == second);
    }

    [Fact]
    public void Rows_are_those_of_questions_that_every_run_asked_conversation_by_conversation()
    {
        ComparedRows rows = ComparedRows.Of(
            [SmallRun.Of(1, "x/a:1 x/b:2 y/a:3 y/b:4 z/c:5 z/d:6")], [SmallRun.Of(2, "x/a:1 x/b:2 y/a:3 y/b:4 e:5 c:7")]);

        Assert.Equal([1, 2, 3, 4, 5, 1, 2, 3, 4, 7], rows.Rows.Select(row => row.ResponseSeconds!.Value));
        Assert.Equal([0, 0, 1, 1, 2, 3, 3, 4, 4, 5], rows.Cluster);
        Assert.Equal([0, 1, 0, 1, 2, 0, 1, 0, 1, 2], rows.Question);
        Assert.Equal([0, 0, 0, 0, 0, 1, 1, 1, 1, 1], rows.Run);
        Assert.Equal([false, true], rows.RunInDifference);
        Assert.Equal([0, 0, 0, 1, 1, 1], rows.ClusterRun);
        Assert.Equal([false, false, false, true, true, true], rows.ClusterInDifference);
        Assert.Equal(3, rows.QuestionCount);
        Assert.Equal(["d", "e"], rows.LeftOut);
        Assert.Equal([[0, 1, 3, 4], [2, 5]], rows.Strata);
    }

    // Four fifths of the rows of either side must lie in conversations that the other side has too.
    [Theory]
    [InlineData("x/a:1 x/b:1 y/a:1 y/b:1 z/b:1", "x/a:1 x/b:1 y/a:1 y/b:1 z/a:1", 3)]
    [InlineData("x/a:1 x/b:1 y/a:1 z/b:1 z/b:1", "x/a:1 x/b:1 y/a:1 z/a:1 z/a:1", 1)]
    [InlineData("x/a:1 x/b:1 y/a:1 y/b:1", "x/a:1 x/b:1 z/b:1", 1)]
    [InlineData("x/a:1 x/b:1 z/b:1", "x/a:1 x/b:1 y/a:1 y/b:1", 1)]
    public void Conversations_are_exchanged_within_what_they_ask_where_most_are_matched(string before, string after, int strata) =>
        Assert.Equal(strata, ComparedRows.Of([SmallRun.Of(1, before)], [SmallRun.Of(2, after)]).Strata.Length);

    [Fact]
    public void What_was_never_asked_and_the_warm_up_take_no_part()
    {
        QuestionResult[] rows = SmallRun.Rows("a:1 b:2 c:3");
        rows[1] = rows[1] with { Outcome = Outcome.NotStarted };
        rows[2] = rows[2] with { IsWarmUp = true };

        ComparedRows compared = ComparedRows.Of([SmallRun.Of(1, rows)], [SmallRun.Of(2, "a:1 b:2 c:3")]);

        Assert.Equal(["a", "a"], compared.Rows.Select(row => row.QuestionId));
        Assert.Equal(["b", "c"], compared.LeftOut);
    }

    [Fact]
    public void A_question_is_the_same_whatever_ending_made_it_unique()
    {
        QuestionResult row = SmallRun.Row(1, "a:1") with { Question = "How much? (iteration 3, run 0123abcd)" };

        Assert.Equal("How much?", ComparedRows.TextOf(row));
        Assert.Equal("How much? (iteration 3, run 0123)", ComparedRows.TextOf(row with { Question = "How much? (iteration 3, run 0123)" }));
    }

    private static double?[] Response(ComparedRows rows) => [.. rows.Rows.Select(row => row.ResponseSeconds)];

    private static IEnumerable<double> Weights(ComparedRows rows, bool second) =>
        rows.ClusterInDifference.Select(of => of == second ? 1.0 : 0);
}
