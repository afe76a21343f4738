using GenieLoad.Engine.Options;
using GenieLoad.Engine.Statistics;
using GenieLoad.Model;

namespace GenieLoad.Engine.Capacity;

/// <summary>
/// Where the capacity lies between probes, and what to try next: the predicted number first, then a quarter more, which must fail; else
/// outwards in growing steps, until a pass and a fail are close enough. Where probes contradict each other (a pass above a fail), all their
/// answers together decide: misses can only rise with people.
/// </summary>
internal sealed class CapacityBracket
{
    /// <summary>How many times as many people a fail may be above a pass for the search to end, unless it is asked for closer.</summary>
    public const double DefaultResolution = 1.25;

    private static readonly double[] StepsUp = [1.25, 1.5, 2];
    private static readonly double[] StepsDown = [1.1, 1.25, 1.5, 2];

    private readonly int _predicted;
    private readonly double _resolution;
    private readonly double _allowed;
    private readonly Tried[] _tried;

    /// <summary>A bracket.</summary>
    /// <param name="predicted">The predicted number of people; below 1 counts as 1.</param>
    /// <param name="allowed">Share of questions that may miss.</param>
    /// <param name="probes">What was tried so far, in any order; one number may have been tried several times.</param>
    /// <param name="resolution">How many times as many people a fail may be above a pass for the search to end; 1.01 to 2.</param>
    public CapacityBracket(int predicted, double allowed, IEnumerable<Probe> probes, double resolution = DefaultResolution)
    {
        OptionRange.Check("Resolution", resolution, 1.01, 2);
        _predicted = Math.Clamp(predicted, 1, ClosedModel.MostPeople);
        _resolution = resolution;
        _allowed = allowed;
        _tried = [.. probes.GroupBy(probe => probe.People).OrderBy(group => group.Key).Select(group => new Tried([.. group]))];
        double[] shares = IsotonicFit.Rising([.. _tried.Select(tried => tried.Share)], [.. _tried.Select(tried => tried.Weight)]);
        for (int i = 0; i < _tried.Length; i++)
            _tried[i].Share = shares[i];
        People = _tried.LastOrDefault(tried => tried.HasPassed
            && !(tried.Share > allowed && _tried.Any(other => other.HasFailed && other.People <= tried.People)))?.People;
        PeopleFailed = _tried.FirstOrDefault(tried => tried.HasFailed
            && !(tried.Share <= allowed && _tried.Any(other => other.HasPassed && other.People >= tried.People)))?.People;
    }

    /// <summary>The largest number shown to meet the levels; <see langword="null"/> for none.</summary>
    public int? People { get; }

    /// <summary>The smallest number shown not to; <see langword="null"/> for none.</summary>
    public int? PeopleFailed { get; }

    /// <summary>
    /// Where the share of misses, as it rises over all probes, reaches the allowed one; <see langword="null"/> where the probes lie on one
    /// side of it.
    /// </summary>
    public double? Crossing
    {
        get
        {
            int above = Array.FindIndex(_tried, tried => tried.Share > _allowed);
            if (above < 1)
                return null;
            (Tried low, Tried high) = (_tried[above - 1], _tried[above]);
            return low.People * Math.Pow((double)high.People / low.People, (_allowed - low.Share) / (high.Share - low.Share));
        }
    }

    /// <summary>What to try next.</summary>
    public BracketStep Next()
    {
        if (_tried.Length == 0)
            return new BracketStep(_predicted, "the predicted number");

        // A number that could not be decided still says in which direction to go.
        int low = Math.Max(People ?? 0, _tried.Where(tried => tried.Share <= _allowed && !(tried.People >= PeopleFailed))
            .Select(tried => tried.People).DefaultIfEmpty(0).Max());
        int? high = _tried.Where(tried => tried.People > low).Select(tried => (int?)tried.People).Min();
        if (high is null)
            return Up(low);
        if (low == 0)
            return high > 1 ? Down(high.Value) : new BracketStep(null, "one person is too many");
        // People are whole: a quarter more than 63 is 79.
        if (high <= Math.Max(low + 1, Math.Ceiling(low * _resolution)))
        {
            return People is null && low > 1 ? Down(low)
                : PeopleFailed is null ? Up(high.Value)
                : new BracketStep(null, "a pass and a fail are close enough");
        }

        int middle = Math.Clamp((int)Math.Round(Math.Sqrt((double)low * high.Value)), low + 1, high.Value - 1);
        return new BracketStep(middle, "between a pass and a fail");
    }

    private BracketStep Up(int from)
    {
        if (from >= ClosedModel.MostPeople)
            return new BracketStep(null, "no more people are tried");
        double step = StepsUp[Math.Clamp(_tried.Count(tried => tried.Share <= _allowed) - 1, 0, StepsUp.Length - 1)];
        int people = (int)Math.Clamp(Math.Ceiling(from * step), from + 1, ClosedModel.MostPeople);
        return new BracketStep(people, "a number that should fail");
    }

    private BracketStep Down(int from)
    {
        double step = StepsDown[Math.Clamp(_tried.Count(tried => tried.Share > _allowed) - 1, 0, StepsDown.Length - 1)];
        return new BracketStep((int)Math.Clamp(Math.Floor(from / step), 1, from - 1), "fewer people, who should meet the levels");
    }

    /// <summary>All probes of one number of people together.</summary>
    private sealed class Tried(Probe[] probes)
    {
        public int People => probes[0].People;

        public double Weight { get; } = Math.Max(1, probes.Sum(probe => probe.Answers));

        /// <summary>Share of misses: measured, and once the bracket is made, as it rises over all probes.</summary>
        public double Share { get; set; } = (double)probes.Sum(probe => probe.Misses) / Math.Max(1, probes.Sum(probe => probe.Answers));

        public bool HasPassed => probes.Any(probe => probe.Verdict == Verdict.Pass);

        public bool HasFailed => probes.Any(probe => probe.Verdict == Verdict.Fail);
    }
}
