using GenieLoad.Engine.Figures;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Figures;

public class LatencyFiguresCalculatorTests
{
    [Fact]
    public void Agrees_with_figures_worked_out_by_hand()
    {
        LatencyFigures figures = LatencyFiguresCalculator.Calculate(Measure.Service, [2, 4, 4, 4, 5, 5, 7, 9]);

        Assert.Equal("Service", figures.Measure);
        Assert.Equal(8, figures.Count);
        Assert.Equal(2, figures.MinimumSeconds);
        Assert.Equal(5, figures.MeanSeconds);

        // Squares of the differences add up to 32; the sample's deviation divides by 7 and not by 8, which would give 2.
        Assert.Equal(Math.Sqrt(32.0 / 7), figures.StandardDeviationSeconds!.Value, precision: 12);
        Assert.Equal(4.5, figures.P50Seconds);
        Assert.Equal(5.5, figures.P75Seconds);
        Assert.Equal(7.6, figures.P90Seconds!.Value, precision: 12);
        Assert.Equal(8.3, figures.P95Seconds!.Value, precision: 12);
        Assert.Equal(8.86, figures.P99Seconds!.Value, precision: 12);
        Assert.Equal(9, figures.MaximumSeconds);
    }

    [Fact]
    public void Nothing_gives_a_count_of_0_and_no_figure()
    {
        LatencyFigures figures = LatencyFiguresCalculator.Calculate(Measure.Find("Fetch")!, [null, double.NaN]);

        Assert.Equal(0, figures.Count);
        object?[] values = [.. typeof(LatencyFigures).GetProperties()
            .Where(property => property.PropertyType == typeof(double?)).Select(property => property.GetValue(figures))];
        Assert.Equal(12, values.Length);
        Assert.All(values, Assert.Null);
    }

    [Fact]
    public void One_value_has_no_deviation()
    {
        LatencyFigures figures = LatencyFiguresCalculator.Calculate(Measure.Find("Fetch")!, [0.3]);

        Assert.Null(figures.StandardDeviationSeconds);
        Assert.Equal(0.3, figures.MeanSeconds);
        Assert.Equal(0.3, figures.P99Seconds);
    }

    [Fact]
    public void Values_that_are_no_numbers_spoil_nothing()
    {
        LatencyFigures figures =
            LatencyFiguresCalculator.Calculate(Measure.Find("Fetch")!, [1, double.NaN, null, 3, double.PositiveInfinity]);

        Assert.Equal(2, figures.Count);
        Assert.Equal(2, figures.MeanSeconds);
        Assert.Equal(3, figures.MaximumSeconds);
    }

    [Fact]
    public void Deviation_keeps_its_digits_when_the_values_lie_far_from_zero()
    {
        LatencyFigures figures = LatencyFiguresCalculator.Calculate(Measure.Response, [1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16]);

        Assert.Equal(Math.Sqrt(30), figures.StandardDeviationSeconds!.Value, precision: 9);
    }

    [Fact]
    public void Rounding_never_takes_the_mean_outside_of_equal_values()
    {
        LatencyFigures figures = LatencyFiguresCalculator.Calculate(Measure.Response, Enumerable.Repeat<double?>(0.1, 1001));

        Assert.Equal(0.1, figures.MeanSeconds);
        Assert.Equal(0, figures.StandardDeviationSeconds);
    }
}
