using GenieLoad.Engine.Randomness;
using GenieLoad.Engine.Simulation.Script;

namespace GenieLoad.Engine.Simulation.Truth;

/// <summary>
/// How many people a simulated workspace really supports: people who ask, wait, think (exponentially) and ask again, with every question
/// answered by the scripts, the limit, the growth and the warehouse of this workspace, on a timeline of its own. Questions that the limit
/// does not admit wait in the order in which they were asked; nobody is refused.
/// </summary>
/// <remarks>
/// A question misses when it does not end as COMPLETED, or later than allowed, counted from the wish to ask. What a client adds is not in
/// it: calls and their faults, freezes, polls, reading the result; nor is the start of a cold warehouse. All seconds are real, whatever
/// the time scale.
/// </remarks>
public sealed class TrueCapacity
{
    /// <summary>The most people that are looked at.</summary>
    public const int MostPeople = 5_000;

    private const int DefaultAnswers = 40_000;
    private const int AnswersPerPerson = 20;
    private const int WarmUpPerPerson = 5;

    private readonly SimulatorOptions _options;
    private readonly SimulatorClock _clock;
    private readonly long _limitTicks;
    private readonly double _allowedShare;
    private readonly double _meanThinkSeconds;
    private readonly int _answers;
    private readonly Lazy<int?> _people;

    /// <summary>The capacity for a service level.</summary>
    /// <param name="options">What the simulator does; valid.</param>
    /// <param name="limitSeconds">Seconds within which an answer must come, above 0.</param>
    /// <param name="allowedShare">Share of questions that may miss, 0 to 1.</param>
    /// <param name="meanThinkSeconds">Mean seconds that people think, 0 or more.</param>
    /// <param name="answers">Answers that are simulated for each number of people, at least; more make it more precise.</param>
    public TrueCapacity(
        SimulatorOptions options, double limitSeconds, double allowedShare, double meanThinkSeconds, int answers = DefaultAnswers)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limitSeconds);
        ArgumentOutOfRangeException.ThrowIfNegative(meanThinkSeconds);
        // Who waits for their turn is never refused.
        _options = options with { RateLimitCountsRejected = false };
        _clock = new SimulatorClock(new OwnTime(), options.TimeScale);
        _limitTicks = _clock.Ticks(limitSeconds);
        _allowedShare = allowedShare;
        _meanThinkSeconds = meanThinkSeconds;
        _answers = answers;
        _people = new Lazy<int?>(Search);
    }

    /// <summary>
    /// The largest number of people for whom no more questions miss than may; 0 where one person is too many, and <see langword="null"/>
    /// where <see cref="MostPeople"/> are not.
    /// </summary>
    public int? People => _people.Value;

    /// <summary>The share of questions that miss, 0 to 1.</summary>
    /// <param name="people">How many people ask, 1 to <see cref="MostPeople"/>.</param>
    public double MissShare(int people)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(people, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(people, MostPeople);
        var scripts = new ScriptWriter(_options, _clock, new StatementWriter(_options, new Warehouse(_options, _clock)));
        var limits = new QuestionLimits(_options, _clock);
        var asking = new PriorityQueue<int, long>();
        SeededRandom[] random = [.. Enumerable.Range(0, people).Select(person => SeededRandom.For(_options.Seed, "truth", person))];
        for (int person = 0; person < people; person++)
            asking.Enqueue(person, Think(random[person]));

        int answers = Math.Max(_answers, people * AnswersPerPerson);
        int warmUp = Math.Max(answers / 10, people * WarmUpPerPerson);
        int misses = 0;
        for (int i = -warmUp; i < answers; i++)
        {
            asking.TryDequeue(out int person, out long askedAt);
            long turn = askedAt;
            while (!limits.TryAdmit("", "", turn, out long ticksToWait))
                turn += Math.Max(1, ticksToWait);
            MessageScript script = scripts.Write(random[person], ((long)person << 32) + i, turn);
            bool isMiss = script.FinalStatus != MessageStatuses.Completed || script.CompletedAt - askedAt > _limitTicks;
            if (i >= 0 && isMiss)
                misses++;
            asking.Enqueue(person, script.CompletedAt + Think(random[person]));
        }

        return (double)misses / answers;
    }

    private long Think(SeededRandom random) => _clock.Ticks(-_meanThinkSeconds * Math.Log(1 - random.NextDouble()));

    private int? Search()
    {
        int low = 0, high = 1;
        for (; MissShare(high) <= _allowedShare; high = Math.Min(MostPeople, high * 2))
        {
            low = high;
            if (low == MostPeople)
                return null;
        }

        while (high - low > 1)
        {
            int middle = (low + high) / 2;
            if (MissShare(middle) <= _allowedShare)
                low = middle;
            else
                high = middle;
        }

        return low;
    }

    /// <summary>A time that begins at 0 and is moved by nobody, in steps that leave room for years.</summary>
    private sealed class OwnTime : TimeProvider
    {
        public override long TimestampFrequency => 1_000_000;

        public override long GetTimestamp() => 0;

        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch;
    }
}
