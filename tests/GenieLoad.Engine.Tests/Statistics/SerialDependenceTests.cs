using GenieLoad.Engine.Statistics;

namespace GenieLoad.Engine.Tests.Statistics;

public class SerialDependenceTests
{
    private static readonly double[] Unsteady = [1, 1, 1, 1, 0];

    [Fact]
    public void Fewer_than_ten_values_or_none_that_differ_tell_nothing()
    {
        double[] rising = [.. Enumerable.Range(0, 9).Select(i => (double)i)];

        Assert.Equal(SerialDependence.None, SerialDependence.Of());
        Assert.Equal(SerialDependence.None, SerialDependence.Of([]));
        Assert.Equal(new SerialDependence(9, 0, 1), SerialDependence.Of(Run(rising)));
        Assert.Equal(new SerialDependence(9, 0, 1), SerialDependence.OfWaiting(Run(rising)));
        Assert.Equal(new SerialDependence(12, 0, 1), SerialDependence.OfWaiting(Run([.. Enumerable.Repeat(3.0, 12)])));
        Assert.Equal(10, SerialDependence.Of(Run([.. rising, 9])).Count);
        Assert.Equal(new SerialDependence(9, 0, 1), SerialDependence.Of(Run([.. rising, 9]), Run(rising)));
    }

    // Expected: autocorrelations and the sum of their pairs from a separate program.
    [Fact]
    public void Values_that_rise_all_the_time_hang_together_as_much_as_is_believed()
    {
        SerialDependence ten = SerialDependence.Of(Run([.. Enumerable.Range(0, 10).Select(i => (double)i)]));

        Assert.Equal(0.7, ten.Correlation, 1e-12);
        Assert.Equal(1.98 / 0.02, ten.Inflation, 1e-9);
    }

    [Fact]
    public void A_sequence_whose_neighbours_tell_all_is_corrected_for_its_length()
    {
        SerialDependence few = SerialDependence.Of(Run([1, 2, 5, 3, 4, 7, 6, 8, 10, 9, 12, 11]));
        SerialDependence threes = SerialDependence.Of(Run([.. Enumerable.Range(0, 60).Select(i => i % 6 < 3 ? 1.0 : 0)]));

        Assert.Equal(0.66958042, few.Correlation, 1e-8);
        Assert.Equal(24.09689214, few.Inflation, 1e-7);
        Assert.Equal(0.35, threes.Correlation, 1e-12);
        Assert.Equal(2.2476319350, threes.Inflation, 1e-9);
        Assert.Equal(60 / 2.2476319350, threes.EffectiveCount, 1e-6);
        Assert.Equal(Math.Sqrt(2.2476319350), threes.Widening, 1e-9);
        Assert.True(threes.IsFound);
    }

    [Fact]
    public void Dependence_that_reaches_far_counts_as_far_as_it_reaches()
    {
        double[] twenty = Blocks(2), thirty = Blocks(3);

        SerialDependence shorter = SerialDependence.OfWaiting(Run(twenty)), longer = SerialDependence.Of(Run(thirty));
        SerialDependence twice = SerialDependence.Of(Run([.. thirty, .. thirty]));
        SerialDependence both = SerialDependence.Of(Run(thirty), Run([]), Run(twenty));

        Assert.Equal((0.35, 3.0), (Math.Round(shorter.Correlation, 9), Math.Round(shorter.Inflation, 9)));
        Assert.Equal((0.3, 3.8), (Math.Round(longer.Correlation, 9), Math.Round(longer.Inflation, 9)));
        Assert.Equal((60, 3.533333333), (twice.Count, Math.Round(twice.Inflation, 9)));
        Assert.Equal((20, 0.311428571, 3.617142857), (both.Count, Math.Round(both.Correlation, 9), Math.Round(both.Inflation, 9)));
    }

    [Fact]
    public void Small_correlations_are_chance_unless_answers_waited_for_each_other()
    {
        double[] values = [.. Enumerable.Range(0, 16).Select(i => (double)"1110100011101000"[i])];

        SerialDependence seen = SerialDependence.Of(Run(values)), waited = SerialDependence.OfWaiting(Run(values));

        Assert.InRange(seen.Correlation, 0.01, 1.6 / 4);
        Assert.Equal((1, false), (seen.Inflation, seen.IsFound));
        Assert.Equal(seen.Correlation, waited.Correlation);
        Assert.True(waited.IsFound);
        Assert.InRange(waited.Inflation, 1.1, 2);
    }

    [Fact]
    public void Values_that_alternate_narrow_nothing()
    {
        SerialDependence alternating = SerialDependence.OfWaiting(Run([.. Enumerable.Range(0, 40).Select(i => i % 2.0)]));

        Assert.Equal(-39 / 40.0, alternating.Correlation, 1e-12);
        Assert.Equal(1, alternating.Inflation);
    }

    [Fact]
    public void Order_is_when_questions_were_due_not_where_they_are_in_the_list()
    {
        SerialValue[] run = Run(Blocks(3));

        Assert.Equal(SerialDependence.Of(run), SerialDependence.Of(run.OrderBy(value => value.Unit * 7 % 30)));
    }

    [Fact]
    public void Slow_questions_and_long_conversations_are_no_dependence()
    {
        double[] alternating = [.. Enumerable.Range(0, 40).Select(i => i % 2.0)];

        // The first half asks a slow question, the second a fast one: only within each, values tell of the run.
        SerialDependence questions = SerialDependence.Of(
            alternating.Select((value, i) => new SerialValue(i / 20, i, i, value + (i < 20 ? 100 : 0))));
        SerialDependence turns = SerialDependence.Of(
            Enumerable.Range(0, 120).Select(i => new SerialValue(0, i / 3, i, alternating[i / 3] + (i % 3))));

        Assert.Equal((40, 1), (questions.Count, questions.Inflation));
        Assert.Equal((40, 1), (turns.Count, turns.Inflation));
        Assert.Equal(-39 / 40.0, turns.Correlation, 1e-12);
    }

    // Of each unit the mean counts, where its first value was due: here those of the units alternate, and least, greatest and last do not.
    [Fact]
    public void A_conversation_counts_by_the_mean_of_its_turns_at_its_beginning()
    {
        double[][] turns = [[0, 5, 5], [0, 0, 9]];

        SerialDependence means = SerialDependence.Of(Enumerable.Range(0, 40).SelectMany(unit => turns[unit % 2]
            .Select((value, turn) => new SerialValue(0, unit, turn == 0 ? unit : 1000 - unit, value))));

        Assert.Equal(-39 / 40.0, means.Correlation, 1e-12);
    }

    [Theory]
    [InlineData(100, 4, false)]
    [InlineData(100, 4.01, true)]
    [InlineData(80, 4, false)]
    [InlineData(79, 4, true)]
    [InlineData(12, 1, false)]
    [InlineData(12, 1.01, true)]
    public void Dependence_is_too_strong_beyond_a_factor_of_four_or_below_twenty_answers(int count, double inflation, bool expected) =>
        Assert.Equal(expected, new SerialDependence(count, 0.5, inflation).IsTooStrong);

    /// <summary>So many fives that are mostly slow, then as many that are mostly fast.</summary>
    private static double[] Blocks(int fives) =>
    [
        .. Enumerable.Repeat(Unsteady, fives).SelectMany(five => five),
        .. Enumerable.Repeat(Unsteady, fives).SelectMany(five => five.Select(value => 1 - value)),
    ];

    private static SerialValue[] Run(double[] values) => [.. values.Select((value, i) => new SerialValue(0, i, i * 2.5, value))];
}
