using GenieLoad.Engine.Capacity;
using GenieLoad.Engine.Randomness;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Capacity;

public class CapacityBracketTests
{
    [Fact]
    public void The_predicted_number_comes_first_then_a_quarter_more_which_must_fail()
    {
        Assert.Equal(40, Of(40).Next().People);
        Assert.Equal(1, Of(0).Next().People);
        Assert.Equal(50, Of(40, Pass(40)).Next().People);

        CapacityBracket done = Of(40, Pass(40), Fail(50));
        Assert.Null(done.Next().People);
        Assert.Equal((40, 50), (done.People, done.PeopleFailed));
        Assert.Equal("a pass and a fail are close enough", done.Next().Reason);
    }

    [Fact]
    public void It_goes_outwards_in_growing_steps()
    {
        Assert.Equal(75, Of(40, Pass(40), Pass(50)).Next().People);
        Assert.Equal(150, Of(40, Pass(40), Pass(50), Pass(75)).Next().People);
        Assert.Equal(36, Of(40, Fail(40)).Next().People);
        Assert.Equal(28, Of(40, Fail(40), Fail(36)).Next().People);
        Assert.Equal(18, Of(40, Fail(40), Fail(36), Fail(28)).Next().People);
        Assert.Equal(9, Of(40, Fail(40), Fail(36), Fail(28), Fail(18)).Next().People);
    }

    [Fact]
    public void It_ends_at_one_person_and_at_the_most_that_are_tried()
    {
        CapacityBracket nobody = Of(1, Fail(1));
        Assert.Equal((null, null, 1), (nobody.Next().People, nobody.People, nobody.PeopleFailed));
        Assert.Null(Of(1, Pass(ClosedModel.MostPeople)).Next().People);
        Assert.Equal(ClosedModel.MostPeople, Of(1, Pass(ClosedModel.MostPeople - 1)).Next().People);
    }

    [Fact]
    public void A_closer_bracket_goes_on_between_pass_and_fail()
    {
        Assert.Equal(45, Of(40, 1.1, Pass(40), Fail(50)).Next().People);
        Assert.Equal(42, Of(40, 1.1, Pass(40), Fail(45)).Next().People);
        Assert.Null(Of(40, 1.1, Pass(42), Fail(45)).Next().People);
        Assert.Null(Of(3, 1.1, Pass(3), Fail(4)).Next().People);
    }

    [Fact]
    public void Where_a_pass_lies_above_a_fail_all_their_answers_decide()
    {
        CapacityBracket failed = Of(40, new Probe(40, 30, 9, Verdict.Fail), new Probe(50, 100, 6, Verdict.Pass));
        Assert.Equal((null, 40), (failed.People, failed.PeopleFailed));
        Assert.Equal(32, failed.Next().People);

        CapacityBracket passed = Of(
            40, new Probe(40, 3, 3, Verdict.Fail), new Probe(50, 100, 2, Verdict.Pass), new Probe(60, 10, 6, Verdict.Fail));
        Assert.Equal((50, 60), (passed.People, passed.PeopleFailed));
        Assert.Null(passed.Next().People);
    }

    [Fact]
    public void Probes_of_one_number_count_together()
    {
        CapacityBracket bracket = Of(40, new Probe(40, 30, 9, Verdict.Fail), new Probe(40, 200, 8, Verdict.Pass), Fail(50));

        Assert.Equal((40, 50), (bracket.People, bracket.PeopleFailed));
    }

    [Fact]
    public void What_was_not_decided_gives_a_direction_and_no_result()
    {
        CapacityBracket above = Of(40, new Probe(40, 160, 20, Verdict.Undecided));
        Assert.Equal((null, null, 36), (above.People, above.PeopleFailed, above.Next().People));

        CapacityBracket below = Of(40, new Probe(40, 160, 14, Verdict.Undecided));
        Assert.Equal((null, null, 50), (below.People, below.PeopleFailed, below.Next().People));

        CapacityBracket onlyFailed = Of(40, new Probe(40, 160, 14, Verdict.Undecided), Fail(50));
        Assert.Equal((null, 50, 36), (onlyFailed.People, onlyFailed.PeopleFailed, onlyFailed.Next().People));

        // Above a fail it says nothing, whatever its answers are.
        CapacityBracket aboveFailed = Of(40, new Probe(40, 3, 3, Verdict.Fail), new Probe(50, 160, 13, Verdict.Undecided));
        Assert.Equal((null, 40, 36), (aboveFailed.People, aboveFailed.PeopleFailed, aboveFailed.Next().People));
    }

    [Fact]
    public void The_crossing_lies_where_the_rising_shares_reach_what_may_miss()
    {
        Assert.Equal(44.7, Of(40, new Probe(40, 100, 5, Verdict.Pass), new Probe(50, 100, 15, Verdict.Fail)).Crossing!.Value, 0.1);
        Assert.Null(Of(40, Pass(40)).Crossing);
        Assert.Null(Of(40, Fail(40)).Crossing);
    }

    [Theory]
    [InlineData(1.25)]
    [InlineData(1.1)]
    public void Wherever_the_truth_and_the_prediction_lie_it_is_found_in_few_probes(double resolution)
    {
        for (int seed = 0; seed < 300; seed++)
        {
            SeededRandom random = SeededRandom.For(seed, "bracket", 0);
            int truth = (int)Math.Exp(random.NextDouble() * 7) - 1;
            int predicted = (int)Math.Clamp(truth * Math.Exp(2 * (random.NextDouble() - 0.5)), 0, 2_000);
            List<Probe> probes = [];
            CapacityBracket bracket;
            while ((bracket = Of(predicted, resolution, [.. probes])).Next().People is int people)
            {
                Assert.DoesNotContain(probes, probe => probe.People == people);
                probes.Add(people <= truth ? Pass(people) : Fail(people));
                Assert.True(probes.Count <= 14, $"seed {seed}: truth {truth}, predicted {predicted}");
            }

            Assert.InRange(truth, bracket.People ?? 0, bracket.PeopleFailed!.Value - 1);
            Assert.True(bracket.PeopleFailed <= Math.Max((bracket.People ?? 0) + 1, Math.Ceiling((bracket.People ?? 0) * resolution)));
        }
    }

    private static CapacityBracket Of(int predicted, params Probe[] probes) => Of(predicted, CapacityBracket.DefaultResolution, probes);

    private static CapacityBracket Of(int predicted, double resolution, params Probe[] probes) => new(predicted, 0.1, probes, resolution);

    private static Probe Pass(int people) => new(people, 100, 2, Verdict.Pass);

    private static Probe Fail(int people) => new(people, 40, 12, Verdict.Fail);
}
