using GenieLoad.Engine.Capacity;
using GenieLoad.Engine.Randomness;
using GenieLoad.Engine.Simulation;
using GenieLoad.Engine.Simulation.Truth;
using GenieLoad.Engine.Statistics;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Capacity;

/// <summary>A closed world whose truth is known: log-normal service times behind a token bucket, and people who think.</summary>
/// <param name="Seed">Its seed.</param>
/// <param name="PerMinute">Questions a minute that it takes.</param>
/// <param name="Burst">Its burst.</param>
/// <param name="ThinkSeconds">Mean of the exponential time to think.</param>
/// <param name="MedianSeconds">Median service time.</param>
/// <param name="Sigma">Deviation of its logarithm.</param>
internal sealed record CapacityWorld(int Seed, double PerMinute, int Burst, double ThinkSeconds, double MedianSeconds, double Sigma)
{
    private const int BaselineQuestions = 30;
    private const int MostProbes = 12;

    public static readonly IReadOnlyList<ServiceLevel> Levels = [new(0.9, 60)];

    public ClosedModel Truth { get; } = new(
        ThinkTime.Exponential(ThinkSeconds), LogNormal(MedianSeconds, Sigma), new AdmissionLimit(PerMinute, Burst), Levels);

    /// <summary>That of a seed: 5 or 20 a minute, burst 1 or 5, think time 60 to 180 s, median 10 to 30 s, deviation 0.3 to 0.5.</summary>
    public static CapacityWorld Of(int seed)
    {
        SeededRandom random = SeededRandom.For(seed, "world", 0);
        return new CapacityWorld(
            seed, seed % 2 == 0 ? 5 : 20, seed / 2 % 2 == 0 ? 1 : 5, Between(60, 180), Between(10, 30), Between(0.3, 0.5));

        double Between(double least, double most) => least + ((most - least) * random.NextDouble());
    }

    public static ServiceDistribution LogNormal(double median, double sigma)
    {
        const int points = 4_000;
        return new ServiceDistribution(
            [.. Enumerable.Range(0, points).Select(point => median * Math.Exp(sigma * Normal.Quantile((point + 0.5) / points)))],
            []);
    }

    /// <summary>A simulator that is this world.</summary>
    public SimulatorOptions Simulator => new()
    {
        Seed = 987_654, RateLimitPerMinute = PerMinute, RateLimitBurst = Burst, AskingAiSeconds = MedianSeconds, LatencySpread = Sigma,
        TextOnlyShare = 1, SubmittedSeconds = 0, FetchingMetadataSeconds = 0, FilteringContextSeconds = 0,
    };

    /// <summary>The most people of whom no more than a tenth wait for longer than a minute, by the simulator's own arithmetic.</summary>
    public int TruePeople(int answers) => new TrueCapacity(
        Simulator, Levels[0].LimitSeconds!.Value, Levels[0].AllowedMissShare, ThinkSeconds, answers).People!.Value;

    public ServiceSample Baseline()
    {
        SeededRandom random = SeededRandom.For(Seed, "baseline", 0);
        return new ServiceSample(
            [.. Enumerable.Range(0, BaselineQuestions).Select(_ => Truth.Service.Draw(random, 1) with { InFlight = null })]);
    }

    /// <summary>The forecast from thirty service times.</summary>
    /// <param name="rateError">What the true rate is multiplied by, where it was measured wrong.</param>
    public ClosedForecast Forecast(double rateError = 1) =>
        ClosedForecast.Of(Truth.Think, Baseline(), new AdmissionLimit(rateError * PerMinute, Burst), Levels, Seed);

    /// <summary>The search as a cmdlet drives it, with simulated people.</summary>
    public CapacitySearch Search(ClosedForecast forecast, double resolution = CapacityBracket.DefaultResolution)
    {
        List<Probe> probes = [];
        int asked = BaselineQuestions;
        double seconds = 0;
        while (true)
        {
            CapacityBracket bracket = new(forecast.People ?? 1, Levels[0].AllowedMissShare, probes, resolution);
            if (bracket.Next().People is not int people || probes.Count == MostProbes)
                return new CapacitySearch(bracket.People, bracket.PeopleFailed, asked, seconds, probes);
            SimulatedProbe probe = SimulatedProbe.Run(
                Truth, people, forecast.Starts(people, Seed + probes.Count), (1000 * Seed) + probes.Count);
            probes.Add(probe.Result);
            asked += probe.Asked;
            seconds += probe.Seconds;
        }
    }

    /// <summary>What others do: double until it fails, then halve; so many answers a probe after one of each person to warm up.</summary>
    public CapacitySearch Bisect(int answersOfProbe)
    {
        int low = 0, high = int.MaxValue, asked = 0;
        double seconds = 0;
        List<Probe> probes = [];
        for (int people = 1; high == int.MaxValue || high > Math.Max(low + 1, low * 1.1);)
        {
            ClosedWorld world = new(Truth, people, (1000 * Seed) + 500 + probes.Count);
            HashSet<int> warm = [];
            int counted = 0, misses = 0;
            ClosedAnswer answer = default;
            while (counted < answersOfProbe)
            {
                answer = world.Next();
                asked++;
                if (warm.Add(answer.Person))
                    continue;
                counted++;
                misses += Levels[0].IsMiss(answer.ResponseSeconds, answer.Service.IsFailed) ? 1 : 0;
            }

            seconds += answer.AskedAt;
            bool holds = misses <= Levels[0].AllowedMissShare * counted;
            probes.Add(new Probe(people, counted, misses, holds ? Verdict.Pass : Verdict.Fail));
            (low, high) = holds ? (people, high) : (low, people);
            people = high == int.MaxValue ? people * 2 : (low + high) / 2;
        }

        return new CapacitySearch(low, high, asked, seconds, probes);
    }
}
