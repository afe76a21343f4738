using GenieLoad.Engine.Randomness;
using GenieLoad.Engine.Simulation;

namespace GenieLoad.Engine.Tests.Simulation.Truth;

/// <summary>People at a simulator who queue up for its limit, ask over HTTP, poll, think and ask again.</summary>
internal static class Crowd
{
    private const double StepSeconds = 1;

    /// <summary>The share of questions that miss.</summary>
    /// <param name="options">What the simulator does; calls take no time.</param>
    /// <param name="people">How many they are.</param>
    /// <param name="limitSeconds">Seconds within which an answer must come.</param>
    /// <param name="thinkSeconds">Mean seconds to think.</param>
    /// <param name="answers">Answers that are counted; half as many warm up.</param>
    public static async Task<double> MissShareAsync(
        SimulatorOptions options, int people, double limitSeconds, double thinkSeconds, int answers)
    {
        using var fixture = new SimulatorFixture(options with { CallSeconds = 0, CallLogLimit = 0 });
        SeededRandom random = SeededRandom.For(options.Seed, "crowd", 0);
        PriorityQueue<double, double> thinking = new();
        Queue<double> waiting = new();
        List<(string Path, double AskedAt)> open = [];
        int ended = 0, misses = 0;
        for (int i = 0; i < people; i++)
            Think(0);
        for (double now = 0; ended < answers * 3 / 2; now += StepSeconds, fixture.Advance(StepSeconds))
        {
            for (int i = open.Count - 1; i >= 0; i--)
            {
                string status = await fixture.StatusAsync(open[i].Path);
                if (status is not ("COMPLETED" or "FAILED"))
                    continue;
                if (++ended > answers / 2 && (status == "FAILED" || now - open[i].AskedAt > limitSeconds))
                    misses++;
                open.RemoveAt(i);
                Think(now);
            }

            while (thinking.TryPeek(out double at, out _) && at <= now)
                waiting.Enqueue(thinking.Dequeue());
            while (waiting.Count > 0 && await fixture.StartAsync("How many?") is { Status: 200 } answer)
                open.Add((PathOf(answer, fixture.SpacePath), waiting.Dequeue()));
        }

        return (double)misses / answers;

        void Think(double from)
        {
            double at = from - (thinkSeconds * Math.Log(1 - random.NextDouble()));
            thinking.Enqueue(at, at);
        }
    }

    private static string PathOf(SimulatorFixture.Answer answer, string space) =>
        $"{space}/conversations/{answer.Text("conversation_id")}/messages/{answer.Text("message_id")}";
}
