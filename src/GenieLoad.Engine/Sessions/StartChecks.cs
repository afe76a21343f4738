using GenieLoad.Engine.Logging;
using GenieLoad.Engine.Running;

namespace GenieLoad.Engine.Sessions;

/// <summary>Looks at when and as which part of a plan a load test is to begin, before anything is sent.</summary>
internal static class StartChecks
{
    private const int LongestPlace = 100;
    private static readonly TimeSpan MostAhead = TimeSpan.FromDays(31);
    private static readonly TimeSpan MostLate = TimeSpan.FromDays(1);

    /// <summary>Refuses what can be no start.</summary>
    /// <param name="request">The request.</param>
    /// <exception cref="Model.GenieLoadException">
    /// <c>InvalidStartAt</c>, <c>InvalidPlace</c>, <c>ShardWithoutStart</c>, <c>EvaluateWithStart</c>.
    /// </exception>
    public static void Check(LoadTestRequest request)
    {
        RunStart start = request.Start;
        if (start.At is DateTime at)
        {
            DateTime now = DateTime.UtcNow;
            if (at > now + MostAhead || at < now - MostLate)
                throw SessionsErrors.InvalidStartAt(at);
        }
        else if (start.Shard is { Count: > 1 } shard)
        {
            throw SessionsErrors.ShardWithoutStart(shard);
        }
        if (start.Place is string place
            && (place.Length is 0 or > LongestPlace || string.IsNullOrWhiteSpace(place) || PrintableText.Line(place) != place))
            throw SessionsErrors.InvalidPlace(place);
        // They would begin with the wait, and each shard would ask all benchmarks.
        if (request.Options.Evaluations.Count > 0 && start != RunStart.Now)
            throw SessionsErrors.EvaluateWithStart();
    }
}
