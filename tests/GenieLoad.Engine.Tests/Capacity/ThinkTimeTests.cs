using GenieLoad.Engine.Capacity;
using GenieLoad.Engine.Randomness;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Capacity;

public class ThinkTimeTests
{
    private const int Draws = 20_000;

    [Fact]
    public void An_exponential_one_has_its_mean_and_as_much_is_left_at_any_instant()
    {
        ThinkTime think = ThinkTime.Exponential(180);
        double[] times = Drawn(think.Draw);

        Assert.Equal(180, times.Average(), 6.0);
        Assert.Equal(Math.Exp(-1), times.Count(time => time > 180) / (double)Draws, 0.02);
        Assert.Equal(180, Drawn(think.DrawRest).Average(), 6.0);
    }

    [Fact]
    public void A_range_is_even_and_a_fixed_one_is_fixed()
    {
        double[] times = Drawn(ThinkTime.Between(30, 90).Draw);

        Assert.Equal(60, ThinkTime.Between(30, 90).MeanSeconds);
        Assert.InRange(times.Min(), 30, 30.1);
        Assert.InRange(times.Max(), 89.9, 90);
        Assert.Equal(60, times.Average(), 1.0);
        Assert.All(Drawn(ThinkTime.Between(45, 45).Draw), time => Assert.Equal(45, time));
        Assert.Equal(22.5, Drawn(ThinkTime.Between(45, 45).DrawRest).Average(), 0.6);
    }

    [Theory]
    [InlineData(-1, 5)]
    [InlineData(5, 4)]
    [InlineData(5, 86_401)]
    public void What_can_be_no_range_is_refused(double least, double most) =>
        Assert.Throws<GenieLoadException>(() => ThinkTime.Between(least, most));

    private static double[] Drawn(Func<SeededRandom, double> draw)
    {
        SeededRandom random = new(3);
        return [.. Enumerable.Range(0, Draws).Select(_ => draw(random))];
    }
}
