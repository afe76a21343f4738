using GenieLoad.Engine.Capacity;

namespace GenieLoad.Engine.Tests.Capacity;

/// <summary>A probe of simulated people: what a test says when it is over, and what was asked until then.</summary>
internal sealed record SimulatedProbe(Probe Result, int Asked, double Seconds)
{
    /// <summary>Lets people ask until the test is over.</summary>
    /// <param name="truth">The world that they meet.</param>
    /// <param name="people">How many they are.</param>
    /// <param name="starts">When each asks first; whose first question is at 0 warms up.</param>
    /// <param name="seed">Seed.</param>
    public static SimulatedProbe Run(ClosedModel truth, int people, IReadOnlyList<double> starts, int seed)
    {
        ClosedWorld world = new(truth, people, seed, starts);
        SequentialTest test = new(truth.Levels[0], people);
        double limit = truth.Levels[0].LimitSeconds ?? double.PositiveInfinity;
        PriorityQueue<bool, double> open = new();
        bool[] hasAsked = new bool[people];
        int asked = 0;
        while (true)
        {
            ClosedAnswer answer = world.Next();
            // What is known before the next question is asked can keep it from being asked.
            while (open.TryPeek(out bool isMiss, out double at) && at <= answer.AskedAt)
            {
                open.Dequeue();
                test.Add(isMiss);
                if (test.IsOver)
                    return new SimulatedProbe(new Probe(people, test.Answers, test.Misses, test.Verdict), asked, at);
            }

            asked++;
            bool isWarmUp = !hasAsked[answer.Person] && answer.AskedAt <= 0;
            hasAsked[answer.Person] = true;
            if (!isWarmUp)
            {
                open.Enqueue(
                    truth.Levels[0].IsMiss(answer.ResponseSeconds, answer.Service.IsFailed),
                    answer.AskedAt + Math.Min(answer.ResponseSeconds, limit));
            }
        }
    }
}
