using System.Globalization;
using GenieLoad.Engine.Capacity;
using GenieLoad.Engine.Randomness;
using GenieLoad.Model;

namespace GenieLoad.Engine.Planning;

/// <summary>
/// The plan of a probe: so many people who each ask, wait for the answer, think, and ask again, for as long as the test of the probe may
/// take. Their questions wait for the rate limit in their order, before they are sent.
/// </summary>
internal static class ProbePlan
{
    /// <summary>Name of the scenario of every probe, and so part of its run's id.</summary>
    public const string ScenarioName = "capacity_probe";

    // People differ: who is answered quickly asks more often than the average.
    private const double Spare = 2;
    private const int LeastPerPerson = 8;

    // At the limit itself a question that comes a moment later than it was sent makes the next one too early.
    private const double MostOfLimit = 0.98;

    /// <summary>Makes it.</summary>
    /// <param name="starts">When each person asks first, in seconds; who asks at 0 only warms up with that question.</param>
    /// <param name="mostAnswers">Answers after which the test ends, whatever they say.</param>
    /// <param name="think">How long people think.</param>
    /// <param name="limit">The rate limit, at the least that it can be.</param>
    /// <param name="asked">What they ask.</param>
    /// <param name="seed">Seed.</param>
    public static Plan Of(
        IReadOnlyList<double> starts, int mostAnswers, ThinkTime think, AdmissionLimit limit, AskedOfSpace asked, int seed)
    {
        int people = starts.Count;
        int each = Math.Max(LeastPerPerson, (int)Math.Ceiling(Spare * mostAnswers / people));
        CacheBuster? unique = asked.IsUnique ? new CacheBuster(seed) : null;
        (double Earliest, double Think, int Person, int Place)[] turns =
        [
            .. Enumerable.Range(0, people).SelectMany(person => Turns(person, starts[person], each, think, seed))
                .OrderBy(turn => turn.Earliest).ThenBy(turn => turn.Person),
        ];
        SessionTurn[] texts = [.. asked.To([.. turns.Select(turn => turn.Person + 1)])];
        int[] before = new int[people];
        var planned = new PlannedQuestion[turns.Length];
        for (int i = 0; i < turns.Length; i++)
        {
            (double earliest, double pause, int person, int place) = turns[i];
            planned[i] = new PlannedQuestion
            {
                Index = i + 1,
                PlannedSeconds = earliest,
                QuestionId = texts[i].Question.Id,
                Text = CacheBuster.TextOf(texts[i].Question, unique),
                Conversation = texts[i].Conversation,
                Turn = texts[i].Turn,
                AfterIndex = place == 0 ? null : before[person],
                ThinkSeconds = place == 0 ? null : pause,
                User = person + 1,
                IsWarmUp = place == 0 && earliest <= 0,
            };
            before[person] = i + 1;
        }
        planned = QuestionModes.Assign(planned, asked.Modes, seed);
        var plan = new Plan
        {
            Name = string.Create(CultureInfo.InvariantCulture, $"{ScenarioName}_{people}people"),
            ScenarioName = ScenarioName,
            DurationSeconds = null,
            WorkerCount = people,
            Seed = seed,
            Arrival = ArrivalShape.Closed,
            UserCount = people,
            QuestionsPerMinute = limit.IsNone ? null : Math.Min(limit.LowerPerMinute, MostOfLimit * limit.PerMinute),
            PaceBurst = limit.IsNone || limit.Burst == 1 ? null : limit.Burst,
            WarmUpCount = planned.Count(question => question.IsWarmUp),
            Questions = new RowList<PlannedQuestion>(planned),
        };
        return plan with { Hash = PlanHash.Of(plan) };
    }

    private static IEnumerable<(double Earliest, double Think, int Person, int Place)> Turns(
        int person, double start, int count, ThinkTime think, int seed)
    {
        SeededRandom random = SeededRandom.For(seed, "probe", person);
        double earliest = start;
        for (int place = 0; place < count; place++)
        {
            double pause = place == 0 ? 0 : think.Draw(random);
            earliest += pause;
            yield return (earliest, pause, person, place);
        }
    }
}
