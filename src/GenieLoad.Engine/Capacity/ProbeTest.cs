namespace GenieLoad.Engine.Capacity;

/// <summary>What the answers of a probe say of its number of people, over all levels together.</summary>
/// <param name="People">How many people asked.</param>
/// <param name="Verdict">Pass when every level passes, Fail as soon as one fails, else Undecided.</param>
/// <param name="IsOver">Whether nothing more is to be asked.</param>
/// <param name="Tests">The test of each level.</param>
internal sealed record ProbeTest(int People, string Verdict, bool IsOver, IReadOnlyList<SequentialTest> Tests)
{
    /// <summary>The test that decides: the failed one, else the one that needs most.</summary>
    public SequentialTest Deciding => Tests[DecidingLevel];

    /// <summary>Which level's test that is, from 0.</summary>
    public int DecidingLevel => Enumerable.Range(0, Tests.Count)
        .MaxBy(level => (Tests[level].Verdict == Model.Verdict.Fail, Tests[level].CleanAnswersNeeded, Tests[level].Misses));

    /// <summary>Answers after which the probe of so many people ends, whatever they say.</summary>
    /// <param name="levels">What is asked of the space, at least one.</param>
    /// <param name="people">How many people ask, from 1.</param>
    public static int MostAnswers(IReadOnlyList<ServiceLevel> levels, int people) =>
        levels.Max(level => new SequentialTest(level, people).MostAnswers);

    /// <summary>Answers without which the probe of so many people cannot pass.</summary>
    /// <param name="levels">What is asked of the space, at least one.</param>
    /// <param name="people">How many people ask, from 1.</param>
    public static int LeastAnswers(IReadOnlyList<ServiceLevel> levels, int people) =>
        levels.Max(level => new SequentialTest(level, people).CleanAnswersNeeded);

    /// <summary>Judges a probe at an instant; a later instant never takes a decision back.</summary>
    /// <param name="levels">What is asked of the space, at least one.</param>
    /// <param name="people">How many people ask, from 1.</param>
    /// <param name="answers">The questions so far, those that are open among them.</param>
    /// <param name="now">Seconds of the probe.</param>
    public static ProbeTest Judge(IReadOnlyList<ServiceLevel> levels, int people, IReadOnlyCollection<ProbeAnswer> answers, double now)
    {
        if (levels.Count == 0)
            throw CapacityErrors.NoServiceLevel();
        SequentialTest[] tests = [.. levels.Select(level => new SequentialTest(level, people))];
        // In the order in which it is known, and no further than to the first level that fails: what comes later has not happened.
        foreach ((int level, double _, bool isMiss) in levels
            .SelectMany((level, i) => answers.Where(answer => !answer.IsWarmUp).Select(answer => (i, Fact: Known(level, answer))))
            .Select(known => (known.i, known.Fact.At, known.Fact.IsMiss))
            .Where(known => double.IsFinite(known.At) && known.At <= now).OrderBy(known => known.At))
        {
            tests[level].Add(isMiss);
            if (tests[level].Verdict == Model.Verdict.Fail)
                break;
        }

        string verdict = tests.Any(test => test.Verdict == Model.Verdict.Fail) ? Model.Verdict.Fail
            : tests.All(test => test.Verdict == Model.Verdict.Pass) ? Model.Verdict.Pass
            : Model.Verdict.Undecided;
        return new ProbeTest(people, verdict, verdict == Model.Verdict.Fail || tests.All(test => test.IsOver), tests);
    }

    /// <summary>
    /// When it is known whether an answer misses: at its end, or when its time is up, whichever comes first. Where success alone counts, an
    /// open question is never known.
    /// </summary>
    private static (double At, bool IsMiss) Known(ServiceLevel level, ProbeAnswer answer)
    {
        double limit = level.LimitSeconds ?? double.PositiveInfinity;
        double response = answer.ResponseSeconds ?? double.PositiveInfinity;
        return (answer.AskedAt + Math.Min(response, limit), level.IsMiss(response, answer.IsFailed));
    }
}
