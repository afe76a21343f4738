using GenieLoad.Engine.Randomness;

namespace GenieLoad.Engine.Capacity;

/// <summary>
/// So many people who each ask, wait for the answer, think, and ask again; event by event. Each has random numbers of their own, so that
/// one person more leaves what the others draw as it was.
/// </summary>
internal sealed class ClosedWorld
{
    private readonly ThinkTime _think;
    private readonly ServiceDistribution _service;
    private readonly AdmissionBucket _bucket;
    private readonly SeededRandom[] _people;
    private readonly double[] _turns;
    private readonly PriorityQueue<int, double> _asking = new();
    private readonly PriorityQueue<byte, double> _served = new();
    private double _now;

    /// <summary>A world at rest.</summary>
    /// <param name="model">What its people do and meet.</param>
    /// <param name="people">How many they are, from 1.</param>
    /// <param name="seed">Seed.</param>
    /// <param name="starts">When each asks first, in seconds; met while thinking by default.</param>
    public ClosedWorld(ClosedModel model, int people, int seed, IReadOnlyList<double>? starts = null)
    {
        _think = model.Think;
        _service = model.Service;
        _bucket = model.Limit.Fill();
        _turns = new double[people];
        _people = new SeededRandom[people];
        for (int person = 0; person < people; person++)
        {
            _people[person] = SeededRandom.For(seed, "person", person);
            double start = _think.DrawRest(_people[person]);
            _asking.Enqueue(person, starts?[person] ?? start);
        }
    }

    /// <summary>The next question, in the order in which they are asked.</summary>
    public ClosedAnswer Next()
    {
        _asking.TryPeek(out int person, out double at);
        double turn = _bucket.Take(at);
        _now = at;
        _turns[person] = turn;
        ServiceTime service = _service.Draw(_people[person], InFlight(turn));
        if (double.IsFinite(_service.Slots))
            _served.Enqueue(0, turn + service.Seconds);
        _asking.DequeueEnqueue(person, turn + service.Seconds + _think.Draw(_people[person]));
        return new ClosedAnswer(person, at, turn - at, service);
    }

    /// <summary>
    /// When each person has to ask first for a world at rest to go on from where this one is now. Those who wait for the limit ask at once,
    /// and so do as many of those served last as tokens are missing; the others ask when they would have.
    /// </summary>
    public double[] Starts()
    {
        double[] starts = new double[_people.Length];
        foreach ((int person, double at) in _asking.UnorderedItems)
            starts[person] = at - _now;
        int missing = Math.Min(_people.Length, (int)Math.Round(_bucket.Missing(_now)));
        foreach (int person in Enumerable.Range(0, _people.Length).OrderByDescending(person => _turns[person]).Take(missing))
            starts[person] = 0;
        return starts;
    }

    /// <summary>Questions in flight at an instant, one that is sent then among them.</summary>
    private int InFlight(double at)
    {
        if (!double.IsFinite(_service.Slots))
            return 1;
        while (_served.TryPeek(out _, out double end) && end <= at)
            _served.Dequeue();
        return _served.Count + 1;
    }
}
