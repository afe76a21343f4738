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

    /// <summary>Makes it.</summary>
    /// <param name="count">How many questions.</param>
    /// <param name="limit">The rate limit, at the least that it can be.</param>
    /// <param name="questions">What is asked, in turns.</param>
    /// <param name="seed">Seed.</param>
    /// <param name="isUnique">Whether every question gets an ending of its own.</param>
    public static Plan Of(int count, AdmissionLimit limit, IReadOnlyList<Question> questions, int seed, bool isUnique = false)
    {
        double token = limit.IsNone ? 0 : 60 / limit.LowerPerMinute;
        CacheBuster? unique = isUnique ? new CacheBuster(seed) : null;
        PlannedQuestion[] planned =
        [
            .. QuestionSequence.Take(questions, count).Zip(Instants(token, limit.Burst), (draw, instant) => (draw.Question, instant))
                .Select((turn, i) => new PlannedQuestion
                {
                    Index = i + 1,
                    PlannedSeconds = turn.instant,
                    QuestionId = turn.Question.Id,
                    Text = unique is null ? turn.Question.Text : unique.Next(turn.Question.Id, turn.Question.Text),
                }),
        ];
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
