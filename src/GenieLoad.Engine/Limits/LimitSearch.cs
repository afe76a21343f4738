namespace GenieLoad.Engine.Limits;

/// <summary>
/// All limiters that explain what was sent so far, model by model, as sets that are halved until they are fine enough. A set that is
/// refuted is gone for good: each send only narrows what is left.
/// </summary>
internal sealed class LimitSearch
{
    // Enough to tell where the explanations disagree, few enough to try all of them after each send.
    private const int FewestSets = 200;

    // So many are left only where the evidence says nearly nothing; then their hull is as good as finer ones.
    private const int MostSets = 20_000;

    private readonly Dictionary<LimiterModel, List<LimiterBox>> _left = [];

    /// <summary>What is left of each model that explains everything.</summary>
    public IEnumerable<KeyValuePair<LimiterModel, List<LimiterBox>>> Left => _left.Where(model => model.Value.Count > 0);

    /// <summary>Looks again at all that is left.</summary>
    /// <param name="history">What was sent so far: all of before, and more.</param>
    public void Narrow(SendHistory history)
    {
        foreach (LimiterModel model in LimiterModel.All)
        {
            List<LimiterBox> left = _left.TryGetValue(model, out List<LimiterBox>? before)
                ? Narrowed(model, before, history)
                // A bucket has a set for each burst that was seen; with more questions there are more.
                : Narrowed(model, model.Everything(history), history);
            _left[model] = Refined(model, left, history, FewestSets, 0);
        }
    }

    /// <summary>Halves what is left until each set's period is known to a share of itself.</summary>
    /// <param name="history">What was sent.</param>
    /// <param name="spread">The share.</param>
    public void Refine(SendHistory history, double spread)
    {
        foreach ((LimiterModel model, List<LimiterBox> sets) in _left.ToArray())
            _left[model] = Refined(model, sets, history, MostSets, spread);
    }

    private static List<LimiterBox> Narrowed(LimiterModel model, IEnumerable<LimiterBox> sets, SendHistory history)
    {
        List<LimiterBox> left = [];
        foreach (LimiterBox set in sets)
        {
            if (model.Narrow(set, history) is LimiterBox narrowed)
                left.Add(narrowed);
        }
        return left;
    }

    private static List<LimiterBox> Refined(LimiterModel model, List<LimiterBox> sets, SendHistory history, int enough, double spread)
    {
        const double Finest = 1e-4;
        while (sets.Count > 0 && sets.Count < enough && sets.Exists(set => set.PeriodSpread > Math.Max(spread, Finest)))
        {
            List<LimiterBox> halves = new(2 * sets.Count);
            foreach (LimiterBox set in sets)
            {
                (LimiterBox lower, LimiterBox upper) = model.Split(set, history);
                halves.Add(lower);
                halves.Add(upper);
            }
            sets = Narrowed(model, halves, history);
        }
        return sets;
    }
}
