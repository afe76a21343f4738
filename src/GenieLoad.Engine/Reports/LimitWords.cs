using GenieLoad.Model;

namespace GenieLoad.Engine.Reports;

/// <summary>The rate limit that a run met, in words.</summary>
internal static class LimitWords
{
    /// <summary>The words; <see langword="null"/> where nothing is known of it.</summary>
    /// <param name="run">The run.</param>
    public static string? Of(LoadRun run)
    {
        if (run.LimitLowerPerMinute is not double low)
            return null;
        string rate = run.LimitUpperPerMinute is double high
            ? FormattableString.Invariant($"{low:0.##} to {high:0.##} questions a minute")
            : FormattableString.Invariant($"at least {low:0.##} questions a minute");
        return run.LimitBurst is int burst ? FormattableString.Invariant($"{rate}, burst {burst}") : rate;
    }
}
