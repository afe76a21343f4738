namespace GenieLoad.Engine.Capacity;

/// <summary>
/// Whether a number of people meets a level, answer by answer (A. Wald, "Sequential tests of statistical hypotheses", Annals of
/// Mathematical Statistics 16, 1945): passes when the answers speak for a share of misses clearly below the allowed one, fails when for one
/// clearly above. Answers of a queue hang together: it has to have time to grow, so nothing passes before two answers for each person
/// (three, of few people, where they cost little). Misses do not heal in a growing queue, so it fails at once.
/// </summary>
internal sealed class SequentialTest
{
    /// <summary>Probability of a pass where the share is the unacceptable one, and of a fail where it is the acceptable one.</summary>
    public const double Error = 0.05;

    private const int LeastAnswersPerPerson = 2;
    private const int FewPeopleAnswersPerPerson = 3;
    private const int MostOfFewPeople = 60;
    private const int MostAnswersPerPerson = 4;
    private const int MostCleanRuns = 5;

    private static readonly double Threshold = Math.Log((1 - Error) / Error);

    private readonly double _allowed;
    private readonly double _miss;
    private readonly double _hit;
    private readonly int _least;
    private double _evidence;

    /// <summary>A test without answers yet.</summary>
    /// <param name="level">The level.</param>
    /// <param name="people">How many people ask, from 1.</param>
    public SequentialTest(ServiceLevel level, int people)
    {
        _allowed = level.AllowedMissShare;
        (Acceptable, Unacceptable) = SharesOf(_allowed);
        _miss = Math.Log(Unacceptable / Acceptable);
        _hit = Math.Log((1 - Acceptable) / (1 - Unacceptable));
        _least = Math.Max(LeastAnswersPerPerson * people, Math.Min(FewPeopleAnswersPerPerson * people, MostOfFewPeople));
        MostAnswers = Math.Max(MostAnswersPerPerson * people, MostCleanRuns * (int)Math.Ceiling(Threshold / _hit));
    }

    /// <summary>Share of questions that may miss.</summary>
    public double AllowedMissShare => _allowed;

    /// <summary>Share of misses that passes in 19 of 20 tests.</summary>
    public double Acceptable { get; }

    /// <summary>Share of misses that fails in 19 of 20 tests.</summary>
    public double Unacceptable { get; }

    /// <summary>Answers so far.</summary>
    public int Answers { get; private set; }

    /// <summary>How many of them missed.</summary>
    public int Misses { get; private set; }

    /// <summary>Answers after which more are not worth their price: the share is too close to the allowed one.</summary>
    public int MostAnswers { get; }

    /// <summary>One of <see cref="GenieLoad.Model.Verdict"/>; once decided it stays.</summary>
    public string Verdict { get; private set; } = Model.Verdict.Undecided;

    /// <summary>Whether nothing more is to be asked: it is decided, or not worth more answers.</summary>
    public bool IsOver => Verdict != Model.Verdict.Undecided || Answers >= MostAnswers;

    /// <summary>How many answers more, none a miss, would pass; 0 once it is over.</summary>
    public int CleanAnswersNeeded => IsOver
        ? 0
        : Math.Max(_least - Answers, (int)Math.Ceiling(((_evidence + Threshold) / _hit) - 1e-9));

    /// <summary>What the answers say, in words.</summary>
    public string Reason
    {
        get
        {
            string seen = FormattableString.Invariant($"{Misses} of {Answers} answers missed, {_allowed:0.# %} may");
            return Verdict switch
            {
                Model.Verdict.Pass => FormattableString.Invariant($"{seen}; if {Unacceptable:0.# %} did, one test of 20 would pass."),
                Model.Verdict.Fail => FormattableString.Invariant($"{seen}; if only {Acceptable:0.# %} did, one test of 20 would fail."),
                _ when IsOver => FormattableString.Invariant($"{seen}; too close to tell with {MostAnswers} answers."),
                _ => FormattableString.Invariant($"{seen}; {CleanAnswersNeeded} more without a miss would pass."),
            };
        }
    }

    /// <summary>Takes the next answer; none once it is over.</summary>
    /// <param name="isMiss">Whether it missed.</param>
    public void Add(bool isMiss)
    {
        if (IsOver)
            return;
        Answers++;
        Misses += isMiss ? 1 : 0;
        _evidence += isMiss ? _miss : -_hit;
        if (_evidence >= Threshold)
            Verdict = Model.Verdict.Fail;
        else if (_evidence <= -Threshold && Answers >= _least)
            Verdict = Model.Verdict.Pass;
    }

    /// <summary>
    /// The shares to tell apart: half and twice the allowed 10 %, a little more apart for 5 %, else the allowed odds over and times 2.15.
    /// </summary>
    private static (double Acceptable, double Unacceptable) SharesOf(double allowed)
    {
        const double ratio = 2.15;
        if (Math.Abs(allowed - 0.1) < 1e-9)
            return (0.05, 0.2);
        if (Math.Abs(allowed - 0.05) < 1e-9)
            return (0.02, 0.1);
        double odds = allowed / (1 - allowed);
        return (odds / ratio / (1 + (odds / ratio)), odds * ratio / (1 + (odds * ratio)));
    }
}
