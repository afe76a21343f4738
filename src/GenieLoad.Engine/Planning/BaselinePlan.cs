using GenieLoad.Engine.Capacity;
using GenieLoad.Model;

namespace GenieLoad.Engine.Planning;

/// <summary>
/// The plan of a baseline: questions at half the rate limit, so that none waits for it, in turns one by itself and two close together, so
/// that it shows whether answers take longer where more are in flight.
/// </summary>
internal static class BaselinePlan
{
    /// <summary>Name of the scenario, and so part of its run's id.</summary>
    public const string ScenarioName = "capacity_baseline";

    private const double ShareOfLimit = 0.5;
    private const int Workers = 10;

    // One for each question of a group, so that two are in flight together although a conversation takes one at a time.
    private const int Askers = 3;

    /// <summary>Makes it.</summary>
    /// <param name="count">How many questions.</param>
    /// <param name="limit">The rate limit, at the least that it can be.</param>
    /// <param name="asked">What is asked.</param>
    /// <param name="seed">Seed.</param>
    public static Plan Of(int count, AdmissionLimit limit, AskedOfSpace asked, int seed)
    {
        double token = limit.IsNone ? 0 : 60 / limit.LowerPerMinute;
        CacheBuster? unique = asked.IsUnique ? new CacheBuster(seed) : null;
        PlannedQuestion[] planned =
        [
            .. asked.To([.. Enumerable.Range(0, count).Select(i => (i % Askers) + 1)]).Zip(Instants(token, limit.Burst))
                .Select((one, i) => new PlannedQuestion
                {
                    Index = i + 1,
                    PlannedSeconds = one.Second,
                    QuestionId = one.First.Question.Id,
                    Text = CacheBuster.TextOf(one.First.Question, unique),
                    Conversation = one.First.Conversation,
                    Turn = one.First.Turn,
                }),
        ];
        planned = QuestionModes.Assign(planned, asked.Modes, seed);
        var plan = new Plan
        {
            Name = $"{ScenarioName}_{count}q",
            ScenarioName = ScenarioName,
            DurationSeconds = planned[^1].PlannedSeconds,
            WorkerCount = Workers,
            Seed = seed,
            QuestionsPerMinute = limit.IsNone ? null : limit.LowerPerMinute,
            PaceBurst = limit.IsNone || limit.Burst == 1 ? null : limit.Burst,
            Questions = new RowList<PlannedQuestion>(planned),
        };
        return plan with { Hash = PlanHash.Of(plan) };
    }

    /// <summary>One, then two as close together as the limit allows, then one: three questions in the time of six tokens.</summary>
    private static IEnumerable<double> Instants(double token, int burst)
    {
        double apart = burst > 1 ? 0 : token;
        for (double start = 0; ; start += 3 * token / ShareOfLimit)
        {
            yield return start;
            yield return start + (token / ShareOfLimit);
            yield return start + (token / ShareOfLimit) + apart;
        }
    }
}
