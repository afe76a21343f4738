using GenieLoad.Engine.Planning;
using GenieLoad.Engine.Questions;
using GenieLoad.Engine.Randomness;
using GenieLoad.Engine.Scenarios;
using GenieLoad.Engine.Scenarios.Arrivals;
using GenieLoad.Engine.Tests.Planning;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Scenarios.Arrivals;

public sealed class ArrivalTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("genieload-arrivals-").FullName;

    // A replay needs its file; users of a closed test arrive when the answer before has come.
    public static TheoryData<string> Shapes =>
        [.. ArrivalShape.All.Where(shape => shape is not (ArrivalShape.Replay or ArrivalShape.Closed))];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Every_shape_has_its_count_in_order_from_the_start_on_and_the_same_for_the_same_seed(string shape)
    {
        SeededRandom random = new(11);
        for (int round = 0; round < 100; round++)
        {
            Scenario scenario = Any(shape, 1 + random.NextInt32(400), random);

            double[] due = Due(scenario, seed: round);

            Assert.Equal(scenario.QuestionCount, due.Length);
            Assert.Equal(due.Order(), due);
            Assert.All(due, seconds => Assert.True(seconds >= 0 && double.IsFinite(seconds)));
            Assert.Equal(due, Due(scenario, seed: round));
        }
    }

    [Fact]
    public void A_constant_rate_has_equal_gaps_and_starts_at_once()
    {
        double[] due = Due(Rated(ArrivalShape.ConstantRate, 90, "20/min"));

        Assert.Equal(Enumerable.Range(0, 90).Select(i => i * 3.0), due);
    }

    [Theory]
    [InlineData(ArrivalShape.Poisson, null, 1)]
    [InlineData(ArrivalShape.Gamma, 1.0, 1)]
    [InlineData(ArrivalShape.Gamma, 4.0, 4)]
    [InlineData(ArrivalShape.Gamma, 0.25, 0.25)]
    [InlineData(ArrivalShape.Gamma, 0.01, 0.01)]
    public void Random_arrivals_have_the_mean_rate_and_the_burstiness_that_were_asked_for(string shape, double? burstiness, double variance)
    {
        const int Count = 40_000;
        double[] gaps = Gaps(Due(Rated(shape, Count, "0.5/s") with { Burstiness = burstiness }));

        double mean = gaps.Average();
        double squared = gaps.Sum(gap => (gap - mean) * (gap - mean)) / (Count - 1) / (mean * mean);

        // Five standard errors of a mean of so many draws.
        Assert.Equal(2, mean, 5 * 2 * Math.Sqrt(variance / Count));
        Assert.Equal(variance, squared, variance * 0.08);
    }

    [Fact]
    public void Poisson_counts_of_equal_times_vary_as_much_as_they_are_large_and_do_not_hang_together()
    {
        double[] due = Due(Rated(ArrivalShape.Poisson, 60_000, "600/min"));
        double[] counts = new double[5_900];
        foreach (double t in due.Where(t => t < counts.Length))
            counts[(int)t]++;

        double mean = counts.Average();
        double variance = counts.Sum(c => (c - mean) * (c - mean)) / (counts.Length - 1);
        double together = counts.Zip(counts.Skip(1), (a, b) => (a - mean) * (b - mean)).Average() / variance;

        Assert.Equal(10, mean, 0.25);
        Assert.Equal(1, variance / mean, 0.1);
        Assert.Equal(0, together, 0.07);
    }

    [Fact]
    public void Without_a_rate_random_arrivals_take_count_and_duration()
    {
        var scenario = new Scenario
        {
            Name = "a", QuestionCount = 20_000, DurationSeconds = 5_000, WorkerCount = 1, Arrival = ArrivalShape.Poisson,
        };

        Assert.Equal(5_000, Due(scenario)[^1], 200.0);
    }

    [Theory]
    [InlineData("10/min", "50/min")]
    [InlineData("50/min", "10/min")]
    [InlineData("0/min", "60/min")]
    [InlineData("60/min", "0/min")]
    [InlineData("30/min", "30/min")]
    public void A_ramp_changes_its_rate_in_a_straight_line(string first, string last)
    {
        const int Count = 3_000;
        Scenario scenario = Rated(ArrivalShape.Ramp, Count, first) with { FinalRate = last };
        (double from, double to) = (Rate.Parse(first)!.Value.PerMinute / 60, Rate.Parse(last)!.Value.PerMinute / 60);
        double whole = Count / ((from + to) / 2);

        double[] due = Due(scenario);

        Assert.True(due[^1] < whole);
        foreach (double share in new[] { 0.1, 0.25, 0.5, 0.75, 0.9 })
        {
            double t = share * whole;
            double area = (from * t) + ((to - from) * t * t / whole / 2);
            Assert.Equal(area, due.Count(seconds => seconds < t), 1.01);
        }
    }

    [Fact]
    public void Stages_follow_each_other_and_a_pause_is_empty()
    {
        var scenario = new Scenario
        {
            Name = "a", QuestionCount = 90, WorkerCount = 1, Arrival = ArrivalShape.Stages,
            Stages = "10/min for 3m, 0/min for 2m, 30/min 120s",
        };

        double[] due = Due(scenario);

        Assert.Equal(Enumerable.Range(0, 30).Select(i => i * 6.0), due[..30]);
        Assert.Equal(Enumerable.Range(0, 60).Select(i => 300 + (i * 2.0)), due[30..]);
    }

    [Fact]
    public void Recorded_instants_are_replayed_from_the_first_on()
    {
        string lines = Path.Combine(_folder, "offsets.txt");
        File.WriteAllText(lines, "# recorded on Monday\n\n12.5\n10\n11\n");
        string table = Path.Combine(_folder, "run.csv");
        File.WriteAllText(table, "Index,Question,PlannedOffsetSeconds\n1,\"a, b\",10\n2,c,11\n3,d,12.5\n");

        Assert.Equal([0, 1, 2.5], Due(Replay(lines, 3)));
        Assert.Equal([0, 1], Due(Replay(table, 2)));
        ErrorAssert.Refused("ReplayTooShort", () => Due(Replay(lines, 4)), "3 times", "4 are needed");
    }

    [Fact]
    public void A_recording_that_was_counted_is_what_is_replayed_whatever_becomes_of_its_file()
    {
        string path = Path.Combine(_folder, "offsets.txt");
        File.WriteAllText(path, "10\n11\n12.5\n");
        Scenario counted = new ScenarioDraft([new("replayPath", path)]).ToScenario("a");
        File.WriteAllText(path, "0\n");

        Assert.Equal([0, 1, 2.5], Due(counted));
        Assert.Equal([0, 1], Due(new ScenarioOverrides { QuestionCount = 2 }.Apply(counted, 0)));
    }

    [Theory]
    [InlineData("a.txt", "0,5\n1\n2,75\n")]
    [InlineData("a.txt", "0\u066B5\n1\n2\u066B75\n")]
    [InlineData("a.txt", "1760000000\n1760000000.5\n1760000002.25\n\u001a")]
    [InlineData("a.txt", "1760000000000\n1760000000500\n1760000002250\n")]
    [InlineData("a.txt", "2026-03-01T09:30:00Z\n2026-03-01T10:30:00.500+01:00\n2026-03-01 09:30:02.25Z\n")]
    [InlineData("a.txt", "2026-10-25 01:59:59\n2026-10-25 01:59:59,500\n2026-10-25 02:00:01,250\n")]
    [InlineData("a.csv", "Index;OffsetSeconds\n1;0,125\n2;0,625\n;\n3;2,375\n")]
    [InlineData("a.csv", "label\tOffsetSeconds\nx\t1\ny\t1.5\nz\t3.25\n")]
    [InlineData("a.csv", "when,timestamp\nx,1760000000000\ny,1760000000500\nz,1760000002250\n")]
    [InlineData("a.jtl", "timeStamp,elapsed,label\n1760000002250,7,\"a, b\"\n1760000000000,9,c\n1760000000500,9,d\n")]
    [InlineData("a.jtl", "timeStamp;elapsed\n2026/03/01 09:30:00.000;7\n2026/03/01 09:30:00.500;9\n2026/03/01 09:30:02.250;1\n")]
    public void Instants_of_any_clock_are_offsets_from_the_first(string name, string text)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);

        Assert.Equal([0, 0.5, 2.25], Due(Replay(path, 3)));
    }

    [Theory]
    [InlineData("a.txt", "1\n1760000000\n", "MixedReplayInstants", "line 2", "seconds since 1970")]
    [InlineData("a.txt", "1760000000\n1760000000000\n", "MixedReplayInstants", "line 2", "milliseconds since 1970")]
    [InlineData("a.txt", "2026-03-01T09:30:00Z\n2026-03-01T09:30:00\n", "MixedReplayInstants", "line 2", "without a time zone")]
    [InlineData("a.txt", "1760000000\n1763000000\n1760000001\n", "ReplayTooLong", "line 2", "30 days")]
    [InlineData("a.txt", "2026-13-01T09:30:00Z\n", "InvalidReplayOffset", "line 1", "not a time to replay")]
    [InlineData("a.txt", "99999999999999999999999999999999\n", "InvalidReplayOffset", "line 1", "not a time to replay")]
    [InlineData("a.txt", "3000000\n", "InvalidReplayOffset", "line 1", "not a time to replay")]
    [InlineData("a.csv", "OffsetSeconds\n\"1,500\"\n", "InvalidReplayOffset", "line 2", "not a time to replay")]
    [InlineData("a.jtl", "timeStamp,elapsed\n0,1\n", "InvalidReplayOffset", "line 2", "not a time to replay")]
    [InlineData("a.jtl", "<?xml version=\"1.0\"?>\n<testResults>", "ReplayIsXml", "a.jtl", "XML")]
    [InlineData("a.txt", "1\nsoon\n", "InvalidReplayOffset", "line 2", "not a time to replay")]
    [InlineData("a.txt", "-1\n", "InvalidReplayOffset", "line 1", "not a time to replay")]
    [InlineData("a.txt", "# nothing\n", "NoReplayOffset", "0 times", "a.txt")]
    [InlineData("a.csv", "Index\n1\n", "NoReplayOffset", "0 times", "a.csv")]
    [InlineData("a.csv", "OffsetSeconds\n1\nx\n", "InvalidReplayOffset", "line 3", "not a time to replay")]
    public void A_bad_recording_is_refused_with_its_line(string name, string text, string errorId, string place, string value)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);

        GenieLoadException error = ErrorAssert.Refused(errorId, () => Due(Replay(path, 1)), place, value);

        // The file may be any of the machine: nothing of it is told.
        Assert.DoesNotContain("soon", error.ToString() + error.Target, StringComparison.Ordinal);
    }

    private static Scenario Rated(string shape, int count, string rate) =>
        new() { Name = "a", QuestionCount = count, WorkerCount = 1, Arrival = shape, Rate = rate };

    private static Scenario Replay(string path, int count) =>
        new() { Name = "a", QuestionCount = count, WorkerCount = 1, Arrival = ArrivalShape.Replay, ReplayPath = path };

    private static Scenario Any(string shape, int count, SeededRandom random)
    {
        var plain = new Scenario { Name = "a", QuestionCount = count, WorkerCount = 1, Arrival = shape };
        string Text() => FormattableString.Invariant($"{1 + (random.NextDouble() * 1000):0.######}/min");
        return shape switch
        {
            ArrivalShape.Immediate => plain,
            ArrivalShape.Even => plain with { DurationSeconds = random.NextDouble() * 1000 },
            ArrivalShape.Gamma => plain with { Rate = Text(), Burstiness = 0.01 + (random.NextDouble() * 50) },
            ArrivalShape.Ramp => plain with { Rate = Text(), FinalRate = Text() },
            ArrivalShape.Stages => plain with { Stages = $"{Text()} for 7s, 0/s for 2s, {count + 1}/s for 1m" },
            _ => plain with { Rate = Text() },
        };
    }

    private static double[] Gaps(double[] due) => [.. due.Select((seconds, i) => i == 0 ? seconds : seconds - due[i - 1])];

    private static double[] Due(Scenario scenario, int seed = 1) =>
        [.. PlanBuilder.Build(scenario, SampleQuestions.All, new PlanOptions { Seed = seed }).Questions.Select(q => q.PlannedSeconds)];
}
