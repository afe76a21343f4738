using GenieLoad.Engine.Durations;
using GenieLoad.Engine.Names;
using GenieLoad.Model;

namespace GenieLoad.Engine.Scenarios.Arrivals;

/// <summary>
/// How the arrivals of a test lie in time. Pure: the same arrival and seed give the same instants on every platform.
/// </summary>
public abstract class Arrival
{
    private static readonly Dictionary<string, Kind> Kinds = new()
    {
        [ArrivalShape.Even] = new([], [ScenarioFields.Duration], (scenario, _) => new SteadyArrival(null, scenario.DurationSeconds)),
        [ArrivalShape.Immediate] = new([], [], (_, _) => new SteadyArrival(null, null)),
        [ArrivalShape.ConstantRate] = new([ScenarioFields.Rate], [ScenarioFields.Duration],
            (scenario, place) => new SteadyArrival(FirstRate(scenario, place), scenario.DurationSeconds)),
        [ArrivalShape.Poisson] = new([], [ScenarioFields.Rate, ScenarioFields.Duration], (scenario, place) => Random(scenario, 1, place)),
        [ArrivalShape.Gamma] = new([ScenarioFields.Burstiness], [ScenarioFields.Rate, ScenarioFields.Duration], Gamma),
        [ArrivalShape.Ramp] = new([ScenarioFields.Rate, ScenarioFields.FinalRate], [ScenarioFields.Duration],
            (scenario, place) => new RampArrival(FirstRate(scenario, place)!.Value, LastRate(scenario, place), scenario.DurationSeconds)),
        [ArrivalShape.Stages] = new([ScenarioFields.Stages], [], Staged),
        [ArrivalShape.Replay] = new([ScenarioFields.ReplayPath], [],
            (scenario, _) => new ReplayArrival(scenario.ReplayPath!, scenario.ReplayOffsets)),
        [ArrivalShape.Closed] = new([ScenarioFields.UserCount, ScenarioFields.QuestionsPerUser], [ScenarioFields.Stagger], Closed),
    };

    private static readonly string[] Fields = [.. Kinds.Values.SelectMany(kind => kind.Needs.Concat(kind.Takes)).Distinct()];

    /// <summary>In a few words, such as <c>over 30s</c>, <c>all at once</c> or <c>at 20/min (Poisson)</c>.</summary>
    public abstract string Description { get; }

    /// <summary>Arrivals that it tells the number of itself, fractions included; <see langword="null"/> where any number will do.</summary>
    internal virtual double? Count => null;

    /// <summary>What stands for it in the name of a test, such as <c>30s</c> or <c>20pm</c>.</summary>
    internal abstract string ShortName { get; }

    /// <summary>The arrivals that a scenario tells of.</summary>
    /// <param name="scenario">The scenario; its number of questions is not looked at.</param>
    /// <param name="place">Its file and line, for an error; <see langword="null"/> for none.</param>
    /// <exception cref="GenieLoadException">
    /// <c>UnknownArrival</c>, <c>ConflictingFields</c>, <c>InvalidRate</c>, <c>InvalidScenarioValue</c>.
    /// </exception>
    public static Arrival Of(Scenario scenario, ScenarioPlace place = default)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        if (!ArrivalShape.All.Contains(scenario.Arrival))
            throw ScenariosErrors.UnknownArrival(scenario.Arrival, CloseNames.Of(scenario.Arrival, ArrivalShape.All), place);
        Kind kind = Kinds[scenario.Arrival];
        foreach (string field in Fields)
        {
            bool isGiven = ScenarioFields.Rule(field).Value(scenario) is not null;
            if (isGiven && !kind.Needs.Contains(field) && !kind.Takes.Contains(field))
                throw Stray(field, scenario, place);
            if (!isGiven && kind.Needs.Contains(field))
                throw Needed(field, scenario, place);
        }
        return kind.Read(scenario, place);
    }

    /// <summary>The shape that was named, or the one that the other fields speak of.</summary>
    /// <param name="scenario">The scenario; its arrival may be empty.</param>
    internal static string ShapeOf(Scenario scenario) => scenario switch
    {
        // These two differ by the duration alone, so that a duration set for one test makes the one of the other.
        { Arrival: ArrivalShape.Even or ArrivalShape.Immediate } => Plain(scenario),
        { Arrival: not "" } => scenario.Arrival,
        { UserCount: not null } => ArrivalShape.Closed,
        { Stages: not null } => ArrivalShape.Stages,
        { ReplayPath: not null } => ArrivalShape.Replay,
        { FinalRate: not null } => ArrivalShape.Ramp,
        { Burstiness: not null } => ArrivalShape.Gamma,
        { Rate: not null } => ArrivalShape.ConstantRate,
        _ => Plain(scenario),
    };

    /// <summary>Refuses a shape that was named beside a duration that makes it another.</summary>
    /// <param name="scenario">The scenario as it was written.</param>
    /// <param name="place">Its file and line, for an error.</param>
    /// <exception cref="GenieLoadException"><c>ConflictingFields</c>.</exception>
    internal static void CheckNamed(Scenario scenario, ScenarioPlace place)
    {
        if (scenario is { Arrival: ArrivalShape.Immediate, DurationSeconds: not null })
            throw Stray(ScenarioFields.Duration, scenario, place);
        if (scenario is { Arrival: ArrivalShape.Even, DurationSeconds: null })
            throw Needed(ScenarioFields.Duration, scenario, place);
    }

    /// <summary>Questions that follow from it; <see langword="null"/> where their number has to be given.</summary>
    /// <param name="turns">Questions of a conversation: an arrival is one.</param>
    internal virtual double? QuestionCount(int turns) => Count is double arrivals ? Math.Round(arrivals) * turns : null;

    /// <summary>The instants in seconds after the start, in rising order.</summary>
    /// <param name="count">How many.</param>
    /// <param name="seed">Seed of the run.</param>
    /// <exception cref="GenieLoadException">An error of <see cref="ReplayFile"/>, <c>ReplayTooShort</c>.</exception>
    internal abstract double[] Offsets(int count, int seed);

    /// <summary>Seconds over which the arrivals lie; <see langword="null"/> for all at once.</summary>
    /// <param name="count">How many.</param>
    public abstract double? Span(int count);

    /// <summary>Checks a number of questions against the arrivals.</summary>
    /// <param name="questions">The questions.</param>
    /// <param name="arrivals">The arrivals that they need.</param>
    /// <param name="place">Place of the scenario, for an error.</param>
    internal virtual void CheckCount(int questions, double arrivals, ScenarioPlace place)
    {
    }

    private static string Plain(Scenario scenario) => scenario.DurationSeconds is null ? ArrivalShape.Immediate : ArrivalShape.Even;

    private static Rate? FirstRate(Scenario scenario, ScenarioPlace place)
    {
        Rate? rate = scenario.Rate is null ? null : ReadRate(ScenarioFields.Rate, scenario.Rate, place);
        double last = scenario.FinalRate is null ? 0 : LastRate(scenario, place).PerMinute;
        return rate?.PerMinute + last == 0 ? throw ScenariosErrors.InvalidRate(ScenarioFields.Rate, scenario.Rate, place) : rate;
    }

    private static Rate LastRate(Scenario scenario, ScenarioPlace place) => ReadRate(ScenarioFields.FinalRate, scenario.FinalRate, place);

    private static Rate ReadRate(string field, string? text, ScenarioPlace place) =>
        Rate.Parse(text) ?? throw ScenariosErrors.InvalidRate(field, text, place);

    private static RandomArrival Gamma(Scenario scenario, ScenarioPlace place) =>
        scenario.Burstiness is double burstiness and >= 0.01 and <= 100
        ? Random(scenario, burstiness, place)
        : throw ScenariosErrors.InvalidScenarioValue(
            ScenarioFields.Burstiness, scenario.Burstiness, "Give a number from 0.01 to 100; 1 is Poisson.", place);

    private static RandomArrival Random(Scenario scenario, double burstiness, ScenarioPlace place) =>
        scenario is { Rate: null, DurationSeconds: null }
            ? throw Needed(ScenarioFields.Rate, scenario, place)
            : new RandomArrival(scenario.Arrival, FirstRate(scenario, place), scenario.DurationSeconds, burstiness);

    private static StagedArrival Staged(Scenario scenario, ScenarioPlace place) =>
        StagedArrival.Parse(scenario.Stages) ?? throw ScenariosErrors.InvalidScenarioValue(
            ScenarioFields.Stages, scenario.Stages,
            "Give rates and times, such as '10/min for 5m, 30/min for 5m', at most 1,000 of them and 30 days together.", place);

    private static ClosedArrival Closed(Scenario scenario, ScenarioPlace place)
    {
        (int users, int each) = (scenario.UserCount!.Value, scenario.QuestionsPerUser!.Value);
        ScenarioRules.CheckRange(ScenarioFields.UserCount, users, 1, ScenarioRules.MaximumWorkerCount, place);
        ScenarioRules.CheckRange(ScenarioFields.QuestionsPerUser, each, 1, ScenarioRules.MaximumQuestionCount, place);
        if (scenario.StaggerSeconds is double seconds && !(seconds > 0 && seconds <= ScenarioRules.MaximumDurationSeconds))
        {
            throw ScenariosErrors.InvalidScenarioValue(
                ScenarioFields.Stagger, seconds, $"Give {DurationText.Forms}; at most 30 days.", place);
        }
        return new ClosedArrival(users, each, scenario.StaggerSeconds);
    }

    private static GenieLoadException Needed(string field, Scenario scenario, ScenarioPlace place) => ScenariosErrors.ConflictingFields(
        Sign(scenario, place), $"needs {place.Name(field)}", $"Give {place.Name(field)} too.", place);

    private static GenieLoadException Stray(string field, Scenario scenario, ScenarioPlace place)
    {
        string name = place.NameGiven(field);
        if (scenario.Arrival != ArrivalShape.Closed && field is ScenarioFields.QuestionsPerUser or ScenarioFields.Stagger)
        {
            string users = place.Name(ScenarioFields.UserCount);
            return ScenariosErrors.ConflictingFields(name, $"needs {users}", $"Give {users} too, or leave out {name}.", place);
        }

        string remedy = (scenario.Arrival, field) is (ArrivalShape.Closed, ScenarioFields.Duration)
            ? $"Users are done when each has asked {place.Name(ScenarioFields.QuestionsPerUser)}: give that instead. "
                + "Invoke-GenieLoadTest -MaximumDuration ends a test early."
            : "Leave out one of them.";
        return ScenariosErrors.ConflictingFields(name, $"cannot be combined with {Sign(scenario, place)}", remedy, place);
    }

    /// <summary>The field by which a shape was asked for: what only it has, or else its name.</summary>
    private static string Sign(Scenario scenario, ScenarioPlace place)
    {
        string? sign = scenario.Arrival switch
        {
            ArrivalShape.Closed => ScenarioFields.UserCount,
            ArrivalShape.Stages => ScenarioFields.Stages,
            ArrivalShape.Replay => ScenarioFields.ReplayPath,
            ArrivalShape.Ramp => ScenarioFields.FinalRate,
            ArrivalShape.Gamma => ScenarioFields.Burstiness,
            _ => null,
        };
        return sign is not null && ScenarioFields.Rule(sign).Value(scenario) is not null
            ? place.NameGiven(sign)
            : $"{place.NameGiven(ScenarioFields.Arrival)} {scenario.Arrival}";
    }

    /// <summary>What a shape must have of the fields, what it may have besides, and how it is made of them.</summary>
    private sealed record Kind(string[] Needs, string[] Takes, Func<Scenario, ScenarioPlace, Arrival> Read);
}
