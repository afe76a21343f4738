using GenieLoad.Engine.Capacity;
using GenieLoad.Engine.Randomness;
using GenieLoad.Engine.Simulation;
using GenieLoad.Engine.Simulation.Truth;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Capacity;

public class ClosedForecastTests
{
    private const int Answers = 20_000;

    private static readonly ServiceDistribution Service = CapacityWorld.LogNormal(20, 0.4);
    private static readonly ServiceLevel Minute = new(0.9, 60);

    /// <summary>Numbers of people found by another simulation, in another language; one of them as a range of two.</summary>
    [Theory]
    [InlineData(5, 1, 60, 45, 5)]
    [InlineData(5, 1, 180, 45, 10)]
    [InlineData(5, 5, 60, 45, 6)]
    [InlineData(5, 5, 180, 45, 15)]
    [InlineData(5, 1, 60, 60, 7)]
    [InlineData(5, 1, 180, 60, 14)]
    [InlineData(5, 5, 60, 60, 7)]
    [InlineData(5, 5, 180, 60, 16)]
    [InlineData(20, 1, 60, 60, 34)]
    [InlineData(20, 1, 180, 60, 71)]
    [InlineData(20, 5, 60, 60, 34)]
    [InlineData(20, 5, 180, 60, 71)]
    [InlineData(5, 1, 60, 90, 10)]
    [InlineData(5, 1, 180, 90, 18)]
    [InlineData(20, 1, 60, 90, 44)]
    [InlineData(20, 1, 180, 90, 82)]
    public void The_people_are_those_of_an_independent_simulation(double perMinute, int burst, double think, double limit, int people)
    {
        ClosedModel model = new(ThinkTime.Exponential(think), Service, new AdmissionLimit(perMinute, burst), [new(0.9, limit)]);

        int tolerance = people > 60 ? 2 : 1;
        Assert.InRange(model.Capacity(Answers, 1, model.Guess())!.Value, people - tolerance, people + tolerance);
    }

    [Theory]
    [InlineData(2, double.PositiveInfinity)]
    [InlineData(4, double.PositiveInfinity)]
    [InlineData(2, 5)]
    public void With_times_that_grow_the_people_are_those_of_the_simulator(int slots, double perMinute)
    {
        SimulatorOptions simulator = new CapacityWorld(1, perMinute, 1, 180, 20, 0.4).Simulator with
        {
            ServiceSlots = slots, RateLimitPerMinute = double.IsFinite(perMinute) ? perMinute : null,
        };
        ClosedModel model = new(
            ThinkTime.Exponential(180), new ServiceDistribution([.. Service.Answered], [], slots: slots),
            double.IsFinite(perMinute) ? new AdmissionLimit(perMinute) : AdmissionLimit.None, [Minute]);

        int people = new TrueCapacity(simulator, 60, 0.1, 180, Answers).People!.Value;
        Assert.InRange(model.Capacity(Answers, 1, model.Guess())!.Value, people - 2, people + 2);
    }

    [Fact]
    public void From_wherever_the_search_begins_it_ends_at_the_same_number()
    {
        ClosedModel model = new(ThinkTime.Exponential(180), Service, new AdmissionLimit(20), [Minute]);
        int?[] found = [.. new[] { 1, 30, 71, 72, 200, ClosedModel.MostPeople }.Select(near => model.Capacity(4_000, 1, near))];

        Assert.Single(found.Distinct());
        Assert.True(model.Holds(found[0]!.Value, 4_000, 1));
        Assert.False(model.Holds(found[0]!.Value + 1, 4_000, 1));
    }

    [Fact]
    public void Its_figures_agree_with_each_other_and_with_Little()
    {
        ClosedFigures figures = Forecast(new AdmissionLimit(5, 5)).Figures!;

        Assert.InRange(figures.MissShares[0], 0.03, 0.1);
        Assert.InRange(figures.P90Seconds!.Value, 45, 60);
        double?[] percentiles = [figures.P50Seconds, figures.P90Seconds, figures.P95Seconds, figures.P99Seconds];
        Assert.Equal(percentiles.Order().Distinct(), percentiles);
        Assert.Equal(figures.QuestionsPerMinute / 5, figures.ShareOfLimit!.Value, 1e-9);
        Assert.InRange(figures.ShareOfLimit.Value, 0.7, 1);
        Assert.InRange(figures.WaitShare, 0.1, 0.7);
        // People = questions a second × (time to think + response).
        double mean = Service.MeanSeconds / (1 - figures.WaitShare);
        Assert.Equal(figures.People, figures.QuestionsPerMinute / 60 * (180 + mean), 1.0);
    }

    [Fact]
    public void The_same_seed_gives_the_same_forecast()
    {
        ClosedForecast first = Forecast(new AdmissionLimit(5, 1, 4.6, 5.4));
        ClosedForecast again = Forecast(new AdmissionLimit(5, 1, 4.6, 5.4));

        Assert.Equal((first.People, first.Lower, first.Upper), (again.People, again.Lower, again.Upper));
        Assert.Equal(first.Figures!.P99Seconds, again.Figures!.P99Seconds);
    }

    [Fact]
    public void The_interval_takes_in_how_little_is_known_of_the_rate()
    {
        ClosedForecast sure = Forecast(new AdmissionLimit(5));
        ClosedForecast unsure = Forecast(new AdmissionLimit(5, 1, 4, 6));

        Assert.Equal(sure.People, unsure.People);
        Assert.InRange(sure.People!.Value, sure.Lower!.Value, sure.Upper!.Value);
        Assert.True(sure.Upper - sure.Lower < unsure.Upper - unsure.Lower);
        Assert.True(unsure.Lower < sure.People * 0.9);
        Assert.True(unsure.Upper > sure.People * 1.1);
    }

    [Fact]
    public void Several_levels_share_the_answers_and_the_strictest_decides()
    {
        ClosedForecast both = Forecast(new AdmissionLimit(5), levels: [new(0.9, 60), new(0.9, 45)]);

        Assert.Equal(2, both.Figures!.MissShares.Count);
        Assert.Equal(Forecast(new AdmissionLimit(5), levels: [new(0.9, 45)]).People, both.People);
        Assert.True(both.People < Forecast(new AdmissionLimit(5)).People);
    }

    [Fact]
    public void It_says_what_holds_people_back()
    {
        Assert.Equal(BindingConstraint.RateLimit, Forecast(new AdmissionLimit(5)).Constraint);

        ClosedForecast failing = Forecast(AdmissionLimit.None, Sample(failures: 6));
        Assert.Equal((0, BindingConstraint.Failures), (failing.People, failing.Constraint));
        Assert.Null(failing.Figures);

        ClosedForecast slow = Forecast(new AdmissionLimit(5), levels: [new(0.9, 15)]);
        Assert.Equal((0, BindingConstraint.Model), (slow.People, slow.Constraint));
    }

    [Fact]
    public void Where_nothing_holds_people_back_there_is_no_number()
    {
        ClosedForecast forecast = Forecast(AdmissionLimit.None);

        Assert.Null(forecast.People);
        Assert.Null(forecast.Upper);
        Assert.Null(forecast.Constraint);
    }

    [Fact]
    public void Times_that_grow_with_what_is_in_flight_hold_people_back_without_any_limit()
    {
        ServiceSample growing = new([.. Enumerable.Range(0, 60).Select(i => new ServiceTime(
            (18 + (i % 5)) * Math.Max(1, (1 + (i % 6)) / 3.0), InFlight: 1 + (i % 6)))]);
        ClosedForecast forecast = Forecast(AdmissionLimit.None, growing);

        Assert.True(forecast.Sample.Dependence.Grows);
        Assert.Equal(BindingConstraint.Model, forecast.Constraint);
        // Nine in flight take a minute each: about 9 × (180 + 60) / 60 people.
        Assert.InRange(forecast.People!.Value, 20, 40);
        Assert.InRange(forecast.People.Value, forecast.Lower!.Value, forecast.Upper!.Value);
    }

    [Fact]
    public void Its_curve_rises_within_its_band_through_what_may_miss()
    {
        ClosedForecast forecast = Forecast(new AdmissionLimit(5, 1, 4.8, 5.2));
        IReadOnlyList<CurvePoint> curve = forecast.Curve([5, 10, forecast.People!.Value, forecast.People.Value + 1, 30]);

        Assert.Equal(curve.Select(point => point.MissShare).Order(), curve.Select(point => point.MissShare));
        Assert.All(curve, point => Assert.InRange(point.MissShare, point.Lower - 0.02, point.Upper + 0.02));
        Assert.True(curve[1].Upper - curve[1].Lower > 0.005);
        Assert.True(curve[2].MissShare <= 0.1 && curve[3].MissShare > 0.1);
        Assert.True(curve[4].MissShare > 0.8);
    }

    [Fact]
    public void A_probe_of_the_predicted_number_begins_as_busy_as_it_goes_on()
    {
        ClosedForecast forecast = Forecast(new AdmissionLimit(20));
        int people = forecast.People!.Value;
        double[] early = new double[20], late = new double[20];
        for (int seed = 0; seed < early.Length; seed++)
        {
            ClosedWorld world = new(forecast.Model, people, 100 + seed, forecast.Starts(people, seed));
            List<ClosedAnswer> answers = [.. Enumerable.Range(0, people * 20).Select(_ => world.Next())];
            early[seed] = answers.Where(answer => answer.AskedAt > 0).Take(people).Average(answer => answer.WaitSeconds);
            late[seed] = answers.TakeLast(people * 10).Average(answer => answer.WaitSeconds);
        }

        Assert.InRange(early.Average() / late.Average(), 0.75, 1.25);
    }

    [Fact]
    public void Who_is_beyond_the_predicted_number_begins_by_thinking()
    {
        ClosedForecast forecast = Forecast(new AdmissionLimit(5));
        int people = forecast.People!.Value;
        IReadOnlyList<double> starts = forecast.Starts(people * 4, 1);

        Assert.Equal(people * 4, starts.Count);
        Assert.Equal(forecast.Starts(people, 1), starts.Take(people));
        Assert.All(starts.Skip(people), start => Assert.True(start > 0));
        Assert.All(starts, start => Assert.True(start >= 0));
    }

    [Fact]
    public void Without_a_level_there_is_nothing_to_predict() =>
        Assert.Equal("NoServiceLevel", Assert.Throws<GenieLoadException>(() => Forecast(new AdmissionLimit(5), levels: [])).ErrorId);

    private static ServiceSample Sample(int failures = 0)
    {
        SeededRandom random = new(11);
        return new ServiceSample(
            [.. Enumerable.Range(0, 30).Select(i => Service.Draw(random, 1) with { InFlight = null, IsFailed = i < failures })]);
    }

    private static ClosedForecast Forecast(AdmissionLimit limit, ServiceSample? sample = null, ServiceLevel[]? levels = null) =>
        ClosedForecast.Of(ThinkTime.Exponential(180), sample ?? Sample(), limit, levels ?? [Minute], seed: 1);
}
