using System.Globalization;

namespace GenieLoad.Engine.Running;

/// <summary>The progress of a run in one line of text.</summary>
public static class RunProgressText
{
    /// <summary>
    /// Such as <c>12 of 35 answered, 1 failed; 10 in flight (6 ASKING_AI, 4 EXECUTING_QUERY), 3 waiting, 2 held by 429</c>.
    /// </summary>
    /// <param name="progress">The progress.</param>
    public static string Format(RunProgress progress)
    {
        ArgumentNullException.ThrowIfNull(progress);
        List<string> parts = [string.Create(CultureInfo.InvariantCulture, $"{progress.Succeeded} of {progress.Planned} answered")];
        if (progress.IsPaused)
            parts.Insert(0, "Paused");
        if (progress.Failed > 0)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{progress.Failed} failed"));
        if (progress.LeftOut > 0)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{progress.LeftOut} shed or cut off"));
        string statuses = Statuses(progress) is { Length: > 0 } known ? $" ({known})" : "";
        parts.Add(string.Create(CultureInfo.InvariantCulture, $"{progress.InFlight} in flight{statuses}"));
        if (progress.Waiting > 0)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{progress.Waiting} waiting"));
        if (progress.Throttled > 0)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{progress.Throttled} delayed by 429s"));
        return string.Join(", ", parts);
    }

    /// <summary>The questions in flight by status, such as <c>6 ASKING_AI, 4 EXECUTING_QUERY</c>; empty where none is known.</summary>
    /// <param name="progress">The progress.</param>
    internal static string Statuses(RunProgress progress) => string.Join(", ", progress.InFlightByStatus
        .OrderByDescending(status => status.Value).ThenBy(status => status.Key, StringComparer.Ordinal)
        .Select(status => string.Create(CultureInfo.InvariantCulture, $"{status.Value} {status.Key}")));
}
