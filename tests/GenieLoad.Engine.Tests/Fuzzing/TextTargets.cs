using System.Text;
using GenieLoad.Engine.Durations;
using GenieLoad.Engine.Scenarios;
using GenieLoad.Engine.Scenarios.Arrivals;
using GenieLoad.Engine.Verdicts;

namespace GenieLoad.Engine.Tests.Fuzzing;

/// <summary>Readers of what users write on a command line.</summary>
internal static class TextTargets
{
    public static IEnumerable<FuzzTarget> All()
    {
        yield return Text("thresholds", ReadThresholds, "P95ResponseSeconds < 30; SuccessRate >= 95%",
            "MedianResponseSeconds{user=3} <= 500ms", "ThroughputPerSecond > 0.5");
        yield return Text("duration", ReadDuration, "30", "1h30m", "00:00:30", "500ms", "immediate", "2.5s", "1.00:00:00");
        yield return Text("rate", text => Rate.Parse(text) is Rate rate
            && InRange(rate.PerMinute, 0, Rate.MaximumPerSecond * 60), "20/min", "0.5/s", "300 / hour");
        yield return Text("stages", ReadStages, "10/min for 5m, 30/min for 5m", "1/s 60s", "0/min for 00:01:00,600/h for 10m");
        yield return Text("think-time", ReadThinkTime, "5s", "2s-10s", "2-10", "00:00:01-1m");
    }

    private static FuzzTarget Text(string name, Func<string, bool> read, params string[] samples) => new(
        "text/" + name, FuzzTarget.Texts(samples), input => read(Encoding.UTF8.GetString(input)), FuzzTargets.IsUserError);

    private static bool ReadThresholds(string text)
    {
        IReadOnlyList<Threshold> thresholds = ThresholdText.ParseAll([text]);
        Assert.All(thresholds,
            threshold => Assert.True(double.IsFinite(threshold.Limit), $"The limit of '{threshold}' is {threshold.Limit}."));
        return thresholds.Count > 0;
    }

    private static bool ReadDuration(string text)
    {
        TimeSpan duration = DurationText.Parse(text);
        Assert.True(duration >= TimeSpan.Zero);
        return true;
    }

    private static bool ReadStages(string text)
    {
        if (StagedArrival.Parse(text) is not { } stages)
            return false;
        Assert.True(InRange(stages.Span(1)!.Value, 0, ScenarioRules.MaximumDurationSeconds));
        return InRange(stages.Count!.Value, 0, double.MaxValue);
    }

    private static bool ReadThinkTime(string text) =>
        ThinkTimeText.Parse(text) is (double least, double most) && InRange(least, 0, 86_400) && InRange(most, least, 86_400);

    private static bool InRange(double value, double low, double high)
    {
        Assert.InRange(value, low, high);
        return true;
    }
}
