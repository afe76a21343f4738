using System.Globalization;
using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Randomness;
using GenieLoad.Model;
using Xunit.Abstractions;

namespace GenieLoad.Engine.Tests.Figures;

/// <summary>
/// How often steady runs are called not steady, and those that are not are called so. Here in small; <c>tests/verdicts</c> runs it in large
/// and prints the table of docs/figures.md.
/// </summary>
public class VerdictTruthOfSteadinessTests(ITestOutputHelper output)
{
    private const double Answer = 10;

    private static readonly int Large = int.Parse(
        Environment.GetEnvironmentVariable("GENIELOAD_VERDICT_PAIRS") ?? "0", CultureInfo.InvariantCulture);

    private static readonly int Runs = Large > 0 ? 2 * Large : 50;

    [Theory]
    [InlineData("random arrivals", 2, 150)]
    [InlineData("random arrivals", 2, 400)]
    [InlineData("random arrivals", 10, 150)]
    [InlineData("random arrivals", 10, 400)]
    [InlineData("random arrivals", 40, 2000)]
    [InlineData("even arrivals", 10, 400)]
    [InlineData("workers without a pause", 2, 100)]
    [InlineData("workers without a pause", 10, 400)]
    [InlineData("workers with pauses", 10, 400)]
    [InlineData("four workers, busy for 50 %", 4, 400)]
    public void Steady_runs_are_called_not_steady_in_at_most_one_of_twenty(string world, int load, int count)
    {
        int found = NotSteady(world, load, count);

        // Three standard deviations above what is promised.
        Assert.True(found <= (0.05 * Runs) + (3 * Math.Sqrt(Runs * 0.05 * 0.95)), $"{found} of {Runs}");
    }

    [Theory]
    [InlineData("rate rises from nothing", 2, 400)]
    [InlineData("rate rises from nothing", 10, 400)]
    [InlineData("rate rises from nothing, a third is turned away", 2, 400)]
    [InlineData("rate rises from nothing, a third is turned away", 10, 400)]
    [InlineData("rate trebles", 10, 2000)]
    [InlineData("rate trebles, a third is turned away", 10, 2000)]
    [InlineData("four workers, a third too much", 4, 150)]
    [InlineData("four workers, a third too much", 4, 400)]
    public void Runs_that_are_not_steady_are_called_so_in_nine_of_ten(string world, int load, int count)
    {
        int found = NotSteady(world, load, count);

        Assert.True(found >= (0.9 * Runs) - (3 * Math.Sqrt(Runs * 0.9 * 0.1)), $"{found} of {Runs}");
    }

    /// <summary>
    /// Where neither holds: behind busy workers queues come and go, a single answer may be long, and slow changes need many.
    /// docs/figures.md says so.
    /// </summary>
    [Theory]
    [InlineData("random arrivals, Pareto 1.5", 10, 400)]
    [InlineData("four workers, busy for 70 %", 4, 400)]
    [InlineData("four workers, busy for 95 %", 4, 400)]
    [InlineData("rate trebles", 10, 400)]
    [InlineData("answers become twice as slow", 10, 400)]
    [InlineData("answers become twice as slow", 10, 2000)]
    public void Runs_in_between_are_called_either(string world, int load, int count) =>
        Assert.InRange(NotSteady(world, load, count), 1, Runs - 1);

    [Fact]
    public void What_was_never_asked_because_the_run_was_stopped_says_nothing_of_steadiness()
    {
        QuestionResult[] asked = [.. Draw("even arrivals", SeededRandom.For(1, "stopped", 0), 10, 400)];
        QuestionResult[] more = [.. Enumerable.Range(401, 400).Select(i => Rows.Of(i, i, outcome: Outcome.NotStarted))];

        Assert.Equal(
            RunRatesCalculator.Of(Plan, asked).Drift,
            RunRatesCalculator.Of(Plan, [.. asked, .. more]).Drift);
    }

    private static Plan Plan { get; } = new()
    {
        Name = "test", ScenarioName = "test", WorkerCount = 10, Seed = 1, Questions = new RowList<PlannedQuestion>([]),
    };

    private int NotSteady(string world, int load, int count)
    {
        string[] verdicts =
        [
            .. Enumerable.Range(1, Runs).Simulate(run => RunRatesCalculator.Of(
                Plan, Draw(world, SeededRandom.For(run, world, load), load, count)).Steadiness),
        ];
        int tooShort = verdicts.Count(verdict => verdict == Steadiness.TooShort);
        int found = verdicts.Count(verdict => verdict == Steadiness.NotSteady);
        output.WriteLine(FormattableString.Invariant(
            $"| {world} | {load} | {count} | {100.0 * found / Runs:0.0} | {100.0 * tooShort / Runs:0.0} |"));
        return found;
    }

    private static QuestionResult[] Draw(string world, SeededRandom random, int load, int count)
    {
        double[] at = Arrivals(world, random, load, count);
        double Seconds(double due) => world switch
        {
            "random arrivals, Pareto 1.5" => Answer / 3 * Math.Pow(1 - random.NextDouble(), -1 / 1.5),
            "answers become twice as slow" => (1 + (due / at[^1])) * Usual(random),
            _ => Usual(random),
        };
        int places = world.StartsWith("four workers", StringComparison.Ordinal) ? 4 : int.MaxValue;
        return world.StartsWith("workers", StringComparison.Ordinal) ? Closed(world, random, load, count)
            : world.EndsWith("turned away", StringComparison.Ordinal) ? Shedding(at, Seconds)
            : Queued(at, Seconds, places);
    }

    private static double[] Arrivals(string world, SeededRandom random, int load, int count)
    {
        double busy = world switch
        {
            "four workers, busy for 50 %" => 0.5,
            "four workers, busy for 70 %" => 0.7,
            "four workers, busy for 95 %" => 0.95,
            "four workers, a third too much" => 4 / 3.0,
            _ => 1,
        };
        double span = count * Answer / (load * busy);
        if (world.StartsWith("even", StringComparison.Ordinal))
            return [.. Enumerable.Range(0, count).Select(i => i * span / count)];
        // The rate at a share of the span, and the share of questions that come up to it, turned round.
        Func<double, double> place = world switch
        {
            _ when world.StartsWith("rate rises from nothing", StringComparison.Ordinal) => Math.Sqrt,
            _ when world.StartsWith("rate trebles", StringComparison.Ordinal) => share => (Math.Sqrt(1 + (8 * share)) - 1) / 2,
            _ => share => share,
        };
        return [.. Enumerable.Range(0, count).Select(_ => span * place(random.NextDouble())).Order()];
    }

    private static double Usual(SeededRandom random) => Answer * Math.Exp((0.35 * random.NextNormal()) - (0.35 * 0.35 / 2));

    private static QuestionResult[] Queued(double[] at, Func<double, double> seconds, int places)
    {
        PriorityQueue<double, double> free = new();
        List<QuestionResult> rows = [];
        foreach (double due in at)
        {
            double started = free.Count < places ? due : Math.Max(due, free.Dequeue());
            double ended = started + seconds(due);
            if (places < int.MaxValue)
                free.Enqueue(ended, ended);
            rows.Add(Rows.Of(rows.Count + 1, due, started, ended));
        }

        return [.. rows];
    }

    private static QuestionResult[] Closed(string world, SeededRandom random, int load, int count)
    {
        bool pauses = world == "workers with pauses";
        double Pause() => pauses ? -2 * Answer * Math.Log(1 - random.NextDouble()) : 0;
        PriorityQueue<double, double> ready = new();
        for (int worker = 0; worker < load; worker++)
        {
            double first = Pause();
            ready.Enqueue(first, first);
        }

        List<QuestionResult> rows = [];
        for (int i = 1; i <= count; i++)
        {
            double due = ready.Dequeue();
            double ended = due + Usual(random);
            rows.Add(Rows.Of(i, due, due, ended));
            double next = ended + Pause();
            ready.Enqueue(next, next);
        }

        return [.. rows];
    }

    /// <summary>As few places as turn away no more than a third.</summary>
    private static QuestionResult[] Shedding(double[] at, Func<double, double> seconds)
    {
        double[] times = [.. at.Select(seconds)];
        for (int places = 1; ; places++)
        {
            PriorityQueue<double, double> flying = new();
            List<QuestionResult> rows = [];
            for (int i = 0; i < at.Length; i++)
            {
                while (flying.TryPeek(out double ended, out _) && ended <= at[i])
                    flying.Dequeue();
                bool shed = flying.Count >= places;
                if (!shed)
                    flying.Enqueue(at[i] + times[i], at[i] + times[i]);
                rows.Add(shed
                    ? Rows.Of(i + 1, at[i], completed: at[i], outcome: Outcome.NotStarted, errorType: OverflowRule.ShedErrorType)
                    : Rows.Of(i + 1, at[i], at[i], at[i] + times[i]));
            }

            if (rows.Count(row => !row.Success) <= at.Length / 3)
                return [.. rows];
        }
    }
}
