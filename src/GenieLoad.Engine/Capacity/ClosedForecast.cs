using GenieLoad.Engine.Randomness;
using GenieLoad.Engine.Statistics;
using GenieLoad.Model;

namespace GenieLoad.Engine.Capacity;

/// <summary>
/// How many people a space carries, predicted from measured service times and the limit, without asking anything: a simulation of people
/// who ask, wait, think and ask again.
/// </summary>
internal sealed record ClosedForecast
{
    private const int Answers = 40_000;
    private const int AnswersOfReplicate = 8_000;
    private const int Replicates = 40;
    private const int ReplicatesOfCurve = 20;
    private const int RoundsToSettle = 20;

    private ClosedForecast(ThinkTime think, ServiceSample sample, AdmissionLimit limit, IReadOnlyList<ServiceLevel> levels, int seed)
    {
        if (levels.Count == 0)
            throw CapacityErrors.NoServiceLevel();
        Sample = sample;
        Seed = seed;
        Model = new ClosedModel(think, sample.Distribution, limit, levels);
    }

    /// <summary>The most people who meet every level; <see langword="null"/> where nothing seen so far holds them back.</summary>
    public int? People { get; private init; }

    /// <summary>Lower end of the interval from 5 to 95 %, the rate at its least.</summary>
    public int? Lower { get; private init; }

    /// <summary>Upper end, the rate at its most; <see langword="null"/> where nothing holds people back.</summary>
    public int? Upper { get; private init; }

    /// <summary>What that many people meet; <see langword="null"/> without a number, or for nobody.</summary>
    public ClosedFigures? Figures { get; private init; }

    /// <summary>
    /// What keeps one person more from meeting every level: one of <see cref="BindingConstraint"/> (RateLimit, Model or Failures);
    /// <see langword="null"/> if nothing.
    /// </summary>
    public string? Constraint { get; private init; }

    /// <summary>What the forecast stands on.</summary>
    public ClosedModel Model { get; private init; }

    /// <summary>The measured service times.</summary>
    public ServiceSample Sample { get; }

    private int Seed { get; }

    /// <summary>Predicts.</summary>
    /// <param name="think">How long people think.</param>
    /// <param name="sample">Measured service times.</param>
    /// <param name="limit">The limit, its rate with the interval in which it lies for certain.</param>
    /// <param name="levels">What is asked of the space, at least one; all must be met.</param>
    /// <param name="seed">Seed; the same one gives the same forecast.</param>
    public static ClosedForecast Of(
        ThinkTime think, ServiceSample sample, AdmissionLimit limit, IReadOnlyList<ServiceLevel> levels, int seed)
    {
        ClosedForecast forecast = new(think, sample, limit, levels, seed);
        ClosedModel model = forecast.Model;
        int? people = model.Capacity(Answers, seed, model.Guess());
        int near = people ?? ClosedModel.MostPeople;
        return forecast with
        {
            People = people,
            Lower = forecast.Bound(limit.At(limit.LowerPerMinute), near, 5),
            Upper = forecast.Bound(limit.At(limit.UpperPerMinute), near, 95),
            Figures = people > 0 ? model.Figures(people.Value, Answers, seed) : null,
            Constraint = people is null ? null : forecast.Binding(people.Value + 1),
        };
    }

    /// <summary>The share of misses over the number of people, for drawing.</summary>
    /// <param name="people">The numbers of people.</param>
    /// <param name="level">Which level, from 0.</param>
    public IReadOnlyList<CurvePoint> Curve(IEnumerable<int> people, int level = 0)
    {
        ServiceDistribution[] replicates = Resample(ReplicatesOfCurve);
        return [.. people.Select(number => new CurvePoint(
            number, Share(Model, number, Answers),
            End(Model.Limit.UpperPerMinute, number, 5), End(Model.Limit.LowerPerMinute, number, 95)))];

        double Share(ClosedModel model, int number, int answers) => model.MissShares(number, answers, Seed)[level];

        double End(double perMinute, int number, double percent)
        {
            ClosedModel model = Model with { Limit = Model.Limit.At(perMinute) };
            return Percentile.Of(Percentile.Sort(replicates.Select(service =>
                (double?)Share(model with { Service = service }, number, AnswersOfReplicate))), percent);
        }
    }

    /// <summary>
    /// When each of so many people should ask first, in seconds, for a probe to begin as if the predicted number had been at it for a
    /// while. Who asks at 0 makes up for those who would have asked before: their first answer is warm-up. People beyond the predicted
    /// number begin by thinking, so that a queue that only the forecast knows of never makes a probe fail.
    /// </summary>
    /// <param name="people">How many people, from 1.</param>
    /// <param name="seed">Seed.</param>
    public IReadOnlyList<double> Starts(int people, int seed)
    {
        int settled = Math.Clamp(People ?? people, 1, people);
        ClosedWorld world = new(Model, settled, seed);
        for (int i = 0; i < settled * RoundsToSettle; i++)
            world.Next();
        return
        [
            .. world.Starts(),
            .. Enumerable.Range(settled, people - settled).Select(person => Model.Think.DrawRest(SeededRandom.For(seed, "start", person))),
        ];
    }

    private int? Bound(AdmissionLimit limit, int near, double percent)
    {
        int?[] numbers =
        [
            .. Resample(Replicates)
                .Select(service => (Model with { Limit = limit, Service = service }).Capacity(AnswersOfReplicate, Seed, near))
                .OrderBy(number => number ?? int.MaxValue),
        ];
        return numbers[(int)Math.Round((numbers.Length - 1) * percent / 100)];
    }

    private ServiceDistribution[] Resample(int count) => [.. Enumerable.Range(0, count).Select(
        replicate => Sample.Resample(SeededRandom.For(Seed, "replicate", replicate)).Distribution)];

    /// <summary>What would have to go for so many people to meet every level.</summary>
    private string Binding(int people)
    {
        if ((Model with { Limit = AdmissionLimit.None }).Holds(people, Answers, Seed))
            return BindingConstraint.RateLimit;
        return (Model with { Service = Model.Service.WithoutFailures() }).Holds(people, Answers, Seed)
            ? BindingConstraint.Failures
            : BindingConstraint.Model;
    }
}
