using GenieLoad.Engine.Verdicts;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Verdicts;

/// <summary>What a draw exchanges and what it weighs: pairs stay pairs, sides stay sides, and nothing gains weight on the whole.</summary>
public class ResamplingTests
{
    // Clusters 0 to 2 and 10 to 12 are three pairs; 3 to 7 and 13 to 17 ask the same; 8, 9 and 18 ask what the other side never asks alone.
    private static readonly ComparedRows Rows = ComparedRows.Of(
        [SmallRun.Of(1, "p1/a:1 p2/b:1 p3/c:1 q1/d:1 q2/d:1 q3/d:1 q4/d:1 q5/d:1 u1/e:1 u2/f:1")],
        [SmallRun.Of(2, "p1/a:1 p2/b:1 p3/c:1 q1/d:1 q2/d:1 q3/d:1 q4/d:1 q5/d:1 w/e:1 w/f:1")]);

    [Fact]
    public void Weights_are_drawn_within_what_belongs_together()
    {
        var draws = new Resampling(Rows, 7);
        double[] weights = new double[19];
        double[] Of(int from, int to) => [.. weights.Skip(from).Take(to - from)];
        HashSet<double> pairs = [], ofFirst = [], ofSecond = [], single = [];
        bool sidesDiffer = false;
        for (int draw = 0; draw < 200; draw++)
        {
            draws.Draw(weights);

            // Three pairs: two are drawn, each with the weight of one and a half.
            Assert.Equal(Of(0, 3), Of(10, 13));
            Assert.Equal(3, Of(0, 3).Sum(), 1e-9);
            pairs.UnionWith(Of(0, 3));
            // Five conversations a side, drawn side by side.
            Assert.Equal(5, Of(3, 8).Sum(), 1e-9);
            Assert.Equal(5, Of(13, 18).Sum(), 1e-9);
            ofFirst.UnionWith(Of(3, 8));
            ofSecond.UnionWith(Of(13, 18));
            sidesDiffer |= !Of(3, 8).SequenceEqual(Of(13, 18));
            // Two of one side alone: one is drawn for both. A single one stays.
            Assert.Equal(2, weights[8] + weights[9]);
            single.Add(weights[8]);
            Assert.Equal(1, weights[18]);
        }

        Assert.Equal([0, 1.5, 3], pairs.Order());
        Assert.True(sidesDiffer);
        Assert.Equal([0, 1.25, 2.5, 3.75], ofFirst.Order().Take(4));
        Assert.Equal([0, 1.25, 2.5, 3.75], ofSecond.Order().Take(4));
        Assert.Equal([0, 2], single.Order());
    }

    [Fact]
    public void Labels_are_exchanged_within_what_asks_the_same()
    {
        var draws = new Resampling(Rows, 7);
        bool[] labels = [.. Rows.ClusterInDifference];
        HashSet<string> seen = [];
        for (int draw = 0; draw < 200; draw++)
        {
            draws.Permute(labels);

            for (int pair = 0; pair < 3; pair++)
                Assert.NotEqual(labels[pair], labels[pair + 10]);
            Assert.Equal(5, labels.Skip(3).Take(5).Count(label => label) + labels.Skip(13).Count(label => label) - 1);
            Assert.Equal((false, false, true), (labels[8], labels[9], labels[18]));
            seen.Add(string.Concat(labels.Select(label => label ? '1' : '0')));
        }

        Assert.True(seen.Count > 150);
        Assert.Equal(8, seen.Select(text => text[..3]).Distinct().Count());
    }

    [Fact]
    public void One_conversation_against_several_is_drawn_with_them_and_a_single_pair_is_fixed()
    {
        double[] weights = new double[5];
        new Resampling(
            ComparedRows.Of([SmallRun.Of(1, "x/a:1 y/b:1")], [SmallRun.Of(2, "x/a:1 y/a:1 z/b:1")]), 1).Draw(weights);

        // Strata a (one against two) and b (one against one): one of both is drawn for both.
        Assert.Equal(weights[0], weights[2]);
        Assert.Equal(weights[0], weights[3]);
        Assert.Equal(weights[1], weights[4]);
        Assert.Equal([0, 2], new[] { weights[0], weights[1] }.Order());

        weights = new double[2];
        new Resampling(ComparedRows.Of([SmallRun.Of(1, "x/a:1")], [SmallRun.Of(2, "x/a:1")]), 1).Draw(weights);
        Assert.Equal([1, 1], weights);
    }

    [Fact]
    public void Percentiles_beside_each_other_have_the_intervals_of_each_run()
    {
        FigureScope hundred = Scope(100), six = Scope(6);
        PercentilePair[] pairs = [.. PercentilePairs.Of(hundred, six)];

        Assert.Equal(Enumerable.Range(1, 99).Select(percent => (double)percent), pairs.Select(pair => (double)pair.Percentile));
        PercentilePair median = pairs[49], p90 = pairs[89];
        Assert.Equal((50.5, 40, 61), (median.ReferenceSeconds, median.ReferenceLower, median.ReferenceUpper));
        Assert.Equal((3.5, 1, 6), (median.DifferenceSeconds, median.DifferenceLower, median.DifferenceUpper));
        Assert.NotNull(p90.ReferenceLower);
        Assert.Equal((null, null), (p90.DifferenceLower, p90.DifferenceUpper));
        Assert.Empty(PercentilePairs.Of(hundred, Scope(0)));
        Assert.Empty(PercentilePairs.Of(Scope(0), hundred));

        static FigureScope Scope(int count) => new([.. Enumerable.Range(1, count).Select(i => SmallRun.Row(i, $"a:{i}"))]);
    }
}
